import { isEastAsian, isHan } from '@broadsheet/document'
import type { LineGlyph, LineImage, LineReading } from '../engine.ts'
import { hasInk } from './ink.ts'
import { alongProfile, typeSize } from './type-size.ts'

/** A stretch along a line, in pixels of its crop. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** How well a reading fits the ink it was read from. */
export interface Fit {
  /** Stretches with ink on which no character was read, or only guessed. */
  readonly holes: readonly Stretch[]
  /** Confidence times the share of the ink that was read: what two readings of one line are compared by. */
  readonly score: number
  /** Nothing read where there is ink, not even a guess; more characters than have room, or hardly any confidence. */
  readonly implausible: boolean
}

/** How far a character of Chinese reaches to each side of its middle, and another beyond what was found of it, in ems. */
const halfWidth = 0.55
const letterMargin = 0.12
/** A hole is at least this wide, in ems, and holds at least this share of the ink of a stretch as wide: a dash is no hole. */
const leastHole = 0.45
const leastInk = 0.4
/** Characters of Chinese in the length of a line, at most: set solid it is 1. */
const mostInLength = 1.35

/** A character of Chinese that is surer to be wrong than right: a guess, in whose place another reading is asked for. */
export function isGuess({ text, confidence }: LineGlyph): boolean {
  return confidence < leastRead && isHan(text)
}

const leastRead = 0.4

/** What an engine is held to. */
export interface Standard {
  /** A mean confidence below this says that something is wrong. */
  readonly leastConfidence: number
  /** Room without a character that says so, in ems. */
  readonly leastHole: number
}

const strict: Standard = { leastConfidence: 0.9, leastHole }

/** Judges a reading by the ink of its line alone. */
export function fitOf(image: LineImage, reading: LineReading, standard: Standard = strict): Fit {
  if (image.width < 2 || image.height < 2 || !hasInk(image)) return { holes: [], score: reading.confidence, implausible: false }
  if (reading.glyphs.length === 0) return { holes: [{ from: 0, to: lengthOf(image) }], score: 0, implausible: true }
  const vertical = image.direction === 'vertical-rl'
  const em = typeSize(image, vertical)
  const ink = inkAlong(image, vertical)
  const holes = holesIn(
    ink,
    reading.glyphs.filter((glyph) => !isGuess(glyph)),
    em
  )
  const all = sumOf(ink, 0, ink.length)
  // A guess has its doubt in the mean already; to leave the character out is no better.
  const unread = holesIn(ink, reading.glyphs, em)
  const missed = unread.reduce((sum, { from, to }) => sum + sumOf(ink, from, to), 0)
  const score = reading.confidence * (all > 0 ? 1 - missed / all : 1)
  const wide = reading.glyphs.filter(({ text }) => isEastAsian(text)).length
  const crowded = wide > 3 && wide > (mostInLength * lengthOf(image)) / em
  const broken = holes.some(({ from, to }) => to - from >= standard.leastHole * em)
  return { holes, score, implausible: broken || crowded || reading.confidence < standard.leastConfidence }
}

function lengthOf({ width, height, direction }: LineImage): number {
  return direction === 'vertical-rl' ? height : width
}

/** Darkness along the line, grain left out. */
function inkAlong(image: LineImage, vertical: boolean): Float64Array {
  const profile = alongProfile(image, vertical)
  const grain = profile.reduce((a, b) => Math.max(a, b)) * 0.12
  return profile.map((value) => Math.max(0, value - grain))
}

function holesIn(ink: Float64Array, glyphs: readonly LineGlyph[], em: number): Stretch[] {
  const usual = sumOf(ink, 0, ink.length) / Math.max(1, ink.filter((value) => value > 0).length)
  const read = new Uint8Array(ink.length)
  for (const { text, from, to } of glyphs) {
    const middle = (from + to) / 2
    const reach = isEastAsian(text) ? halfWidth * em : (to - from) / 2 + letterMargin * em
    read.fill(1, Math.max(0, Math.floor(middle - reach)), Math.min(ink.length, Math.ceil(middle + reach)))
  }
  return stretchesOf(read, ink).filter(
    ({ from, to }) => to - from >= leastHole * em && sumOf(ink, from, to) >= leastInk * usual * (to - from)
  )
}

/** Unread stretches, cut back to their ink. */
function stretchesOf(read: Uint8Array, ink: Float64Array): Stretch[] {
  const found: Stretch[] = []
  for (let at = 0; at < read.length; at++) {
    if (read[at]) continue
    let end = at
    while (end < read.length && !read[end]) end++
    let [from, to] = [at, end]
    while (from < to && ink[from] === 0) from++
    while (to > from && ink[to - 1] === 0) to--
    if (to > from) found.push({ from, to })
    at = end
  }
  return found
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += values[at]!
  return sum
}
