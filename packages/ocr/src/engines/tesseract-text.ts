import { isEastAsian, type Variant } from '@broadsheet/document'
import type { LineGlyph, LineReading } from '../engine.ts'
import { calibrate } from './calibration.ts'

/** What Tesseract says of one character; confidences 0 to 100, boxes in pixels of the image it was given. */
export interface TesseractSymbol {
  readonly text: string
  readonly confidence: number
  readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }
  readonly choices?: readonly { readonly text: string; readonly confidence: number }[]
}

export interface TesseractWord {
  readonly bbox: TesseractSymbol['bbox']
  readonly symbols: readonly TesseractSymbol[]
}

/** The way back from the image Tesseract saw to the crop, along the line. */
export type Along = (x: number) => number

const leastVariant = 0.001

/**
 * Makes a reading of Tesseract's words. Between Chinese characters Tesseract writes blanks that nobody printed: there a blank
 * counts only where the ink leaves room for a character.
 *
 * @param words in line order
 * @param em size of the type in the same pixels as the boxes
 */
export function readingOf(words: readonly TesseractWord[], em: number, vertical: boolean, along: Along, language?: string): LineReading {
  let text = ''
  let last: TesseractSymbol | undefined
  const glyphs: LineGlyph[] = []
  for (const word of words) {
    const symbols = (vertical ? spread(word) : word.symbols).filter((symbol) => symbol.text.trim() !== '')
    if (symbols.length === 0) continue
    if (last && isBlankBetween(last, symbols[0]!, em, vertical)) text += ' '
    for (const symbol of symbols) {
      text += textOf(symbol, vertical)
      glyphs.push(glyphOf(symbol, vertical, along))
      last = symbol
    }
  }
  if (glyphs.length === 0) return { text: '', confidence: 0, glyphs: [] }
  return calibrate(
    'tesseract',
    { text, confidence: 0, glyphs: inOrder(glyphs) },
    {
      direction: vertical ? 'vertical-rl' : 'horizontal-lr',
      ...(language ? { language } : {})
    }
  )
}

/** In vertical lines Tesseract's boxes of characters lie beside the picture; the words' are right, and their characters of one height. */
function spread({ bbox, symbols }: TesseractWord): TesseractSymbol[] {
  const height = (bbox.y1 - bbox.y0) / symbols.length
  return symbols.map((symbol, index) => ({
    ...symbol,
    bbox: { ...bbox, y0: bbox.y0 + index * height, y1: bbox.y0 + (index + 1) * height }
  }))
}

function isBlankBetween(before: TesseractSymbol, after: TesseractSymbol, em: number, vertical: boolean): boolean {
  if (!isEastAsian(before.text) && !isEastAsian(after.text)) return true
  if (!isEastAsian(before.text) || !isEastAsian(after.text)) return false
  const gap = vertical ? after.bbox.y0 - before.bbox.y1 : after.bbox.x0 - before.bbox.x1
  return gap > em * (isMark(before.text) || isMark(after.text) ? 1.4 : 0.8)
}

function isMark(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char)
}

/** What lies across a line that runs down is no underscore. */
function textOf({ text }: TesseractSymbol, vertical: boolean): string {
  return vertical && text === '_' ? '一' : text
}

function glyphOf(symbol: TesseractSymbol, vertical: boolean, along: Along): LineGlyph {
  const { x0, y0, x1, y1 } = symbol.bbox
  const from = along(vertical ? y0 : x0)
  const to = Math.max(from, along(vertical ? y1 : x1))
  const variants = variantsOf(symbol)
  const glyph = { text: textOf(symbol, vertical), confidence: unit(symbol.confidence), from, to }
  return variants.length > 0 ? { ...glyph, variants } : glyph
}

function variantsOf(symbol: TesseractSymbol): Variant[] {
  return (symbol.choices ?? [])
    .filter((choice) => choice.text.trim() !== '' && choice.text !== symbol.text && choice.confidence / 100 >= leastVariant)
    .map((choice) => ({ text: choice.text, confidence: unit(choice.confidence) }))
    .sort((a, b) => b.confidence - a.confidence || (a.text < b.text ? -1 : 1))
}

function unit(percent: number): number {
  return Math.min(1, Math.max(0, percent / 100))
}

/** Tesseract's boxes of neighbours sometimes cross; the extents of a line must not go back. */
function inOrder(glyphs: readonly LineGlyph[]): LineGlyph[] {
  let least = 0
  return glyphs.map((glyph) => {
    const from = Math.max(least, glyph.from)
    least = from
    return { ...glyph, from, to: Math.max(from, glyph.to) }
  })
}
