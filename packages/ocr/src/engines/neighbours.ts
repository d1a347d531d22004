import { type Blob, connectedBlobs } from '../layout/blob.ts'
import { otsu } from '../layout/mask.ts'
import type { Grey } from './resample.ts'

/** Share of a line's height, from its upper and lower edge, in which ink that touches the edge is a neighbour's. */
const edge = 0.25

/**
 * Paints over what reaches into a line's crop from the lines above and below: ink that touches the crop's edge and does not come
 * far in. Where lines are set close, an engine takes such feet and heads for accents, or loses the line among them.
 */
export function withoutNeighbours(image: Grey): Grey {
  const { width, height } = image
  const counts = new Uint32Array(256)
  for (let i = 0; i < image.pixels.length; i++) counts[image.pixels[i]! | 0]!++
  const threshold = Math.max(otsu(counts), 1)
  const data = Uint8Array.from(image.pixels, (value) => (value < threshold ? 1 : 0))
  const foreign = connectedBlobs({ data, width, height }).filter((blob) => isForeign(blob, height))
  if (foreign.length === 0) return image
  const pixels = Float32Array.from(image.pixels)
  for (const blob of foreign) wipe(pixels, data, image, blob)
  return { pixels, width, height }
}

function isForeign({ y0, y1 }: Blob, height: number): boolean {
  return (y0 === 0 && y1 < height * edge) || (y1 === height && y0 > height * (1 - edge))
}

/** Wipes the ink that hangs together with what of `blob` lies on the crop's edge, and the grey round it, but no other ink. */
function wipe(pixels: Float32Array, data: Uint8Array, { width, height }: Grey, blob: Blob): void {
  const row = blob.y0 === 0 ? 0 : height - 1
  const open: number[] = []
  for (let x = blob.x0; x < blob.x1; x++) if (data[row * width + x] === 1) open.push(row * width + x)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    data[at] = 2
    pixels[at] = 255
    const x = at % width
    for (let y = Math.max(0, Math.floor(at / width) - 1); y <= Math.min(height - 1, Math.floor(at / width) + 1); y++)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const next = y * width + u
        if (data[next] === 1) open.push(next)
        else pixels[next] = 255
      }
  }
}
