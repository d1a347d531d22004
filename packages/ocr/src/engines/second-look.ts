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

/**
 * Of two looks at a line the one Tesseract is surer of on average; what the other read stays beside it. Two looks at type agree for the
 * most part, however bad it is; at a picture each sees something else, and neither is believed.
 */
export function surer(first: Look, second: Look, toReading: (look: Look) => LineReading): LineReading {
  const [kept, other] = meanConfidence(second) > meanConfidence(first) ? [second, first] : [first, second]
  const reading = toReading(kept)
  const { text, confidence } = toReading(other)
  if (text === '' || text === reading.text) return reading
  const isText = reading.confidence >= sure || shareInCommon(reading.text, text) >= leastInCommon
  return { ...(isText ? reading : lessSure(reading)), readings: [{ engine: 'tesseract', text, confidence }] }
}

/** Mean confidence from which a line is text whatever the other look says. */
const sure = 0.75
/** Share of their characters that two looks at text have in common; on seven pages 0.4 and more, and 0.04 where a picture was read. */
const leastInCommon = 0.25
/** What two looks that contradict each other leave of their confidence. */
const contradicted = 0.7

/** Share of the characters of the longer text that both have, wherever they stand. */
function shareInCommon(a: string, b: string): number {
  const left = [...b]
  const common = [...a].filter((char) => {
    const at = left.indexOf(char)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
  return common.length / Math.max(1, [...a].length, [...b].length)
}

function lessSure(reading: LineReading): LineReading {
  const glyphs = reading.glyphs.map((glyph) => ({ ...glyph, confidence: glyph.confidence * contradicted }))
  return { ...reading, confidence: reading.confidence * contradicted, glyphs }
}

function meanConfidence({ words }: Look): number {
  const symbols = words.flatMap((word) => word.symbols)
  return symbols.length === 0 ? 0 : symbols.reduce((sum, { confidence }) => sum + confidence, 0) / symbols.length
}
