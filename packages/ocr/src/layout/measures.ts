import type { RowEdges } from './gutters.ts'
import type { TextLine } from './text-line.ts'

/** Blanks of so many rows stand below each other by chance; rows near by that must run over a blank for it to part nothing. */
export const mostChance = 5
const fewestOver = 3
export const measureReach = 10

interface Vote {
  readonly over: readonly TextLine[]
  readonly ends: number
  readonly starts: number
}

/** What the rows near by do at the blank between two pieces: run over it, end there, begin there. */
function voteAt(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): Vote {
  const near = lines.filter((line) => {
    const away = Math.abs(line.y0 + line.y1 - a.y0 - a.y1) / 2
    return line !== a && line !== b && away < measureReach * 1.6 * size && Math.max(line.em, size) < 1.3 * Math.min(line.em, size)
  })
  return {
    over: near.filter((line) => line.x0 < a.x1 - 0.8 * size && line.x1 > b.x0 + 0.8 * size),
    ends: near.filter((line) => line.x1 > a.x1 - 0.4 * size && line.x1 <= b.x0 + 0.1 * size).length,
    starts: near.filter((line) => line.x0 < b.x0 + 0.4 * size && line.x0 >= a.x1 - 0.1 * size).length
  }
}

/**
 * Whether both pieces lie within one measure: of the rows near by, more run over the blank than end or begin there, and several of
 * those begin and end together and hold both pieces.
 */
export function isWithinMeasure(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): boolean {
  const { over, ends, starts } = voteAt(a, b, lines, size)
  if (over.length <= Math.max(ends, starts)) return false
  const full = over.filter((line) => line.x0 < a.x0 + 0.6 * size && line.x1 > b.x1 - 0.6 * size)
  return full.filter((line) => Math.abs(line.x1 - full[0]!.x1) < 0.8 * size).length >= fewestOver
}

/** Whether many rows near by end and begin at the blank, and few run over it. */
export function isVotedGutter(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): boolean {
  const { over, ends, starts } = voteAt(a, b, lines, size)
  return Math.min(ends, starts) >= fewestOver && over.length < 0.34 * Math.min(ends, starts)
}

/** Rows of a page's column stand below each other in such numbers; the blank after a mark is narrower than this, in sizes of the type. */
const fewestFull = 4
export const narrowBlank = 0.9

/**
 * Whether two pieces, set apart by no more than the blank after a mark, fill one column of the page together: rows elsewhere begin and
 * end exactly where they do, and no more rows near by part at that blank than chance would have it.
 */
export function fillsGrid(a: TextLine, b: TextLine, { rows, em }: RowEdges, lines: readonly TextLine[], size: number): boolean {
  const { ends, starts } = voteAt(a, b, lines, size)
  if (Math.max(ends, starts) > mostChance) return false
  return rows.filter((row) => Math.abs(row.x0 - a.x0) < 0.5 * em && Math.abs(row.x1 - b.x1) < 0.5 * em).length >= fewestFull
}

/** Whether a line near by fills the measure the two pieces would fill together. */
export function hasMeasure(other: TextLine, a: TextLine, b: TextLine, size: number): boolean {
  if (Math.max(other.em, size) > 1.2 * Math.min(other.em, size)) return false
  const away = Math.max(other.y0 - Math.max(a.y1, b.y1), Math.min(a.y0, b.y0) - other.y1)
  if (away < -0.3 * size || away > 5 * size) return false
  return other.x0 > a.x0 - 3.2 * size && other.x0 < a.x0 + 0.6 * size && Math.abs(other.x1 - b.x1) < 0.6 * size
}

export function runsOver(other: TextLine, a: TextLine, b: TextLine, size: number): boolean {
  const away = Math.max(other.y0 - Math.max(a.y1, b.y1), Math.min(a.y0, b.y0) - other.y1)
  if (away > 0.9 * size || away < -0.3 * size || other.em > 1.3 * size) return false
  return other.x0 < a.x1 - 0.5 * size && other.x1 > b.x0 + 0.5 * size
}
