import { expect, test } from 'vitest'
import { joinAcrossGaps } from '../../src/layout/across-gaps.ts'
import type { Blob } from '../../src/layout/blob.ts'
import { findLines } from '../../src/layout/lines.ts'
import { mapWhite } from '../../src/layout/white.ts'

const em = 22

/** Three figures, ten pixels high. */
const figures = (y: number): Blob[] => [0, 11, 22].map((x) => ({ x0: 100 + x, x1: 109 + x, y0: y, y1: y + 10, area: 50 }))

const linesOf = (blobs: readonly Blob[]): number => findLines(blobs, { em, latin: true, white: mapWhite(blobs, [], 400, 300, em) }).length

test('figures in type half as high as the page’s, set close, are as many lines as are printed', () => {
  expect(linesOf([...figures(100), ...figures(113), ...figures(126)])).toBe(3)
})

test('what stands under a nameplate beside the letters that hang down is no part of it', () => {
  const nameplate = [0, 90, 180].map((x) => ({ x0: 40 + x, x1: 120 + x, y0: 20, y1: x === 180 ? 125 : 95, area: 3500 }))
  expect(linesOf([...nameplate, ...figures(103)])).toBe(2)
})

/** Characters on one row from `x` on, `pitch` pixels apart. */
const row = (x: number, y: number, count: number, pitch: number): Blob[] =>
  Array.from({ length: count }, (_, k) => ({ x0: x + k * pitch, x1: x + k * pitch + 22, y0: y, y1: y + 22, area: 200 }))

/** How many lines stand beside each other, from the first row to the last. */
function rowsOf(blobs: readonly Blob[], size = { width: 700, height: 900 }): number[] {
  const context = { em, latin: false, white: mapWhite(blobs, [], size.width, size.height, em) }
  const lines = joinAcrossGaps(findLines(blobs, context), context)
  const tops = [...new Set(lines.map((line) => line.y0))].sort((a, b) => a - b)
  return tops.map((y0) => lines.filter((line) => line.y0 === y0).length)
}

/** Rows that part at one place, by a blank of `blank` pixels, and rows further down that end and begin where those do. */
const parted = (count: number, blank: number, full: number): Blob[] => [
  ...Array.from({ length: count }, (_, k) => [
    ...row(100, 40 + k * 33, 8, 23),
    ...row(100 + 7 * 23 + 22 + blank, 40 + k * 33, 3, 23)
  ]).flat(),
  ...Array.from({ length: full }, (_, k) => row(100, 640 + k * 33, 11, 24.65)).flat()
]

test('blanks after marks that stand below each other by chance part no column whose rows are full elsewhere', () => {
  expect(rowsOf(parted(6, 18, 5)).slice(0, 6)).toEqual([1, 1, 1, 1, 1, 1])
  expect(rowsOf(parted(6, 18, 0)).slice(0, 6)).toEqual([2, 2, 2, 2, 2, 2])
  expect(rowsOf(parted(9, 18, 5)).slice(0, 9)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2])
})

test('a single character after a mark ends the row of its own column, and is no last word of the next column’s', () => {
  const own = [...row(40, 40, 9, 23), ...row(40 + 8 * 23 + 22 + 18, 40, 1, 23)]
  const end = 40 + 8 * 23 + 22 + 18 + 22
  expect(rowsOf([...own, ...row(end + 42, 40, 8, 23)])).toEqual([2])
})
