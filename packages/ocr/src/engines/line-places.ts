import type { LineGlyph, LineReading } from '../engine.ts'
import { blanksBefore, inOrder } from './vote.ts'

/** A character of a reading, and whether a blank stands before it: what a reading is taken apart into to be mended. */
export interface Place {
  readonly glyph: LineGlyph
  readonly blank: boolean
}

export function placesOf(reading: LineReading): Place[] {
  const blanks = blanksBefore(reading)
  return reading.glyphs.map((glyph) => ({ glyph, blank: blanks.has(glyph) }))
}

export function readingOfPlaces(places: readonly Place[]): LineReading {
  if (places.length === 0) return { text: '', confidence: 0, glyphs: [] }
  const text = places.map(({ glyph, blank }, index) => (blank && index > 0 ? ' ' : '') + glyph.text).join('')
  const glyphs = inOrder(places.map(({ glyph }) => glyph))
  return { text, confidence: glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length, glyphs }
}

export function middleOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return (from + to) / 2
}
