import { type Blob, shared, widthOf } from './blob.ts'
import { type TextLine, toLine } from './text-line.ts'

/** Narrowest blank at which a line may be cut, in ems, and the shortest lines that tell, and the rest of a line that is cut there: a paragraph may end with a character and its mark. */
const narrowest = 0.45
const shortest = 1.6
const shortestRest = 0.8
/** How exactly lines must end before the blank and begin behind it, in ems, and how many of each on the page; lines with a blank just there are both. */
const exact = 0.4
const fewest = 4
/** How many lines may run over the blank with ink, in parts of those. */
const mostOver = 0.34
/** How near beside a line another speaks for or against a cut in it, in ems. */
const beside = 3

/**
 * Cuts lines of a page whose lines run down (here turned, so that they run across) where one runs on from its tier into the next: the
 * white between tiers is often narrower than an em, and where a headline stands beside two tiers of its article, only a few lines hold it.
 * All tiers of a page end and begin level, so that lines anywhere on it tell; what runs over the blank close beside tells against it.
 *
 * ```
 *   AAAAAAA BBBBBBB
 *   AAAAAAA BBBBBBB      the tiers of the page
 *   AAAAAAA─BBBBB        joined, and cut
 * ```
 */
export function cutAtTiers(lines: readonly TextLine[], em: number): TextLine[] {
  const body = lines.filter((line) => line.upright !== true && line.em > 0.7 * em && line.em < 1.35 * em && widthOf(line) > shortest * em)
  return lines.flatMap((line) => {
    if (!body.includes(line) || widthOf(line) < (shortest + shortestRest) * em) return [line]
    const blanks = blanksIn(line, em).filter((blank) => isTierEnd(blank, line, body, em))
    return blanks.length === 0 ? [line] : partsOf(line, blanks, em)
  })
}

/** White inside a line, from `x0` to `x1`. */
interface Blank {
  readonly x0: number
  readonly x1: number
}

function blanksIn({ blobs }: TextLine, em: number): Blank[] {
  const found: Blank[] = []
  let end = Infinity
  for (const blob of [...blobs].sort((a, b) => a.x0 - b.x0)) {
    if (blob.x0 - end > narrowest * em) found.push({ x0: end, x1: blob.x0 })
    end = end === Infinity ? blob.x1 : Math.max(end, blob.x1)
  }
  return found
}

function isTierEnd({ x0, x1 }: Blank, line: TextLine, body: readonly TextLine[], em: number): boolean {
  if (x0 - line.x0 < shortest * em || line.x1 - x1 < shortestRest * em) return false
  const others = body.filter((other) => other !== line)
  const hasBlank = (other: TextLine): boolean =>
    blanksIn(other, em).some((blank) => Math.abs(blank.x0 - x0) < exact * em && Math.abs(blank.x1 - x1) < exact * em)
  // Commas leave blanks just before the last character of several lines: only lines that do end and begin there tell of so short a rest.
  const isShort = line.x1 - x1 < shortest * em
  const alike = isShort ? 0 : others.filter((other) => other.x0 < x0 && other.x1 > x1 && hasBlank(other)).length
  const ends = alike + others.filter((other) => Math.abs(other.x1 - x0) < exact * em).length
  const starts = alike + others.filter((other) => Math.abs(other.x0 - x1) < exact * em).length
  if (ends < fewest || starts < fewest) return false
  const over = others.filter((other) => other.x0 < x0 - em && other.x1 > x1 + em && hasInkAt(other, x0, x1))
  if (over.length >= mostOver * Math.min(ends, starts)) return false
  return !over.some((other) => -shared(other.y0, other.y1, line.y0, line.y1) < beside * em)
}

/** Whether a line has ink in the middle of a stretch. */
function hasInkAt({ blobs }: TextLine, x0: number, x1: number): boolean {
  const [from, to] = [x0 + (x1 - x0) / 4, x1 - (x1 - x0) / 4]
  return blobs.some((blob) => blob.x0 < to && blob.x1 > from)
}

function partsOf(line: TextLine, blanks: readonly Blank[], em: number): TextLine[] {
  const edges = [-Infinity, ...blanks.map(({ x1 }) => x1), Infinity]
  return edges
    .slice(1)
    .map((end, index) => line.blobs.filter((blob: Blob) => blob.x0 >= edges[index]! && blob.x0 < end))
    .filter((blobs) => blobs.length > 0)
    .map((blobs) => ({ ...toLine(blobs, em), ...(line.reversed ? { reversed: true } : {}) }))
}
