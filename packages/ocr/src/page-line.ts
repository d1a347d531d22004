import type { Box, Glyph, Line, Reading, Word } from '@broadsheet/document'
import type { LineGlyph, LineReading } from './engine.ts'
import { cutGeometry, stretchBox } from './image/cut-line.ts'
import { type Orientation, storedBox, swapsSides } from './image/orientation.ts'
import { type FoundLine, lineBounds } from './layout/types.ts'
import type { Scan } from './scan.ts'

/** How the upright picture of a page lies on the archival image. */
export interface Frame {
  readonly orientation: Orientation
  /** Where the page's part of the archival image begins, in its pixels. */
  readonly x: number
  readonly y: number
  /** Size of the upright picture. */
  readonly width: number
  readonly height: number
}

export function frameOf({ orientation, width, height, crop }: Pick<Scan, 'orientation' | 'width' | 'height' | 'crop'>): Frame {
  const part = crop ?? { x: 0, y: 0, width, height }
  const swapped = swapsSides(orientation)
  return {
    orientation,
    x: part.x,
    y: part.y,
    width: swapped ? part.height : part.width,
    height: swapped ? part.width : part.height
  }
}

/** A box of the upright picture as whole pixels of the archival image, cut at the page's edges, never empty. */
export function toArchival(box: Box, frame: Frame): Box {
  const left = clamp(Math.floor(box.x), 0, frame.width - 1)
  const top = clamp(Math.floor(box.y), 0, frame.height - 1)
  const right = clamp(Math.ceil(box.x + box.width), left + 1, frame.width)
  const bottom = clamp(Math.ceil(box.y + box.height), top + 1, frame.height)
  const part = storedBox({ x: left, y: top, width: right - left, height: bottom - top }, frame.orientation, frame.width, frame.height)
  return { ...part, x: part.x + frame.x, y: part.y + frame.y }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** What was read on a line, and what each engine said where two differ. */
export interface LineResult {
  readonly reading: LineReading
  readonly readings: readonly Reading[]
  /** Whether the row, which was read from left to right, is to be read from the right. */
  readonly fromTheRight?: boolean
}

/**
 * A line of the page from what was found and what was read.
 * @param edge where the column begins that the line's indent is measured from (its left, or the top of a tier)
 */
export function toLine(found: FoundLine, result: LineResult, id: string, edge: number, frame: Frame): Line {
  const line = toLineAsRead(found, result, id, edge, frame)
  return result.fromTheRight ? fromTheRight(line) : line
}

/** A row as it is read from the right: words, characters and readings the other way round. */
function fromTheRight(line: Line): Line {
  const { id, text, words = [], readings, ...facts } = line
  const turned = words.toReversed().map((word): Word => ({ ...word, text: backwards(word.text), glyphs: (word.glyphs ?? []).toReversed() }))
  return {
    ...facts,
    id,
    direction: 'horizontal-rl',
    text: backwards(text),
    words: turned,
    ...(readings ? { readings: readings.map((each) => ({ ...each, text: backwards(each.text) })) } : {})
  }
}

function backwards(text: string): string {
  return [...text].reverse().join('')
}

function toLineAsRead(found: FoundLine, { reading, readings }: LineResult, id: string, edge: number, frame: Frame): Line {
  const start = found.direction === 'horizontal-lr' ? found.box.x : found.box.y
  const words = toWords(found, reading, frame)
  return {
    id,
    box: toArchival(lineBounds(found), frame),
    ...(found.direction === 'vertical-rl' ? { direction: found.direction } : {}),
    text: reading.text,
    confidence: rounded(reading.confidence, 4),
    emPx: rounded(found.em, 1),
    indent: Math.max(0, rounded((start - edge) / found.em, 1)),
    words,
    ...(readings.length > 0 ? { readings } : {})
  }
}

function rounded(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

/** Runs without blanks. Glyphs are the text's characters but blanks, in order; should an engine break that, the line has no words. */
function toWords(found: FoundLine, reading: LineReading, frame: Frame): Word[] {
  const cut = cutGeometry(found)
  const words: Word[] = []
  let next = 0
  for (const text of reading.text.split(/\s+/u)) {
    if (text === '') continue
    const glyphs: LineGlyph[] = []
    for (let length = 0; length < text.length && next < reading.glyphs.length; length += reading.glyphs[next++]!.text.length)
      glyphs.push(reading.glyphs[next]!)
    if (glyphs.map((glyph) => glyph.text).join('') !== text) return []
    const first = glyphs[0]!
    const last = glyphs.at(-1)!
    words.push({
      box: toArchival(stretchBox(found, cut, first.from, Math.max(last.to, first.from + 1)), frame),
      text,
      confidence: rounded(glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length, 4),
      glyphs: glyphs.map((glyph): Glyph => toGlyph(glyph, toArchival(stretchBox(found, cut, glyph.from, glyph.to), frame)))
    })
  }
  return words
}

function toGlyph(glyph: LineGlyph, box: Box): Glyph {
  const { text, confidence, variants } = glyph
  return {
    box,
    text,
    confidence: rounded(confidence, 4),
    ...(variants?.length
      ? { variants: variants.map((variant) => ({ text: variant.text, confidence: rounded(variant.confidence, 4) })) }
      : {})
  }
}
