import { heightOf, joinGroups, membersOf, newGroups, shared, widthOf } from './blob.ts'
import { isGridGutter, isGutterBetween, type RowEdges, rowEdges } from './gutters.ts'
import { fillsGrid, hasMeasure, isVotedGutter, isWithinMeasure, mostChance, narrowBlank, runsOver } from './measures.ts'
import { isWord, mergeOverlapping } from './row-parts.ts'
import { type LineContext, type TextLine, toLine } from './text-line.ts'
import { type Strip, stripThrough } from './white.ts'
import { partsColumns } from './white-gutters.ts'

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
  const edges = rowEdges(sorted, em, context.beside)
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
    (latin && isShortWord(a, b, size, em)) ||
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
  if (gap < (latin ? widestJustified : widestBlank) * size && partsNoColumn(a, b, lines, strip, size, latin)) return true
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

/** Widest blank between words of an alphabet in a narrow column that is set to its full measure. */
const widestJustified = 2.6
/** Least width of a column, in sizes of its type, where words are long and where they are two characters and a mark; of the row that two pieces make. */
const narrowestColumn = { latin: 3.2, eastAsian: 2.7 } as const
const leastRow = 5.5

/** Whether what stands at one side of a white strip is too narrow all along it to be a column: the last word of row upon row. */
function partsNoColumn(a: TextLine, b: TextLine, lines: readonly TextLine[], strip: Strip, size: number, latin: boolean): boolean {
  if (b.x1 - a.x0 < leastRow * size || size > (latin ? 2.6 : 1.35) * Math.min(a.em, b.em)) return false
  const beside = lines.filter(
    (line) => line.y1 > strip.top && line.y0 < strip.bottom && Math.max(line.em, size) < 1.5 * Math.min(line.em, size)
  )
  const widest = (rows: readonly TextLine[]): number => Math.max(0, ...rows.map(widthOf))
  const left = beside.filter((line) => line.x1 > a.x1 - size && line.x1 < strip.x1 && line.x0 < a.x1)
  const right = beside.filter((line) => line.x0 < b.x0 + size && line.x0 > strip.x0 && line.x1 > b.x0)
  const narrowest = Math.min(widest([a, ...left]), widest([b, ...right]))
  if (!latin && goesOnBehind(a, b, lines, size)) return false
  return narrowest < narrowestColumn[latin ? 'latin' : 'eastAsian'] * size
}

/** How much narrower the blank after a mark is than that between columns. */
const clearlyNarrower = 0.6

/**
 * Whether the narrower of two pieces goes on at its other side across the blank after a mark: it is no last word of its row, but the end
 * or the beginning of a row of its own column.
 */
function goesOnBehind(a: TextLine, b: TextLine, lines: readonly TextLine[], size: number): boolean {
  const most = Math.min(narrowBlank * size, clearlyNarrower * (b.x0 - a.x1))
  const piece = widthOf(a) < widthOf(b) ? a : b
  return lines.some((other) => {
    if (other === a || other === b || shared(other.y0, other.y1, piece.y0, piece.y1) < 0.6 * heightOf(piece)) return false
    const blank = piece === a ? a.x0 - other.x1 : other.x0 - b.x1
    return blank > 0 && blank < most && widthOf(other) > widthOf(piece)
  })
}

/** Whether of two pieces level with each other one is a short word without ascenders: “a”, “as”, “was”. */
function isShortWord(a: TextLine, b: TextLine, size: number, em: number): boolean {
  const [low, high] = heightOf(a) < heightOf(b) ? [a, b] : [b, a]
  const within = shared(low.y0, low.y1, high.y0, high.y1) > 0.9 * heightOf(low)
  return within && size < 1.6 * em && heightOf(low) > lowestLetter * heightOf(high) && heightOf(low) > lowestLetter * em
}

/** Height of a letter without ascender, as a share of a row's, with accents and descenders, and of the type. */
const lowestLetter = 0.36

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
