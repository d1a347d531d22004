import { type Blob, shared, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import { isDown } from './down-heads.ts'
import type { OrderContext, Reach } from './order-context.ts'

/** Farthest from a kicker, or from the first line of a headline, down to the line below it: in ems, and in the type of that line. */
const farthest = { ems: 1.5, type: 0.6 } as const
/** How much of the narrower of the two stands over the other. */
const leastOver = 0.6

/**
 * Lets lines of one headline, its kicker and its first line in other type, reach as far as the line right below them does: else what
 * stands beside them, above the headline's other columns, would be read between the two.
 *
 * ```
 * AAAAA BBBBB  CCC
 *     kicker            C before the kicker, not between it and its headline
 *    HEADLINE
 * DDDDD EEEEE FFFFF
 * ```
 */
export function reachTogether(blocks: readonly Block[], spans: Map<Block, Reach>, context: Pick<OrderContext, 'rules' | 'em'>): void {
  const headings = blocks.filter((block) => block.kind === 'heading' && !isDown(block)).sort((a, b) => b.y0 - a.y0)
  for (const heading of headings) {
    const next = headings.find((below) => isRightUnder(below, heading, context))
    if (!next) continue
    const [own, reach] = [spans.get(heading)!, spans.get(next)!]
    const wider = { ...own, x0: Math.min(own.x0, reach.x0), x1: Math.max(own.x1, reach.x1) }
    if (!blocks.some((block) => block !== heading && isLevelWithin(block, heading, wider))) spans.set(heading, wider)
  }
}

function isRightUnder(below: Block, heading: Block, { rules, em }: Pick<OrderContext, 'rules' | 'em'>): boolean {
  const gap = below.y0 - heading.y1
  if (below === heading || gap < -0.5 * em || gap > Math.max(farthest.ems * em, farthest.type * below.em)) return false
  if (below.y0 <= heading.y0) return false
  const over = shared(heading.x0, heading.x1, below.x0, below.x1)
  if (over < leastOver * Math.min(widthOf(heading), widthOf(below))) return false
  return !rules.some((rule) => {
    const y = (rule.y0 + rule.y1) / 2
    return (
      rule.across && y > (heading.y0 + heading.y1) / 2 && y < below.y0 + 0.5 * em && shared(rule.x0, rule.x1, heading.x0, heading.x1) > em
    )
  })
}

/** Whether a block stands level with a heading, within the reach it would have. */
function isLevelWithin(block: Blob, heading: Blob, { x0, x1 }: Blob): boolean {
  return shared(block.x0, block.x1, x0, x1) > 0 && shared(block.y0, block.y1, heading.y0, heading.y1) > 0
}
