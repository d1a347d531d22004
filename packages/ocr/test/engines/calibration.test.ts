import { describe, expect, it } from 'vitest'
import type { LineReading } from '../../src/engine.ts'
import { calibrate } from '../../src/engines/calibration.ts'

const reading = (text: string, confidence: number): LineReading => ({
  text,
  confidence,
  glyphs: [...text].map((char, index) => ({ text: char, confidence, from: index * 20, to: index * 20 + 18 }))
})

const confidences = (engine: 'paddle' | 'tesseract', text: string, confidence: number, vertical = false): number[] =>
  calibrate(engine, reading(text, confidence), { direction: vertical ? 'vertical-rl' : 'horizontal-lr' }).glyphs.map(
    (glyph) => glyph.confidence
  )

describe('calibrate', () => {
  it('keeps the order of an engine’s own confidences, within 0 and 1', () => {
    for (const engine of ['paddle', 'tesseract'] as const)
      for (const text of ['大', '大，', 'a', '大a1', '大a大', '7'])
        for (const vertical of [false, true]) {
          let before = confidences(engine, text, 0, vertical)
          for (let percent = 0; percent <= 100; percent += 4) {
            const now = confidences(engine, text, percent / 100, vertical)
            now.forEach((value, index) => {
              expect(value).toBeGreaterThanOrEqual(before[index]!)
              expect(value).toBeLessThanOrEqual(1)
            })
            before = now
          }
        }
  })

  it('doubts a lone letter between Chinese characters more than one of a word, and that more than one of a line of letters', () => {
    const stray = confidences('paddle', '前H起', 0.97)[1]!
    const inset = confidences('paddle', '前Hk起', 0.97)[1]!
    const letter = confidences('paddle', 'Hkx', 0.97)[1]!
    expect(stray).toBeLessThan(inset)
    expect(inset).toBeLessThan(letter)
  })

  it.each([
    ['£5,ooo', 'o'],
    ['19s1', 's'],
    ['3is', 'i'],
    ['s6s.', 's']
  ])('doubts the letter in %s, where a figure must stand', (word, letter) => {
    const [plain] = confidences('paddle', 'sold', 0.99)
    expect(confidences('paddle', word, 0.99)[word.indexOf(letter)]).toBeLessThan(plain! / 2)
  })

  it.each(['6s', '4d', '3rd', 'is', 'soil,', 'so,'])('leaves the letters of %s alone', (word) => {
    const [plain] = confidences('paddle', 'sold', 0.99)
    expect(Math.min(...confidences('paddle', word, 0.99))).toBeGreaterThanOrEqual(Math.min(plain!, confidences('paddle', ',', 0.99)[0]!))
  })

  it('lets variants share what the first answer leaves', () => {
    const glyph = { text: '吕', confidence: 0.7, from: 0, to: 9, variants: [{ text: '日', confidence: 0.2 }, { text: '昌', confidence: 0.1 }] } // biome-ignore format: one line
    const [result] = calibrate('paddle', { text: '吕', confidence: 0.7, glyphs: [glyph] }, { direction: 'horizontal-lr' }).glyphs
    const [first, second] = result!.variants!
    expect(result!.confidence + first!.confidence + second!.confidence).toBeCloseTo(1)
    expect(first!.confidence / second!.confidence).toBeCloseTo(2)
  })

  it('leaves a line on which nothing was read as it is', () => {
    const nothing: LineReading = { text: '', confidence: 0, glyphs: [] }
    expect(calibrate('tesseract', nothing, { direction: 'horizontal-lr' })).toBe(nothing)
  })
})
