import { type Blob, heightOf, shared, widthOf } from './blob.ts'

/**
 * Which way the lines run: characters stand nearer to the next of their line than to the next line. Every piece of the size of a
 * character votes by its gaps to the nearest neighbour on the right and below.
 *
 * @returns share of the votes for downwards, 0 to 1
 */
export function downwardShare(blobs: readonly Blob[], em: number): number {
  const pieces = blobs.filter((blob) => isCharacter(blob, em)).sort((a, b) => a.y0 - b.y0)
  const rows = new Map<number, Blob[]>()
  for (const piece of pieces)
    for (let row = Math.floor(piece.y0 / em); row <= Math.floor(piece.y1 / em); row++) {
      const there = rows.get(row)
      if (there) there.push(piece)
      else rows.set(row, [piece])
    }
  let down = 0
  let votes = 0
  for (const piece of pieces) {
    const first = Math.floor(piece.y0 / em)
    const near = [0, 1, 2, 3].map((k) => rows.get(first + k) ?? [])
    const right = nearest(near, (other) => (shared(piece.y0, piece.y1, other.y0, other.y1) > 0.5 * em * 0.7 ? other.x0 - piece.x1 : -1))
    const below = nearest(near, (other) => (shared(piece.x0, piece.x1, other.x0, other.x1) > 0.5 * em * 0.7 ? other.y0 - piece.y1 : -1))
    if (Math.min(right, below) > 1.5 * em || Math.abs(right - below) < 0.08 * em) continue
    votes++
    if (below < right) down++
  }
  return votes === 0 ? 0 : down / votes
}

function isCharacter(blob: Blob, em: number): boolean {
  const width = widthOf(blob)
  const height = heightOf(blob)
  return Math.min(width, height) > 0.6 * em && Math.max(width, height) < 1.3 * em
}

function nearest(rows: readonly (readonly Blob[])[], gapTo: (blob: Blob) => number): number {
  let best = Infinity
  for (const row of rows)
    for (const blob of row) {
      const gap = gapTo(blob)
      if (gap >= 0 && gap < best) best = gap
    }
  return best
}
