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
  const em = emOf([...first.reading.glyphs, ...second.reading.glyphs])
  const pairs = alignGlyphs(first.reading.glyphs, second.reading.glyphs, em, foldGlyph)
  const blanks = blanksBefore(first.reading)
  const glyphs: LineGlyph[] = []
  let text = ''
  let differ = false
  for (const pair of pairs) {
    const glyph = decide(pair, first.engine, second.engine, em)
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
function decide(pair: GlyphPair, first: string, second: string, em: number): LineGlyph | undefined {
  const { first: a, second: b } = pair
  if (a && b) return foldGlyph(a.text) === foldGlyph(b.text) ? agree(a, b, first, second) : choose(a, b, first, second)
  return a ? alone(a, first, second) : alone(b!, second, first, em)
}

function agree(a: LineGlyph, b: LineGlyph, first: string, second: string): LineGlyph {
  const doubt = (1 - trustIn(first, a)) * (1 - trustIn(second, b))
  return { ...a, confidence: Math.max(a.confidence, 1 - doubt) }
}

/** An answer that an engine did not give at all. */
const unsaid = 0.002

function choose(a: LineGlyph, b: LineGlyph, first: string, second: string): LineGlyph {
  const candidates = new Map<string, string>()
  for (const glyph of [a, b]) for (const text of [glyph.text, ...(glyph.variants ?? []).map((variant) => variant.text)]) if (!candidates.has(foldGlyph(text))) candidates.set(foldGlyph(text), text)
  const scored = [...candidates].map(([key, text]) => ({ text, score: support(a, key, first) * support(b, key, second) }))
  const total = scored.reduce((sum, { score }) => sum + score, 0)
  scored.sort((x, y) => y.score - x.score || (x.text < y.text ? -1 : 1))
  const [best, ...rest] = scored.map(({ text, score }) => ({ text, confidence: score / total }))
  const place = foldGlyph(best!.text) === foldGlyph(b.text) && foldGlyph(best!.text) !== foldGlyph(a.text) ? b : a
  return { text: best!.text, confidence: best!.confidence, from: place.from, to: place.to, variants: rest.slice(0, 4) }
}

/** How likely an engine's answer makes a character: what it was right, for its first answer; the rest shared among its variants. */
function support(glyph: LineGlyph, key: string, engine: string): number {
  const trust = trustIn(engine, glyph)
  if (foldGlyph(glyph.text) === key) return trust
  const variants = glyph.variants ?? []
  const said = variants.find((variant) => foldGlyph(variant.text) === key)
  if (!said) return unsaid
  const all = variants.reduce((sum, variant) => sum + variant.confidence, 0)
  return Math.max(unsaid, ((1 - trust) * said.confidence) / all)
}

/** Least trust at which a character that only one engine saw is kept. */
const leastAlone: Readonly<Record<string, number>> = { paddle: 0.35, tesseract: 0.8, native: 0.8 }

function alone(glyph: LineGlyph, engine: string, _other: string, _em?: number): LineGlyph | undefined {
  const trust = trustIn(engine, glyph)
  if (trust < (leastAlone[engine] ?? 0.5)) return undefined
  return { ...glyph, confidence: trust * 0.6 }
}

function emOf(glyphs: readonly LineGlyph[]): number {
  const widths = glyphs.filter((glyph) => isHan(glyph.text)).map((glyph) => glyph.to - glyph.from)
  const sorted = (widths.length > 0 ? widths : glyphs.map((glyph) => (glyph.to - glyph.from) * 1.8)).sort((a, b) => a - b)
  return Math.max(4, sorted[sorted.length >> 1] ?? 4)
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
