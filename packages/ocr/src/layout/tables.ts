import { type Blob, heightOf, shared, widthOf } from './blob.ts'
import type { Rule } from './rules.ts'
import type { TextLine } from './text-line.ts'

/** A printed table: its box, and its lines row by row. */
export interface FoundTable extends Blob {
  readonly lines: readonly TextLine[]
}

/** Least width and greatest height of a table, in ems; most of a row's width its cells fill, on average; fewest rows of two cells. */
const narrowest = 8
const highest = 45
const fullest = 0.66
const fewestRows = 3

/**
 * Tables between rules of one length: rows of short cells with white between. Columns of text between two rules fill their measure,
 * and so are none.
 */
export function findTables(lines: readonly TextLine[], rules: readonly Rule[], em: number): FoundTable[] {
  const across = rules.filter((rule) => rule.across && widthOf(rule) > narrowest * em).sort((a, b) => a.y0 - b.y0)
  const tables: FoundTable[] = []
  for (const [index, top] of across.entries()) {
    if (tables.some((table) => top.y0 < table.y1 && shared(top.x0, top.x1, table.x0, table.x1) > 0)) continue
    const near = across.slice(index + 1).filter((rule) => rule.y0 - top.y1 < highest * em)
    const level = near.filter((rule) => sameExtent(rule, top, em))
    // The last rule may have run together with that of a box beside the table, where one below the heads of its columns tells how wide it is.
    const longer = level.length > 0 ? near.filter((rule) => runsOn(rule, top, em) && rule.y0 > level.at(-1)!.y1) : []
    for (const bottom of [...level.reverse(), ...longer.slice(0, 1)]) {
      // Shorter rules between the two: tables beside each other, each with rules of its own.
      if (across.some((rule) => rule.y0 > top.y0 && rule.y0 < bottom.y0 && isInside(rule, top) && !sameExtent(rule, top, em))) continue
      const table = tableBetween(lines, top, bottom, em)
      if (!table) continue
      tables.push(table)
      break
    }
  }
  return tables
}

function isInside(rule: Rule, outer: Rule): boolean {
  return shared(rule.x0, rule.x1, outer.x0, outer.x1) > 0.5 * widthOf(rule)
}

function sameExtent(a: Rule, b: Rule, em: number): boolean {
  return Math.abs(a.x0 - b.x0) < 1.2 * em && Math.abs(a.x1 - b.x1) < 1.2 * em
}

function runsOn(rule: Rule, top: Rule, em: number): boolean {
  return !sameExtent(rule, top, em) && rule.x0 < top.x0 + 1.2 * em && rule.x1 > top.x1 - 1.2 * em
}

function tableBetween(lines: readonly TextLine[], top: Rule, bottom: Rule, em: number): FoundTable | undefined {
  const [x0, x1] = sameExtent(top, bottom, em) ? [Math.min(top.x0, bottom.x0), Math.max(top.x1, bottom.x1)] : [top.x0, top.x1]
  const box = { x0, x1, y0: top.y0, y1: bottom.y1, area: 0 }
  const inside = lines.filter(
    (line) => line.x0 > box.x0 - em && line.x1 < box.x1 + em && line.y0 > box.y0 - em / 2 && line.y1 < box.y1 + em / 2
  )
  if (inside.length < 2 * fewestRows || inside.some((line) => line.upright === true || line.em > 1.5 * em)) return undefined
  if (isRunningText(inside, em)) return undefined
  const rows = rowsOf(inside)
  const full = rows.filter((row) => row.length >= 2)
  if (full.length < fewestRows || full.length < 0.75 * rows.length) return undefined
  const filled = rows.reduce((sum, row) => sum + row.reduce((width, line) => width + widthOf(line), 0), 0) / (rows.length * widthOf(box))
  return filled < fullest ? { ...box, lines: rows.flat() } : undefined
}

/** Width in ems from which lines that end level are running text, and the share of such lines that columns of text have at least. */
const textWidth = 8
const leastFlush = 0.5

/** Whether most lines begin and end level with others, as those of columns do and cells do not: columns beside a picture leave white too. */
function isRunningText(lines: readonly TextLine[], em: number): boolean {
  const wide = lines.filter((line) => widthOf(line) > textWidth * em)
  const areLevel = (a: TextLine, b: TextLine): boolean => Math.abs(a.x0 - b.x0) < 0.7 * em && Math.abs(a.x1 - b.x1) < 0.7 * em
  const flush = wide.filter((line) => wide.filter((other) => areLevel(line, other)).length > fewestRows)
  return flush.length > leastFlush * lines.length
}

/** Lines at one height, from left to right; rows from top to bottom. */
function rowsOf(lines: readonly TextLine[]): TextLine[][] {
  const rows: TextLine[][] = []
  for (const line of [...lines].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const row = rows.at(-1)
    const fits = row?.every((other) => shared(other.y0, other.y1, line.y0, line.y1) > 0.4 * Math.min(heightOf(other), heightOf(line)))
    if (row && fits) row.push(line)
    else rows.push([line])
  }
  return rows.map((row) => row.sort((a, b) => a.x0 - b.x0))
}
