import { type Blob, shared, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** Farthest the text of the column stands from a pull quote's rules, in ems. */
const farthestText = 3

/** A pull quote and the two rules it stands between, which part nothing. */
export interface PullQuote {
  readonly block: Block
  readonly rules: readonly Rule[]
}

/**
 * Words of the article set large between two rules inside a column of its text. The column goes on below: its paragraph runs on, or
 * the quote is of three lines or more, as no headline of one column between rules is.
 */
export function findPullQuotes(blocks: readonly Block[], rules: readonly Rule[], em: number): PullQuote[] {
  const across = rules.filter((rule) => rule.across)
  return blocks
    .filter((block) => block.kind === 'heading' && block.lines.length <= 6)
    .map((block) => ({ block, rules: rulesAround(block, blocks, across, em) }))
    .filter((quote) => quote.rules.length > 0)
}

function rulesAround(quote: Block, blocks: readonly Block[], rules: readonly Rule[], em: number): Rule[] {
  const texts = blocks.filter((block) => block.kind === 'text' && shared(block.x0, block.x1, quote.x0, quote.x1) > 0)
  const above = texts.filter((text) => text.y1 <= quote.y0).sort((a, b) => b.y1 - a.y1)[0]
  const below = texts.filter((text) => text.y0 >= quote.y1).sort((a, b) => a.y0 - b.y0)[0]
  if (!above || !below) return []
  const over = rules.find((rule) => isBetween(rule, above.y1, quote.y0) && reachesOver(rule, above, em))
  const under = rules.find((rule) => isBetween(rule, quote.y1, below.y0) && reachesOver(rule, above, em))
  if (!over || !under || over.y0 - above.y1 > farthestText * em || below.y0 - under.y1 > farthestText * em) return []
  return quote.lines.length >= 3 || runsOn(above, below, em) ? [over, under] : []
}

function isBetween(rule: Rule, top: number, bottom: number): boolean {
  const y = (rule.y0 + rule.y1) / 2
  return y > top - 2 && y < bottom + 2
}

/** Whether a rule is as wide as the column, no wider and no narrower. */
function reachesOver(rule: Rule, column: Blob, em: number): boolean {
  return Math.abs(widthOf(rule) - widthOf(column)) < 2 * em && shared(rule.x0, rule.x1, column.x0, column.x1) > 0.9 * widthOf(column)
}

/** Whether a paragraph goes on: the last line above is full, the first below not indented. */
function runsOn(above: Block, below: Block, em: number): boolean {
  const last = above.lines.at(-1)!
  const first = below.lines[0]!
  return last.x1 > above.x1 - 1.2 * em && Math.abs(first.x0 - above.x0) < 0.8 * em
}
