import type { Box } from '@broadsheet/document'
import { type FoundLine, type Layout, lineBounds, offsetAt } from '../layout/types.ts'
import type { GreyImage } from './grey.ts'
import { valueAtShare } from './value-at-share.ts'

/**
 * The layout with the marks and figures that stand just beyond the ends of its rows. A full stop or a quotation mark after the last
 * character is small and far from its middle; on a rough scan it is easily taken for a speck, and cut off, it can never be read.
 */
export function withLineEnds(page: GreyImage, layout: Layout): Layout {
  const lines = layout.regions.flatMap((region) => region.lines)
  const taken = [...lines.map(lineBounds), ...layout.pictures, ...layout.separators]
  const longer = new Map<FoundLine, FoundLine>()
  for (const [index, line] of lines.entries()) {
    const found = withEnds(page, line, taken)
    longer.set(line, found)
    // What one line has taken is no other's.
    taken[index] = lineBounds(found)
  }
  return { ...layout, regions: layout.regions.map((region) => ({ ...region, lines: region.lines.map((line) => longer.get(line)!) })) }
}

type Side = -1 | 1

/** How far beyond an end is looked, in ems. */
const farthest = 2
/** Width of a row, in ems, from which marks are looked for: a figure that stands alone in a cell has none, and much beside it. */
const leastWidth = 0.9

function withEnds(page: GreyImage, line: FoundLine, others: readonly Box[]): FoundLine {
  if (line.direction === 'vertical-rl' || line.bend || line.box.width < leastWidth * line.em) return line
  const contrast = contrastOf(page, line)
  if (contrast < leastContrast) return line
  const own = lineBounds(line)
  const beside = others.filter((box) => sharesRows(box, own))
  // A fold's shadow, or a rule, that runs through the row goes on beyond its ends.
  if (beside.some((box) => box.x < own.x && box.x + box.width > own.x + own.width)) return line
  const before = reach(page, line, contrast, -1, roomBeside(own, beside, -1, page.width))
  const after = reach(page, line, contrast, 1, roomBeside(own, beside, 1, page.width))
  if (before === 0 && after === 0) return line
  const { box, lean } = line
  return { ...line, box: { ...box, x: box.x - before, y: box.y - lean * before, width: box.width + before + after } }
}

function sharesRows(box: Box, own: Box): boolean {
  return Math.min(box.y + box.height, own.y + own.height) - Math.max(box.y, own.y) > 0.1 * own.height
}

/** Pixels to what stands next on the row, or the edge of the page. */
function roomBeside(own: Box, beside: readonly Box[], side: Side, pageWidth: number): number {
  const [start, end] = [own.x, own.x + own.width]
  const gaps = beside
    .filter((box) => (side === 1 ? box.x + box.width > end + 1 && box.x > start : box.x < start - 1 && box.x + box.width < end))
    .map((box) => Math.max(0, side === 1 ? box.x - end : start - box.x - box.width))
  return Math.min(side === 1 ? pageWidth - end : start, ...gaps)
}

/** Least difference of paper and ink, in grey values, at which anything can be told. */
const leastContrast = 30

/** How much darker than the paper the ink of a line is. */
function contrastOf(page: GreyImage, line: FoundLine): number {
  const { width, height } = line.box
  const values = valuesOf(page, line, { from: 0, to: width, top: 0, bottom: height })
  return valueAtShare(values, 0.75) - valueAtShare(values, 0.05)
}

/** A part of a straightened line or of what lies beside it, in pixels from its near upper corner. */
interface Part {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
}

/** Greys of a part, dark ink on light paper; outside the page is paper. */
function valuesOf(page: GreyImage, line: FoundLine, { from, to, top, bottom }: Part): Uint8Array {
  const columns = Math.max(0, Math.round(to - from))
  const rows = Math.max(0, Math.round(bottom - top))
  const values = new Uint8Array(columns * rows).fill(255)
  for (let column = 0; column < columns; column++) {
    const x = Math.round(line.box.x + from) + column
    const y = Math.round(line.box.y + top + offsetAt(line, from + column))
    if (x < 0 || x >= page.width) continue
    for (let row = 0; row < rows; row++) {
      if (y + row < 0 || y + row >= page.height) continue
      const value = page.pixels[(y + row) * page.width + x]!
      values[row * columns + column] = line.reversed ? 255 - value : value
    }
  }
  return values
}

/** Width of a mark and of the steps in which it is looked for, in ems, and its darkness in the half of the row it stands in, in parts of the ink's. */
const markWidth = 0.45
const step = 0.1
const leastDark = 0.08
/** How far a mark may stand from what is before it, in ems. */
const farthestMark = 0.8
/** The bands above and below a row in which what is no mark goes on: a rule, a picture. In ems from the row. */
const band = { from: 0.08, to: 0.24 }

/** How far the marks beyond an end reach, in pixels. */
function reach(page: GreyImage, line: FoundLine, contrast: number, side: Side, room: number): number {
  const { em, box } = line
  const length = Math.min(room, farthest * em)
  const at = (from: number, to: number): Pick<Part, 'from' | 'to'> =>
    side === 1 ? { from: box.width + from, to: box.width + to } : { from: -to, to: -from }
  const paper = valueAtShare(valuesOf(page, line, { ...at(0, length), top: 0, bottom: box.height }), 0.6)
  const darkness = (part: Part): number => {
    const values = valuesOf(page, line, part)
    return values.length === 0 ? 0 : values.reduce((sum, value) => sum + Math.max(-40, paper - value), 0) / values.length / contrast
  }
  const half = box.height / 2
  let end = 0
  for (let from = 0; from + markWidth * em <= length && from - end <= farthestMark * em; from += step * em) {
    const along = at(from, from + markWidth * em)
    const dark = Math.max(darkness({ ...along, top: 0, bottom: half }), darkness({ ...along, top: half, bottom: box.height + 0.05 * em }))
    if (dark < leastDark) continue
    const beyond = Math.max(
      darkness({ ...along, top: -band.to * em, bottom: -band.from * em }),
      darkness({ ...along, top: box.height + band.from * em, bottom: box.height + band.to * em })
    )
    if (beyond > dark / 3) return end
    end = from + markWidth * em
    from = end - step * em
  }
  return Math.round(end)
}
