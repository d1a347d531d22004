import { heightOf } from './blob.ts'
import type { Rule } from './rules.ts'
import { type TextLine, toLine } from './text-line.ts'

/** How far a rule between columns runs on above and below a line that it parts, and how far the line reaches to both sides of it, in ems. */
const runsOn = 3
const leastSide = 1
/** Most lines that run across a rule between columns, as a share of those that end or begin at it; more do at a fold of the sheet. */
const mostAcross = 0.2
/** How near to the rule a line ends or begins, in ems. */
const nearRule = 2.5

/** Cuts rows of two columns that a fold or a stain joined, where a rule between the columns runs through them. */
export function cutAtRules(lines: readonly TextLine[], rules: readonly Rule[], em: number): TextLine[] {
  const parting = rules.filter((rule) => heightOf(rule) > 2 * runsOn * em && partsColumns(rule, lines, em))
  return lines.flatMap((line) => parting.reduce((parts, rule) => parts.flatMap((part) => cutAt(part, rule, em)), [line]))
}

function partsColumns(rule: Rule, lines: readonly TextLine[], em: number): boolean {
  const x = middleOf(rule)
  const beside = lines.filter((line) => !line.upright && line.y0 + line.y1 > 2 * rule.y0 && line.y0 + line.y1 < 2 * rule.y1)
  const across = beside.filter((line) => isAcross(line, x, em)).length
  const ends = beside.filter((line) => Math.abs(line.x1 - x) < nearRule * em || Math.abs(line.x0 - x) < nearRule * em).length
  return across > 0 && across < mostAcross * ends
}

function middleOf(rule: Rule): number {
  return (rule.x0 + rule.x1) / 2
}

function isAcross(line: TextLine, x: number, em: number): boolean {
  return line.x0 < x - leastSide * em && line.x1 > x + leastSide * em
}

/** Largest type of the first and last rows of columns, where the rule ends amid the row, in ems: no headline over them. */
const largestRow = 1.3

/** Whether a rule runs on above and below a line, or ends in its lower or upper half: that of the columns' last or first row. */
function runsThrough(rule: Rule, line: TextLine, em: number): boolean {
  const middle = (line.y0 + line.y1) / 2
  const [above, below] = [rule.y0 <= line.y0 - runsOn * em, rule.y1 >= line.y1 + runsOn * em]
  return (above && below) || (line.em < largestRow * em && ((above && rule.y1 > middle) || (below && rule.y0 < middle)))
}

function cutAt(line: TextLine, rule: Rule, em: number): TextLine[] {
  const x = middleOf(rule)
  if (line.upright || !isAcross(line, x, em) || !runsThrough(rule, line, em)) return [line]
  const sides = [line.blobs.filter((blob) => blob.x0 + blob.x1 < 2 * x), line.blobs.filter((blob) => blob.x0 + blob.x1 >= 2 * x)]
  const isWhole = sides.every((side) => side.length > 0) && !line.blobs.some((blob) => blob.x0 < x - em / 2 && blob.x1 > x + em / 2)
  return isWhole ? sides.map((side) => ({ ...toLine(side, em), ...(line.reversed ? { reversed: true } : {}) })) : [line]
}
