import { type Blob, widthOf } from './blob.ts'

/** Where rows of body type begin and end: the columns of a page show in edges that many rows share. */
export interface RowEdges {
  readonly rows: readonly Blob[]
  readonly em: number
}

/** Rows that must begin (or end) at one place for it to be a column's edge. */
const fewestRows = 4
/** How near in height those rows stand, and how exactly they agree, in ems. */
const reach = 26
const exact = 0.4
/** Where as many rows run over a place as end there, no column ends: commas stand below each other by chance. */
const mostOver = 0.6
/** A gutter is this wide, in ems. */
const narrowest = 0.4
const widest = 4

/** Keeps the rows that can tell a column: of the size of body type, and long enough. */
export function rowEdges(rows: readonly (Blob & { readonly em: number })[], em: number): RowEdges {
  return { rows: rows.filter((row) => row.em > 0.7 * em && row.em < 1.35 * em && widthOf(row) > 4 * em), em }
}

/**
 * Whether a column ends between two pieces of a row: within the gap, several rows near by end at one place and several begin at
 * another, a gutter's width further on. It needs no white between the two, so it holds where only a line or two stand side by side.
 *
 * ```
 * AAAAAAAA  BBBBBBBB
 * AAAAAAAA  BBBBBBBB
 * AAAA        BBBBBB      the gap of this row holds the gutter
 * ```
 */
export function isGutterBetween(edges: RowEdges, left: Blob, right: Blob): boolean {
  const { em } = edges
  const y = (Math.max(left.y0, right.y0) + Math.min(left.y1, right.y1)) / 2
  const tolerance = exact * em
  const near = edges.rows.filter((row) => Math.abs((row.y0 + row.y1) / 2 - y) < reach * em)
  const ends = near.filter((row) => row.x1 > left.x1 - tolerance && row.x1 < right.x0 - narrowest * em)
  const starts = near.filter((row) => row.x0 > left.x1 + narrowest * em && row.x0 < right.x0 + tolerance)
  if (ends.length < fewestRows || starts.length < fewestRows) return false
  return ends.some(({ x1 }) => {
    const ending = ends.filter((row) => Math.abs(row.x1 - x1) < tolerance).length
    if (ending < fewestRows) return false
    return starts.some(({ x0 }) => {
      if (x0 - x1 < narrowest * em || x0 - x1 >= widest * em) return false
      const starting = starts.filter((row) => Math.abs(row.x0 - x0) < tolerance).length
      const over = near.filter((row) => row.x0 < x1 - em && row.x1 > x0 + em).length
      return starting >= fewestRows && over < mostOver * Math.min(ending, starting)
    })
  })
}

/** Rows anywhere on the page that must end at one place, and begin at another, for a gutter of its grid to lie between. */
const fewestOfGrid = 5

/**
 * Whether the page's grid has a gutter between two pieces of a row: the left one ends where rows elsewhere on the page end, the right one
 * begins where rows begin. It decides where only a line or two stand side by side, as below a picture.
 */
export function isGridGutter({ rows, em }: RowEdges, left: Blob, right: Blob): boolean {
  if (right.x0 - left.x1 < 0.9 * em) return false
  const ends = rows.filter((row) => row !== left && Math.abs(row.x1 - left.x1) < 0.5 * em).length
  const starts = rows.filter((row) => row !== right && Math.abs(row.x0 - right.x0) < 0.5 * em).length
  return ends >= fewestOfGrid && starts >= fewestOfGrid
}
