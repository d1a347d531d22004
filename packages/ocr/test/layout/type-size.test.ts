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

  test('the dashes of a frame, more than the characters beside them, are no type', () => {
    const characters = rows(10, 40).map((blob) => ({ ...blob, x1: blob.x0 + 24, y1: blob.y0 + 24, area: 200 }))
    const dashes = Array.from({ length: 1500 }, (_, k) => ({ x0: 10 * k, x1: 10 * k + 7, y0: 900, y1: 903, area: 21 }))
    expect(typeSize([...characters, ...dashes], 2000, false)).toBe(typeSize(characters, 2000, false))
  })

  test('where type has run together, solid pieces are the type', () => {
    const characters = rows(10, 40).map((blob) => ({ ...blob, area: 14 * (blob.y1 - blob.y0) }))
    const few = rows(1, 40).map((blob) => ({ ...blob, x1: blob.x0 + 40, y1: blob.y0 + 40, area: 500 }))
    expect(typeSize([...characters, ...few], 2000, false)).toBe(typeSize(characters, 2000, false))
  })
})
