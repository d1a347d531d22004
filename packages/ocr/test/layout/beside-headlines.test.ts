import { expect, test } from 'vitest'
import { cutBesideHeadlines } from '../../src/layout/beside-headlines.ts'
import { toLine } from '../../src/layout/text-line.ts'

const em = 20
const characters = (x0: number, y0: number, size: number, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const x = x0 + index * size * 1.05
    return { x0: x, x1: x + size, y0, y1: y0 + size, area: size * size * 0.4 }
  })
const cutOf = (...blobs: ReturnType<typeof characters>[]) =>
  cutBesideHeadlines([toLine(blobs.flat(), em)], em).map((line) => line.blobs.length)

test('the column beside is cut from a headline that took it in', () => {
  expect(cutOf(characters(0, 0, 60, 6), characters(420, 25, em, 9))).toEqual([6, 9])
})
test('not marks and figures of its own, nor small type close to it', () => {
  expect(cutOf(characters(0, 0, 60, 6), characters(420, 25, em, 3))).toEqual([9])
  expect(cutOf(characters(0, 0, 60, 6), characters(382, 25, em, 9))).toEqual([15])
  expect(cutOf(characters(0, 0, em, 6), characters(200, 0, em, 9))).toEqual([15])
})
