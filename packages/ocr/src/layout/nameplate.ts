import { heightOf, shared, unite, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** How much larger a nameplate's type is than that of the page and of anything beside it. */
const muchLarger = 2.2
/** Least width of it as a share of the whole head: the name of a section between date and page number is narrower. */
const leastWidth = 0.4
/** Most lines of what stands beside it, and farthest down to the rule below, in ems. */
const mostEarLines = 5
const farthestRule = 5

/** Blocks, each with what else is known of it. */
interface Placed {
  readonly block: Block
}

/**
 * Puts the name of the paper before what stands beside it at the head of the page:
 *
 * ```
 * fine   THE COURIER   late      THE COURIER is read first, then fine and late
 * ──────────────────────────
 * ```
 */
export function nameplateFirst<Item extends Placed>(ordered: readonly Item[], rules: readonly Rule[], em: number): readonly Item[] {
  const blocks = ordered.map(({ block }) => block)
  const name = ordered.find(({ block }) => isName(block, blocks, em))
  if (!name) return ordered
  const ears = blocks.filter((block) => isBeside(block, name.block))
  if (!ears.every((ear) => isEar(ear, name.block)) || !isClosed([name.block, ...ears], blocks, rules, em)) return ordered
  const from = ordered.indexOf(name)
  const to = Math.min(from, ...ears.map((ear) => blocks.indexOf(ear)))
  return [...ordered.slice(0, to), name, ...ordered.slice(to, from), ...ordered.slice(from + 1)]
}

/** Whether a block is one line of very large type with nothing printed above it. */
function isName(block: Block, blocks: readonly Block[], em: number): boolean {
  if (block.kind !== 'heading' || block.lines.length > 1 || block.em < muchLarger * em) return false
  return !blocks.some((other) => other !== block && !isBeside(other, block) && other.y1 < (block.y0 + block.y1) / 2)
}

function isBeside(block: Block, name: Block): boolean {
  const apart = shared(block.x0, block.x1, name.x0, name.x1) < 0.1 * widthOf(block)
  return apart && shared(block.y0, block.y1, name.y0, name.y1) > 0.5 * heightOf(block)
}

function isEar(block: Block, name: Block): boolean {
  return block.lines.length <= mostEarLines && block.em * muchLarger < name.em
}

/** Whether the name, the first of them, is wide beside the others, and a rule parts them all from what is below. */
function isClosed(head: readonly Block[], blocks: readonly Block[], rules: readonly Rule[], em: number): boolean {
  const { x0, x1, y1 } = unite(head)
  if (widthOf(head[0]!) < leastWidth * (x1 - x0)) return false
  const under = rules.find((rule) => {
    const y = (rule.y0 + rule.y1) / 2
    return rule.across && y > y1 - em && y < y1 + farthestRule * em && shared(rule.x0, rule.x1, x0, x1) > 0.8 * (x1 - x0)
  })
  return under !== undefined && !blocks.some((block) => !head.includes(block) && block.y0 > y1 - em && block.y1 < under.y0)
}
