import { describe, expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import { typeSize } from '../../src/layout/type-size.ts'

/** Rows of small letters, 14 to 18 pixels high. */
const rows = (count: number, leading: number): Blob[] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: 20 }, (_, k) => ({
      x0: 20 * k,
      x1: 20 * k + 14,
      y0: row * leading + 4 - (k % 5),
      y1: row * leading + 18,
      area: 120
    }))
  ).flat()

describe('typeSize', () => {
  test('type of letters is nearly twice as high as its small letters', () => {
    expect(typeSize(rows(10, 40), 2000, true)).toBeCloseTo(28.8)
  })

  test('but hardly higher than its lines are apart', () => {
    expect(typeSize(rows(10, 23), 2000, true)).toBeCloseTo(24.84)
  })

  test('a line or two do not tell how far lines are apart', () => {
    expect(typeSize(rows(2, 23), 2000, true)).toBeCloseTo(28.8)
  })
})
