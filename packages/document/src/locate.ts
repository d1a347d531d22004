import { type Block, type RawSpan, rawSpans } from './block.ts'
import { type Box, unionBoxes } from './box.ts'
import type { Line, Page, TextRegion } from './page.ts'
import { lineSpans, textRegions } from './raw.ts'

/** A place on the scan: the line and, where glyph boxes exist, the box of just those characters. */
export interface Location {
  readonly region: string
  readonly line: string
  readonly box: Box
}

/** Where a raw stretch stands on the archival image: one location a printed line; none where no boxes exist. */
export function locateSpan(page: Page, span: RawSpan): Location[] {
  const region = textRegions(page).find((candidate) => candidate.id === span.region)
  return region ? locateInRegion(region, span.from, span.to) : []
}

/** Where `[from, to)` of a block's clean text stands on the archival image. */
export function locate(page: Page, block: Block, from: number, to: number): Location[] {
  return rawSpans(block, from, to).flatMap((span) => locateSpan(page, span))
}

function locateInRegion(region: TextRegion, from: number, to: number): Location[] {
  return lineSpans(region)
    .filter((span) => span.from < Math.max(to, from + 1) && span.to > from)
    .flatMap((span) => {
      const box = boxWithin(span.line, Math.max(0, from - span.from), Math.min(span.to, to) - span.from)
      return box ? [{ region: region.id, line: span.line.id, box }] : []
    })
}

/** The box of `[from, to)` of a line's text: by its glyphs, else in proportion along the line. */
function boxWithin(line: Line, from: number, to: number): Box | undefined {
  const glyphs = glyphBoxes(line)
  if (glyphs) {
    const inside = glyphs.filter((glyph) => glyph.from < Math.max(to, from + 1) && glyph.to > from).map((glyph) => glyph.box)
    if (inside.length > 0) return unionBoxes(inside)
  }
  if (!line.box || line.text.length === 0) return line.box
  return sliceBox(line.box, line.direction ?? 'horizontal-lr', from / line.text.length, Math.max(to, from + 1) / line.text.length)
}

function glyphBoxes(line: Line): { from: number; to: number; box: Box }[] | undefined {
  if (!line.words?.length || line.words.some((word) => !word.glyphs)) return undefined
  const boxes: { from: number; to: number; box: Box }[] = []
  let at = 0
  for (const word of line.words) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0) return undefined
    at = start
    for (const glyph of word.glyphs!) {
      boxes.push({ from: at, to: at + glyph.text.length, box: glyph.box })
      at += glyph.text.length
    }
  }
  return boxes
}

function sliceBox(box: Box, direction: NonNullable<Line['direction']>, first: number, last: number): Box {
  const end = Math.min(1, last)
  if (direction === 'vertical-rl')
    return { ...box, y: Math.round(box.y + box.height * first), height: Math.max(1, Math.round(box.height * (end - first))) }
  const left = direction === 'horizontal-rl' ? 1 - end : first
  return { ...box, x: Math.round(box.x + box.width * left), width: Math.max(1, Math.round(box.width * (end - first))) }
}
