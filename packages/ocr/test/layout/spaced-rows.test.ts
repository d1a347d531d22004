import { expect, test } from 'vitest'
import { joinSpacedRows } from '../../src/layout/spaced-rows.ts'
import { toLine } from '../../src/layout/text-line.ts'

const em = 20
/** A single character of a page that was turned. */
const character = (x: number, y: number, height = 18) => toLine([{ x0: x, x1: x + 18, y0: y, y1: y + height, area: 160 }], em)
const name = [0, 36, 72, 108].map((y) => character(10, y))

test('characters evenly spaced are one row', () => {
  const found = joinSpacedRows(name, em)
  expect(found.map(({ upright, blobs, y0, y1 }) => [upright, blobs.length, y0, y1])).toEqual([[true, 4, 0, 126]])
})
test('not two, nor unevenly spaced ones', () => {
  const uneven = [0, 36, 90].map((y) => character(10, y))
  for (const lines of [name.slice(0, 2), uneven]) expect(joinSpacedRows(lines, em)).toEqual(lines)
})
test('not the beginnings of lines beside others', () => {
  const lines = [...name, toLine([{ x0: 34, x1: 200, y0: 30, y1: 48, area: 900 }], em)]
  expect(joinSpacedRows(lines, em)).toEqual(lines)
})
