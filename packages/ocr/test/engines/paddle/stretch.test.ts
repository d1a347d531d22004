import { describe, expect, it } from 'vitest'
import { stretchesAround } from '../../../src/engines/paddle/stretch.ts'

const em = 20
const height = 24

/** A row of boxes, an em each, with white between them. */
function draw(count: number): { pixels: Uint8Array; width: number; height: number } {
  const width = count * em
  const pixels = new Uint8Array(width * height).fill(245)
  for (let index = 0; index < count; index++)
    for (let y = 2; y < height - 2; y++) pixels.fill(20, y * width + index * em + 2, y * width + (index + 1) * em - 2)
  return { pixels, width, height }
}

const middles = Array.from({ length: 30 }, (_, index) => (index + 0.5) * em)
const around = (doubtful: readonly number[], kept = 1): number[][] =>
  stretchesAround(draw(30), middles, doubtful, kept).map(({ from, to, keepFrom, keepTo }) =>
    [from, to, keepFrom, keepTo].map((x) => Math.round(x / em))
  )

describe('stretchesAround', () => {
  it('shows five characters on each side and keeps one', () => {
    expect(around([12])).toEqual([[7, 18, 11, 14]])
    expect(around([12], 0)).toEqual([[7, 18, 12, 13]])
  })

  it('ends where the line ends', () => {
    expect(around([0])).toEqual([[0, 6, 0, 2]])
    expect(around([29])).toEqual([[24, 30, 28, 30]])
  })

  it('makes one of two that meet', () => {
    expect(around([8, 12])).toEqual([[3, 18, 7, 14]])
    expect(around([4, 25])).toHaveLength(2)
  })

  it('cuts where it is white', () => {
    const { pixels } = draw(30)
    for (const { from, to, keepFrom, keepTo } of stretchesAround(draw(30), middles, [12], 1))
      for (const x of [from, to, keepFrom, keepTo]) expect(pixels[10 * 30 * em + x]).toBe(245)
  })

  it('is empty where nothing is in doubt', () => {
    expect(stretchesAround(draw(30), middles, [], 1)).toEqual([])
  })
})
