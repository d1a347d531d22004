import { expect, test } from 'vitest'
import { type GreyImage, invertGrey } from '../../src/image/grey.ts'
import { asPositive, isNegative } from '../../src/image/negative.ts'
import { draw, fill } from '../layout/draw.ts'

const page = (): GreyImage => draw(Array.from({ length: 30 }, () => 'AAAAAAAAAAAAAAA BBBBBBBBBBBBBBB'))
const paled = (image: GreyImage, by: number): GreyImage => ({ ...image, pixels: image.pixels.map((value) => 150 + value * by) })

test.each([
  ['a page', page(), false],
  ['its negative', invertGrey(page()), true],
  ['its negative, low in contrast', paled(invertGrey(page()), 0.1), true],
  ['a page, low in contrast', paled(page(), 0.1), false],
  ['an empty sheet', draw(['', '', '', '', '', '', '']), false],
  ['a black sheet', invertGrey(draw(['', '', '', '', '', '', ''])), false],
  ['one pixel', { pixels: Uint8Array.of(0), width: 1, height: 1 }, false]
])('%s', (_, image, expected) => {
  expect(isNegative(image)).toBe(expected)
})

test('neither a dark bed around a page nor a dark panel on it makes a negative', () => {
  const image = page()
  const { width, height } = image
  fill(image, 0, 0, 70, height, 10)
  fill(image, 0, 0, width, 70, 10)
  expect(isNegative(image)).toBe(false)
  const half = page()
  const light = invertGrey(half)
  half.pixels.set(light.pixels.subarray(0, width * (height >> 1)))
  expect(isNegative(half)).toBe(false)
})

test('a negative comes inverted and says so, a page as it is', () => {
  const image = page()
  expect(asPositive(image)).toBe(image)
  const turned = asPositive(invertGrey(image))
  expect(turned.inverted).toBe(true)
  expect(Buffer.from(turned.pixels).equals(Buffer.from(image.pixels))).toBe(true)
})
