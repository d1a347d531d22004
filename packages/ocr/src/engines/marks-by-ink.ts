import { isHan } from '@broadsheet/document'
import type { LineGlyph, LineImage, LineReading } from '../engine.ts'
import { dropDoubleMarks, dropShared } from './figures-by-ink.ts'
import { type InkRun, inkOf, type LineInk } from './line-ink.ts'
import { middleOf, type Place, placesOf, readingOfPlaces } from './line-places.ts'
import { settleQuotes } from './quotes-by-ink.ts'
import type { Grey } from './resample.ts'

/**
 * A reading of Tesseract with its marks and figures settled by the ink they were read from. Only lines of Chinese set in rows, and only
 * what shape and place tell: which quotation mark it is, two characters read from the ink of one, a dot in the middle of its square.
 *
 * @param flat the crop evenly lit
 */
export function settleByInk(image: LineImage, flat: Grey, reading: LineReading): LineReading {
  if (image.direction !== 'horizontal-lr' || !/^zh\b/i.test(image.language) || reading.glyphs.length === 0) return reading
  const ink = inkOf(flat)
  const steps = [dropShared, dropDoubleMarks, settleQuotes, settleDots, settleDashes, settleBrackets]
  const before = placesOf(reading)
  const after = steps.reduce<readonly Place[]>((places, step) => step(places, ink), before)
  return after.length === before.length && after.every(({ glyph }, index) => glyph === before[index]!.glyph)
    ? reading
    : readingOfPlaces(after)
}

/** What a dot in the middle of its square is read as. */
const likeDot = /^['‘’`´,.-]$/u

/** 湖商银行·金湖: a dot at half the height of the line, with room on both sides. */
function settleDots(places: readonly Place[], { runs, em }: LineInk): Place[] {
  const dots = runs.filter((run, index) => isDot(run, runs[index - 1], runs[index + 1], em))
  return dots.reduce<Place[]>(
    (line, dot) => {
      const index = line.findIndex(({ glyph }) => likeDot.test(glyph.text) && Math.abs(middleOf(glyph) - middleOf(dot)) < 0.5 * em)
      if (index === -1) return line
      return line.with(index, { blank: false, glyph: { ...line[index]!.glyph, text: '·', from: dot.from, to: dot.to } })
    },
    [...places]
  )
}

function isDot({ from, to, top, bottom }: InkRun, before: InkRun | undefined, after: InkRun | undefined, em: number): boolean {
  const [width, height, middle] = [(to - from) / em, bottom - top, (top + bottom) / 2]
  if (width > 0.25 || height > 0.25 || middle < 0.35 || middle > 0.65 || !before || !after) return false
  return from - before.to > 0.15 * em && after.from - to > 0.15 * em
}

/** —— at the head of a line, read 一一, and — between figures: flat strokes as long as a character. */
function settleDashes(places: readonly Place[], ink: LineInk): Place[] {
  return places.map((place, index) => {
    if (place.glyph.text !== '一') return place
    const [before, after] = [places[index - 1]?.glyph.text ?? '', places[index + 1]?.glyph.text ?? '']
    const isPair = index < 2 && places.slice(0, 2).every(({ glyph }) => glyph.text === '一') && flatRuns(ink) === 2
    const isRange = /^[\d%]$/.test(before) && /^\d$/.test(after)
    return isPair || isRange ? { ...place, glyph: { ...place.glyph, text: '—' } } : place
  })
}

/** How many flat strokes, of the length of a character and the same thickness from end to end, a line begins with. */
function flatRuns({ runs, em }: LineInk): number {
  const end = runs.findIndex(({ from, to, top, bottom }) => bottom - top > 0.14 || to - from < 0.8 * em)
  return end === -1 ? runs.length : end
}

/** 【 and 】 are solid. */
function settleBrackets(places: readonly Place[], { runs, em }: LineInk): Place[] {
  if (!places.some(({ glyph }) => isHan(glyph.text))) return [...places]
  return places.map((place) => {
    const text = place.glyph.text === '[' ? '【' : place.glyph.text === ']' ? '】' : undefined
    const run = text && runs.find((each) => isSolid(each, em) && Math.abs(middleOf(each) - middleOf(place.glyph)) < 0.8 * em)
    return text && run ? { ...place, glyph: withText(place.glyph, text) } : place
  })
}

function withText(glyph: LineGlyph, text: string): LineGlyph {
  return { ...glyph, text }
}

function isSolid({ from, to, top, bottom, fill }: InkRun, em: number): boolean {
  const width = (to - from) / em
  return width > 0.2 && width < 0.5 && bottom - top > 0.8 && fill > 0.5
}
