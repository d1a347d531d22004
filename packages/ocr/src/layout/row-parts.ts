import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, unite, widthOf } from './blob.ts'
import { bucketRows, forEachInRows } from './neighbours.ts'
import { type LineContext, rowEm } from './text-line.ts'

/** Joins rows that are parts of one: an accent, a quotation mark, the upper stroke of 二. */
export function mergeOverlapping(rows: Blob[][], { em, latin }: LineContext): Blob[][] {
  let current = rows
  for (let round = 0; round < 3; round++) {
    const boxes = current.map((row) => ({ ...unite(row), em: Math.max(rowEm(row), 0.5 * em) }))
    const groups = newGroups(current.length)
    const buckets = bucketRows(boxes, em)
    // A speck between two rows must not make them one: every part joins the row it overlaps most.
    const homes = new Map<number, { index: number; overlap: number }>()
    for (const [index, box] of boxes.entries())
      forEachInRows(buckets, box.y0 - 0.3 * em, box.y1 + 0.3 * em, em, (other) => {
        if (other === index || !isPartOf(boxes[other]!, box, em)) return
        const word = isWord(current[other]!, boxes[other]!, em, latin)
        if (word && -shared(boxes[other]!.x0, boxes[other]!.x1, box.x0, box.x1) > 0) return
        if (word && latin && (box.em > displayType * em || isBelow(boxes[other]!, box, isWord(current[index]!, box, em, latin)))) return
        const overlap = shared(boxes[other]!.y0, boxes[other]!.y1, box.y0, box.y1)
        const best = homes.get(other)
        if (!best || overlap > best.overlap) homes.set(other, { index, overlap })
      })
    for (const [part, { index }] of homes) joinGroups(groups, index, part)
    const changed = homes.size > 0
    if (!changed) return current
    current = membersOf(groups, current).map((group) => group.flat())
  }
  return current
}

/** Least height of a word, in ems: characters fill their line, figures in small type are little more than a third of it. */
const lowestWord = { latin: 0.35, eastAsian: 0.5 } as const

/** Several pieces side by side, no mark of punctuation: beside larger type they are a line of their own. */
export function isWord(row: readonly Blob[], box: Blob, em: number, latin: boolean): boolean {
  return row.length >= 2 && widthOf(box) > 1.8 * heightOf(box) && heightOf(box) >= lowestWord[latin ? 'latin' : 'eastAsian'] * em
}

/** Type so many times the page's own holds no words of it: they stand under a nameplate's letters that hang down. */
const displayType = 3

/** Whether words of small type stand on two lines, one below the other. */
function isBelow(part: Blob, line: Blob, areWords: boolean): boolean {
  return areWords && shared(part.y0, part.y1, line.y0, line.y1) < 0.2 * Math.min(heightOf(part), heightOf(line))
}

/** Whether the smaller row `part` belongs to `line`. */
function isPartOf(part: Blob & { em: number }, line: Blob & { em: number }, em: number): boolean {
  if (widthOf(part) > widthOf(line)) return false
  const size = Math.max(line.em, 0.9 * em)
  // A row of words is no part of larger type: a picture's dark would take in the column beside it.
  if (widthOf(part) > 3 * em && size > 4 * Math.max(em, part.em)) return false
  const height = Math.max(part.y1, line.y1) - Math.min(part.y0, line.y0)
  if (height > Math.max(1.3 * size, 1.12 * heightOf(line))) return false
  const gap = -shared(part.x0, part.x1, line.x0, line.x1)
  const overlap = shared(part.y0, part.y1, line.y0, line.y1)
  if (gap < 0 && height <= 1.12 * em && overlap > -0.3 * em) return true
  if (gap < 0)
    return (
      overlap >= 0.4 * heightOf(part) ||
      (heightOf(part) < 0.45 * size && overlap > -0.15 * size && (overlap > -0.3 * em || heightOf(part) > 0.1 * size))
    )
  return heightOf(part) < 0.55 * size && widthOf(part) < 1.2 * size && gap < 0.5 * size && overlap >= 0.5 * heightOf(part)
}
