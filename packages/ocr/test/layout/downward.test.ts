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
  test('thin characters and marks, beside which more white stands, do not make its lines rows', () => {
    const thin = block(2, 7, 40, 22, 8).map((blob, index) =>
      [4, 9].includes(index) ? { ...blob, y0: blob.y0 + 17, y1: blob.y0 + 23 } : blob
    )
    expect(lengths(thin)).toEqual([7, 7])
  })
  test('a last character in pieces goes with its line; text below does not', () => {
    const pieces = [0, 1, 2].map((index) => ({
      x0: 100 + index * 14,
      y0: 340,
      x1: 112 + index * 14,
      y1: index === 1 ? 374 : 352,
      area: 80
    }))
    expect(lengths([...block(1, 5, 40, 0, 6), ...pieces])).toEqual([8])
    const text = Array.from({ length: 9 }, (_, index) => ({ x0: 60 + index * 19, y0: 340, x1: 78 + index * 19, y1: 358, area: 130 }))
    expect(lengths([...block(1, 5, 40, 0, 6), ...text])).toEqual([5])
  })
  test('not in rows of text a little larger than the page’s: what stands beside the characters is nearer than what stands below', () => {
    const [first, second] = block(1, 2, 22, 0, 13)
    const beside = [first!, second!].flatMap((blob) => [-24, 24].map((by) => ({ ...blob, x0: blob.x0 + by, x1: blob.x1 + by - 3 })))
    const small = beside.map((blob) => ({ ...blob, y0: blob.y0 + 2, y1: blob.y1 - 2 }))
    expect(lengths([first!, second!, ...small])).toEqual([])
    expect(lengths([first!, second!])).toEqual([2])
  })
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
