import { isHan } from '@broadsheet/document'
import type { LineImage, LineReading } from '../engine.ts'
import type { PreparedLine } from './tesseract-line.ts'
import type { TesseractWord } from './tesseract-text.ts'

/** One look of Tesseract at a line. */
export interface Look {
  readonly words: readonly TesseractWord[]
  readonly prepared: PreparedLine
}

/** Size of the type, in pixels, that a doubtful line is shown at again. */
export const secondSize = 30

/** Tesseract's own confidence, 0 to 100, below which a character of Chinese is mostly wrong. */
const doubtful = 86

/** Whether a line of Chinese set in rows has a character that Tesseract doubts: one line in ten, with two of three wrong characters. */
export function isDoubtful({ language, direction }: LineImage, words: readonly TesseractWord[]): boolean {
  if (direction !== 'horizontal-lr' || !/^zh\b/i.test(language)) return false
  return words.some(({ symbols }) => symbols.some(({ text, confidence }) => isHan(text) && confidence < doubtful))
}

/** Of two looks at a line the one Tesseract is surer of on average; what the other read stays beside it. */
export function surer(first: Look, second: Look, toReading: (look: Look) => LineReading): LineReading {
  const [kept, other] = meanConfidence(second) > meanConfidence(first) ? [second, first] : [first, second]
  const reading = toReading(kept)
  const { text, confidence } = toReading(other)
  return text === '' || text === reading.text ? reading : { ...reading, readings: [{ engine: 'tesseract', text, confidence }] }
}

function meanConfidence({ words }: Look): number {
  const symbols = words.flatMap((word) => word.symbols)
  return symbols.length === 0 ? 0 : symbols.reduce((sum, { confidence }) => sum + confidence, 0) / symbols.length
}
