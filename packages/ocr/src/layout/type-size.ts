import { type Blob, sizeOf } from './blob.ts'

/**
 * The size of the type most of a page is set in: the commonest size of its pieces of ink, weighed by their size (not
 * their ink: the black of a few pictures and posters can outweigh all the text).
 * A Chinese character's largest piece fills most of its square; of a Latin line the commonest height is that of the small letters,
 * about half the em.
 *
 * @param latin whether the page is set in an alphabet
 * @returns the em in pixels; undefined when there is nothing of the size of type
 */
export function typeSize(blobs: readonly Blob[], pageHeight: number, latin: boolean): number | undefined {
  const largest = Math.max(24, Math.floor(pageHeight / 20))
  const weights = new Float64Array(largest + 3)
  for (const blob of blobs) {
    const size = latin ? blob.y1 - blob.y0 : sizeOf(blob)
    if (size >= 6 && size < largest) weights[size]! += size
  }
  let best = 0
  let mode = 0
  for (let size = 6; size < largest; size++) {
    const weight = weights[size - 2]! + weights[size - 1]! + weights[size]! + weights[size + 1]! + weights[size + 2]!
    if (weight > best) {
      best = weight
      mode = size
    }
  }
  if (mode === 0) return undefined
  return latin ? mode * 1.8 : mode * 1.06
}
