import { describe, expect, test } from 'vitest'
import type { GreyImage } from '../../src/image/grey.ts'
import { paintSurround } from '../../src/layout/sheet.ts'
import { draw, fill, leading } from './draw.ts'

const page = (): GreyImage => draw(Array.from({ length: 30 }, () => 'AAAAAAAAAAAAAAA BBBBBBBBBBBBBBB'))
const at = (image: GreyImage, x: number, y: number): number => image.pixels[Math.floor(y) * image.width + Math.floor(x)]!

describe('paintSurround', () => {
  test.each([
    ['black', 15],
    ['a grey lid', 140]
  ])('what lies around the sheet becomes paper: %s', (_, value) => {
    const image = page()
    const { width, height } = image
    fill(image, 0, 0, 50, height, value)
    fill(image, width - 40, 0, 40, height, value)
    fill(image, 0, 0, width, 45, value)
    const painted = paintSurround(image)
    for (const [x, y] of [
      [10, height / 2],
      [width - 10, height / 2],
      [width / 2, 10]
    ] as const)
      expect(at(painted, x, y)).toBeGreaterThan(235)
  })

  test('print is never painted over', () => {
    const image = page()
    fill(image, 0, 0, 50, image.height, 15)
    const painted = paintSurround(image)
    const { width, height } = image
    for (let y = 100; y < height - 100; y += 5)
      for (let x = 75; x < width - 75; x += 5) if (at(image, x, y) < 100) expect(at(painted, x, y)).toBe(at(image, x, y))
  })

  test('a page without surround stays as it is, and so does the picture that is given', () => {
    const image = page()
    expect(paintSurround(image)).toBe(image)
    fill(image, 0, 0, 50, image.height, 15)
    const before = image.pixels.slice()
    paintSurround(image)
    expect(Buffer.from(image.pixels).equals(Buffer.from(before))).toBe(true)
  })

  test('a picture in a Buffer, whose `slice` is no copy, stays as it is too', () => {
    const drawn = page()
    fill(drawn, 0, 0, 50, drawn.height, 15)
    const image = { ...drawn, pixels: Buffer.from(drawn.pixels) }
    expect(at(paintSurround(image), 10, image.height / 2)).toBeGreaterThan(235)
    expect(image.pixels.equals(drawn.pixels)).toBe(true)
  })

  test('an edge that leans is followed', () => {
    const image = page()
    for (let y = 0; y < image.height; y++) fill(image, 0, y, 30 + Math.round(y / 60), 1, 15)
    const painted = paintSurround(image)
    for (const y of [50, image.height / 2, image.height - 50]) expect(at(painted, 20, y)).toBeGreaterThan(235)
  })

  test('a margin in uneven light stays as it is, print and all', () => {
    const image = draw(['AAAA', ...Array.from({ length: 30 }, () => 'AAAAAAAAAAAAAAA BBBBBBBBBBBBBBB')])
    const { width, height, pixels } = image
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels[y * width + x]! *= 1 - (0.5 * x) / width
    const painted = paintSurround(image)
    for (let y = 0; y < 5 * leading; y++)
      for (let x = 0; x < width; x++) if (at(painted, x, y) !== at(image, x, y)) expect([x, y]).toEqual([])
  })
})
