import type { Match } from './align.ts'

/** A stretch that stands in both sequences, but at places that no alignment in order can bring together. */
export interface Move {
  /** From 1, in the order of the first sequence. */
  readonly number: number
  readonly a: number
  readonly b: number
  readonly length: number
}

/** How many places of one run are tried: enough for real text, a bound for hostile one. */
const triedPlaces = 4

/**
 * Stretches of at least `minLength` pieces that an alignment left over on both sides. Longest first at each place; no piece
 * is used twice.
 */
export function findMoves(a: Int32Array, b: Int32Array, matches: readonly Match[], minLength: number): Move[] {
  const gapsA = gaps(matches, a.length, (match) => match.a)
  const gapsB = gaps(matches, b.length, (match) => match.b)
  const ends = gapEnds(gapsB, b.length)
  const index = indexRuns(b, gapsB, minLength)
  const taken = new Uint8Array(b.length)
  const moves: Move[] = []
  for (const [from, to] of gapsA)
    for (let at = from; at + minLength <= to; ) {
      const best = longestCopy(a, b, at, to, index.get(runHash(a, at, minLength)) ?? [], ends, taken)
      if (best.length >= minLength) {
        moves.push({ number: moves.length + 1, a: at, b: best.b, length: best.length })
        taken.fill(1, best.b, best.b + best.length)
        at += best.length
      } else at++
    }
  return moves
}

type Range = readonly [from: number, to: number]

function gaps(matches: readonly Match[], end: number, place: (match: Match) => number): Range[] {
  const ranges: Range[] = []
  let at = 0
  for (const match of matches) {
    if (place(match) > at) ranges.push([at, place(match)])
    at = place(match) + match.length
  }
  if (at < end) ranges.push([at, end])
  return ranges
}

/** For each piece in a gap, where its gap ends; 0 elsewhere. */
function gapEnds(ranges: readonly Range[], length: number): Int32Array {
  const ends = new Int32Array(length)
  for (const [from, to] of ranges) ends.fill(to, from, to)
  return ends
}

function indexRuns(ids: Int32Array, ranges: readonly Range[], length: number): Map<number, number[]> {
  const index = new Map<number, number[]>()
  for (const [from, to] of ranges)
    for (let at = from; at + length <= to; at++) {
      const hash = runHash(ids, at, length)
      const places = index.get(hash)
      if (!places) index.set(hash, [at])
      else if (places.length < triedPlaces) places.push(at)
    }
  return index
}

function runHash(ids: Int32Array, at: number, length: number): number {
  let hash = 0
  for (let step = 0; step < length; step++) hash = (Math.imul(hash, 0x01000193) + Math.imul(ids[at + step]! ^ 0x5bd1e995, 0x45d9f3b)) | 0
  return hash
}

function longestCopy(
  a: Int32Array,
  b: Int32Array,
  at: number,
  to: number,
  places: readonly number[],
  ends: Int32Array,
  taken: Uint8Array
): { b: number; length: number } {
  let best = { b: 0, length: 0 }
  for (const place of places) {
    let length = 0
    while (at + length < to && place + length < ends[place]! && a[at + length] === b[place + length] && !taken[place + length]) length++
    if (length > best.length) best = { b: place, length }
  }
  return best
}
