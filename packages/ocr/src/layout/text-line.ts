import { type Blob, heightOf, sizeOf, unite, widthOf } from './blob.ts'
import type { White } from './white.ts'

/** A row of ink pieces that makes a printed line, on the straight picture. */
export interface TextLine extends Blob {
  readonly blobs: readonly Blob[]
  /** Size of its type. */
  readonly em: number
  /** What is left of its slope on the straight picture. */
  readonly lean: number
  readonly upright?: boolean
  readonly reversed?: boolean
}

export interface LineContext {
  /** Size of the type most of the page is set in. */
  readonly em: number
  readonly white: White
  readonly latin: boolean
  /** Whether the lines of the page run down, and the picture was turned so that they run across. */
  readonly turned?: boolean
  /** Rows of the page round the tinted area that is looked at. */
  readonly beside?: readonly TextLine[]
}

/** The size of type a row is set in: nine tenths of its ink is in pieces no higher. */
export function rowEm(row: readonly Blob[]): number {
  const sizes = row.map((blob) => ({ size: typeOf(blob), weight: blob.area })).sort((a, b) => a.size - b.size)
  const total = sizes.reduce((sum, { weight }) => sum + weight, 0)
  let below = 0
  for (const { size, weight } of sizes) {
    below += weight
    if (below >= total * 0.75) return size
  }
  return sizes.at(-1)!.size
}

/** What a piece says about the size of its type: letters that touch are wider than they are high. */
function typeOf(blob: Blob): number {
  return widthOf(blob) > 1.5 * heightOf(blob) ? heightOf(blob) : sizeOf(blob)
}

export function toLine(row: readonly Blob[], em: number): TextLine {
  const box = unite(row)
  const size = rowEm(row)
  const lean = rowLean(row, box, size)
  const straight = row.map((blob) => {
    const drop = lean * ((blob.x0 + blob.x1) / 2 - box.x0)
    return { ...blob, y0: blob.y0 - drop, y1: blob.y1 - drop }
  })
  const { y0, y1 } = unite(straight)
  return { ...box, y0, y1, blobs: row, em: Math.max(Math.min(y1 - y0, size * 1.3), Math.min(em, y1 - y0), size), lean }
}

/** A line that runs downwards. */
export function toUprightLine(column: readonly Blob[], em: number): TextLine {
  const box = unite(column)
  return { ...box, blobs: column, em: Math.max(widthOf(box), 0.5 * em), lean: 0, upright: true }
}

/** Slope of the middles of the row's larger pieces (least squares), for rows long enough to tell. */
function rowLean(row: readonly Blob[], box: Blob, size: number): number {
  const pieces = row.filter((blob) => heightOf(blob) > 0.7 * size)
  if (pieces.length < 8 || widthOf(box) < 7 * size) return 0
  let sx = 0
  let sy = 0
  let sxx = 0
  let sxy = 0
  for (const blob of pieces) {
    const x = (blob.x0 + blob.x1) / 2 - box.x0
    const y = (blob.y0 + blob.y1) / 2 - box.y0
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
  }
  const n = pieces.length
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
  return Math.abs(slope) < 0.02 ? slope : 0
}
