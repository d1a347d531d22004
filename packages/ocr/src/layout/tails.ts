import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, unite, widthOf } from './blob.ts'
import type { TextLine } from './text-line.ts'

/** Widest blank in a line that runs down, in its type: a name stands off by one character. */
const widestBlank = 1.3
/** Least and greatest width of a piece beside the line, and how far off its middle, in the line's width. */
const likeWidth = [0.5, 1.35] as const
const farthestOff = 0.3
/** Nothing stands this near beside a piece, in its width: characters of rows have neighbours. */
const clearBeside = 0.8

/**
 * Puts the torn ends of lines that run down back to them: a single character, or two, below or above a line, in its column, of its
 * width, with nothing beside.
 *
 * ```
 *  城        the blank before a name and the dot between two words tear such lines
 *  事
 *  ·
 *  人
 * ```
 */
export function joinTails(lines: readonly TextLine[], em: number): TextLine[] {
  const parts = lines.filter((line) => line.upright === true || isShort(line, em)).sort((a, b) => a.y0 - b.y0)
  const groups = newGroups(parts.length)
  for (const [i, a] of parts.entries())
    for (let k = i + 1; k < parts.length && parts[k]!.y0 - a.y1 < widestBlank * widthOf(a); k++)
      if (goesOn(a, parts[k]!, lines)) joinGroups(groups, i, k)
  const joined = membersOf(groups, parts).filter((group) => group.length > 1)
  const taken = new Set(joined.flat())
  return [...lines.filter((line) => !taken.has(line)), ...joined.map(toOne)]
}

/** Whether a row is one character wide, and one or two high. */
function isShort(line: TextLine, em: number): boolean {
  return widthOf(line) < 2.5 * em && widthOf(line) < 1.4 * heightOf(line) && heightOf(line) < 3.2 * widthOf(line)
}

function goesOn(a: TextLine, b: TextLine, lines: readonly TextLine[]): boolean {
  const [line, piece] = a.upright === true ? [a, b] : [b, a]
  if (line.upright !== true || (a.reversed ?? false) !== (b.reversed ?? false)) return false
  const width = widthOf(line)
  const ratio = widthOf(piece) / width
  if (ratio < likeWidth[0] || ratio > likeWidth[1]) return false
  const gap = b.y0 - a.y1
  if (gap < -0.3 * width || gap > widestBlank * width || Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2 > farthestOff * width) return false
  return piece.upright === true || isClear(piece, width, lines)
}

function isClear(piece: Blob, width: number, lines: readonly TextLine[]): boolean {
  return !lines.some(
    (other) =>
      other !== piece &&
      other.upright !== true &&
      shared(piece.y0, piece.y1, other.y0, other.y1) > 0.3 * Math.min(heightOf(piece), heightOf(other)) &&
      shared(piece.x0, piece.x1, other.x0, other.x1) > -clearBeside * width
  )
}

function toOne(group: readonly TextLine[]): TextLine {
  const box = unite(group)
  const { reversed } = group[0]!
  const ems = group.filter((line) => line.upright === true).map((line) => line.em)
  return {
    ...box,
    blobs: group.flatMap((line) => line.blobs),
    em: Math.max(...ems),
    lean: 0,
    upright: true,
    ...(reversed ? { reversed } : {})
  }
}
