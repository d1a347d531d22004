import { type Blob, widthOf } from './blob.ts'

/** Where rows of body type begin and end: the columns of a page show in edges that many rows share. */
export interface RowEdges {
  readonly rows: readonly Blob[]
  /** Rows of the page round a tinted area whose own these are: where a shadow lies over the foot of columns, they go on into it. */
  readonly beside: readonly Blob[]
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
export function rowEdges(rows: readonly Row[], em: number, beside: readonly Row[] = []): RowEdges {
  const tells = (row: Row): boolean => row.em > 0.7 * em && row.em < 1.35 * em && widthOf(row) > 4 * em
  return { rows: rows.filter(tells), beside: beside.filter(tells), em }
}

type Row = Blob & { readonly em: number }

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
export function isGutterBetween({ rows, beside, em }: RowEdges, left: Blob, right: Blob): boolean {
  const own = rowsAt(rows, left, right, em)
  if (beside.length === 0) return isGutter(own, em)
  const all = rowsAt([...rows, ...beside], left, right, em)
  return isGutter(all, em, own)
}

/** Rows near by, and those of them that end, and begin, within the gap between two pieces of a row. */
interface Near {
  readonly rows: readonly Blob[]
  readonly ends: readonly Blob[]
  readonly starts: readonly Blob[]
}

function rowsAt(rows: readonly Blob[], left: Blob, right: Blob, em: number): Near {
  const y = (Math.max(left.y0, right.y0) + Math.min(left.y1, right.y1)) / 2
  const near = rows.filter((row) => Math.abs((row.y0 + row.y1) / 2 - y) < reach * em)
  const ends = near.filter((row) => row.x1 > left.x1 - exact * em && row.x1 < right.x0 - narrowest * em)
  const starts = near.filter((row) => row.x0 > left.x1 + narrowest * em && row.x0 < right.x0 + exact * em)
  return { rows: near, ends, starts }
}

/** Whether rows near by show a gutter; where some of them are not a tinted area's `own`, those alone must not speak against it. */
function isGutter(near: Near, em: number, own: Near = near): boolean {
  if (near.ends.length < fewestRows || near.starts.length < fewestRows) return false
  return near.ends.some(({ x1 }) => {
    const ending = endingAt(near, x1, em)
    if (ending < fewestRows) return false
    return near.starts.some(({ x0 }) => {
      if (x0 - x1 < narrowest * em || x0 - x1 >= widest * em) return false
      const starting = startingAt(near, x0, em)
      if (starting < fewestRows || runningOver(near, x1, x0, em) >= mostOver * Math.min(ending, starting)) return false
      return own === near || runningOver(own, x1, x0, em) < mostOver * Math.min(endingAt(own, x1, em), startingAt(own, x0, em))
    })
  })
}

function endingAt({ ends }: Near, x1: number, em: number): number {
  return ends.filter((row) => Math.abs(row.x1 - x1) < exact * em).length
}

function startingAt({ starts }: Near, x0: number, em: number): number {
  return starts.filter((row) => Math.abs(row.x0 - x0) < exact * em).length
}

function runningOver({ rows }: Near, x1: number, x0: number, em: number): number {
  return rows.filter((row) => row.x0 < x1 - em && row.x1 > x0 + em).length
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
