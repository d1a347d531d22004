import type { Blob } from './blob.ts'

/** Where the page is white, worked out when it is first asked for. */
export type White = () => WhiteMap

/** Cells column by column, so that those above each other lie side by side. */
interface WhiteMap {
  readonly cell: number
  readonly across: number
  readonly down: number
  readonly ink: Uint8Array
  /** How far the white reaches up and down from each cell, in the columns that were asked for. */
  readonly up: Int16Array
  readonly below: Int16Array
  readonly known: Uint8Array
  /** Cells crossed by an upright rule. */
  readonly ruled: Uint8Array
}

/** Maps the white between `blobs` (taken as full boxes) in cells of an eighth of an em. */
export function mapWhite(blobs: Iterable<Blob>, rules: Iterable<Blob>, width: number, height: number, em: number): White {
  let known: WhiteMap | undefined
  return () => (known ??= whiteBetween(blobs, rules, width, height, em))
}

function whiteBetween(blobs: Iterable<Blob>, rules: Iterable<Blob>, width: number, height: number, em: number): WhiteMap {
  const cell = Math.max(1, em / 8)
  const across = Math.ceil(width / cell) + 1
  const down = Math.ceil(height / cell) + 1
  const ink = new Uint8Array(across * down)
  for (const blob of blobs) fill(ink, blob, cell, across, down)
  const ruled = new Uint8Array(across * down)
  for (const rule of rules) fill(ruled, rule, cell, across, down)
  const [up, below] = [new Int16Array(across * down), new Int16Array(across * down)]
  return { cell, across, down, ink, up, below, known: new Uint8Array(across), ruled }
}

function fill(cells: Uint8Array, blob: Blob, cell: number, across: number, down: number): void {
  const x1 = Math.min(across, Math.ceil(blob.x1 / cell))
  const y0 = Math.max(0, Math.floor(blob.y0 / cell))
  const y1 = Math.min(down, Math.ceil(blob.y1 / cell))
  for (let x = Math.max(0, Math.floor(blob.x0 / cell)); x < x1; x++) cells.fill(1, x * down + y0, x * down + Math.max(y0, y1))
}

/** Farthest that is told. */
const farthest = 32_000

/** Where the cells of a column begin, once it is known how far the white reaches in it. */
function columnOf({ down, ink, up, below, known }: WhiteMap, x: number): number {
  const first = x * down
  if (known[x] === 1) return first
  known[x] = 1
  const end = first + down
  for (let at = first, reach = 0; at < end; at++) up[at] = reach = ink[at] === 1 ? 0 : Math.min(farthest, reach + 1)
  for (let at = end - 1, reach = 0; at >= first; at--) below[at] = reach = ink[at] === 1 ? 0 : Math.min(farthest, reach + 1)
  return first
}

/** A white strip between two pieces of a row: how far it reaches with ink at its side, and whether a rule runs through it. */
export interface Strip {
  readonly top: number
  readonly bottom: number
  /** Rows of ink beside it, on the side that has more. */
  readonly rows: number
  readonly ruled: boolean
  /** How wide the white is above and below the row: the whole gutter, if it is one. */
  readonly x0: number
  readonly x1: number
}

/**
 * The tallest white strip at least `width` wide through the gap `x0`…`x1` at height `y`, as far as text stands on a side of it
 * (white above the first line or below the last parts nothing); pixels.
 *
 * @param em how near text must be
 */
export function stripThrough(map: White, x0: number, x1: number, y: number, width: number, em: number): Strip {
  const white = map()
  const { cell, across, down, up, below } = white
  const row = Math.min(down - 1, Math.max(0, Math.floor(y / cell)))
  const from = Math.max(0, Math.ceil(x0 / cell))
  const to = Math.min(across, Math.floor(x1 / cell))
  const need = Math.max(1, Math.min(to - from, Math.round(width / cell)))
  let ruled = false
  for (let x = Math.max(0, from - 1); x < Math.min(across, to + 1); x++) if (white.ruled[x * down + row] === 1) ruled = true
  let top = row
  let bottom = row
  let at = from
  for (let x = from; x + need <= to; x++) {
    let above = farthest
    let under = farthest
    for (let k = x; k < x + need; k++) {
      const at = columnOf(white, k) + row
      above = Math.min(above, up[at]!)
      under = Math.min(under, below[at]!)
    }
    if (above > 0 && above + under > bottom - top) {
      top = row + 1 - above
      bottom = row + under
      at = x
    }
  }
  const reach = Math.round((3 * em) / cell)
  const patience = Math.round((2 * em) / cell)
  const left = flank(white, from - reach, from, row, top, bottom, patience)
  const right = flank(white, to, to + reach, row, top, bottom, patience)
  const found = { top: Math.min(left.top, right.top), bottom: Math.max(left.bottom, right.bottom) }
  const [x, end] = widen(white, at, at + need, row, found.top, found.bottom)
  return {
    top: found.top * cell,
    bottom: found.bottom * cell,
    rows: Math.max(left.rows, right.rows),
    ruled,
    x0: x * cell,
    x1: end * cell
  }
}

/** The stretch of white around `from`…`to` at the middle of the longer part of a strip, above or below its row. */
function widen(white: WhiteMap, from: number, to: number, row: number, top: number, bottom: number): [number, number] {
  const below = bottom - row > row - top
  const probe = below ? (row + bottom) >> 1 : (row + top) >> 1
  const least = Math.abs((below ? bottom : top) - row) * 0.6
  const isWhite = (x: number): boolean => {
    const at = columnOf(white, x) + Math.min(white.down - 1, Math.max(0, probe))
    return white.up[at]! + white.below[at]! - 1 >= least
  }
  let x = from
  let end = to
  while (x > 0 && isWhite(x - 1)) x--
  while (end < white.across && isWhite(end)) end++
  return [x, end]
}

interface Flank {
  readonly top: number
  readonly bottom: number
  readonly rows: number
}

/** How far up and down from `row` ink stands in the columns `from`…`to`, white stretches of up to `patience` cells allowed. */
function flank(white: WhiteMap, from: number, to: number, row: number, top: number, bottom: number, patience: number): Flank {
  const hasInk = (y: number): boolean => {
    for (let x = Math.max(0, from); x < Math.min(white.across, to); x++) if (white.ink[x * white.down + y] === 1) return true
    return false
  }
  let rows = 1
  const reach = (step: 1 | -1, end: number): number => {
    let last = row
    let inside = true
    for (let y = row; step > 0 ? y < end : y >= end; y += step) {
      const ink = hasInk(y)
      if (ink && !inside) rows++
      inside = ink
      if (ink) last = y
      else if (Math.abs(y - last) > patience) break
    }
    return last
  }
  const first = reach(-1, Math.max(0, top))
  const last = reach(1, Math.min(white.down, bottom))
  return { top: first, bottom: last + 1, rows }
}
