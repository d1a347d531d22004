import { isEastAsian, isHan, type Reading } from '@broadsheet/document'
import type { LineGlyph, LineImage, LineReading } from '../engine.ts'
import { alignGlyphs, type GlyphPair } from './align.ts'
import { isGuess } from './plausibility.ts'

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
 * Two engines' readings of one line made into one, character by character (ROVER, Fiscus 1997; confidences count as
 * probabilities, which `calibrate` makes them). Where both say the same, marks are written as in `first`.
 *
 * Losing characters stay as variants of the winner's glyph.
 */
export function voteLine(first: Ballot, second: Ballot, direction: LineImage['direction'] = 'horizontal-lr'): Vote {
  if (isEmpty(second.reading)) return { reading: first.reading, readings: [] }
  if (isEmpty(first.reading)) return { reading: second.reading, readings: [] }
  if (first.engine === 'paddle' && isProse(first.reading) && isProse(second.reading)) {
    const { reading, readings } = voteLine(second, first, direction)
    return { reading, readings: readings.toReversed() }
  }
  const em = emOf(first.reading)
  const pairs = alignGlyphs(first.reading.glyphs, second.reading.glyphs, em, foldGlyph)
  const latin = isLatin(first.reading) && isLatin(second.reading)
  const scene = sceneOf(first, second, latin ? 'latin' : direction === 'vertical-rl' ? 'downward' : 'han')
  const rooms = roomsIn(pairs, em)
  const blanks = blanksBefore(first.reading)
  const glyphs: LineGlyph[] = []
  let text = ''
  let differ = false
  for (const [index, pair] of pairs.entries()) {
    const glyph = decide(pair, rooms[index]!, scene)
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
function decide(pair: GlyphPair, room: boolean, scene: Scene): LineGlyph | undefined {
  const { first: a, second: b } = pair
  if (a && b) return foldGlyph(a.text) === foldGlyph(b.text) ? agree(a, b) : choose(a, b, scene)
  if (a) return a.confidence > 0.5 ? { ...a, confidence: a.confidence * alone } : undefined
  return room && b!.confidence >= scene.leastAlone(b!) ? { ...b!, confidence: b!.confidence * alone } : undefined
}

/** What is left of the confidence of a character that one engine passed over. */
const alone = 0.85

function agree(a: LineGlyph, b: LineGlyph): LineGlyph {
  return { ...a, confidence: Math.max(a.confidence, 1 - (1 - a.confidence) * (1 - b.confidence)) }
}

/** What a dispute leaves of the winner's confidence: he may be sure, but so was somebody else. */
const disputed = 0.97
/** Tesseract's in lines that run down: of 66 that were left at 0.65 to 0.8, 39 were right, and of PP-OCR's 62 of 79. */
const disputedDownwards = 0.82

function choose(a: LineGlyph, b: LineGlyph, scene: Scene): LineGlyph {
  if (scene.keepsFirst(foldGlyph(a.text), foldGlyph(b.text))) return { ...a, confidence: disputed * a.confidence }
  const candidates = new Map<string, string>()
  for (const glyph of [a, b])
    for (const text of [glyph.text, ...(glyph.variants ?? []).map((variant) => variant.text)])
      if (!candidates.has(foldGlyph(text))) candidates.set(foldGlyph(text), text)
  const scored = [...candidates].map(([key, text]) => ({ text, score: support(a, key, scene.first) * support(b, key, scene.second) }))
  const total = scored.reduce((sum, { score }) => sum + score, 0)
  scored.sort((x, y) => y.score - x.score || (x.text < y.text ? -1 : 1))
  const [best, ...rest] = scored.map(({ text, score }) => ({ text, confidence: score / total }))
  const place = foldGlyph(best!.text) === foldGlyph(b.text) && foldGlyph(best!.text) !== foldGlyph(a.text) ? b : a
  const confidence = (place === b ? scene.disputed : disputed) * Math.min(best!.confidence, place.confidence)
  return { text: best!.text, confidence, from: place.from, to: place.to, variants: rest.slice(0, 4) }
}

/** How likely an engine's answer makes a character: its confidence, for its first answer or a variant; else what it leaves unsaid. */
function support(glyph: LineGlyph, key: string, { least, share }: Habit): number {
  if (foldGlyph(glyph.text) === key) return glyph.confidence
  const said = (glyph.variants ?? []).find((variant) => foldGlyph(variant.text) === key)
  const unsaid = (1 - glyph.confidence) * (isGuess(glyph) ? Math.max(share, shareOfGuess) : share)
  return Math.max(least, said ? said.confidence : unsaid)
}

/** Who only guesses may have missed what it is by far. */
const shareOfGuess = 0.2

/** How an engine treats a character that it does not name: never less likely than `least`, and this `share` of its doubt. */
interface Habit {
  readonly least: number
  readonly share: number
}

/** PP-OCR names what it may have confused; Tesseract names one character, and is hardly ever right against a sure PP-OCR. */
const habits: Readonly<Record<string, Readonly<Record<Script, Habit>>>> = {
  paddle: { latin: { least: 0.02, share: 0.1 }, han: { least: 0.002, share: 0.02 }, downward: { least: 0.02, share: 0.2 } },
  other: { latin: { least: 0.01, share: 1 }, han: { least: 0.02, share: 1 }, downward: { least: 0.01, share: 0.2 } }
}

type Script = 'latin' | 'han' | 'downward'

interface Scene {
  readonly first: Habit
  readonly second: Habit
  /** How sure the second must be of a character that the first passed over. */
  readonly leastAlone: (glyph: LineGlyph) => number
  /** What a dispute leaves of its confidence where the second wins it. */
  readonly disputed: number
  /** Whether what the second says instead is known not to count. */
  readonly keepsFirst: (first: string, second: string) => boolean
}

function sceneOf(first: Ballot, second: Ballot, script: Script): Scene {
  return {
    first: (habits[first.engine] ?? habits.other!)[script],
    second: (habits[second.engine] ?? habits.other!)[script],
    leastAlone: (glyph) => (script === 'han' ? leastAloneAmongHan(glyph.text) : script === 'downward' ? 0.4 : 0.75),
    disputed: script === 'downward' && second.engine === 'tesseract' ? disputedDownwards : disputed,
    keepsFirst: (one, other) => first.engine === 'paddle' && second.engine === 'tesseract' && isHabitOfTesseract(one, other, script)
  }
}

/** Tesseract sees marks in pieces of characters, but a full stop or an ellipsis hardly ever. */
function leastAloneAmongHan(text: string): number {
  if (/[\p{L}\p{N}]/u.test(text)) return 0.85
  return text === '。' || text === '…' ? 0.97 : 0.995
}

/** Tesseract takes % for 96, and in Chinese one kind of quotation mark for the other, a comma for a stop and small letters for large ones. */
function isHabitOfTesseract(paddle: string, tesseract: string, script: Script): boolean {
  if (paddle === '%') return /^[0-9]$/.test(tesseract)
  if (script === 'latin') return false
  // PP-OCR's is told by its shape.
  if (script === 'downward' && sunOrSay.test(paddle)) return sunOrSay.test(tesseract)
  if (/^['"]$/.test(paddle)) return /^['"]$/.test(tesseract)
  if (script === 'han' && /^[,.]$/.test(paddle)) return /^[,.]$/.test(tesseract)
  return paddle.toLowerCase() === tesseract.toLowerCase()
}

const sunOrSay = /^[日曰]$/u

/** Distance from one character to the next: the (lower) median, since a gap is one that was passed over; and of Latin letters, which are narrow, nearly twice that. */
function emOf(reading: LineReading): number {
  const middles = reading.glyphs.map(({ from, to }) => (from + to) / 2)
  const steps = middles.slice(1).map((middle, index) => middle - middles[index]!)
  const step = steps.sort((a, b) => a - b)[(steps.length - 1) >> 1] ?? 0
  return Math.max(4, isLatin(reading) ? step * 1.8 : step)
}

/**
 * For each pair, whether `first` left room for a character that only `second` saw. PP-OCR passes over characters it does not know and
 * leaves a hole; Tesseract takes pieces of characters for characters.
 *
 *     first    二 名 · 守 指      one hole of one em: 駐 has room
 *     second   二 名 駐 守 指
 */
function roomsIn(pairs: readonly GlyphPair[], em: number): boolean[] {
  const usual = usualWidths(pairs)
  return pairs.map((pair, index) => {
    if (pair.first) return false
    let from = index
    let to = index
    while (from >= 0 && !pairs[from]!.first) from--
    while (to < pairs.length && !pairs[to]!.first) to++
    const [before, after] = [pairs[from]?.first, pairs[to]?.first]
    const news = pairs.slice(from + 1, to).map(({ second }) => second!)
    if (news.length === 0) return false
    if (widthOf(pair.second!) < 1 && liesOn(pair.second!, [before, after])) return false
    const own = news.reduce((sum, glyph) => sum + widthOf(glyph), 0) - 0.35
    if (before && after) return middleOf(after) - middleOf(before) > ((widthOf(before) + widthOf(after)) / 2 + own) * em
    const end = trimmed((before ?? after)!, usual, before !== undefined)
    return (
      Math.abs(middleOf(pair.second!) - middleOf(end)) > ((widthOf(end) + widthOf(pair.second!)) / 2) * 0.55 * em ||
      (widthOf(pair.second!) < 1 && !liesOn(pair.second!, [end]))
    )
  })
}

/** Middle widths of what `first` read, in pixels: of whole characters (1) and of narrow ones (0.5). */
function usualWidths(pairs: readonly GlyphPair[]): ReadonlyMap<number, number> {
  const glyphs = pairs.flatMap(({ first }) => first ?? [])
  return new Map(
    [0.5, 1].map((width) => {
      const all = glyphs.filter((glyph) => widthOf(glyph) === width).map(({ from, to }) => to - from)
      return [width, all.sort((a, b) => a - b)[all.length >> 1] ?? 0]
    })
  )
}

/** How much wider than usual a character at an end of the line is that has the ink of another in it, which was passed over. */
const swollen = 1.5

/** The last character, or the first, without what it has beyond its usual width. */
function trimmed(glyph: LineGlyph, usual: ReadonlyMap<number, number>, isLast: boolean): LineGlyph {
  const width = usual.get(widthOf(glyph))!
  if (glyph.to - glyph.from <= swollen * width) return glyph
  return isLast ? { ...glyph, to: glyph.from + width } : { ...glyph, from: glyph.to - width }
}

/** Whether a character stands for the most part where its neighbours were read. */
function liesOn({ from, to }: LineGlyph, neighbours: readonly (LineGlyph | undefined)[]): boolean {
  const shared = neighbours.reduce((sum, each) => sum + (each ? Math.max(0, Math.min(to, each.to) - Math.max(from, each.from)) : 0), 0)
  return shared > mostShared * Math.max(1, to - from)
}

const mostShared = 0.5

/** How wide a character is set in a line of Chinese, in ems. */
function widthOf({ text }: LineGlyph): number {
  return isEastAsian(text) ? 1 : 0.5
}

function middleOf({ from, to }: LineGlyph): number {
  return (from + to) / 2
}

function isLatin(reading: LineReading): boolean {
  return !reading.glyphs.some((glyph) => isHan(glyph.text))
}

/** Words in letters: PP-OCR knows blanks and letters less well than others, so that its is the second voice. */
function isProse(reading: LineReading): boolean {
  return isLatin(reading) && /\p{L}{3}/u.test(reading.text)
}

/** Glyphs of a reading that have a blank before them. */
export function blanksBefore(reading: LineReading): Set<LineGlyph> {
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

/** Extents that do not go back along the line. */
export function inOrder(glyphs: readonly LineGlyph[]): LineGlyph[] {
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
