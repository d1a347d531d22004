import { heightOf, joinGroups, membersOf, newGroups, shared, widthOf } from './blob.ts'
import { type TextLine, toLine } from './lines.ts'

/** Fewest characters that make a line of their own direction. */
const fewest = 3

/**
 * Finds lines that run downwards on a page whose lines run across (and the other way round on a vertical page): single characters
 * of one size one below the other, nearer to each other than to anything beside them.
 */
export function findUprightLines(lines: readonly TextLine[], em: number): TextLine[] {
  const single = lines.map((line) => isSingle(line, em))
  const groups = newGroups(lines.length)
  for (const [index, line] of lines.entries()) {
    if (!single[index]) continue
    const below = nearestBelow(lines, single, index)
    if (below >= 0 && !hasCloserNeighbour(lines, index, lines[below]!.y0 - line.y1)) joinGroups(groups, index, below)
  }
  return membersOf(groups, lines).flatMap((group) => {
    if (group.length < fewest) return group
    return [toUpright(group, em)]
  })
}

function isSingle(line: TextLine, em: number): boolean {
  const width = widthOf(line)
  const height = heightOf(line)
  return width < 1.5 * Math.max(height, 0.85 * em) && Math.max(width, height) > 0.5 * em && height < 1.6 * Math.max(width, 0.6 * em)
}

function nearestBelow(lines: readonly TextLine[], single: readonly boolean[], index: number): number {
  const line = lines[index]!
  const size = Math.max(widthOf(line), heightOf(line))
  let best = -1
  for (const [k, other] of lines.entries()) {
    if (!single[k] || k === index || other.y0 < line.y0 + 0.5 * size) continue
    const otherSize = Math.max(widthOf(other), heightOf(other))
    if (otherSize > 1.5 * size || size > 1.5 * otherSize) continue
    const gap = other.y0 - line.y1
    const off = Math.abs((line.x0 + line.x1) / 2 - (other.x0 + other.x1) / 2)
    if (gap > 0.95 * Math.max(size, otherSize) || off > 0.35 * Math.max(size, otherSize)) continue
    if (best < 0 || other.y0 < lines[best]!.y0) best = k
  }
  return best
}

/** Something of its size stands beside it at less than the distance to the next below. */
function hasCloserNeighbour(lines: readonly TextLine[], index: number, below: number): boolean {
  const line = lines[index]!
  const size = Math.max(widthOf(line), heightOf(line))
  return lines.some((other, k) => {
    if (k === index || shared(line.y0, line.y1, other.y0, other.y1) < 0.5 * Math.min(heightOf(line), heightOf(other))) return false
    if (heightOf(other) < 0.7 * size || heightOf(other) > 1.45 * size) return false
    const gap = -shared(line.x0, line.x1, other.x0, other.x1)
    return gap < Math.max(0.3 * size, below * 0.9)
  })
}

function toUpright(group: readonly TextLine[], em: number): TextLine {
  const blobs = group.flatMap((line) => line.blobs)
  const line = toLine(blobs, em)
  const y0 = Math.min(...group.map((part) => part.y0))
  const y1 = Math.max(...group.map((part) => part.y1))
  return { ...line, y0, y1, lean: 0, em: Math.max(...group.map(widthOf)), upright: true }
}
