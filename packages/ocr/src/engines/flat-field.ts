import type { Grey } from './resample.ts'

/**
 * Evens out the light along a line: every pixel is divided by the paper's brightness around it, so that paper is white everywhere.
 * Paper is taken as the 80th percentile of slices one line height wide, smoothed over three of them.
 */
export function flattenLight(image: Grey): Grey {
  const slices = Math.max(1, Math.round(image.width / Math.max(1, image.height)))
  const levels = Array.from({ length: slices }, (_, index) =>
    paperLevel(image, sliceEdge(image, slices, index), sliceEdge(image, slices, index + 1))
  )
  const smooth = levels.map((_, index) => Math.max(...levels.slice(Math.max(0, index - 1), index + 2)))
  const pixels = new Uint8Array(image.width * image.height)
  for (let x = 0; x < image.width; x++) {
    const at = ((x + 0.5) / image.width) * slices - 0.5
    const left = Math.max(0, Math.min(slices - 1, Math.floor(at)))
    const right = Math.min(slices - 1, left + 1)
    const part = Math.max(0, Math.min(1, at - left))
    const paper = Math.max(1, smooth[left]! * (1 - part) + smooth[right]! * part)
    for (let y = 0; y < image.height; y++)
      pixels[y * image.width + x] = Math.min(255, Math.round((image.pixels[y * image.width + x]! * 255) / paper))
  }
  return { pixels, width: image.width, height: image.height }
}

function sliceEdge(image: Grey, slices: number, index: number): number {
  return Math.round((image.width * index) / slices)
}

function paperLevel(image: Grey, from: number, to: number): number {
  const counts = new Uint32Array(256)
  for (let y = 0; y < image.height; y++) for (let x = from; x < to; x++) counts[image.pixels[y * image.width + x]!]!++
  const limit = image.height * (to - from) * 0.2
  let seen = 0
  for (let value = 255; value > 0; value--) {
    seen += counts[value]!
    if (seen >= limit) return value
  }
  return 255
}
