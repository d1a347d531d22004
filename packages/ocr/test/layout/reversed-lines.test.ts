import { describe, expect, test } from 'vitest'
import type { GreyImage } from '../../src/image/grey.ts'
import { reversedLines } from '../../src/layout/reversed-lines.ts'
import { toLine } from '../../src/layout/text-line.ts'
import type { TintedArea } from '../../src/layout/tints.ts'

const em = 20
const panel: TintedArea = { x0: 40, y0: 40, x1: 300, y1: 100, area: 0, kind: 'flat', threshold: 128, dark: true }

/** White paper with a dark panel, and light boxes on it: left, top, width, height. */
function drawn(...boxes: readonly (readonly [number, number, number, number])[]): GreyImage {
  const image = { width: 340, height: 140, pixels: new Uint8Array(340 * 140).fill(230) }
  const fill = (x: number, y: number, wide: number, high: number, value: number): void => {
    for (let row = y; row < y + high; row++) image.pixels.fill(value, row * image.width + x, row * image.width + x + wide)
  }
  fill(panel.x0, panel.y0, 260, 60, 30)
  for (const [x, y, wide, high] of boxes) fill(x, y, wide, high, 220)
  return image
}

/** A bold figure `0`, 14 × 24, of which ink fills three quarters. */
const figure = (x: number): [number, number, number, number][] => [
  [x, 60, 4, 24],
  [x + 10, 60, 4, 24],
  [x, 60, 14, 5],
  [x, 79, 14, 5]
]

const linesOn = (image: GreyImage): number =>
  reversedLines(image, panel, em, (blobs) => (blobs.length > 0 ? [toLine(blobs, em)] : [])).length

describe('reversedLines', () => {
  test('bold figures are no blots, though they fill their boxes', () => {
    expect(linesOn(drawn(...[60, 80, 100, 120, 140].flatMap(figure)))).toBe(1)
  })

  test('bold figures that touch are as many', () => {
    expect(linesOn(drawn(...[60, 74, 88, 102, 122, 142].flatMap(figure)))).toBe(1)
  })

  test('lit windows are blots; a single light bar is no row of figures', () => {
    expect(linesOn(drawn([60, 60, 20, 20], [90, 60, 20, 20], [120, 60, 20, 20], [150, 60, 20, 20]))).toBe(0)
    expect(linesOn(drawn([60, 60, 100, 24]))).toBe(0)
  })
})
