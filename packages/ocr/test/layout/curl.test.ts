import { describe, expect, it } from 'vitest'
import { cutLine } from '../../src/image/cut-line.ts'
import type { GreyImage } from '../../src/image/grey.ts'
import { curlAt } from '../../src/layout/curl.ts'
import { analyseLayout } from '../../src/layout/layout.ts'
import { lineBounds, offsetAt } from '../../src/layout/types.ts'
import { em, fill, leading } from './draw.ts'

/** Two columns of twelve characters, long enough for a curl to be told; the strokes of no two neighbours are alike, as in print. */
const flat = drawn(44)

function drawn(rows: number): GreyImage {
  const image = { pixels: new Uint8Array(800 * 1800).fill(245), width: 800, height: 1800 }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < 26; column++) {
      if (column === 12 || column === 13) continue
      const [x, y, kind] = [75 + column * 25, 108 + row * leading, (row * 7 + column * 5) % 11]
      for (const stroke of [0, 4 + kind, 20]) fill(image, x + 1, y + stroke, 22, 3, 20)
      for (const stroke of [1, 3 + kind, 20]) fill(image, x + stroke, y, 3, 23, 20)
    }
  return image
}

/** The page as it looks when its left side goes down into a fold: `ems` lower at the side, for the upper edge; nothing at the lower. */
function curled(page: GreyImage, ems: number): GreyImage {
  const { width, height } = page
  const shift = (ems * em) / 2
  const curls = {
    curls: [{ side: 'left', reach: 0.45 * width, power: 2, shift, spread: -shift / (height / 2) }] as const,
    width,
    height
  }
  const pixels = new Uint8Array(width * height).fill(245)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = y + Math.round(curlAt(curls, x, y))
      if (to >= 0 && to < height) pixels[to * width + x] = Math.min(pixels[to * width + x]!, page.pixels[y * width + x]!)
    }
  return { pixels, width, height }
}

describe('a sheet that curls into its fold', () => {
  it('says nothing of curls where it lies flat', () => {
    const layout = analyseLayout(flat)
    expect(layout).not.toHaveProperty('curls')
    expect(layout.regions.flatMap((region) => region.lines).some((line) => 'bend' in line)).toBe(false)
  })

  it('says nothing of curls where but a few rows could tell', () => {
    expect(analyseLayout(curled(drawn(8), 3))).not.toHaveProperty('curls')
  })

  const layout = analyseLayout(curled(flat, 3))
  const lines = layout.regions.flatMap((region) => region.lines)

  it('is found to curl, by as much as it does', () => {
    expect(layout.curls).toHaveLength(1)
    expect(layout.curls![0]!.side).toBe('left')
    const first = lines[0]!
    const drop = offsetAt(first, 0) - offsetAt(first, first.box.width)
    const left = (x: number): number => 3 * em * (1 - 108 / 1800) * Math.max(0, 1 - x / (0.45 * 800)) ** 2
    expect(Math.abs(drop - left(75) + left(375))).toBeLessThan(4)
  })

  it('has the lines of the flat one, bent beside the fold only', () => {
    expect(lines).toHaveLength(88)
    const bent = lines.filter((line) => line.bend)
    expect(bent.length).toBeGreaterThan(20)
    expect(bent.every((line) => line.box.x < flat.width / 2)).toBe(true)
  })

  it('gives lines to the engine as straight as if it lay flat', () => {
    const first = lines.find((line) => line.bend)!
    const cut = cutLine(curled(flat, 3), first)
    const ink = (row: number): number =>
      cut.pixels.subarray(row * cut.width, (row + 1) * cut.width).reduce((sum, value) => sum + (value < 128 ? 1 : 0), 0)
    const rows = Array.from({ length: cut.height }, (_, row) => row).filter((row) => ink(row) > 0)
    expect(rows.at(-1)! - rows[0]!).toBeLessThanOrEqual(em + 4)
  })

  it('keeps a line within its bounds all along', () => {
    for (const line of lines) {
      const { y, height } = lineBounds(line)
      for (const along of [0, line.box.width / 3, line.box.width]) {
        expect(line.box.y + offsetAt(line, along)).toBeGreaterThanOrEqual(y - 0.01)
        expect(line.box.y + line.box.height + offsetAt(line, along)).toBeLessThanOrEqual(y + height + 0.01)
      }
    }
  })
})
