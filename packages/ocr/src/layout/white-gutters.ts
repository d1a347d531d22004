import { type Blob, sizeOf } from './blob.ts'
import { type Strip, stripThrough, type White } from './white.ts'

/** Widest gap inside a line that needs no other sign, as a share of the type. */
export const closeGap = 0.75
/** A white strip this high between two pieces of a row parts columns: in ems of the page, and of the row's own type. */
const gutterHeight = 4.5
const narrowGutterHeight = 7.5
const gutterRows = 3.2

export function isGutter(white: White, a: Blob, b: Blob, em: number): boolean {
  const gap = b.x0 - a.x1
  if (gap < 0.4 * em) return false
  const middle = (Math.max(a.y0, b.y0) + Math.min(a.y1, b.y1)) / 2
  const strip = stripThrough(white, a.x1, b.x0, middle, 0.4 * em, em)
  return strip.ruled || partsColumns(strip, a, b, Math.max(sizeOf(a), sizeOf(b)), em)
}

/**
 * Whether a white strip is the gutter between two columns: high enough, and beside several rows. Characters on a grid leave narrow
 * gaps above each other, after commas, in a few lines: more is asked of a narrow strip. A headline's blank parts columns only where
 * it holds the whole gutter, and not when it is narrow beside its type.
 */
export function partsColumns(strip: Strip, a: Blob, b: Blob, size: number, em: number): boolean {
  const gap = b.x0 - a.x1
  if (size > 1.4 * em) {
    if (gap < 0.5 * size && Math.abs(a.y1 - b.y1) < 0.15 * size) return false
    if (strip.x0 < a.x1 - 0.2 * size || strip.x1 > b.x0 + 0.2 * size) return false
  }
  const narrow = gap < 0.85 * (size < 2 * em ? Math.max(em, size) : em)
  const height = strip.bottom - strip.top
  return strip.rows >= (narrow ? 4 : 3) && height > Math.max((narrow ? narrowGutterHeight : gutterHeight) * em, gutterRows * size)
}
