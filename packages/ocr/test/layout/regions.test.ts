import { expect, test } from 'vitest'
import { buildRegions } from '../../src/layout/regions.ts'
import type { TextLine } from '../../src/layout/text-line.ts'

const em = 20
const line = (x0: number, x1: number, index: number): TextLine => ({
  x0,
  x1,
  y0: index * 30,
  y1: index * 30 + em,
  area: 1,
  blobs: [],
  em,
  lean: 0
})
const paragraphsOf = (starts: readonly number[], ends?: readonly number[]): number[] =>
  buildRegions(
    { lines: starts.map((x0, index) => line(x0, ends?.[index] ?? 500, index)), rules: [], pictures: [] },
    { em, latin: true, turned: false }
  ).map(({ lines }) => lines.length)

test('paragraphs begin at first-line indents', () => {
  expect(paragraphsOf([120, 100, 100, 100, 120, 100, 100])).toEqual([4, 3])
})
test('a speck before one line begins no paragraph', () => {
  expect(paragraphsOf([120, 100, 100, 85, 100, 100, 120, 100, 100])).toEqual([6, 3])
})
test('a column that leans is measured where it stands', () => {
  const starts = Array.from({ length: 40 }, (_, index) => 100 + index * 0.6)
  expect(paragraphsOf(starts)).toEqual([40])
})
test('lines set in the middle are one paragraph, a justified column with indents is not', () => {
  expect(paragraphsOf([100, 150, 120, 160, 110, 140], [500, 450, 480, 440, 490, 460])).toEqual([6])
  expect(paragraphsOf([120, 100, 100, 120, 100, 100])).toEqual([3, 3])
})
