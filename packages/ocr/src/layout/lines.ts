import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'
import { downwardLines } from './downward.ts'
import { isGridGutter, isGutterBetween, type RowEdges, rowEdges } from './gutters.ts'
import { apartFromInitial } from './initials.ts'
import { loosely, strictly, uprightGroups } from './upright.ts'
import { type Strip, stripThrough, type White } from './white.ts'

/** A row of ink pieces that makes a printed line, on the straight picture. */
export interface TextLine extends Blob {
  readonly blobs: readonly Blob[]
  /** Size of its type. */
  readonly em: number
  /** What is left of its slope on the straight picture. */
  readonly lean: number
  readonly upright?: boolean
  readonly reversed?: boolean
}

export interface LineContext {
  /** Size of the type most of the page is set in. */
  readonly em: number
  readonly white: White
  readonly latin: boolean
}

/** Widest gap inside a line that needs no other sign, as a share of the type. */
const closeGap = 0.75
/** A white strip this high between two pieces of a row parts columns: in ems of the page, and of the row's own type. */
const gutterHeight = 4.5
const narrowGutterHeight = 7.5
const gutterRows = 3.2

/** Groups pieces of ink into printed lines: neighbours first, then across wider gaps where no column ends. */
export function findLines(blobs: readonly Blob[], context: LineContext): TextLine[] {
  const { em } = context
  const display = context.latin ? [] : downwardLines(blobs, em)
  const taken = new Set(display.flat())
  const pieces = linkClosely(
    blobs.filter((blob) => !taken.has(blob)),
    em
  )
  const small = (context.latin ? [] : uprightGroups(pieces.map(unite), em, strictly)).map((group) =>
    group.flatMap((index) => pieces[index]!)
  )
  const upright = [...display, ...small]
  const used = new Set(upright.flat())
  const rest = blobs.filter((blob) => !used.has(blob))
  const rows = linkNeighbours(rest, context)
    .flatMap((row) => (context.latin ? apartFromInitial(row, em, (pieces) => linkNeighbours(pieces, context)) : [row]))
    .flatMap((row) => splitTall(row, em))
  const merged = mergeOverlapping(rows, context)
  const lines = splitAtGutters(
    merged.map((row) => toLine(row, em)),
    em
  )
  return [...upright.map((column) => toUprightLine(column, em)), ...lines]
}

/** Narrowest blank at which a row is cut where others end and begin, in ems; rows that must do so. */
const narrowestGutter = 0.35
const fewestAtGutter = 5

/** Cuts rows that run from one column into the next: where a gutter is narrow and dirty, hardly more than a blank parts the two. */
function splitAtGutters(lines: readonly TextLine[], em: number): TextLine[] {
  const body = lines.filter((line) => line.em > 0.6 * em && line.em < 1.5 * em && widthOf(line) > 2 * em)
  return lines.flatMap((line) => {
    if (widthOf(line) < 12 * em || line.em > 1.5 * em) return [line]
    const sorted = [...line.blobs].sort((a, b) => a.x0 - b.x0)
    const near = body.filter((other) => other !== line && Math.abs(other.y0 - line.y0) < measureReach * 1.6 * em)
    const parts: Blob[][] = [[]]
    let end = -Infinity
    for (const blob of sorted) {
      if (blob.x0 - end > narrowestGutter * em && parts.at(-1)!.length > 0 && isColumnEnd(near, end, blob.x0, em)) parts.push([])
      parts.at(-1)!.push(blob)
      end = Math.max(end, blob.x1)
    }
    return parts.length > 1 ? parts.map((part) => toLine(part, em)) : [line]
  })
}

/** Whether many rows end at `end` and many begin at `start`, and few run over the two. */
function isColumnEnd(near: readonly TextLine[], end: number, start: number, em: number): boolean {
  const ends = near.filter((line) => Math.abs(line.x1 - end) < 0.7 * em && line.x1 < start + 0.2 * em).length
  const starts = near.filter((line) => Math.abs(line.x0 - start) < 0.7 * em && line.x0 > end - 0.2 * em).length
  if (Math.min(ends, starts) < fewestAtGutter) return false
  const over = near.filter((line) => line.x0 < end - em && line.x1 > start + em).length
  return over < 0.34 * Math.min(ends, starts)
}

/** Joins only what all but touches: characters, and words. */
function linkClosely(blobs: readonly Blob[], em: number): Blob[][] {
  const groups = newGroups(blobs.length)
  const buckets = bucketRows(blobs, em)
  for (const [index, blob] of blobs.entries())
    forEachFrom(buckets, blobs, blob, em, 0.22 * Math.max(em, sizeOf(blob)), (other) => {
      const next = blobs[other]!
      const gap = next.x0 - blob.x1
      if (other === index || gap > 0.22 * Math.max(em, Math.min(sizeOf(blob), sizeOf(next)))) return
      if (shared(blob.y0, blob.y1, next.y0, next.y1) >= 0.5 * Math.min(heightOf(blob), heightOf(next))) joinGroups(groups, index, other)
    })
  return membersOf(groups, blobs)
}

/** Joins each piece with those that stand beside it. */
function linkNeighbours(blobs: readonly Blob[], context: LineContext): Blob[][] {
  const { em, white } = context
  const groups = newGroups(blobs.length)
  const buckets = bucketRows(blobs, em)
  for (const [index, blob] of blobs.entries()) {
    const reach = closeGap * Math.max(em, sizeOf(blob))
    forEachFrom(buckets, blobs, blob, em, reach, (other) => {
      const next = blobs[other]!
      if (next.x0 === blob.x0 && other <= index) return
      if (belongTogether(blob, next, em) && !isGutter(white, blob, next, em)) joinGroups(groups, index, other)
    })
  }
  return membersOf(groups, blobs)
}

function bucketRows(blobs: readonly Blob[], em: number): Map<number, number[]> {
  const buckets = new Map<number, number[]>()
  for (const [index, blob] of blobs.entries())
    for (let row = Math.floor(blob.y0 / em); row <= Math.floor((blob.y1 - 1) / em); row++) {
      const bucket = buckets.get(row)
      if (bucket) bucket.push(index)
      else buckets.set(row, [index])
    }
  for (const bucket of buckets.values()) bucket.sort((a, b) => blobs[a]!.x0 - blobs[b]!.x0)
  return buckets
}

function forEachInRows(buckets: ReadonlyMap<number, number[]>, y0: number, y1: number, em: number, visit: (index: number) => void): void {
  for (let row = Math.floor(y0 / em); row <= Math.floor((y1 - 1) / em); row++) for (const index of buckets.get(row) ?? []) visit(index)
}

/** Those in the rows of `blob` that begin where it begins or further on, no further than `reach` beyond its end. */
function forEachFrom(
  buckets: ReadonlyMap<number, number[]>,
  blobs: readonly Blob[],
  { x0, x1, y0, y1 }: Blob,
  em: number,
  reach: number,
  visit: (index: number) => void
): void {
  for (let row = Math.floor(y0 / em); row <= Math.floor((y1 - 1) / em); row++) {
    const bucket = buckets.get(row) ?? []
    for (let k = firstFrom(bucket, blobs, x0); k < bucket.length && blobs[bucket[k]!]!.x0 - x1 <= reach; k++) visit(bucket[k]!)
  }
}

/** The place in a bucket of the first that does not begin before `x0`. */
function firstFrom(bucket: readonly number[], blobs: readonly Blob[], x0: number): number {
  let from = 0
  for (let to = bucket.length; from < to; ) {
    const middle = (from + to) >> 1
    if (blobs[bucket[middle]!]!.x0 < x0) from = middle + 1
    else to = middle
  }
  return from
}

/** Two pieces side by side stand on one line when they share half the height of the lower one, and their gap suits their size. */
function belongTogether(a: Blob, b: Blob, em: number): boolean {
  const ha = heightOf(a)
  const hb = heightOf(b)
  if (shared(a.y0, a.y1, b.y0, b.y1) < 0.5 * Math.min(ha, hb)) return false
  const gap = b.x0 - a.x1
  const small = Math.min(sizeOf(a), sizeOf(b))
  const large = Math.max(sizeOf(a), sizeOf(b))
  if (gap <= 0.12 * large) return true
  // A piece of body type beside one of a headline: close only.
  if (large > 2 * Math.max(small, 0.5 * em) && small > 0.6 * em) return gap <= 0.3 * em
  return gap <= closeGap * Math.max(em, small)
}

function isGutter(white: White, a: Blob, b: Blob, em: number): boolean {
  const gap = b.x0 - a.x1
  if (gap < 0.4 * em) return false
  const middle = (Math.max(a.y0, b.y0) + Math.min(a.y1, b.y1)) / 2
  const strip = stripThrough(white, a.x1, b.x0, middle, 0.4 * em, em)
  return strip.ruled || partsColumns(strip, a, b, Math.max(sizeOf(a), sizeOf(b)), em)
}

/**
 * Whether a white strip is the gutter between two columns: high enough, and beside several rows. Characters on a grid leave narrow
 * gaps above each other, after commas, in a few lines: more is asked of a narrow strip. A headline's blank parts columns only where
 * it holds the whole gutter, and not when it is narrow beside its type.
 */
function partsColumns(strip: Strip, a: Blob, b: Blob, size: number, em: number): boolean {
  const gap = b.x0 - a.x1
  if (size > 1.4 * em) {
    if (gap < 0.5 * size && Math.abs(a.y1 - b.y1) < 0.15 * size) return false
    if (strip.x0 < a.x1 - 0.2 * size || strip.x1 > b.x0 + 0.2 * size) return false
  }
  const narrow = gap < 0.85 * (size < 2 * em ? Math.max(em, size) : em)
  const height = strip.bottom - strip.top
  return strip.rows >= (narrow ? 4 : 3) && height > Math.max((narrow ? narrowGutterHeight : gutterHeight) * em, gutterRows * size)
}

/** The size of type a row is set in: nine tenths of its ink is in pieces no higher. */
function rowEm(row: readonly Blob[]): number {
  const sizes = row.map((blob) => ({ size: typeOf(blob), weight: blob.area })).sort((a, b) => a.size - b.size)
  const total = sizes.reduce((sum, { weight }) => sum + weight, 0)
  let below = 0
  for (const { size, weight } of sizes) {
    below += weight
    if (below >= total * 0.75) return size
  }
  return sizes.at(-1)!.size
}

/** What a piece says about the size of its type: letters that touch are wider than they are high. */
function typeOf(blob: Blob): number {
  return widthOf(blob) > 1.5 * heightOf(blob) ? heightOf(blob) : sizeOf(blob)
}

/** Two lines that touch are cut apart where the least ink is. */
function splitTall(row: Blob[], em: number): Blob[][] {
  const all = unite(row)
  const height = heightOf(all)
  const width = widthOf(all)
  if (height < 1.75 * em || width < 3 * em) return [row]
  const heights = row.map(heightOf).sort((a, b) => a - b)
  const usual = heights[Math.floor(heights.length * 0.6)]!
  const size = Math.max(usual, em * 0.85)
  if (height < 1.75 * size || heights.length < 6) return [row]
  const profile = new Float64Array(Math.ceil(height) + 1)
  for (const blob of row) for (let y = Math.floor(blob.y0 - all.y0); y < blob.y1 - all.y0; y++) profile[y]! += blob.area / heightOf(blob)
  const count = Math.max(2, Math.round(height / (size * 1.45)))
  const cuts: number[] = []
  for (let k = 1; k < count; k++) cuts.push(all.y0 + lowest(profile, (height * k) / count, size * 0.45))
  // A cut through much of the ink is a cut through large characters.
  const total = row.reduce((sum, blob) => sum + blob.area, 0)
  const crossed = row.filter((blob) => cuts.some((y) => Math.min(y - blob.y0, blob.y1 - y) > 0.2 * heightOf(blob)))
  if (crossed.reduce((sum, blob) => sum + blob.area, 0) > 0.35 * total) return [row]
  return divide(row, cuts).flatMap((part) => (part.length === row.length ? [part] : splitTall(part, em)))
}

function lowest(profile: Float64Array, around: number, reach: number): number {
  let best = Math.round(around)
  for (let y = Math.max(1, Math.round(around - reach)); y <= Math.min(profile.length - 2, around + reach); y++) {
    const better = profile[y]! < profile[best]! || (profile[y]! === profile[best]! && Math.abs(y - around) < Math.abs(best - around))
    if (better) best = y
  }
  return best
}

function divide(row: readonly Blob[], cuts: readonly number[]): Blob[][] {
  const edges = [-Infinity, ...cuts, Infinity]
  return edges.slice(1).flatMap((bottom, k) => {
    const top = edges[k]!
    const part = row.flatMap((blob) => {
      const height = heightOf(blob)
      const inside = shared(blob.y0, blob.y1, top, bottom)
      if (inside >= height * 0.75) return [blob]
      if (inside < height * 0.25) return []
      return [{ ...blob, y0: Math.max(blob.y0, top), y1: Math.min(blob.y1, bottom), area: (blob.area * inside) / height }]
    })
    return part.length > 0 ? [part] : []
  })
}

/** Joins rows that are parts of one: an accent, a quotation mark, the upper stroke of 二. */
function mergeOverlapping(rows: Blob[][], { em, latin }: LineContext): Blob[][] {
  let current = rows
  for (let round = 0; round < 3; round++) {
    const boxes = current.map((row) => ({ ...unite(row), em: Math.max(rowEm(row), 0.5 * em) }))
    const groups = newGroups(current.length)
    const buckets = bucketRows(boxes, em)
    // A speck between two rows must not make them one: every part joins the row it overlaps most.
    const homes = new Map<number, { index: number; overlap: number }>()
    for (const [index, box] of boxes.entries())
      forEachInRows(buckets, box.y0 - 0.3 * em, box.y1 + 0.3 * em, em, (other) => {
        if (other === index || !isPartOf(boxes[other]!, box, em)) return
        const word = isWord(current[other]!, boxes[other]!, em, latin)
        if (word && -shared(boxes[other]!.x0, boxes[other]!.x1, box.x0, box.x1) > 0) return
        if (word && latin && (box.em > displayType * em || isBelow(boxes[other]!, box, isWord(current[index]!, box, em, latin)))) return
        const overlap = shared(boxes[other]!.y0, boxes[other]!.y1, box.y0, box.y1)
        const best = homes.get(other)
        if (!best || overlap > best.overlap) homes.set(other, { index, overlap })
      })
    for (const [part, { index }] of homes) joinGroups(groups, index, part)
    const changed = homes.size > 0
    if (!changed) return current
    current = membersOf(groups, current).map((group) => group.flat())
  }
  return current
}

/** Least height of a word, in ems: characters fill their line, figures in small type are little more than a third of it. */
const lowestWord = { latin: 0.35, eastAsian: 0.5 } as const

/** Several pieces side by side, no mark of punctuation: beside larger type they are a line of their own. */
function isWord(row: readonly Blob[], box: Blob, em: number, latin: boolean): boolean {
  return row.length >= 2 && widthOf(box) > 1.8 * heightOf(box) && heightOf(box) >= lowestWord[latin ? 'latin' : 'eastAsian'] * em
}

/** Type so many times the page's own holds no words of it: they stand under a nameplate's letters that hang down. */
const displayType = 3

/** Whether words of small type stand on two lines, one below the other. */
function isBelow(part: Blob, line: Blob, areWords: boolean): boolean {
  return areWords && shared(part.y0, part.y1, line.y0, line.y1) < 0.2 * Math.min(heightOf(part), heightOf(line))
}

/** Whether the smaller row `part` belongs to `line`. */
function isPartOf(part: Blob & { em: number }, line: Blob & { em: number }, em: number): boolean {
  if (widthOf(part) > widthOf(line)) return false
  const size = Math.max(line.em, 0.9 * em)
  // A row of words is no part of larger type: a picture's dark would take in the column beside it.
  if (widthOf(part) > 3 * em && size > 4 * Math.max(em, part.em)) return false
  const height = Math.max(part.y1, line.y1) - Math.min(part.y0, line.y0)
  if (height > Math.max(1.3 * size, 1.12 * heightOf(line))) return false
  const gap = -shared(part.x0, part.x1, line.x0, line.x1)
  const overlap = shared(part.y0, part.y1, line.y0, line.y1)
  if (gap < 0 && height <= 1.12 * em && overlap > -0.3 * em) return true
  if (gap < 0)
    return (
      overlap >= 0.4 * heightOf(part) ||
      (heightOf(part) < 0.45 * size && overlap > -0.15 * size && (overlap > -0.3 * em || heightOf(part) > 0.1 * size))
    )
  return heightOf(part) < 0.55 * size && widthOf(part) < 1.2 * size && gap < 0.5 * size && overlap >= 0.5 * heightOf(part)
}

export function toLine(row: readonly Blob[], em: number): TextLine {
  const box = unite(row)
  const size = rowEm(row)
  const lean = rowLean(row, box, size)
  const straight = row.map((blob) => {
    const drop = lean * ((blob.x0 + blob.x1) / 2 - box.x0)
    return { ...blob, y0: blob.y0 - drop, y1: blob.y1 - drop }
  })
  const { y0, y1 } = unite(straight)
  return { ...box, y0, y1, blobs: row, em: Math.max(Math.min(y1 - y0, size * 1.3), Math.min(em, y1 - y0), size), lean }
}

/** A line that runs downwards. */
function toUprightLine(column: readonly Blob[], em: number): TextLine {
  const box = unite(column)
  return { ...box, blobs: column, em: Math.max(widthOf(box), 0.5 * em), lean: 0, upright: true }
}

/** Single characters of one size one below the other, left over by the rows, are lines that run downwards. */
export function joinDownwards(lines: readonly TextLine[], em: number): TextLine[] {
  const rows = lines.filter((line) => !line.upright)
  const columns = uprightGroups(rows, em, loosely)
  const used = new Set(columns.flat())
  const upright = [
    ...lines.filter((line) => line.upright),
    ...columns.map((group) =>
      toUprightLine(
        group.flatMap((index) => rows[index]!.blobs),
        em
      )
    )
  ]
  const once = joinTorn(
    upright,
    rows.filter((_, index) => !used.has(index)),
    em
  )
  // A single character may have to be joined below before what stands above is sure to go on with it.
  return joinTorn(
    once.filter((line) => line.upright),
    once.filter((line) => !line.upright),
    em
  )
}

/** Widest gap between the pieces of a line that runs down, in its type; a piece's least size beside it. */
const widestTear = 1.3
const leastPiece = 0.55
const smallestTorn = 0.85

/** Between two parts of several characters, of one width and exactly below each other, a character may be lost, or a mark stand. */
const lostCharacter = 1.9

function tearOf(a: TextLine, b: TextLine, off: number, size: number): number {
  const isSure = (part: TextLine): boolean => part.upright === true && heightOf(part) > 1.7 * widthOf(part)
  const alike = Math.min(widthOf(a), widthOf(b)) > 0.75 * size && off < 0.12 * size
  return alike && isSure(a) && isSure(b) ? lostCharacter : widestTear
}

/** A row of one character, 一 too. */
function isOneCharacter(row: TextLine, em: number): boolean {
  return widthOf(row) < 1.5 * heightOf(row) || (row.blobs.length <= 2 && heightOf(row) < 0.5 * em && widthOf(row) < 2 * em)
}

/** Large lines that run down and came in pieces: what stands right below one, in its column and of its size, goes on with it. */
function joinTorn(upright: readonly TextLine[], rows: readonly TextLine[], em: number): TextLine[] {
  const large = upright.filter((line) => widthOf(line) > smallestTorn * em)
  const parts = [...large, ...rows.filter((row) => sizeOf(row) > smallestTorn * em && isOneCharacter(row, em))].sort((a, b) => a.y0 - b.y0)
  const groups = newGroups(parts.length)
  for (const [i, a] of parts.entries())
    for (let k = i + 1; k < parts.length; k++) {
      const b = parts[k]!
      if (a.upright !== true && b.upright !== true) continue
      const size = Math.max(widthOf(a), widthOf(b))
      const off = Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
      const gap = b.y0 - a.y1
      if (
        Math.min(widthOf(a), widthOf(b)) < leastPiece * size ||
        off > 0.25 * size ||
        gap > tearOf(a, b, off, size) * size ||
        gap < -0.3 * size
      )
        continue
      if (
        rows.some(
          (row) => !parts.includes(row) && row.x0 < a.x1 && row.x1 > a.x0 && row.y0 > a.y1 - 2 && row.y1 < b.y0 + 2 && widthOf(row) > size
        )
      )
        continue
      joinGroups(groups, i, k)
    }
  const joined = membersOf(groups, parts).filter((group) => group.length > 1)
  const taken = new Set(joined.flat())
  return [
    ...[...upright, ...rows].filter((line) => !taken.has(line)),
    ...joined.map((group) =>
      toUprightLine(
        group.flatMap((line) => line.blobs),
        em
      )
    )
  ]
}

/** Slope of the middles of the row's larger pieces (least squares), for rows long enough to tell. */
function rowLean(row: readonly Blob[], box: Blob, size: number): number {
  const pieces = row.filter((blob) => heightOf(blob) > 0.7 * size)
  if (pieces.length < 8 || widthOf(box) < 7 * size) return 0
  let sx = 0
  let sy = 0
  let sxx = 0
  let sxy = 0
  for (const blob of pieces) {
    const x = (blob.x0 + blob.x1) / 2 - box.x0
    const y = (blob.y0 + blob.y1) / 2 - box.y0
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
  }
  const n = pieces.length
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
  return Math.abs(slope) < 0.02 ? slope : 0
}

/**
 * Joins pieces of one row across wider gaps (letter-spaced lines, a blank between name and name) unless a column ends there:
 * a rule, a tall white strip, another size of type.
 */
export function joinAcrossGaps(lines: readonly TextLine[], context: LineContext): TextLine[] {
  let joined = joinRows(lines, context, continues)
  // Rows that were joined tell the measure of those that were not; one wrong row alone must not draw others after it.
  for (let round = 0; round < 2; round++) {
    const next = joinRows(joined, context, context.latin ? continues : fillsMeasure)
    if (next.length === joined.length) break
    joined = next
  }
  return joined
}

type Continues = (a: TextLine, b: TextLine, lines: readonly TextLine[], edges: RowEdges, context: LineContext) => boolean

function joinRows(lines: readonly TextLine[], context: LineContext, follows: Continues): TextLine[] {
  const { em } = context
  const sorted = [...lines].sort((a, b) => a.x0 - b.x0 || a.y0 - b.y0)
  const edges = rowEdges(sorted, em)
  const groups = newGroups(sorted.length)
  for (const [index, line] of sorted.entries()) {
    const next = nextInRow(sorted, index, em)
    if (next >= 0 && follows(line, sorted[next]!, sorted, edges, context)) joinGroups(groups, index, next)
  }
  const rows = membersOf(groups, sorted).map((group) => group.flatMap((line) => [...line.blobs]))
  return mergeOverlapping(rows, context).map((row) => toLine(row, em))
}

function nextInRow(lines: readonly TextLine[], index: number, em: number): number {
  const line = lines[index]!
  for (let k = index + 1; k < lines.length; k++) {
    const other = lines[k]!
    if (other.x0 - line.x1 > 12 * Math.max(em, line.em)) return -1
    if (other.x0 < line.x1 - 0.3 * em) continue
    if (shared(line.y0, line.y1, other.y0, other.y1) > 0.6 * Math.min(heightOf(line), heightOf(other))) return k
  }
  return -1
}

/** How far off, in sizes of the type, a mark stands in a row that is spaced out to fill its measure. */
const farthestMark = 3.5

function continues(a: TextLine, b: TextLine, lines: readonly TextLine[], edges: RowEdges, { em, white, latin }: LineContext): boolean {
  const size = Math.max(a.em, b.em)
  const gap = b.x0 - a.x1
  const similar =
    size / Math.min(a.em, b.em) < (latin ? 2 : 1.35) ||
    (!latin && areFigures(a, b, size, em)) ||
    ((isMark(a, size, em, latin) || isMark(b, size, em, latin)) && gap < farthestMark * size)
  if (!similar) return false
  const middle = (Math.max(a.y0, b.y0) + Math.min(a.y1, b.y1)) / 2
  const strip = stripThrough(white, a.x1, b.x0, middle, Math.min(gap, 0.4 * em), em)
  if (strip.ruled) return false
  if (size < 1.35 * em && isGutterBetween(edges, a, b)) return false
  // A line above or below in the same column runs over the gap: the row was spaced out to fill its measure.
  const spanned = lines.some((other) => runsOver(other, a, b, latin ? Math.max(size, em) : size))
  if (spanned) return gap < 9 * size && (size > 1.35 * em || !isVotedGutter(a, b, lines, size))
  if (strip.rows <= mostChance && isWithinMeasure(a, b, lines, size)) return gap < 6 * size
  if (strip.rows <= 5 && lines.some((other) => hasMeasure(other, a, b, size))) return gap < 5 * size
  if (!latin && gap < narrowBlank * size && size < 1.35 * em && fillsGrid(a, b, edges, lines, size)) return true
  if (size < 1.35 * em && isGridGutter(edges, a, b)) return false
  return !partsColumns(strip, a, b, size, em) && gap < widestBlank * size
}

/** Whether two pieces of a row lie within one measure, by what most rows near by do. */
function fillsMeasure(a: TextLine, b: TextLine, lines: readonly TextLine[], _edges: RowEdges, { em, white, latin }: LineContext): boolean {
  const size = Math.max(a.em, b.em)
  const gap = b.x0 - a.x1
  if (size / Math.min(a.em, b.em) > (latin ? 2 : 1.35) || gap > 6 * size) return false
  const middle = (Math.max(a.y0, b.y0) + Math.min(a.y1, b.y1)) / 2
  const strip = stripThrough(white, a.x1, b.x0, middle, Math.min(gap, 0.4 * em), em)
  return !strip.ruled && strip.rows <= mostChance && isWithinMeasure(a, b, lines, size)
}

/** Widest blank inside a line that nothing else vouches for, in sizes of its type. */
const widestBlank = 1.8

/** Blanks of so many rows stand below each other by chance; rows near by that must run over a blank for it to part nothing. */
const mostChance = 5
const fewestOver = 3
const measureReach = 10

interface Vote {
  readonly over: readonly TextLine[]
  readonly ends: number
  readonly starts: number
}

/** What the rows near by do at the blank between two pieces: run over it, end there, begin there. */
function voteAt(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): Vote {
  const near = lines.filter((line) => {
    const away = Math.abs(line.y0 + line.y1 - a.y0 - a.y1) / 2
    return line !== a && line !== b && away < measureReach * 1.6 * size && Math.max(line.em, size) < 1.3 * Math.min(line.em, size)
  })
  return {
    over: near.filter((line) => line.x0 < a.x1 - 0.8 * size && line.x1 > b.x0 + 0.8 * size),
    ends: near.filter((line) => line.x1 > a.x1 - 0.4 * size && line.x1 <= b.x0 + 0.1 * size).length,
    starts: near.filter((line) => line.x0 < b.x0 + 0.4 * size && line.x0 >= a.x1 - 0.1 * size).length
  }
}

/**
 * Whether both pieces lie within one measure: of the rows near by, more run over the blank than end or begin there, and several of
 * those begin and end together and hold both pieces.
 */
function isWithinMeasure(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): boolean {
  const { over, ends, starts } = voteAt(a, b, lines, size)
  if (over.length <= Math.max(ends, starts)) return false
  const full = over.filter((line) => line.x0 < a.x0 + 0.6 * size && line.x1 > b.x1 - 0.6 * size)
  return full.filter((line) => Math.abs(line.x1 - full[0]!.x1) < 0.8 * size).length >= fewestOver
}

/** Whether many rows near by end and begin at the blank, and few run over it. */
function isVotedGutter(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): boolean {
  const { over, ends, starts } = voteAt(a, b, lines, size)
  return Math.min(ends, starts) >= fewestOver && over.length < 0.34 * Math.min(ends, starts)
}

/** Rows of a page's column stand below each other in such numbers; the blank after a mark is narrower than this, in sizes of the type. */
const fewestFull = 4
const narrowBlank = 0.9

/**
 * Whether two pieces, set apart by no more than the blank after a mark, fill one column of the page together: rows elsewhere begin and
 * end exactly where they do, and no more rows near by part at that blank than chance would have it.
 */
function fillsGrid(a: TextLine, b: TextLine, { rows, em }: RowEdges, lines: readonly TextLine[], size: number): boolean {
  const { ends, starts } = voteAt(a, b, lines, size)
  if (Math.max(ends, starts) > mostChance) return false
  return rows.filter((row) => Math.abs(row.x0 - a.x0) < 0.5 * em && Math.abs(row.x1 - b.x1) < 0.5 * em).length >= fewestFull
}

/** Whether a line near by fills the measure the two pieces would fill together. */
function hasMeasure(other: TextLine, a: TextLine, b: TextLine, size: number): boolean {
  if (Math.max(other.em, size) > 1.2 * Math.min(other.em, size)) return false
  const away = Math.max(other.y0 - Math.max(a.y1, b.y1), Math.min(a.y0, b.y0) - other.y1)
  if (away < -0.3 * size || away > 5 * size) return false
  return other.x0 > a.x0 - 3.2 * size && other.x0 < a.x0 + 0.6 * size && Math.abs(other.x1 - b.x1) < 0.6 * size
}

/** Figures and letters among characters: lower than these, level with them and near; among large characters narrow too. */
function areFigures(a: TextLine, b: TextLine, size: number, em: number): boolean {
  const [low, high] = a.em < b.em ? [a, b] : [b, a]
  if (shared(low.y0, low.y1, high.y0, high.y1) <= 0.85 * heightOf(low)) return false
  const gap = b.x0 - a.x1
  if (size < 1.35 * em) return heightOf(low) > 0.5 * heightOf(high) && gap < 1.4 * size
  const narrow = low.blobs.filter((blob) => heightOf(blob) > 0.6 * heightOf(low) && widthOf(blob) < 0.75 * heightOf(blob))
  return heightOf(low) > 0.6 * heightOf(high) && gap < 0.9 * size && narrow.length > 0.6 * low.blobs.length
}

/** A row that is a single small mark, such as a dash or a full stop. */
function isMark(line: TextLine, size: number, em: number, latin: boolean): boolean {
  return heightOf(line) < 0.5 * size && widthOf(line) < 1.2 * size && !isWord(line.blobs, line, em, latin)
}

function runsOver(other: TextLine, a: TextLine, b: TextLine, size: number): boolean {
  const away = Math.max(other.y0 - Math.max(a.y1, b.y1), Math.min(a.y0, b.y0) - other.y1)
  if (away > 0.9 * size || away < -0.3 * size || other.em > 1.3 * size) return false
  return other.x0 < a.x1 - 0.5 * size && other.x1 > b.x0 + 0.5 * size
}
