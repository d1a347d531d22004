import { describe, expect, it } from 'vitest'
import type { Peak } from '../../../src/engines/paddle/ctc.ts'
import { readOutline } from '../../../src/engines/paddle/outline.ts'

const size = 40

/** An empty box of strokes, `width × height`, in a line of type of `size`. */
function draw(width: number, height: number): { pixels: Uint8Array; width: number; height: number } {
  const line = { pixels: new Uint8Array(60 * 50).fill(255), width: 60, height: 50 }
  const [x0, y0] = [Math.floor((60 - width) / 2), 45 - height]
  for (let y = y0; y < y0 + height; y++)
    for (let x = x0; x < x0 + width; x++)
      if (x < x0 + 3 || x >= x0 + width - 3 || y < y0 + 2 || y >= y0 + height - 2) line.pixels[y * 60 + x] = 0
  return line
}

const seen: Peak = { text: '口', confidence: 0.97, firstStep: 3, lastStep: 4, variants: [{ text: '日', confidence: 0.02 }] }
const read = (width: number, height: number, peak = seen): string => readOutline(peak, draw(width, height), { from: 5, to: 55 }, size).text

describe('readOutline', () => {
  it('says 日 of what is high and narrow, with 口 as the other reading', () => {
    const told = readOutline(seen, draw(26, 36), { from: 5, to: 55 }, size)
    expect(told.text).toBe('日')
    expect(told.variants[0]!.text).toBe('口')
    expect(told.confidence + told.variants[0]!.confidence).toBeLessThanOrEqual(1)
  })

  it('leaves 口 as it is: about as high as wide, or low', () => {
    expect(read(30, 34)).toBe('口')
    expect(read(36, 30)).toBe('口')
    expect(read(22, 29)).toBe('口')
  })

  it('leaves what is far too narrow, and what the network did not think of', () => {
    expect(read(16, 36)).toBe('口')
    expect(read(26, 36, { ...seen, variants: [] })).toBe('口')
    expect(read(26, 36, { ...seen, text: '□' })).toBe('□')
  })

  it('takes an empty stretch for nothing', () => {
    const blank = { pixels: new Uint8Array(60 * 50).fill(255), width: 60, height: 50 }
    expect(readOutline(seen, blank, { from: 5, to: 55 }, size)).toBe(seen)
  })
})
