import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, widthOf } from './blob.ts'

/** How plain a column of single characters must be to be read downwards. */
export interface Plainness {
  readonly fewest: number
  /** Nothing of its size may stand beside a character nearer than this: in its own sizes, and in gaps to the next below. */
  readonly clear: number
  readonly clearGaps: number
  /** Widest gap to the next below, in sizes. */
  readonly widest: number
}

/** Before rows are made: only what cannot be part of a row. */
export const strictly: Plainness = { fewest: 3, clear: 0.55, clearGaps: 1.4, widest: 0.6 }
/** Of what rows left single. */
export const loosely: Plainness = { fewest: 3, clear: 0.3, clearGaps: 0.9, widest: 0.95 }

/**
 * Finds lines that run downwards on a page whose lines run across (and the other way round on a vertical page): single characters
 * of one size one below the other, nearer to each other than to anything beside them.
 *
 * @returns the members of each such line by their index
 */
export function uprightGroups(pieces: readonly Blob[], em: number, plainness: Plainness): number[][] {
  const single = pieces.map((piece) => isSingle(piece, em))
  const groups = newGroups(pieces.length)
  for (const [index, piece] of pieces.entries()) {
    if (!single[index]) continue
    const below = nearestBelow(pieces, single, index, plainness)
    if (below < 0) continue
    const gap = pieces[below]!.y0 - piece.y1
    if (isClear(pieces, index, gap, plainness) && isClear(pieces, below, gap, plainness)) joinGroups(groups, index, below)
  }
  return membersOf(
    groups,
    pieces.map((_, index) => index)
  ).filter((group) => characters(group.map((index) => pieces[index]!)) >= plainness.fewest)
}

/** How many characters a column has: strokes of one character count once. */
function characters(column: readonly Blob[]): number {
  const width = Math.max(...column.map(widthOf))
  const top = Math.min(...column.map((piece) => piece.y0))
  const bottom = Math.max(...column.map((piece) => piece.y1))
  return Math.min(column.length, Math.round((bottom - top) / width))
}

function isSingle(piece: Blob, em: number): boolean {
  const width = widthOf(piece)
  const height = heightOf(piece)
  return width < 1.5 * Math.max(height, 0.85 * em) && Math.max(width, height) > 0.5 * em && height < 1.6 * Math.max(width, 0.6 * em)
}

function nearestBelow(pieces: readonly Blob[], single: readonly boolean[], index: number, { widest }: Plainness): number {
  const piece = pieces[index]!
  const size = sizeOf(piece)
  let best = -1
  for (const [k, other] of pieces.entries()) {
    if (!single[k] || k === index || other.y0 < piece.y0 + 0.3 * heightOf(piece) || other.y0 - piece.y1 > widest * 2 * size) continue
    const larger = Math.max(size, sizeOf(other))
    if (larger > 1.6 * Math.min(size, sizeOf(other))) continue
    const off = Math.abs((piece.x0 + piece.x1) / 2 - (other.x0 + other.x1) / 2)
    if (other.y0 - piece.y1 > widest * larger || off > 0.35 * larger) continue
    if (best < 0 || other.y0 < pieces[best]!.y0) best = k
  }
  return best
}

/** Whether nothing of its size stands close beside a piece. */
function isClear(pieces: readonly Blob[], index: number, below: number, { clear, clearGaps }: Plainness): boolean {
  const piece = pieces[index]!
  const size = sizeOf(piece)
  const near = Math.max(clear * size, clearGaps * below)
  return !pieces.some((other, k) => {
    if (k === index || sizeOf(other) < 0.6 * size || heightOf(other) > 1.45 * size || heightOf(other) < 0.2 * size) return false
    if (-shared(piece.x0, piece.x1, other.x0, other.x1) >= near || shared(piece.x0, piece.x1, other.x0, other.x1) > 0) return false
    return shared(piece.y0, piece.y1, other.y0, other.y1) >= 0.5 * Math.min(heightOf(piece), heightOf(other))
  })
}
