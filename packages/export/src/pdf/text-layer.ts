import {
  type Block,
  type Box,
  type Change,
  type CleanPage,
  isReadPiece,
  type Line,
  lineSpans,
  type TextRegion,
  textRegions
} from '@broadsheet/document'
import { lineLength, lineStops } from './line-stops.ts'

/** Clean text that stands on one printed line, without a break. */
export interface LaidRun {
  readonly line: Line
  /** Box of the printed line, pixels of the archival image. */
  readonly box: Box
  /** Code points, in reading order. */
  readonly chars: readonly string[]
  /** Where each begins along the line (see `lineStops`), and where the last ends: one more than `chars`, rising. */
  readonly stops: readonly number[]
}

/** A block of the page and the runs its clean text lies on. */
export interface LaidBlock {
  readonly block: Block
  readonly runs: readonly LaidRun[]
}

/**
 * Lays the clean text of a page on the lines it was read from: kept characters where they were seen, written ones on what
 * they replace. Blocks in reading order; the runs of a block spell `blockText(block)`.
 */
export function layText(clean: CleanPage): LaidBlock[] {
  const frames = lineFrames(clean)
  const regions = new Map(textRegions(clean.page).map((region) => [region.id, region]))
  const changes = new Map(clean.changes.map((change) => [change.id, change]))
  return clean.blocks.map((block) => ({ block, runs: gatherRuns(placeBlock(block, regions, changes), frames) }))
}

/** One character and where it begins; no line: it stands where the one before it ends. */
interface PlacedChar {
  readonly text: string
  readonly line?: Line
  /** UTF-16 offset into the line's text; for written text also where what it replaces ends. */
  readonly at: number
  readonly to: number
}

function placeBlock(block: Block, regions: ReadonlyMap<string, TextRegion>, changes: ReadonlyMap<string, Change>): PlacedChar[] {
  return block.pieces.flatMap((piece) => {
    if (isReadPiece(piece)) return placeRead(piece.text, regions.get(piece.region), piece.at)
    const change = changes.get(piece.change)
    const region = change?.kind === 'replace' ? regions.get(change.region) : undefined
    return change && region
      ? placeWritten(piece.text, region, change.from, change.to)
      : [...piece.text].map((text) => ({ text, at: 0, to: 0 }))
  })
}

function placeRead(text: string, region: TextRegion | undefined, start: number): PlacedChar[] {
  const spans = region ? lineSpans(region) : []
  let index = 0
  let at = start
  return [...text].map((char) => {
    while (index < spans.length && spans[index]!.to <= at) index++
    const span = spans[index]
    const from = at
    at += char.length
    // The blank that joins two printed lines stands on neither.
    return span && span.from <= from
      ? { text: char, line: span.line, at: from - span.from, to: at - span.from }
      : { text: char, at: 0, to: 0 }
  })
}

function placeWritten(text: string, region: TextRegion, from: number, to: number): PlacedChar[] {
  const spans = lineSpans(region)
  const span = spans.find((candidate) => candidate.to > from) ?? spans[spans.length - 1]
  const chars = [...text]
  if (!span) return chars.map((char) => ({ text: char, at: 0, to: 0 }))
  const start = Math.max(0, from - span.from)
  const end = Math.max(start, Math.min(to, span.to) - span.from)
  return chars.map((char) => ({ text: char, line: span.line, at: start, to: end }))
}

function gatherRuns(chars: readonly PlacedChar[], frames: ReadonlyMap<Line, Box>): LaidRun[] {
  const runs: { line: Line; chars: PlacedChar[] }[] = []
  for (const char of chars) {
    const run = runs[runs.length - 1]
    if (run && (!char.line || char.line === run.line)) run.chars.push(char)
    else if (char.line) runs.push({ line: char.line, chars: [char] })
  }
  return runs.map((run) => layRun(run.line, run.chars, frames.get(run.line)!))
}

function layRun(line: Line, chars: readonly PlacedChar[], box: Box): LaidRun {
  const known = lineStops(line, box)
  const last = chars.reduce((end, char) => (char.line ? Math.max(end, char.to) : end), 0)
  const starts = chars.map((char) => (char.line ? known[Math.min(char.at, known.length - 1)]! : undefined))
  const stops = spreadEqual(starts, known[Math.min(last, known.length - 1)]!, lineLength(line, box))
  return { line, box, chars: chars.map((char) => char.text), stops }
}

/**
 * Characters that begin at one place (a replacement of several, an insertion) share the room up to the next. Characters of
 * no line begin where the line's text ends.
 */
function spreadEqual(starts: readonly (number | undefined)[], end: number, length: number): number[] {
  const stops: number[] = []
  // A hair for those that would have none; so little that a line of hundreds of characters still ends where it should.
  const least = (0.5 * Math.max(1, length)) / Math.max(50, starts.length)
  let reached = 0
  for (let from = 0; from < starts.length; ) {
    const start = Math.max(starts[from] ?? end, reached)
    let to = from + 1
    while (to < starts.length && (starts[to] ?? end) <= start) to++
    const next = Math.max(starts[to] ?? end, start + (to - from) * least)
    for (let at = from; at < to; at++) stops.push(start + ((next - start) * (at - from)) / (to - from))
    reached = next
    from = to
  }
  // What stands outside the page is no text to a reader of PDF.
  const squeeze = reached > length && length > 0 ? length / reached : 1
  return [...stops, reached].map((stop) => stop * squeeze)
}

/** Every line gets a box: its own, else its share of its region's, else of the page. */
function lineFrames(clean: CleanPage): Map<Line, Box> {
  const image = clean.page.image
  const sheet = image?.crop ?? { x: 0, y: 0, width: image?.width ?? 1, height: image?.height ?? 1 }
  const frames = new Map<Line, Box>()
  for (const region of textRegions(clean.page))
    for (const [index, line] of region.lines.entries())
      frames.set(line, usable(line.box) ?? shareBox(usable(region.box) ?? sheet, index, region.lines.length, line.direction))
  return frames
}

function usable(box: Box | undefined): Box | undefined {
  return box && box.width > 0 && box.height > 0 ? box : undefined
}

function shareBox(box: Box, index: number, count: number, direction: Line['direction']): Box {
  if (direction === 'vertical-rl') return { ...box, x: box.x + (box.width * (count - 1 - index)) / count, width: box.width / count }
  return { ...box, y: box.y + (box.height * index) / count, height: box.height / count }
}
