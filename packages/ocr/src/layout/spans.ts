import { type Blob, heightOf, shared, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import { isDown } from './down-heads.ts'
import type { Rule } from './rules.ts'

interface SpanContext {
  readonly blocks: readonly Block[]
  /** Lines between headlines and their text: what is above them looks on past them no more than past a heading. */
  readonly bylines: readonly Block[]
  readonly pictures: readonly Blob[]
  readonly rules: readonly Rule[]
  readonly em: number
}

/** Farthest from a heading down to its text, and from column to column, in ems. */
const farthestBelow = 9
const widestGutter = 5

/**
 * How far a heading reaches over the columns below it. A headline set in the middle is narrower than its article:
 *
 * ```
 *        HEADLINE             the heading reaches from A to C
 * AAAAA   BBBBB   CCCCC
 * ```
 * It takes in a column when the white beside it is empty and the first thing below that white is text or a picture that begins level
 * with the text under the heading itself.
 */
export function headingSpan(heading: Block, context: SpanContext): Blob {
  const { blocks, pictures, em } = context
  const content: Blob[] = [...blocks.filter((block) => block !== heading), ...pictures]
  const below = topmost(heading, content, context)
  if (below.length === 0) return heading
  const level = Math.min(...below.map((block) => block.y0))
  const walls = findWalls(heading, context)
  let { x0, x1 } = heading
  for (const block of below) {
    if (block.x0 > walls.left) x0 = Math.min(x0, block.x0)
    if (block.x1 < walls.right) x1 = Math.max(x1, block.x1)
  }
  for (let grown = true; grown; ) {
    grown = false
    for (const block of content) {
      if (block.x0 >= x0 - em && block.x1 <= x1 + em) continue
      const beside = Math.max(x0 - block.x1, block.x0 - x1)
      if (beside > widestGutter * em || Math.abs(block.y0 - level) > 2.2 * em || isHeading(block)) continue
      if (!isClear(heading, block, x0, x1, content, context)) continue
      x0 = Math.min(x0, block.x0)
      x1 = Math.max(x1, block.x1)
      grown = true
    }
  }
  return {
    ...heading,
    x0: Math.min(heading.x0, Math.max(x0, walls.left)),
    x1: Math.max(heading.x1, Math.min(x1, walls.right))
  }
}

/** Text and rules on either side level with a heading, beyond which it cannot reach: columns that run past it. */
function findWalls(heading: Block, { blocks, rules, em }: SpanContext): { readonly left: number; readonly right: number } {
  const texts = blocks.filter((block) => block !== heading && widthOf(block) > 4 * em)
  const past = rules.filter((rule) => !rule.across && rule.y1 > heading.y1 + em)
  const beside = [...texts, ...past].filter((block) => shared(block.y0, block.y1, heading.y0, heading.y1) > 0.5 * heightOf(heading))
  return {
    left: Math.max(-Infinity, ...beside.filter((block) => block.x1 <= heading.x0 + 0.5 * em).map((block) => block.x1)),
    right: Math.min(Infinity, ...beside.filter((block) => block.x0 >= heading.x1 - 0.5 * em).map((block) => block.x0))
  }
}

function isHeading(block: Blob): boolean {
  return 'kind' in block && block.kind === 'heading' && !isDown(block as Block)
}

/** Text and pictures directly below a heading, nothing between. */
function topmost(heading: Block, content: readonly Blob[], { bylines, rules, em }: SpanContext): Blob[] {
  const under = content.filter(
    (block) =>
      block.y0 > heading.y1 - 0.3 * em &&
      block.y0 - heading.y1 < farthestBelow * em &&
      shared(block.x0, block.x1, heading.x0, heading.x1) > 0.5 * Math.min(widthOf(block), widthOf(heading)) - em
  )
  const near = under.filter(
    (block) =>
      !under.some((other) => other !== block && other.y1 < block.y0 + 0.3 * em && shared(other.x0, other.x1, block.x0, block.x1) > em)
  )
  if (near.some((block) => isHeading(block) || bylines.includes(block as Block))) return []
  return near.filter((block) => !rules.some((rule) => rule.across && crosses(rule, heading.y1, block.y0, block)))
}

function crosses(rule: Blob, top: number, bottom: number, over: Blob): boolean {
  const y = (rule.y0 + rule.y1) / 2
  return y > top && y < bottom && shared(rule.x0, rule.x1, over.x0, over.x1) > 0.3 * widthOf(over)
}

/**
 * Whether nothing stands over a column from the heading's top down to it, and no rule parts the two: one between columns that begins
 * below the heading is of its own article.
 */
function isClear(heading: Block, column: Blob, x0: number, x1: number, content: readonly Blob[], { rules, em }: SpanContext): boolean {
  const top = heading.y0 - 0.2 * em
  const above = content.some(
    (other) =>
      other !== column &&
      shared(other.x0, other.x1, column.x0, column.x1) > 0.5 * em &&
      shared(other.y0, other.y1, top, column.y0) > 0.2 * em
  )
  if (above) return false
  const left = Math.min(x1, column.x1)
  const right = Math.max(x0, column.x0)
  return !rules.some((rule) =>
    rule.across
      ? crosses(rule, heading.y0, column.y0 + em, column)
      : (rule.x0 + rule.x1) / 2 > left - em &&
        (rule.x0 + rule.x1) / 2 < right + em &&
        rule.y0 < heading.y1 &&
        shared(rule.y0, rule.y1, heading.y0, column.y1) > 0.5 * (column.y1 - heading.y0)
  )
}

/** Farthest below its headline a line with the names of the writers stands, and how far it is from the sides of the headline's columns, in ems. */
const farthestByline = 3
const leastIndent = 1.5

/**
 * Single lines in the white between a headline and its text, names of the writers mostly. They reach as far as a headline would.
 *
 * ```
 *   HEADLINE
 *    by AA          read before B
 * BBBBB CCCCC
 * ```
 */
export function findBylines(blocks: readonly Block[], { rules, em }: Pick<SpanContext, 'rules' | 'em'>): Block[] {
  const headings = blocks.filter(isHeading)
  return blocks.filter((line) => {
    if (line.kind !== 'text' || line.lines.length !== 1 || line.lines[0]!.upright) return false
    const over = headings.filter((heading) => isRightUnder(line, heading, em))
    if (over.length === 0 || rules.some((rule) => rule.across && over.every((heading) => crosses(rule, heading.y1, line.y0, line))))
      return false
    const near = blocks.filter(
      (block) => block !== line && block.x0 < line.x1 + widestGutter * em && block.x1 > line.x0 - widestGutter * em
    )
    const isAlone = !near.some((block) => shared(block.y0, block.y1, line.y0, line.y1) > 0.2 * heightOf(line))
    const below = near.filter((block) => block.y0 > line.y0 && block.y0 < line.y1 + farthestByline * em && !isHeading(block))
    const under = below.filter((block) => shared(block.x0, block.x1, line.x0, line.x1) > em)
    return isAlone && below.length > 1 && (isCentred(line, headings, em) || under.every((block) => isInset(line, block, em)))
  })
}

function isRightUnder(line: Block, heading: Block, em: number): boolean {
  const gap = line.y0 - heading.y1
  return gap > -0.5 * em && gap < farthestByline * em && shared(line.x0, line.x1, heading.x0, heading.x1) > 0
}

/** Whether a line has its middle under that of a headline far wider than it. */
function isCentred(line: Blob, headings: readonly Blob[], em: number): boolean {
  return headings.some(
    ({ x0, x1, y1 }) =>
      Math.abs(x0 + x1 - line.x0 - line.x1) < em &&
      widthOf(line) < 0.5 * (x1 - x0) &&
      y1 <= line.y0 + 0.5 * em &&
      line.y0 - y1 < farthestBelow * em
  )
}

/** Whether a line stands clear of the left side of a column. */
function isInset(line: Blob, column: Blob, em: number): boolean {
  return Math.abs(line.x0 - column.x0) > leastIndent * em
}
