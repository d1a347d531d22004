import {
  type Box,
  furnitureRoles,
  intersectBoxes,
  type Line,
  type Page,
  type TextRegion,
  textRegions,
  unionBoxes
} from '@broadsheet/document'
import type { Ink } from './ink.ts'

/**
 * An error that a file format cannot show: every box and every character is valid, and the page is wrong nevertheless.
 * `line-across-columns`: one line read over two columns. `order`: a block read after the one below it. `unread-ink`: print that
 * nobody read. `box-off-ink`: a box that does not lie on its print.
 */
export interface LayoutError {
  readonly kind: 'line-across-columns' | 'order' | 'unread-ink' | 'box-off-ink'
  /** Region or line id; absent for ink that nobody read. */
  readonly place?: string
  readonly box: Box
  /** One sentence. */
  readonly message: string
}

/** The four errors that pass every validation, as far as boxes exist; the two of ink need the picture. */
export function findLayoutErrors(page: Page, ink?: Ink): LayoutError[] {
  const lines = placedLines(page)
  const errors = [...findAcross(lines, ink), ...findDisorder(page)]
  if (!ink) return errors
  const foreign = findForeign(lines, ink)
  return foreign ? [...errors, foreign] : [...errors, ...findOffInk(lines, ink), ...findUnread(page, lines, ink)]
}

interface Placed {
  readonly line: Line
  readonly region: TextRegion
  /** Along the line and across it, whatever its direction: `from` and `to` in reading direction, `top` and `bottom` over the lines. */
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
  readonly box: Box
  readonly vertical: boolean
}

function placedLines(page: Page): Placed[] {
  return textRegions(page).flatMap((region) =>
    region.lines.flatMap((line) => {
      const { box } = line
      if (!box || line.text === '') return []
      const vertical = line.direction === 'vertical-rl'
      const [from, top] = vertical ? [box.y, box.x] : [box.x, box.y]
      const [length, height] = vertical ? [box.height, box.width] : [box.width, box.height]
      return [{ line, region, from, to: from + length, top, bottom: top + height, box, vertical }]
    })
  )
}

const heightOf = (line: Placed): number => line.bottom - line.top

/** Lines so many heights away still show where the columns are. */
const neighbourhood = 8

function findAcross(lines: readonly Placed[], ink: Ink | undefined): LayoutError[] {
  return lines.flatMap((line) => {
    const height = heightOf(line)
    if (line.to - line.from < height * 8) return []
    const around = lines.filter(
      (other) =>
        other !== line &&
        other.vertical === line.vertical &&
        Math.abs(heightOf(other) - height) < height * 0.4 &&
        Math.min(Math.abs(other.top - line.bottom), Math.abs(line.top - other.bottom)) < height * neighbourhood &&
        other.to > line.from + height &&
        other.from < line.to - height
    )
    const gutter = findGutter(around, line)
    if (!gutter || isPrintedOver(line, gutter, ink)) return []
    const message = 'The line runs on where the lines above and below it end: it may be two lines of two columns read as one.'
    return [{ kind: 'line-across-columns', place: line.line.id, box: line.box, message } as const]
  })
}

type Gap = readonly [from: number, to: number]

/** White that all neighbours keep and that has at least two of them on either side. */
function findGutter(around: readonly Placed[], line: Placed): Gap | undefined {
  const height = heightOf(line)
  for (const edge of new Set(around.map((other) => other.to))) {
    const left = around.filter((other) => other.to <= edge + height * 0.3)
    const right = around.filter((other) => other.from >= edge + height * 0.3)
    if (left.length < 2 || right.length < 2 || left.length + right.length < around.length) continue
    const gap: Gap = [Math.max(...left.map((other) => other.to)), Math.min(...right.map((other) => other.from))]
    const inside = gap[0] > line.from + height * 2 && gap[1] < line.to - height * 2
    if (inside && gap[1] - gap[0] >= height * 0.5) return gap
  }
  return undefined
}

/** A character or ink stands in the gutter: the line is set over both columns on purpose. */
function isPrintedOver(line: Placed, [from, to]: Gap, ink: Ink | undefined): boolean {
  if (ink && inkedStrips(line, [from, to], ink) >= gutterStrips - 1) return true
  const glyphs = (line.line.words ?? []).flatMap((word) => word.glyphs?.map((glyph) => glyph.box) ?? [])
  const middle = (from + to) / 2
  return glyphs.some((box) => {
    const [start, length] = line.vertical ? [box.y, box.height] : [box.x, box.width]
    return start < middle && start + length > middle
  })
}

/** A rule between columns blackens one strip of the gutter, or two; characters all of them. */
const gutterStrips = 4

function inkedStrips(line: Placed, [from, to]: Gap, ink: Ink): number {
  const width = (to - from) / gutterStrips
  const usual = ink.share(line.box)
  const strips = Array.from({ length: gutterStrips }, (_, index) => alongLine(line, from + index * width, from + (index + 1) * width))
  return strips.filter((strip) => ink.share(strip) > usual * faint).length
}

/** The part of a line's box between two places along it. */
function alongLine({ box, vertical }: Placed, from: number, to: number): Box {
  return vertical ? { ...box, y: from, height: to - from } : { ...box, x: from, width: to - from }
}

/** Two paragraphs that stand directly one below the other, read in the other order. */
function findDisorder(page: Page): LayoutError[] {
  const regions = textRegions(page).filter((region) => region.box && region.role === 'paragraph')
  const errors: LayoutError[] = []
  for (const [index, lower] of regions.entries())
    for (const upper of regions.slice(index + 1))
      if (isJustAbove(upper, lower, regions))
        errors.push({
          kind: 'order',
          place: upper.id,
          box: upper.box!,
          message: `This block stands directly above ${lower.id}, but is read after it.`
        })
  return errors
}

function isJustAbove(upper: TextRegion, lower: TextRegion, all: readonly TextRegion[]): boolean {
  const [a, b] = [upper.box!, lower.box!]
  const vertical = upper.lines[0]?.direction === 'vertical-rl'
  const [aFrom, aTo, bFrom, bTo] = vertical ? [a.y, a.y + a.height, b.y, b.y + b.height] : [a.x, a.x + a.width, b.x, b.x + b.width]
  const em = upper.lines[0]?.emPx ?? Math.min(a.height, b.height, a.width, b.width)
  // The last words of a paragraph, or its author's name, may be a short line: it begins or ends where the other does, but for an indent.
  const shared = Math.min(aTo, bTo) - Math.max(aFrom, bFrom)
  if (shared < 0.8 * Math.min(aTo - aFrom, bTo - bFrom) || Math.min(Math.abs(aFrom - bFrom), Math.abs(aTo - bTo)) > em * 2.5) return false
  // Downward lines run from right to left: what is read first stands to the right.
  const gap = vertical ? a.x - (b.x + b.width) : b.y - (a.y + a.height)
  if (gap < -em || gap > em * 2) return false
  const between = unionBoxes([a, b])!
  return all.every((other) => other === upper || other === lower || !other.box || !intersectBoxes(other.box, between))
}

/** A box with so little of the ink that others have lies off the print; one that is black all over lies on a rim or a bar. */
const faint = 0.2
const solid = 0.92

function findOffInk(lines: readonly Placed[], ink: Ink): LayoutError[] {
  const shares = lines.map((line) => ink.share(line.box))
  const usual = [...shares].sort((a, b) => a - b)[shares.length >> 1] ?? 0
  return lines.flatMap((line, index) =>
    (shares[index]! < usual * faint || (shares[index]! > solid && usual < solid / 2)) && line.line.text.length > 1
      ? [
          {
            kind: 'box-off-ink',
            place: line.line.id,
            box: line.box,
            message: 'There is text here, but no print under its box.'
          } as const
        ]
      : []
  )
}

/** Fewer lines say nothing of a whole page. */
const fewestLines = 8
/** Between lines there is so much less ink than on them, wherever boxes are those of the page. */
const whiteBetween = 0.75

/** Where there is as much ink between the lines as on them, the boxes are those of another image: another resolution, another cut. */
function findForeign(lines: readonly Placed[], ink: Ink): LayoutError | undefined {
  if (lines.length < fewestLines) return undefined
  const onLines = median(
    lines.map((line) => ink.share(acrossLine(line, line.top + heightOf(line) * 0.2, line.bottom - heightOf(line) * 0.2)))
  )
  const between = median(gapsOf(lines).map((box) => ink.share(box)))
  if (between < onLines * whiteBetween) return undefined
  const message = 'There is as much ink between the lines of this page as on them: its boxes seem to be those of another image.'
  return { kind: 'box-off-ink', box: unionBoxes(lines.map((line) => line.box))!, message }
}

function acrossLine({ box, vertical }: Placed, top: number, bottom: number): Box {
  return vertical ? { ...box, x: top, width: bottom - top } : { ...box, y: top, height: bottom - top }
}

/** What lies between each line of a region and the next, where they do not touch. */
function gapsOf(lines: readonly Placed[]): Box[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1]
    if (!next || next.region !== line.region || next.vertical !== line.vertical) return []
    const [from, to] = line.vertical ? [next.bottom, line.top] : [line.bottom, next.top]
    const room = to - from
    return room > 1 && room < heightOf(line) * 2 ? [acrossLine(line, from + room / 4, to - room / 4)] : []
  })
}

/** Cells of unread print that hang together before they are worth a look: about two short lines. */
const fewestCells = 12
/** Text covers its ground with ink to such a share; less is dust, more a picture or a bar. */
const printShare = [0.04, 0.6] as const

function findUnread(page: Page, lines: readonly Placed[], ink: Ink): LayoutError[] {
  const em = median(lines.map((line) => line.line.emPx ?? heightOf(line)))
  if (em < 2) return []
  const cell = Math.max(4, Math.round(em))
  const [columns, rows] = [Math.ceil(ink.width / cell), Math.ceil(ink.height / cell)]
  const open = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const share = ink.share({ x: column * cell, y: row * cell, width: cell, height: cell })
      if (share >= printShare[0] && share <= printShare[1]) open[row * columns + column] = 1
    }
  for (const box of knownBoxes(page)) {
    const [x0, x1] = [Math.floor(box.x / cell - 0.5), Math.ceil((box.x + box.width) / cell + 0.5)]
    const [y0, y1] = [Math.floor(box.y / cell - 0.5), Math.ceil((box.y + box.height) / cell + 0.5)]
    for (let row = Math.max(0, y0); row < Math.min(rows, y1); row++)
      open.fill(0, row * columns + Math.max(0, x0), row * columns + Math.min(columns, x1))
  }
  return clusters(open, columns, rows)
    .filter((cluster) => cluster.cells >= fewestCells && isTextShaped(cluster, columns, rows))
    .filter(({ x0, y0, x1, y1 }) =>
      hasLines({ x: x0 * cell, y: y0 * cell, width: (x1 - x0 + 1) * cell, height: (y1 - y0 + 1) * cell }, cell, ink)
    )
    .map(({ x0, y0, x1, y1 }) => ({
      kind: 'unread-ink',
      box: { x: x0 * cell, y: y0 * cell, width: (x1 - x0 + 1) * cell, height: (y1 - y0 + 1) * cell },
      message: 'There is print here that nobody has read.'
    }))
}

/** Everything on the page that somebody has seen, pictures and rules among it. */
function knownBoxes(page: Page): Box[] {
  return page.regions.flatMap((region) => {
    if (region.type !== 'text') return [region.box]
    const own = region.lines.flatMap((line) => line.box ?? [])
    return region.box && (own.length === 0 || furnitureRoles.has(region.role)) ? [region.box, ...own] : own
  })
}

interface Cluster {
  readonly cells: number
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Not the dark rim of the scan, and not a rule: those are thin and long, or hang on the edge. */
function isTextShaped({ cells, x0, y0, x1, y1 }: Cluster, columns: number, rows: number): boolean {
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1]
  const atEdge = x0 <= 1 || y0 <= 1 || x1 >= columns - 2 || y1 >= rows - 2
  return !atEdge && Math.min(width, height) >= 2 && cells >= width * height * 0.35
}

/** Slices of an em in which lines and the white between them are told apart, and how wide a part is looked at, lest a slant blurs them. */
const slices = 6
const partEms = 8
/** White is what has less than such a share of the usual ink; in text there is so much of it, and not more. */
const whiteBelow = 0.3
const whiteShare = [0.1, 0.75] as const

/** Whether print lies in lines, across or down: pictures have no white between theirs. */
function hasLines(box: Box, em: number, ink: Ink): boolean {
  return [false, true].some((down) => {
    const [start, length] = down ? [box.x, box.width] : [box.y, box.height]
    const [from, breadth] = down ? [box.y, box.height] : [box.x, box.width]
    const parts = Math.max(1, Math.round(breadth / (em * partEms)))
    const striped = Array.from({ length: parts }, (_, part) => {
      const [at, size] = [from + (part * breadth) / parts, breadth / parts]
      const shares = Array.from({ length: Math.floor((length / em) * slices) }, (_, index) => {
        const [place, thin] = [start + (index * em) / slices, em / slices]
        return ink.share(down ? { x: place, width: thin, y: at, height: size } : { x: at, width: size, y: place, height: thin })
      })
      const usual = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
      const white = shares.filter((share) => share < usual * whiteBelow).length / Math.max(1, shares.length)
      return usual > 0 && white >= whiteShare[0] && white <= whiteShare[1]
    })
    return striped.filter(Boolean).length * 2 > parts
  })
}

function clusters(open: Uint8Array, columns: number, rows: number): Cluster[] {
  const found: Cluster[] = []
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue
    open[start] = 0
    const queue = [start]
    let [cells, x0, y0, x1, y1] = [0, columns, rows, 0, 0]
    while (queue.length > 0) {
      const at = queue.pop()!
      const [x, y] = [at % columns, Math.floor(at / columns)]
      cells++
      ;[x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const next = at + dy * columns + dx
          if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows || !open[next]) continue
          open[next] = 0
          queue.push(next)
        }
    }
    found.push({ cells, x0, y0, x1, y1 })
  }
  return found
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
