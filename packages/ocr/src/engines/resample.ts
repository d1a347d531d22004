/** A grey picture whose values need not be bytes. */
export interface Grey {
  readonly pixels: ArrayLike<number>
  readonly width: number
  readonly height: number
}

/** Weights of the source pixels under each target pixel: those from `first` on, with `weights` from `start` to the next one's `start`. */
interface Taps {
  readonly first: Int32Array
  readonly start: Int32Array
  readonly weights: Float64Array
}

/**
 * Resizes by a separable triangle filter whose support grows with the scale (bilinear up, area-weighted down):
 * the `INTER_LINEAR`/`INTER_AREA` pair the PP-OCR models were trained with, without a library, and the same on every machine.
 */
export function resize(image: Grey, width: number, height: number): Float32Array {
  const narrow = acrossRows(Float64Array.from(image.pixels), image.width, image.height, tapsOf(image.width, width))
  return downColumns(narrow, width, tapsOf(image.height, height))
}

function acrossRows(pixels: Float64Array, from: number, rows: number, { first, start, weights }: Taps): Float64Array {
  const width = first.length
  const narrow = new Float64Array(width * rows)
  for (let y = 0, at = 0; y < rows; y++)
    for (let x = 0; x < width; x++, at++) {
      let sum = 0
      for (let k = start[x]!, p = y * from + first[x]!; k < start[x + 1]!; k++, p++) sum += weights[k]! * pixels[p]!
      narrow[at] = sum
    }
  return narrow
}

function downColumns(pixels: Float64Array, width: number, { first, start, weights }: Taps): Float32Array {
  const height = first.length
  const result = new Float32Array(width * height)
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let k = start[y]!, p = first[y]! * width; k < start[y + 1]!; k++) {
      const weight = weights[k]!
      for (let x = 0; x < width; x++, p++) sums[x] = sums[x]! + weight * pixels[p]!
    }
    result.set(sums, y * width)
  }
  return result
}

function tapsOf(from: number, to: number): Taps {
  const scale = from / to
  const support = Math.max(1, scale)
  const first = new Int32Array(to)
  const start = new Int32Array(to + 1)
  const weights = new Float64Array(to * (2 * Math.ceil(support) + 1))
  for (let index = 0; index < to; index++) {
    const centre = (index + 0.5) * scale - 0.5
    first[index] = Math.max(0, Math.ceil(centre - support))
    const last = Math.max(first[index]!, Math.min(from - 1, Math.floor(centre + support)))
    start[index + 1] = start[index]! + weigh(weights, start[index]!, first[index]!, last, centre, support)
  }
  return { first, start, weights }
}

/** Writes the weights of the pixels `first`…`last`, which add up to 1. @returns how many there are */
function weigh(weights: Float64Array, at: number, first: number, last: number, centre: number, support: number): number {
  const count = last - first + 1
  let total = 0
  for (let k = 0; k < count; k++) {
    const weight = Math.max(0, 1 - Math.abs(first + k - centre) / support)
    weights[at + k] = weight
    total += weight
  }
  for (let k = 0; k < count; k++) weights[at + k] = total > 0 ? weights[at + k]! / total : 1 / count
  return count
}

/** The grey of the paper: what three quarters of the pixels are not lighter than. */
export function paperOf(image: Grey): number {
  const counts = new Uint32Array(256)
  for (let i = 0; i < image.pixels.length; i++) counts[image.pixels[i]!]!++
  let seen = 0
  for (let value = 255; value >= 0; value--) {
    seen += counts[value]!
    if (seen * 4 >= image.pixels.length) return value
  }
  return 255
}
