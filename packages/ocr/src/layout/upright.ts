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
  )
    .filter((group) => characters(group.map((index) => pieces[index]!)) >= plainness.fewest)
    .filter((group) => isSetSolid(group, pieces) || standsAlone(group, pieces))
}

/** Widest pitch of characters set one below the other, in their size: lines of text stand wider. */
const solidPitch = 1.18
/** How far to either side a column of characters is alone, in their size; beside text at its own pitch some stand level by chance. */
const aloneReach = 2.2
const mostLevel = 0.5

/** Whether the characters follow each other closely downwards: what stands at the beginnings of rows of text does not. */
function isSetSolid(group: readonly number[], pieces: readonly Blob[]): boolean {
  const column = group.map((index) => pieces[index]!).sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)
  // A comma beside a character makes its piece wider, not higher.
  const heights = column.map(heightOf).sort((a, b) => a - b)
  const size = Math.min(Math.max(...column.map(widthOf)), heights[Math.floor(heights.length * 0.7)]!)
  const length = column.at(-1)!.y1 - column[0]!.y0
  const pitches = column.slice(1).map((piece, k) => (piece.y0 + piece.y1 - column[k]!.y0 - column[k]!.y1) / 2)
  const widest = Math.max(...pitches)
  return length <= (characters(column) - 1) * solidPitch * size + size && widest <= 1.5 * size
}

/** Whether few characters of the column have something level with them at their side. */
function standsAlone(group: readonly number[], pieces: readonly Blob[]): boolean {
  const beside = group.filter((index) => {
    const piece = pieces[index]!
    const size = sizeOf(piece)
    return pieces.some(
      (other, k) =>
        !group.includes(k) &&
        sizeOf(other) > 0.3 * size &&
        shared(piece.x0, piece.x1, other.x0, other.x1) > -aloneReach * size &&
        shared(piece.y0, piece.y1, other.y0, other.y1) >= 0.4 * Math.min(heightOf(piece), heightOf(other)) &&
        Math.abs(piece.y0 + piece.y1 - other.y0 - other.y1) < 0.5 * size
    )
  })
  return beside.length <= mostLevel * group.length
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
