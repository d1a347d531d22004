import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { TextLine } from './text-line.ts'

/** Least height of an initial let into several lines, in ems of the page, and how far it hangs below the first of them. */
const lowestInitial = 1.6
const leastDrop = 0.7
/** Most height of what stands beside it, in ems, and as a share of its own. */
const highestLetter = 1.6
const highestBeside = 0.75

/**
 * Cuts an initial that is let into the first lines of an article from the line it hangs below: a row as high as the initial would
 * take in the lines under its own.
 *
 * @param row pieces of ink taken for one printed line, in an alphabet
 * @param regroup how pieces are grouped into rows
 * @returns the initial and the rows beside it, or `row` alone when it has no initial
 */
export function apartFromInitial(row: Blob[], em: number, regroup: (pieces: readonly Blob[]) => Blob[][]): Blob[][] {
  const initial = row.find((blob) => isInitial(blob, row, em))
  if (!initial) return [row]
  const beside = regroup(row.filter((blob) => blob !== initial))
  const lines = beside.map(unite).filter((line) => isLine(line, em))
  return lines.length > 0 && lines.some((line) => line.y1 < initial.y1 - leastDrop * em) ? [[initial], ...beside] : [row]
}

/** A single piece at the row's left end, much higher than all that stands to the right of it. */
function isInitial(blob: Blob, row: readonly Blob[], em: number): boolean {
  const height = heightOf(blob)
  if (height < lowestInitial * em || widthOf(blob) > 2 * height || widthOf(blob) < 0.25 * height || row.length < 4) return false
  const middle = (blob.x0 + blob.x1) / 2
  const highest = Math.min(highestLetter * em, highestBeside * height)
  return row.every((other) => other === blob || (other.x0 > middle && heightOf(other) < highest && isLevel(other, blob, em)))
}

function isLevel(piece: Blob, initial: Blob, em: number): boolean {
  return shared(piece.y0, piece.y1, initial.y0 - 0.5 * em, initial.y1 + 0.5 * em) >= heightOf(piece)
}

/** A row of letters, no speck. */
function isLine(line: Blob, em: number): boolean {
  return heightOf(line) > 0.4 * em && heightOf(line) < highestLetter * em && widthOf(line) > em
}

/** Initials by the line each of them begins. */
export function initialsOf(lines: readonly TextLine[], em: number): ReadonlyMap<TextLine, TextLine> {
  const initials = lines.filter((line) => line.blobs.length === 1 && !line.upright && heightOf(line) >= lowestInitial * em)
  return new Map(
    initials.flatMap((initial): [TextLine, TextLine][] => {
      const first = lines.filter((line) => beginsWith(line, initial, em)).sort((a, b) => a.y0 - b.y0)[0]
      return first && first.y1 < initial.y1 - leastDrop * em ? [[first, initial]] : []
    })
  )
}

function beginsWith(line: TextLine, initial: TextLine, em: number): boolean {
  const gap = line.x0 - initial.x1
  if (line === initial || gap < -0.2 * em || gap > em || heightOf(line) > highestBeside * heightOf(initial)) return false
  return widthOf(line) > 3 * em && shared(line.y0, line.y1, initial.y0, initial.y1) > 0.5 * heightOf(line)
}

/** The lines, each with its initial before it. */
export function withInitials(lines: readonly TextLine[], initials: ReadonlyMap<TextLine, TextLine>): TextLine[] {
  return lines.flatMap((line) => (initials.has(line) ? [initials.get(line)!, line] : [line]))
}
