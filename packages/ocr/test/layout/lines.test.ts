import { expect, test } from 'vitest'
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
