import { describe, expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import { downwardLines } from '../../src/layout/downward.ts'

const em = 20

/** Characters of `size` pixels in `columns` lines of `rows`, with `between` lines and `along` them. */
function block(columns: number, rows: number, size: number, between: number, along: number): Blob[] {
  return Array.from({ length: columns * rows }, (_, index) => {
    const x0 = 100 + (index % columns) * (size + between)
    const y0 = 100 + Math.floor(index / columns) * (size + along)
    return { x0, y0, x1: x0 + size, y1: y0 + size, area: size * size * 0.4 }
  })
}

const lengths = (blobs: readonly Blob[]): number[] => downwardLines(blobs, em).map((line) => line.length)

describe('downwardLines', () => {
  test('a headline of two lines that run down', () => expect(lengths(block(2, 6, 40, 20, 3))).toEqual([6, 6]))
  test('a headline of one line that runs down', () => expect(lengths(block(1, 5, 40, 0, 6))).toEqual([5]))
  test('not where the lines run across: the white between the columns is the narrower', () =>
    expect(lengths(block(6, 2, 40, 3, 20))).toEqual([]))
  test('not where it is as wide both ways', () => expect(lengths(block(4, 4, 40, 8, 8))).toEqual([]))
  test('not body type, however it stands', () => expect(lengths(block(2, 6, em, 12, 2))).toEqual([]))
  test('not a character alone', () => expect(lengths(block(1, 1, 60, 0, 0))).toEqual([]))
  test('characters too far apart are not one headline', () => expect(lengths(block(1, 4, 40, 0, 60))).toEqual([]))
  test('the pieces of a character go with it', () => {
    const dot = { x0: 112, y0: 185, x1: 122, y1: 191, area: 40 }
    expect(
      lengths([...block(1, 5, 40, 0, 6).filter((_, index) => index !== 1), { x0: 100, y0: 146, x1: 140, y1: 182, area: 500 }, dot])
    ).toEqual([6])
  })
})
