import { isHan, type Reading } from '@broadsheet/document'
import type { LineGlyph, LineReading } from '../engine.ts'
import { alignGlyphs, type GlyphPair } from './align.ts'
import { trustIn } from './calibration.ts'

/** What one engine read, and which engine it was. */
export interface Ballot {
  readonly engine: string
  readonly reading: LineReading
}

export interface Vote {
  readonly reading: LineReading
  /** Both readings as they were, where they differ in more than width and kind of marks; else none. */
  readonly readings: readonly Reading[]
}

/**
 * Two engines' readings of one line made into one, character by character (ROVER, Fiscus 1997, with each engine's confidence put on
 * one scale by how often it was right at that confidence). Where both say the same, marks are written as in `first`.
 *
 * Losing characters stay as variants of the winner's glyph.
 */
export function voteLine(first: Ballot, second: Ballot): Vote {
  if (isEmpty(second.reading)) return { reading: first.reading, readings: [] }
  if (isEmpty(first.reading)) return { reading: second.reading, readings: [] }
  const em = emOf(first.reading)
  const latin = isLatinText(first.reading.text) && isLatinText(second.reading.text)
  const pairs = alignGlyphs(first.reading.glyphs, second.reading.glyphs, em, foldGlyph)
  const blanks = blanksBefore(first.reading)
  const glyphs: LineGlyph[] = []
  let text = ''
  let differ = false
  for (const pair of pairs) {
    const glyph = decide(pair, first, second, em, latin)
    if (!pair.first || !pair.second || foldGlyph(pair.first.text) !== foldGlyph(pair.second.text)) differ = true
    if (!glyph) continue
    if (pair.first && blanks.has(pair.first) && text !== '') text += ' '
    text += glyph.text
    glyphs.push(glyph)
  }
  const ordered = inOrder(glyphs)
  const reading = { text, confidence: mean(ordered.map((glyph) => glyph.confidence)), glyphs: ordered }
  const readings = differ ? [first, second].map(({ engine, reading: { text, confidence } }) => ({ engine, text, confidence })) : []
  return { reading, readings }
}

function isEmpty(reading: LineReading): boolean {
  return reading.glyphs.length === 0
}

/** Width and look-alike marks aside: what no engine can be held to. */
export function foldGlyph(text: string): string {
  const plain = text.normalize('NFKC')
  return alike.get(plain) ?? plain
}

const alike: ReadonlyMap<string, string> = new Map(
  ['"“”„‟', "'‘’‛′`´", '-—–―‐‑−─ー一', '·•‧・∙', ',、，', '.。．'].flatMap((group) => [...group].map((char) => [char, group[0]!] as const))
)

/** The glyph of the place, or none when the character is held to be imagined. */
function decide(pair: GlyphPair, first: Ballot, second: Ballot, em: number, latin: boolean): LineGlyph | undefined {
  const { first: a, second: b } = pair
  if (a && b)
    return foldGlyph(a.text) === foldGlyph(b.text)
      ? agree(a, b, first.engine, second.engine)
      : choose(a, b, first.engine, second.engine, latin)
  return a ? alone(a, first.engine, second.reading, em) : alone(b!, second.engine, first.reading, em)
}

function agree(a: LineGlyph, b: LineGlyph, first: string, second: string): LineGlyph {
  const doubt = (1 - trustIn(first, a)) * (1 - trustIn(second, b))
  return { ...a, confidence: Math.max(a.confidence, 1 - doubt) }
}

/**
 * How much a character loses by an engine's not naming it. PP-OCR names what it may have confused; Tesseract often names one
 * character only, is too sure of it, and hardly ever right about a mark that PP-OCR reads otherwise.
 * In lines of Latin letters it is the other way round.
 */
function unsaid(glyph: LineGlyph, engine: string, latin: boolean): number {
  if (latin) return engine === 'paddle' ? 0.02 : 0.01
  if (engine === 'paddle') return 0.002
  return isMark(glyph.text) ? 0.7 : Math.max(0.2, 1 - trustIn(engine, glyph))
}

function isMark(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text)
}

/** However sure the winner is: where two engines read differently, one character in eight is wrong. */
const mostInDispute = 0.88

function choose(a: LineGlyph, b: LineGlyph, first: string, second: string, latin: boolean): LineGlyph {
  const candidates = new Map<string, string>()
  for (const glyph of [a, b])
    for (const text of [glyph.text, ...(glyph.variants ?? []).map((variant) => variant.text)])
      if (!candidates.has(foldGlyph(text))) candidates.set(foldGlyph(text), text)
  const scored = [...candidates].map(([key, text]) => ({ text, score: support(a, key, first, latin) * support(b, key, second, latin) }))
  const total = scored.reduce((sum, { score }) => sum + score, 0)
  scored.sort((x, y) => y.score - x.score || (x.text < y.text ? -1 : 1))
  const [best, ...rest] = scored.map(({ text, score }) => ({ text, confidence: score / total }))
  const place = foldGlyph(best!.text) === foldGlyph(b.text) && foldGlyph(best!.text) !== foldGlyph(a.text) ? b : a
  return {
    text: best!.text,
    confidence: Math.min(mostInDispute, best!.confidence),
    from: place.from,
    to: place.to,
    variants: rest.slice(0, 4)
  }
}

/** How likely an engine's answer makes a character: what it was right, for its first answer; the rest shared among its variants. */
function support(glyph: LineGlyph, key: string, engine: string, latin: boolean): number {
  const trust = trustIn(engine, glyph)
  if (foldGlyph(glyph.text) === key) return trust
  const variants = glyph.variants ?? []
  const said = variants.find((variant) => foldGlyph(variant.text) === key)
  if (!said) return unsaid(glyph, engine, latin)
  const all = variants.reduce((sum, variant) => sum + variant.confidence, 0)
  return Math.max(unsaid(glyph, engine, latin), ((1 - trust) * said.confidence) / all)
}

/**
 * A character that only one engine saw. PP-OCR passes over characters it does not know and hardly ever imagines one; Tesseract
 * takes pieces of characters for characters, so it is believed only where the other left room.
 */
function alone(glyph: LineGlyph, engine: string, other: LineReading, em: number): LineGlyph | undefined {
  const trust = trustIn(engine, glyph)
  const believed = engine === 'paddle' ? trust > 0.5 : trust > 0.9 && isRoomFor(glyph, other, em)
  return believed ? { ...glyph, confidence: trust * 0.6 } : undefined
}

function isRoomFor(glyph: LineGlyph, other: LineReading, em: number): boolean {
  const middle = (glyph.from + glyph.to) / 2
  return !other.glyphs.some(({ from, to }) => Math.abs((from + to) / 2 - middle) < em * 0.55)
}

/** Distance from one character to the next: the (lower) median, since a gap is one that was passed over; and of Latin letters, which are narrow, nearly twice that. */
function emOf(reading: LineReading): number {
  const middles = reading.glyphs.map(({ from, to }) => (from + to) / 2)
  const steps = middles.slice(1).map((middle, index) => middle - middles[index]!)
  const step = steps.sort((a, b) => a - b)[(steps.length - 1) >> 1] ?? 0
  return Math.max(4, isLatin(reading) ? step * 1.8 : step)
}

function isLatin(reading: LineReading): boolean {
  return !reading.glyphs.some((glyph) => isHan(glyph.text))
}

function isLatinText(text: string): boolean {
  return (text.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 > text.length
}

/** Glyphs of a reading that have a blank before them. */
function blanksBefore(reading: LineReading): Set<LineGlyph> {
  const found = new Set<LineGlyph>()
  let at = 0
  for (const glyph of reading.glyphs) {
    const next = reading.text.indexOf(glyph.text, at)
    if (next === -1) return found
    if (next > at) found.add(glyph)
    at = next + glyph.text.length
  }
  return found
}

function inOrder(glyphs: readonly LineGlyph[]): LineGlyph[] {
  let least = 0
  return glyphs.map((glyph) => {
    const from = Math.max(least, glyph.from)
    least = from
    return { ...glyph, from, to: Math.max(from, glyph.to) }
  })
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
