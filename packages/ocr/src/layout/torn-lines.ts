import { heightOf, joinGroups, membersOf, newGroups, sizeOf, widthOf } from './blob.ts'
import { type TextLine, toUprightLine } from './text-line.ts'
import { loosely, uprightGroups } from './upright.ts'

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
