import { describe, expect, test } from 'vitest'
import { cropGrey, invertGrey, reduceGrey, softened } from '../../src/image/grey.ts'

/** 0 1 2 … in rows of four. */
const image = { pixels: Uint8Array.from({ length: 12 }, (_, index) => index), width: 4, height: 3 }

describe('grey pictures', () => {
  test('reduceGrey takes the mean, and drops what is left over', () => {
    expect(reduceGrey(image, 2)).toEqual({ pixels: Uint8Array.from([3, 5]), width: 2, height: 1 })
    expect(reduceGrey(image, 9)).toEqual({ pixels: Uint8Array.from([6]), width: 1, height: 1 })
    expect(reduceGrey(image, 1)).toBe(image)
  })

  test('cropGrey cuts at the edges and says where the part lies', () => {
    expect(cropGrey(image, { x: 1.2, y: 1, width: 1.5, height: 1 })).toEqual({
      image: { pixels: Uint8Array.from([5, 6]), width: 2, height: 1 },
      x: 1,
      y: 1
    })
    const { image: part, x, y } = cropGrey(image, { x: -5, y: -5, width: 100, height: 100 })
    expect([part, x, y]).toEqual([image, 0, 0])
    expect(cropGrey(image, { x: 50, y: 50, width: 1, height: 1 }).image.pixels).toEqual(Uint8Array.from([11]))
  })

  test('invertGrey twice is nothing', () => expect(invertGrey(invertGrey(image))).toEqual(image))

  test('softened is the mean of the neighbourhood, cut at the edges', () => {
    const dot = { pixels: Uint8Array.from([0, 0, 0, 0, 90, 0, 0, 0, 0]), width: 3, height: 3 }
    expect([...softened(dot, 1).pixels]).toEqual([23, 15, 23, 15, 10, 15, 23, 15, 23])
    const flat = { pixels: new Uint8Array(30).fill(77), width: 6, height: 5 }
    expect(softened(flat, 40)).toEqual(flat)
  })
})
