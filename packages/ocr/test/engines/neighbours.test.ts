import { describe, expect, test } from 'vitest'
import { withoutNeighbours } from '../../src/engines/neighbours.ts'
import type { Grey } from '../../src/engines/resample.ts'

const width = 60
const height = 40

/** A crop with bars of ink: x, y, width, height. */
function crop(...bars: readonly (readonly [number, number, number, number])[]): Grey & { pixels: Uint8Array } {
  const pixels = new Uint8Array(width * height).fill(255)
  for (const [x, y, wide, high] of bars) for (let row = y; row < y + high; row++) pixels.fill(20, row * width + x, row * width + x + wide)
  return { pixels, width, height }
}

const letter = [20, 8, 4, 24] as const

describe('withoutNeighbours', () => {
  test('feet of the line above and heads of the line below are painted over', () => {
    const cleaned = withoutNeighbours(crop(letter, [5, 0, 3, 6], [40, 35, 3, 5]))
    expect([...(cleaned.pixels as ArrayLike<number> as Float32Array)]).toEqual([...crop(letter).pixels])
  })

  test("what touches the edge and reaches into the line is the line's own, and so is what does not touch it", () => {
    const own = crop(letter, [5, 0, 3, 20], [40, 30, 3, 8], [10, 2, 3, 3])
    expect(withoutNeighbours(own)).toBe(own)
  })

  test('a descender beside a neighbour stays whole', () => {
    const image = crop(letter, [20, 30, 4, 8], [26, 34, 3, 6])
    const cleaned = withoutNeighbours(image)
    expect(cleaned.pixels[37 * width + 22]).toBe(20)
    expect(cleaned.pixels[37 * width + 27]).toBe(255)
  })
})
