import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'
import { type TextLine, toUprightLine } from './text-line.ts'

/** Distance from one character to the next, in their size: closer ones are joined anyhow. */
const pitches = [1.2, 2.8] as const
/** How much the distances within a row differ, and the sizes of its characters, and how far off its middle a character stands. */
const uneven = 1.2
const sameSize = 1.5
const farthestOff = 0.25
/** Fewest characters of such a row. */
const fewest = 3

/**
 * Joins the characters of a row that is set wide on a page whose lines run down, such as the paper's name in its folio: single
 * characters of one size, evenly spaced, with nothing between or beside them. The page is turned, so that the row runs down here.
 *
 * ```
 *   青   江   日   報
 * ```
 */
export function joinSpacedRows(lines: readonly TextLine[], em: number): TextLine[] {
  const single = lines.filter((line) => isCharacter(line, em)).sort((a, b) => a.y0 - b.y0)
  const groups = newGroups(single.length)
  for (const [index, a] of single.entries()) {
    const next = single.findIndex((b, k) => k > index && isNext(a, b))
    if (next > 0) joinGroups(groups, index, next)
  }
  const rows = membersOf(groups, single).filter((row) => isEven(row) && standsFree(row, lines))
  const taken = new Set(rows.flat())
  return [
    ...lines.filter((line) => !taken.has(line)),
    ...rows.map((row) =>
      toUprightLine(
        row.flatMap(({ blobs }) => blobs),
        em
      )
    )
  ]
}

function isCharacter(line: TextLine, em: number): boolean {
  const [width, height] = [widthOf(line), heightOf(line)]
  return (
    line.upright !== true &&
    line.reversed !== true &&
    Math.max(width, height) > 0.7 * em &&
    Math.max(width, height) < 1.7 * Math.min(width, height)
  )
}

function isNext(a: Blob, b: Blob): boolean {
  const [small, large] = [sizeOf(a), sizeOf(b)].sort((x, y) => x - y) as [number, number]
  const pitch = middleOf(b) - middleOf(a)
  if (large > sameSize * small || pitch < pitches[0] * large || pitch > pitches[1] * large) return false
  return Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2 < farthestOff * large
}

function isEven(row: readonly Blob[]): boolean {
  if (row.length < fewest) return false
  const steps = row.slice(1).map((blob, index) => middleOf(blob) - middleOf(row[index]!))
  return Math.max(...steps) <= uneven * Math.min(...steps)
}

/** Nothing stands in the row, nor within half its height beside it. */
function standsFree(row: readonly TextLine[], lines: readonly TextLine[]): boolean {
  const box = unite(row)
  const room = widthOf(box) / 2
  return !lines.some(
    (line) =>
      !row.includes(line) && shared(line.y0, line.y1, box.y0, box.y1) > 0 && shared(line.x0, line.x1, box.x0 - room, box.x1 + room) > 0
  )
}

function middleOf({ y0, y1 }: Blob): number {
  return (y0 + y1) / 2
}
