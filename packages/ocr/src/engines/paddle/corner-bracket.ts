import type { Grey } from '../resample.ts'
import { inkedRows, inkOf } from './corner-mark.ts'

/** Least width, and least and greatest height, of a corner bracket on its side, in parts of the size of a whole cell. */
const leastWidth = 0.45
const heights = { least: 0.14, most: 0.45 }
/** Its bar lies over this share of its width, and its hook within this share of it, at the end. */
const barShare = 0.7
const hookShare = 0.35
/** So much of the ink beside the bar belongs to the hook; the rest is grain. */
const mostOf = 0.85
/** Ink is what is darker than the paper by this share of the darkest. */
const leastInk = 0.3

/**
 * The corner bracket a cell of a vertical line holds, if it does. They lie on their side there, and the network, which has only read
 * rows, takes them for 一:
 *
 *     ▁▁▁▁▁
 *         ▏  opens,   ▏▁▁▁▁  closes
 *
 * @param side size of a whole cell
 */
export function cornerBracketIn(cell: Grey, side: number): '「' | '」' | undefined {
  const ink = inkOf(cell, leastInk)
  if (!ink) return undefined
  const [width, height] = [ink.x1 - ink.x0, ink.y1 - ink.y0]
  if (width < leastWidth * side || height < heights.least * side || height > heights.most * side) return undefined
  const rows = inkedRows(cell, ink, leastInk)
  const isBar = (row: readonly number[] | undefined): boolean => (row?.length ?? 0) >= barShare * width
  const bars = rows.flatMap((row, index) => (isBar(row) ? [index] : []))
  if (bars.length === 0 || bars.length * 2 > height) return undefined
  const [first, last] = [bars[0]!, bars.at(-1)!]
  const above = rows.slice(0, first).flat()
  const below = rows.slice(last + 1).flat()
  if (isHook(below, above, height, (x) => x >= (1 - hookShare) * width)) return '「'
  if (isHook(above, below, height, (x) => x < hookShare * width)) return '」'
  return undefined
}

/** @param part where there is ink on one side of the bar @param rest and on the other @param isInPlace whether the hook may be there */
function isHook(part: readonly number[], rest: readonly number[], height: number, isInPlace: (x: number) => boolean): boolean {
  return part.length > 3 * rest.length && part.length >= height / 2 && part.filter(isInPlace).length >= mostOf * part.length
}
