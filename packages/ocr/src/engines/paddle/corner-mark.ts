import { type Grey, paperOf } from '../resample.ts'

/** How much of its cell a comma or a stop takes up at most, each way: in the corner, where nothing else stands, and in the middle. */
const largest = { corner: 0.5, middle: 0.36 }
/** Where the middle of one in the corner lies at least to the right and at most from the top, and how far off the cell's middle is its middle. */
const rightOf = 0.58
const above = 0.5
const offMiddle = 0.12
/** White left of a mark in rows and below it, in parts of the cell. */
const inset = 0.1
/** Darker than the paper by this share of the darkest ink is ink. */
const leastInk = 0.35
const grain = 2

/** A rectangle of pixels; `x1` and `y1` lie outside. */
export interface Extent {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/**
 * Commas and stops stand in the upper right corner of their cell where lines run down (as mainland China and Japan set them) or in its
 * middle (Taiwan and Hong Kong), and in the lower left corner in rows: where the network, which has only read rows, expects them. It
 * takes one above for an apostrophe, and one in the middle for a semicolon. Other cells stay as they are.
 *
 * @param side size of a whole cell
 */
export function markAsInRows(cell: Grey, side: number): Grey {
  const paper = paperOf(cell)
  const ink = inkOf(cell)
  if (!ink || !isMark(ink, cell, side)) return cell
  const [width, height] = [ink.x1 - ink.x0, ink.y1 - ink.y0]
  const left = Math.min(cell.width - width, Math.round(side * inset))
  const top = Math.max(0, side - Math.round(side * inset) - height)
  const pixels = new Float32Array(cell.width * side).fill(paper)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels[(top + y) * cell.width + left + x] = cell.pixels[(ink.y0 + y) * cell.width + ink.x0 + x]!
  return { pixels, width: cell.width, height: side }
}

function isMark({ x0, y0, x1, y1 }: Extent, cell: Grey, side: number): boolean {
  const size = Math.max(x1 - x0, y1 - y0) / side
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2]
  // A cell at the end of a line is cut at its ink: its middle is that of its mark.
  const inCorner = size <= largest.corner && x > rightOf * cell.width && y < above * side
  const inMiddle =
    size <= largest.middle && Math.abs(x - cell.width / 2) <= offMiddle * side && Math.abs(y - cell.height / 2) <= offMiddle * side
  return inCorner || inMiddle
}

/** The rectangle that holds all rows and columns with ink, which is what is darker than the paper by `share` of the darkest. */
export function inkOf(cell: Grey, share: number = leastInk): Extent | undefined {
  const { pixels, width, height } = cell
  const paper = paperOf(cell)
  let darkest = paper
  for (let i = 0; i < pixels.length; i++) darkest = Math.min(darkest, pixels[i]!)
  if (paper - darkest < 40) return undefined
  const limit = paper - (paper - darkest) * share
  const rows = new Uint32Array(height)
  const columns = new Uint32Array(width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (pixels[y * width + x]! < limit) {
        rows[y]!++
        columns[x]!++
      }
  const inked = (counts: Uint32Array): number[] => [...counts.keys()].filter((index) => counts[index]! >= grain)
  const [y, x] = [inked(rows), inked(columns)]
  if (x.length === 0 || y.length === 0) return undefined
  return { x0: x[0]!, x1: x.at(-1)! + 1, y0: y[0]!, y1: y.at(-1)! + 1 }
}

/** Where there is ink, as `inkOf` has it, in each row of a rectangle, from the rectangle's left side. */
export function inkedRows(cell: Grey, { x0, x1, y0, y1 }: Extent, share: number): number[][] {
  const { pixels, width } = cell
  const paper = paperOf(cell)
  let darkest = paper
  for (let i = 0; i < pixels.length; i++) darkest = Math.min(darkest, pixels[i]!)
  const limit = paper - (paper - darkest) * share
  const columns = Array.from({ length: x1 - x0 }, (_, x) => x)
  return Array.from({ length: y1 - y0 }, (_, row) => columns.filter((x) => pixels[(y0 + row) * width + x0 + x]! < limit))
}
