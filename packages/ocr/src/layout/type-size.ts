import { type Blob, heightOf, sizeOf, widthOf } from './blob.ts'

/** Share of its box that the ink of no character fills: it has strokes, while a dash of a rule and a dot of a screen are solid. */
const solid = 0.78
/** What has strokes tells the size of type unless it is less than this share of all: then the type itself has run together. */
const leastStroked = 0.3

/**
 * The size of the type most of a page is set in: the commonest size of its pieces of ink, weighed by their size (not
 * their ink: the black of a few pictures and posters can outweigh all the text). The dashes of one frame can be more than the characters of a
 * short page: so solid pieces do not tell the size of Chinese type while others do.
 * A Chinese character's largest piece fills most of its square; of a Latin line the commonest height is that of the small letters,
 * about half the em.
 *
 * @param latin whether the page is set in an alphabet
 * @returns the em in pixels; undefined when there is nothing of the size of type
 */
export function typeSize(blobs: readonly Blob[], pageHeight: number, latin: boolean): number | undefined {
  const all = commonestSize(blobs, pageHeight, latin)
  const stroked = latin ? all : commonestSize(blobs.filter(isStroked), pageHeight, latin)
  const { mode } = stroked.weight > leastStroked * all.weight ? stroked : all
  if (mode === 0) return undefined
  return latin ? Math.min(mode * 1.8, 1.08 * (leadingOf(blobs, mode) ?? Infinity)) : mode * 1.06
}

const isStroked = (blob: Blob): boolean => blob.area < solid * widthOf(blob) * heightOf(blob)

/** The commonest size and what it weighs; nought where no piece is of the size of type. */
function commonestSize(blobs: readonly Blob[], pageHeight: number, latin: boolean): { mode: number; weight: number } {
  const largest = Math.max(24, Math.floor(pageHeight / 20))
  const weights = new Float64Array(largest + 3)
  for (const blob of blobs) {
    const size = latin ? heightOf(blob) : sizeOf(blob)
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
  return { mode, weight: best }
}

/** Fewest pairs of letters that tell the distance of lines. */
const fewestPairs = 60

/**
 * Distance from line to line: the commonest distance from a small letter to the next one below it (after O'Gorman's docstrum, 1993).
 * No type is larger than its lines are apart, while the letters of worn black letter are nearly as high as that.
 *
 * @param height the commonest height of pieces: that of the small letters
 * @returns undefined where too few letters stand below each other
 */
function leadingOf(blobs: readonly Blob[], height: number): number | undefined {
  const letters = blobs
    .filter((blob) => Math.abs(blob.y1 - blob.y0 - height) <= Math.max(1, 0.12 * height) && blob.x1 - blob.x0 < 2 * height)
    .sort((a, b) => a.y1 - b.y1)
  const counts = new Float64Array(Math.ceil(4 * height) + 3)
  let pairs = 0
  for (const [index, letter] of letters.entries()) {
    const below = nextBelow(letters, index, height)
    if (below === undefined) continue
    counts[below - letter.y1]!++
    pairs++
  }
  if (pairs < fewestPairs) return undefined
  let best = 0
  let leading = 0
  for (let distance = 1; distance < counts.length - 1; distance++) {
    const count = counts[distance - 1]! + counts[distance]! + counts[distance + 1]!
    if (count <= best) continue
    best = count
    leading = distance + (counts[distance + 1]! - counts[distance - 1]!) / count
  }
  return best > 0.25 * pairs ? leading : undefined
}

/** The foot of the next letter below, at most four heights away, that stands under the one at `index`. */
function nextBelow(letters: readonly Blob[], index: number, height: number): number | undefined {
  const { x0, x1, y1 } = letters[index]!
  for (let k = index + 1; k < letters.length && letters[k]!.y1 < y1 + 4 * height; k++) {
    const other = letters[k]!
    if (other.y1 - y1 > 1.05 * height && Math.min(x1, other.x1) - Math.max(x0, other.x0) > 0.4 * Math.min(x1 - x0, other.x1 - other.x0))
      return other.y1
  }
  return undefined
}
