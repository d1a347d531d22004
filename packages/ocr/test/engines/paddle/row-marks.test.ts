import { describe, expect, it } from 'vitest'
import { readRowMarks } from '../../../src/engines/paddle/row-marks.ts'

type Variant = readonly [text: string, confidence: number]

/** Peaks a step of `pitch` apart; a mark may come with its confidence and variants. */
const peaksOf = (texts: readonly (string | readonly [string, number, ...Variant[]])[], pitch = 30) =>
  texts.map((each, index) => {
    const [text, confidence, ...variants] = typeof each === 'string' ? ([each, 0.99] as const) : each
    return {
      text,
      confidence,
      firstStep: index,
      lastStep: index,
      middle: index * pitch,
      variants: variants.map(([other, share]) => ({ text: other, confidence: share }))
    }
  })
const textOf = (texts: Parameters<typeof peaksOf>[0], pitch?: number): string =>
  readRowMarks(peaksOf(texts, pitch), 32)
    .map(({ text }) => text)
    .join('')

describe('readRowMarks', () => {
  it('reads the ring of ℃ once', () => {
    expect(textOf(['1', '7', '°', '℃', '～'], 10)).toBe('17℃～')
    expect(textOf(['1', '7', '°', 'C'], 10)).toBe('17°C')
  })

  it('leaves a ring that stands by itself', () => {
    expect(textOf(['东', '经', '°', '℃'], 30)).toBe('东经°℃')
  })

  it('takes a straight mark among Chinese for the curly one that the network thought of', () => {
    expect(textOf(['好', '。', ['"', 0.6, ['”', 0.3], ['“', 0.05]]])).toBe('好。”')
    expect(textOf(['量', ["'", 0.54, ['’', 0.35]], '，'])).toBe('量’，')
  })

  it('counts both probabilities for it, less what speaks for the other direction', () => {
    const [, mark] = readRowMarks(peaksOf(['好', ['"', 0.6, ['”', 0.3], ['“', 0.05]]]), 32)
    expect(mark!.confidence).toBeCloseTo(0.85)
    expect(mark!.variants).toEqual([{ text: '“', confidence: 0.05 }])
  })

  it('leaves a straight mark among letters, and one with no other reading', () => {
    expect(textOf(['A', ['"', 0.6, ['”', 0.3]], 'B'])).toBe('A"B')
    expect(textOf(['好', ['"', 0.9]])).toBe('好"')
  })
})
