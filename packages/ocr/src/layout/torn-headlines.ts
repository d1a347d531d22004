import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import { type TextLine, toLine } from './text-line.ts'

/** Display type is at least this large, in ems of the page; within one headline sizes differ by less than `sameSize`. */
const smallestDisplay = 1.35
const sameSize = 1.25
/** Widest stretch that may be torn out, in the headline's size, how much of it holds ink, and how much of their height both parts share. */
const widestTear = 2.3
const leastInk = 0.5
const level = 0.75

/**
 * Puts headlines together that lack a character, on a page whose lines run down (here turned, so that they run across): it fell to pieces,
 * or its grain was taken for a halftone. Two parts of one size in one line, with ink between them that lies within their height.
 *
 * ```
 *   AAAA ··: AAA
 * ```
 * @param blobs all pieces of ink, those of no line too
 */
export function joinTornHeadlines(lines: readonly TextLine[], blobs: readonly Blob[], em: number): TextLine[] {
  const heads = lines.filter((line) => line.upright !== true && line.em > smallestDisplay * em).sort((a, b) => a.x0 - b.x0)
  let joined = [...lines]
  const current = new Map(heads.map((head) => [head, head]))
  for (const head of heads)
    for (const other of heads) {
      const [a, b] = [current.get(head)!, current.get(other)!]
      if (a === b) continue
      const between = tornOut(a, b, blobs)
      if (!between) continue
      const whole = toLine([...new Set([...a.blobs, ...between, ...b.blobs])], em)
      for (const [key, line] of current) if (line === a || line === b) current.set(key, whole)
      joined = [...joined.filter((line) => line !== a && line !== b && !isInside(line, whole)), whole]
    }
  return joined
}

/** The ink between two parts of a headline; undefined when they are none. */
function tornOut(a: TextLine, b: TextLine, blobs: readonly Blob[]): Blob[] | undefined {
  const size = Math.max(a.em, b.em)
  const gap = b.x0 - a.x1
  if (gap < 0 || gap > widestTear * size || size > sameSize * Math.min(a.em, b.em) || a.reversed || b.reversed) return undefined
  if (shared(a.y0, a.y1, b.y0, b.y1) < level * Math.max(heightOf(a), heightOf(b))) return undefined
  const { y0, y1 } = unite([a, b])
  const near = blobs.filter((blob) => blob.x0 >= a.x1 && blob.x1 <= b.x0 && shared(blob.y0, blob.y1, y0, y1) > 0)
  const within = near.filter((blob) => blob.y0 > y0 - 0.1 * size && blob.y1 < y1 + 0.1 * size)
  if (within.length === 0 || within.length < near.length || heightOf(unite(within)) < leastInk * size) return undefined
  return widthOf(unite(within)) > leastInk * gap ? within : undefined
}

function isInside(line: Blob, whole: Blob): boolean {
  const area = shared(line.x0, line.x1, whole.x0, whole.x1) * shared(line.y0, line.y1, whole.y0, whole.y1)
  return shared(line.x0, line.x1, whole.x0, whole.x1) > 0 && area > 0.6 * widthOf(line) * heightOf(line)
}
