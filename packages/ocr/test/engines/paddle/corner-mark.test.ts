import { describe, expect, it } from 'vitest'
import { markAsInRows } from '../../../src/engines/paddle/corner-mark.ts'

const side = 40

/** A cell with a black rectangle in it. */
function cell(x0: number, y0: number, x1: number, y1: number, height = side): { pixels: Uint8Array; width: number; height: number } {
  const pixels = new Uint8Array(side * height).fill(240)
  for (let y = y0; y < y1; y++) pixels.fill(20, y * side + x0, y * side + x1)
  return { pixels, width: side, height }
}

/** Where the ink of a cell lies. */
function ink({ pixels, width }: { pixels: ArrayLike<number>; width: number }): number[] {
  const dark = Array.from(pixels).flatMap((value, index) => (value < 128 ? [index] : []))
  const columns = dark.map((index) => index % width)
  const rows = dark.map((index) => Math.floor(index / width))
  return [Math.min(...columns), Math.min(...rows), Math.max(...columns) + 1, Math.max(...rows) + 1]
}

describe('markAsInRows', () => {
  it('moves a mark from the upper right corner to the lower left', () =>
    expect(ink(markAsInRows(cell(28, 3, 36, 13), side))).toEqual([4, 26, 12, 36]))

  it('moves a mark from the middle to the lower left', () => expect(ink(markAsInRows(cell(16, 15, 25, 25), side))).toEqual([4, 26, 13, 36]))

  it('takes a cell that was cut at its mark for a whole one', () => {
    const moved = markAsInRows(cell(28, 0, 36, 10, 10), side)
    expect(moved.height).toBe(side)
    expect(ink(moved)).toEqual([4, 26, 12, 36])
  })

  it.each([
    ['what is too large for a comma in the middle', cell(12, 12, 28, 28)],
    ['a stroke', cell(4, 18, 36, 22)],
    ['a mark below', cell(28, 27, 36, 37)],
    ['a mark on the left', cell(4, 3, 12, 13)],
    ['a character', cell(4, 4, 36, 36)],
    ['bare paper', cell(0, 0, 0, 0)]
  ])('leaves %s', (_, given) => expect(markAsInRows(given, side)).toBe(given))
})
