import { describe, expect, test } from 'vitest'
import type { LineReading } from '../../src/engine.ts'
import { isDoubtful, type Look, surer } from '../../src/engines/second-look.ts'

function look(text: string, ...confidences: number[]): Look {
  const symbols = [...text].map((char, index) => ({
    text: char,
    confidence: confidences[index] ?? 99,
    bbox: { x0: index, y0: 0, x1: index + 1, y1: 1 }
  }))
  const prepared = {
    file: Buffer.alloc(0),
    flat: { pixels: [], width: 0, height: 0 },
    vertical: false,
    language: 'zh-Hans',
    em: 24,
    along: Number
  }
  return { words: [{ bbox: { x0: 0, y0: 0, x1: symbols.length, y1: 1 }, symbols }], prepared }
}

const toReading = ({ words }: Look): LineReading => {
  const text = words.flatMap(({ symbols }) => symbols.map((symbol) => symbol.text)).join('')
  return { text, confidence: 0.9, glyphs: [] }
}

const row = { pixels: new Uint8Array(), width: 0, height: 0, language: 'zh-Hans', direction: 'horizontal-lr' } as const

describe('isDoubtful', () => {
  test('one character of Chinese that Tesseract doubts is enough; a doubtful mark or figure is not', () => {
    expect(isDoubtful(row, look('折故太阳', 99, 70).words)).toBe(true)
    expect(isDoubtful(row, look('折叠太阳').words)).toBe(false)
    expect(isDoubtful(row, look('折，9', 99, 40, 40).words)).toBe(false)
  })

  test('only rows of Chinese are looked at again', () => {
    expect(isDoubtful({ ...row, direction: 'vertical-rl' }, look('折', 40).words)).toBe(false)
    expect(isDoubtful({ ...row, language: 'en' }, look('折', 40).words)).toBe(false)
  })
})

describe('surer', () => {
  test('the look with the higher confidence counts, and the other stays beside it', () => {
    const reading = surer(look('折故', 99, 70), look('折叠', 98, 97), toReading)
    expect(reading).toMatchObject({ text: '折叠', readings: [{ engine: 'tesseract', text: '折故', confidence: 0.9 }] })
  })

  test('two looks that see different things where hardly anything is sure are both doubted', () => {
    const unsure = (each: Look): LineReading => ({ ...toReading(each), confidence: 0.5 })
    expect(surer(look('和认光光失', 50), look('共和'), unsure).confidence).toBeCloseTo(0.35)
    expect(surer(look('折故太阳', 50), look('折叠太阳'), unsure).confidence).toBe(0.5)
    expect(surer(look('甲乙', 50), look('丙丁'), toReading).confidence).toBe(0.9)
  })

  test('nothing is kept beside a reading that is the same or empty', () => {
    expect(surer(look('折叠', 99, 80), look('折叠', 90, 80), toReading).readings).toBeUndefined()
    expect(surer(look('折叠', 99, 80), look(''), toReading)).toEqual(toReading(look('折叠')))
  })
})
