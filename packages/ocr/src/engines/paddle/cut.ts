import type { Grey } from '../resample.ts'
import { alongProfile } from '../type-size.ts'
import { inputHeight } from './runtime.ts'
import { crop, horizontalStrip, type Strip } from './strip.ts'

/** Longest piece shown to the network at once, in line heights. Attention over a longer one costs more and reads no better. */
const longestPiece = 30

/** Cuts a horizontal line into pieces at its widest white gaps, so that none is longer than the network was made for. */
export function horizontalStrips(image: Grey, narrow: number, height: number = inputHeight): Strip[] {
  const longest = Math.floor(image.height * longestPiece)
  const strips: Strip[] = []
  let start = 0
  while (start < image.width) {
    const end = image.width - start <= longest ? image.width : gapNear(image, start + Math.floor(longest * 0.6), start + longest)
    strips.push(
      horizontalStrip(start === 0 && end === image.width ? image : crop(image, start, 0, end - start, image.height), start, narrow, height)
    )
    start = end
  }
  return strips
}

/** The middle of the lightest stretch of columns in `[from, to)`: between characters, or better, between words. */
function gapNear(image: Grey, from: number, to: number): number {
  const half = Math.max(1, Math.round(image.height * 0.15))
  const light = alongProfile(image, false)
  let best = from
  let least = Number.POSITIVE_INFINITY
  for (let x = from; x < to; x++) {
    let ink = 0
    for (let k = Math.max(0, x - half); k < Math.min(image.width, x + half); k++) ink += light[k]!
    if (ink < least) {
      least = ink
      best = x
    }
  }
  return best
}
