/** A grey picture whose values need not be bytes. */
export interface Grey {
  readonly pixels: ArrayLike<number>
  readonly width: number
  readonly height: number
}

/** Weights of the source pixels under one target pixel. */
interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/**
 * Resizes by a separable triangle filter whose support grows with the scale (bilinear up, area-weighted down):
 * the `INTER_LINEAR`/`INTER_AREA` pair the PP-OCR models were trained with, without a library, and the same on every machine.
 */
export function resize(image: Grey, width: number, height: number): Float32Array {
  const columns = tapsOf(image.width, width)
  const rows = tapsOf(image.height, height)
  const narrow = new Float64Array(width * image.height)
  for (let y = 0; y < image.height; y++) {
    const start = y * image.width
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * image.pixels[start + first + k]!
      narrow[y * width + x] = sum
    }
  }
  const result = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y]!
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * narrow[(first + k) * width + x]!
      result[y * width + x] = sum
    }
  }
  return result
}

function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to
  const support = Math.max(1, scale)
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale - 0.5
    const first = Math.max(0, Math.ceil(centre - support))
    const last = Math.max(first, Math.min(from - 1, Math.floor(centre + support)))
    const weights = Float64Array.from({ length: last - first + 1 }, (_, k) => Math.max(0, 1 - Math.abs(first + k - centre) / support))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return { first, weights: total > 0 ? weights.map((weight) => weight / total) : weights.fill(1 / weights.length) }
  })
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
