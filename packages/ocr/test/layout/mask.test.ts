import { describe, expect, test } from 'vitest'
import type { GreyImage } from '../../src/image/grey.ts'
import { binarise, type Mask } from '../../src/layout/mask.ts'
import { fill } from './draw.ts'

/** A sheet with grain, and strokes of two pixels, soft at their edges, every ten pixels in a block at the top left. */
function sheet(paper: number, ink: number): GreyImage {
  const image = { pixels: new Uint8Array(600 * 600), width: 600, height: 600 }
  for (let i = 0; i < image.pixels.length; i++) image.pixels[i] = paper - ((i * 7 + Math.floor(i / 600) * 13) % 23)
  const softest = Math.floor((paper - ink) * 0.55)
  for (let y = 20; y < 280; y += 10) {
    fill(image, 20, y + 1, 400, 2, ink)
    for (const edge of [y, y + 3])
      for (let x = 20; x < 420; x++) image.pixels[edge * image.width + x] = ink + ((x * 7 + (edge - y) * 5) % softest)
  }
  return image
}

/** What shows through, in the lower half: bars of grey from 66 to 99 of a hundred of the paper, the more the paler. */
function showThrough(image: GreyImage, paper: number): void {
  for (let y = 300; y < 570; y++)
    for (let x = 20; x < 580; x++)
      if ((y >> 3) % 4 !== 0)
        image.pixels[y * image.width + x] = Math.round(paper * (0.66 + 0.33 * Math.sqrt(((x * 7 + y * 13) % 64) / 64)))
}

function inkIn({ data, width }: Mask, x: number, y: number, wide: number, high: number): number {
  let count = 0
  for (let v = y; v < y + high; v++) for (let u = x; u < x + wide; u++) count += data[v * width + u]!
  return count / (wide * high)
}

describe('binarise', () => {
  test('ink beside what shows through, and across it: only the ink', () => {
    const image = sheet(200, 90)
    showThrough(image, 200)
    fill(image, 300, 290, 3, 280, 90)
    const mask = binarise(image)
    expect(inkIn(mask, 30, 31, 300, 2)).toBe(1)
    expect(inkIn(mask, 300, 300, 3, 260)).toBe(1)
    expect(inkIn(mask, 20, 310, 270, 250)).toBe(0)
    expect(inkIn(mask, 320, 310, 260, 250)).toBe(0)
  })

  test('on a clean sheet the whole of a hairline is ink, however far it runs from a dark stroke', () => {
    const image = sheet(240, 30)
    fill(image, 20, 400, 4, 60, 30)
    fill(image, 24, 430, 60, 1, 130)
    expect(inkIn(binarise(image), 24, 430, 60, 1)).toBe(1)
  })
})
