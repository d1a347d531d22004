import { type Blob, shared, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** Least height of a blank that is a picture, in the page's type, and the share of it beside which text stands. */
const leastHeight = 5
const leastFlanked = 0.5
/** Type of a caption is smaller than the text's, by this share; its least width, in ems; fewest lines of text beside the blank. */
const smallerType = 0.95
/**
 * In alphabets, where a line's size depends on its letters, type of a line that stands alone need be no smaller, with so much white below
 * it, in the text's type.
 */
const aloneType = 1
const leastBelow = 1
const narrowest = 5
const fewestLines = 4

interface BlankContext {
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
  /** Size of the type the page's text is set in. */
  readonly body: number
  readonly latin: boolean
}

/**
 * Pictures that were not seen: newspapers leave no white amid their columns, so where small type stands below a blank and text beside
 * it, the blank is a picture too light or too coarse to be told from paper.
 *
 * ```
 * AAAA        BBBB
 * AAAA        BBBB
 * AAAA cccc   BBBB
 * ```
 */
export function blankPictures(blocks: readonly Block[], context: BlankContext): Blob[] {
  const texts = blocks.filter((block) => block.kind === 'text' && block.lines.length >= fewestLines)
  return blocks.flatMap((block) => {
    const largest = context.latin && isAlone(block, blocks, context.body) ? aloneType : smallerType
    if (block.kind !== 'text' || block.lines[0]!.upright || block.lines[0]!.em > largest * context.body) return []
    if (widthOf(block) < narrowest * context.body) return []
    const top = lowestAbove(block, blocks, context)
    const height = block.y0 - top
    const isFlanked = texts.some(
      (text) =>
        text !== block &&
        shared(text.x0, text.x1, block.x0, block.x1) <= 0 &&
        shared(text.y0, text.y1, top, block.y0) > leastFlanked * height
    )
    return height > leastHeight * context.body && isFlanked ? [{ x0: block.x0, x1: block.x1, y0: top, y1: block.y0, area: 0 }] : []
  })
}

/** Whether a block is one line with white below it. */
function isAlone(block: Block, blocks: readonly Block[], body: number): boolean {
  return (
    block.lines.length === 1 &&
    !blocks.some(
      (other) =>
        other !== block &&
        other.y0 > block.y0 &&
        other.y0 < block.y1 + leastBelow * body &&
        shared(other.x0, other.x1, block.x0, block.x1) > 0.5 * body
    )
  )
}

/** Where what stands above a block ends; minus infinity when nothing does. */
function lowestAbove(block: Block, blocks: readonly Block[], { rules, pictures, body }: BlankContext): number {
  const above = [...blocks, ...pictures].filter(
    (other) => other !== block && other.y0 < block.y0 && shared(other.x0, other.x1, block.x0, block.x1) > 0.5 * body
  )
  const ruled = rules.filter(
    (rule) => rule.across && rule.y0 < block.y0 && shared(rule.x0, rule.x1, block.x0, block.x1) > 0.8 * widthOf(block)
  )
  return Math.max(-Infinity, ...above.map((other) => other.y1), ...ruled.map((rule) => rule.y1))
}
