import {
  type Block,
  type Box,
  type Glyph,
  isReadPiece,
  type Line,
  type LineSpan,
  lineSpans,
  memoize,
  type Page,
  type TextRegion,
  textRegions,
  unionBoxes
} from '@broadsheet/document'

/** One character (code point) of the clean text, and the place on the paper it belongs to. */
export interface Cell {
  readonly char: string
  readonly region: TextRegion
  /** The printed line it stands on; for a character that was written, the line it was written into. */
  readonly line: Line
  /** Raw range it was read from, or that it replaces. */
  readonly from: number
  readonly to: number
  /** The change that wrote it. */
  readonly change?: string
  /** The glyph it was read from, or the glyphs it replaces. */
  readonly glyphs: readonly Glyph[]
}

/** Every character of a block's text with its place. Regions without a line have none. */
export function cellsOf(page: Page, block: Block): Cell[] {
  const regions = regionsOf(page)
  const cells: Cell[] = []
  let last: { region: TextRegion; at: number } | undefined
  for (const [index, piece] of block.pieces.entries()) {
    if (isReadPiece(piece)) {
      const region = regions.get(piece.region)
      if (!region || region.lines.length === 0) continue
      let at = piece.at
      for (const char of piece.text) {
        cells.push(createCell(region, char, at, at + char.length))
        at += char.length
      }
      last = { region, at }
      continue
    }
    const next = block.pieces.slice(index + 1).find(isReadPiece)
    cells.push(...writtenCells(piece.text, piece.change, last, next && { region: regions.get(next.region), at: next.at }))
  }
  return cells
}

const regionsOf = memoize((page: Page): ReadonlyMap<string, TextRegion> => new Map(textRegions(page).map((region) => [region.id, region])))

/** Written characters replace the raw ones between what was read before and after: one for one where the numbers agree. */
function writtenCells(
  text: string,
  change: string,
  before: { region: TextRegion; at: number } | undefined,
  after: { region: TextRegion | undefined; at: number } | undefined
): Cell[] {
  const chars = [...text]
  const region = before?.region ?? after?.region
  if (!region || region.lines.length === 0) return []
  const same = before && after?.region === before.region && after.at >= before.at
  const from = before?.at ?? Math.max(0, after!.at - text.length)
  const to = before ? (same ? after.at : from) : after!.at
  const gap = [...rawSlice(region, from, to)]
  let at = from
  return chars.map((char, index) => {
    if (gap.length !== chars.length) return { ...createCell(region, char, from, to), change }
    const start = at
    at += gap[index]!.length
    return { ...createCell(region, char, start, at), change }
  })
}

function rawSlice(region: TextRegion, from: number, to: number): string {
  let text = ''
  for (const span of lineSpans(region))
    if (span.from < to && span.to > from) text += span.line.text.slice(Math.max(0, from - span.from), to - span.from)
  return text
}

function createCell(region: TextRegion, char: string, from: number, to: number): Cell {
  const span = spanAt(lineSpans(region), from)
  return { char, region, line: span.line, from, to, glyphs: glyphsIn(span, from, to) }
}

/** The line that holds a raw offset; a blank between two lines belongs to the first. */
function spanAt(spans: readonly LineSpan[], at: number): LineSpan {
  let low = 0
  let high = spans.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (spans[middle]!.from <= at) low = middle
    else high = middle - 1
  }
  // Empty lines start where the next one does: an offset belongs to the line that has text there.
  while (low > 0 && spans[low]!.line.text === '' && spans[low - 1]!.to > at) low--
  return spans[low]!
}

/** The glyph at every UTF-16 offset of a line's text; empty when the line has none. */
const glyphMap = memoize((line: Line): readonly (Glyph | undefined)[] => {
  const map: (Glyph | undefined)[] = []
  let at = 0
  for (const word of line.words ?? []) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0 || !word.glyphs) continue
    at = start
    for (const glyph of word.glyphs) {
      for (let offset = 0; offset < glyph.text.length; offset++) map[at + offset] = glyph
      at += glyph.text.length
    }
  }
  return map
})

function glyphsIn(span: LineSpan, from: number, to: number): Glyph[] {
  const map = glyphMap(span.line)
  const glyphs: Glyph[] = []
  for (let at = from - span.from; at < to - span.from; at++) {
    const glyph = map[at]
    if (glyph && glyphs.at(-1) !== glyph) glyphs.push(glyph)
  }
  return glyphs
}

/** The box of some cells of one line: by glyphs, else in proportion along the line. */
export function boxOf(cells: readonly Cell[]): Box | undefined {
  const glyphs = cells.flatMap((cell) => cell.glyphs)
  if (glyphs.length > 0) return unionBoxes(glyphs.map((glyph) => glyph.box))
  const first = cells[0]
  const box = first?.line.box
  if (!first || !box) return undefined
  const span = lineSpans(first.region).find((candidate) => candidate.line === first.line)
  const length = first.line.text.length
  if (!span || length === 0) return box
  const from = clamp((Math.min(...cells.map((cell) => cell.from)) - span.from) / length)
  const to = clamp((Math.max(...cells.map((cell) => cell.to)) - span.from) / length)
  return sliceBox(box, first.line.direction ?? 'horizontal-lr', from, Math.max(from, to))
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

function sliceBox(box: Box, direction: NonNullable<Line['direction']>, from: number, to: number): Box {
  if (direction === 'vertical-rl')
    return { ...box, y: Math.round(box.y + box.height * from), height: Math.max(1, Math.round(box.height * (to - from))) }
  const left = direction === 'horizontal-rl' ? 1 - to : from
  return { ...box, x: Math.round(box.x + box.width * left), width: Math.max(1, Math.round(box.width * (to - from))) }
}
