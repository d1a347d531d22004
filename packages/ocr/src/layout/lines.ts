import { type Blob, unite, widthOf } from './blob.ts'
import { downwardLines } from './downward.ts'
import { apartFromInitial } from './initials.ts'
import { measureReach } from './measures.ts'
import { linkClosely, linkNeighbours } from './neighbours.ts'
import { mergeOverlapping } from './row-parts.ts'
import { splitTall } from './tall-rows.ts'
import { type LineContext, type TextLine, toLine, toUprightLine } from './text-line.ts'
import { strictly, uprightGroups } from './upright.ts'

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
