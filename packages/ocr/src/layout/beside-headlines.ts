import { type Blob, sizeOf, unite, widthOf } from './blob.ts'
import { type TextLine, toLine } from './text-line.ts'

/** A headline's type is this many ems of the page at least, and text beside it less than this share of it. */
const headlineSize = 1.8
const besideSize = 0.55
/** White between a headline and text beside it, and the least width of such text, in ems. */
const leastWhite = 0.8
const leastWidth = 4

/**
 * Cuts the text of the next column from a headline that took it in: a run of small type at its right end, set off by a blank.
 *
 * ```
 * HEADLINE  text of the
 *           next column
 * ```
 */
export function cutBesideHeadlines(lines: readonly TextLine[], em: number): TextLine[] {
  return lines.flatMap((line) => (line.em > headlineSize * em && line.upright !== true ? cut(line, em) : [line]))
}

function cut(line: TextLine, em: number): TextLine[] {
  const sorted = [...line.blobs].sort((a, b) => a.x0 - b.x0)
  const large = sorted.filter((blob: Blob) => sizeOf(blob) > besideSize * line.em)
  const end = Math.max(...large.map((blob) => blob.x1))
  const beside = sorted.filter((blob) => blob.x0 > end)
  if (beside.length < 4 || beside[0]!.x0 - end < leastWhite * em || widthOf(unite(beside)) < leastWidth * em) return [line]
  return [sorted.filter((blob) => !beside.includes(blob)), beside].map((part) => toLine(part, em))
}
