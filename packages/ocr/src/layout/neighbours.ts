import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf } from './blob.ts'
import type { LineContext } from './text-line.ts'
import { closeGap, isGutter } from './white-gutters.ts'

/** Joins only what all but touches: characters, and words. */
export function linkClosely(blobs: readonly Blob[], em: number): Blob[][] {
  const groups = newGroups(blobs.length)
  const buckets = bucketRows(blobs, em)
  for (const [index, blob] of blobs.entries())
    forEachFrom(buckets, blobs, blob, em, 0.22 * Math.max(em, sizeOf(blob)), (other) => {
      const next = blobs[other]!
      const gap = next.x0 - blob.x1
      if (other === index || gap > 0.22 * Math.max(em, Math.min(sizeOf(blob), sizeOf(next)))) return
      if (shared(blob.y0, blob.y1, next.y0, next.y1) >= 0.5 * Math.min(heightOf(blob), heightOf(next))) joinGroups(groups, index, other)
    })
  return membersOf(groups, blobs)
}

/** Joins each piece with those that stand beside it. */
export function linkNeighbours(blobs: readonly Blob[], context: LineContext): Blob[][] {
  const { em, white } = context
  const groups = newGroups(blobs.length)
  const buckets = bucketRows(blobs, em)
  for (const [index, blob] of blobs.entries()) {
    const reach = closeGap * Math.max(em, sizeOf(blob))
    forEachFrom(buckets, blobs, blob, em, reach, (other) => {
      const next = blobs[other]!
      if (next.x0 === blob.x0 && other <= index) return
      if (belongTogether(blob, next, em) && !isGutter(white, blob, next, em)) joinGroups(groups, index, other)
    })
  }
  return membersOf(groups, blobs)
}

export function bucketRows(blobs: readonly Blob[], em: number): Map<number, number[]> {
  const buckets = new Map<number, number[]>()
  for (const [index, blob] of blobs.entries())
    for (let row = Math.floor(blob.y0 / em); row <= Math.floor((blob.y1 - 1) / em); row++) {
      const bucket = buckets.get(row)
      if (bucket) bucket.push(index)
      else buckets.set(row, [index])
    }
  for (const bucket of buckets.values()) bucket.sort((a, b) => blobs[a]!.x0 - blobs[b]!.x0)
  return buckets
}

export function forEachInRows(
  buckets: ReadonlyMap<number, number[]>,
  y0: number,
  y1: number,
  em: number,
  visit: (index: number) => void
): void {
  for (let row = Math.floor(y0 / em); row <= Math.floor((y1 - 1) / em); row++) for (const index of buckets.get(row) ?? []) visit(index)
}

/** Those in the rows of `blob` that begin where it begins or further on, no further than `reach` beyond its end. */
function forEachFrom(
  buckets: ReadonlyMap<number, number[]>,
  blobs: readonly Blob[],
  { x0, x1, y0, y1 }: Blob,
  em: number,
  reach: number,
  visit: (index: number) => void
): void {
  for (let row = Math.floor(y0 / em); row <= Math.floor((y1 - 1) / em); row++) {
    const bucket = buckets.get(row) ?? []
    for (let k = firstFrom(bucket, blobs, x0); k < bucket.length && blobs[bucket[k]!]!.x0 - x1 <= reach; k++) visit(bucket[k]!)
  }
}

/** The place in a bucket of the first that does not begin before `x0`. */
function firstFrom(bucket: readonly number[], blobs: readonly Blob[], x0: number): number {
  let from = 0
  for (let to = bucket.length; from < to; ) {
    const middle = (from + to) >> 1
    if (blobs[bucket[middle]!]!.x0 < x0) from = middle + 1
    else to = middle
  }
  return from
}

/** Two pieces side by side stand on one line when they share half the height of the lower one, and their gap suits their size. */
function belongTogether(a: Blob, b: Blob, em: number): boolean {
  const ha = heightOf(a)
  const hb = heightOf(b)
  if (shared(a.y0, a.y1, b.y0, b.y1) < 0.5 * Math.min(ha, hb)) return false
  const gap = b.x0 - a.x1
  const small = Math.min(sizeOf(a), sizeOf(b))
  const large = Math.max(sizeOf(a), sizeOf(b))
  if (gap <= 0.12 * large) return true
  // A piece of body type beside one of a headline: close only.
  if (large > 2 * Math.max(small, 0.5 * em) && small > 0.6 * em) return gap <= 0.3 * em
  return gap <= closeGap * Math.max(em, small)
}
