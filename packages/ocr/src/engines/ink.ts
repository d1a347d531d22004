import type { Grey } from './resample.ts'

/** How much darker than the paper ink is at least, in parts of the paper's brightness: less is grain, or the other side of the sheet. */
const leastContrast = 0.12
/** A full stop at the smallest size anybody prints. */
const leastPixels = 4

/**
 * Whether anything is printed on a crop. An engine shown bare paper does not answer “nothing”: Tesseract sees a character as large as
 * the picture and is sure of it.
 */
export function hasInk(image: Grey): boolean {
  const counts = new Uint32Array(256)
  for (let i = 0; i < image.pixels.length; i++) counts[image.pixels[i]!]!++
  const limit = paperLevel(counts, image.pixels.length) * (1 - leastContrast)
  let dark = 0
  for (let value = 0; value < limit; value++) dark += counts[value]!
  return dark >= leastPixels
}

/** The 80th percentile of brightness. */
function paperLevel(counts: Uint32Array, total: number): number {
  let seen = 0
  for (let value = 255; value > 0; value--) {
    seen += counts[value]!
    if (seen * 5 >= total) return value
  }
  return 0
}
