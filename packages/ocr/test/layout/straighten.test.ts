import { describe, expect, test } from 'vitest'
import type { GreyImage } from '../../src/image/grey.ts'
import { analyseLayout } from '../../src/layout/layout.ts'
import { draw } from './draw.ts'

const columns = 'AAAAAAAAAAAAAA BBBBBBBBBBBBBB'
const rows = 24

/** The picture turned about its middle, on a sheet of its own size. */
function turned(image: GreyImage, degrees: number): { image: GreyImage; place: (x: number, y: number) => [number, number] } {
  const { width, height, pixels } = image
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [cx, cy] = [width / 2, height / 2]
  const out = new Uint8Array(width * height).fill(245)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = Math.round(cx + (x - cx) * cos + (y - cy) * sin)
      const v = Math.round(cy - (x - cx) * sin + (y - cy) * cos)
      if (u >= 0 && v >= 0 && u < width && v < height) out[y * width + x] = pixels[v * width + u]!
    }
  return {
    image: { pixels: out, width, height },
    place: (x, y) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]
  }
}

describe('a page that leans', () => {
  test.each([-5, 0, 3, 6])('%d degrees: the lean is found, and lines lie where they are on the scan', (degrees) => {
    const flat = draw(Array.from({ length: rows }, () => columns))
    const { image, place } = turned(flat, degrees)
    const straight = analyseLayout(flat, { dpi: 170 }).regions.flatMap((region) => region.lines)
    const layout = analyseLayout(image, { dpi: 170 })
    const lines = layout.regions.flatMap((region) => region.lines)
    expect(layout.skewDegrees).toBeCloseTo(degrees, 0)
    expect(lines).toHaveLength(straight.length)
    for (const [index, line] of lines.entries()) {
      const { box } = straight[index]!
      const [x, y] = place(box.x, box.y + box.height / 2)
      expect(Math.abs(line.box.x - x)).toBeLessThan(12)
      expect(Math.abs(line.box.y + line.box.height / 2 - y)).toBeLessThan(6)
    }
  })
})
