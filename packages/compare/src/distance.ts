import { align } from './align.ts'

/** Above this many cells of the band an alignment's edits stand for the distance: a few seconds of exact work. */
const exactCells = 8e9
/** Below this many cells the whole table is as fast as a band of it. */
const fewCells = 1e7

export interface Distance {
  readonly edits: number
  /** False when the sequences were too long for an exact answer: `edits` is then what an alignment needs, an upper bound. */
  readonly exact: boolean
}

/**
 * Levenshtein distance of two sequences: fewest substitutions, insertions and deletions.
 * Bit-parallel in blocks of 32 (Myers 1999, Hyyrö 2003), in the band that an alignment's edits leave to a shorter path (Ukkonen
 * 1985): n·d/32 steps for a distance of about d, memory n + m.
 */
export function distance(a: Int32Array, b: Int32Array): Distance {
  let start = 0
  let [aEnd, bEnd] = [a.length, b.length]
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  const [left, right] = [a.subarray(start, aEnd), b.subarray(start, bEnd)]
  if (left.length === 0 || right.length === 0) return { edits: left.length + right.length, exact: true }
  if (left.length * right.length <= fewCells) return { edits: bitParallel(left, right, left.length + right.length), exact: true }
  const most = editsOfAlignment(left, right)
  if (Math.min(most, right.length) * left.length > exactCells) return { edits: most, exact: false }
  return { edits: bitParallel(left, right, most), exact: true }
}

function editsOfAlignment(a: Int32Array, b: Int32Array): number {
  let [edits, aAt, bAt] = [0, 0, 0]
  for (const match of [...align(a, b), { a: a.length, b: b.length, length: 0 }]) {
    edits += Math.max(match.a - aAt, match.b - bAt)
    aAt = match.a + match.length
    bAt = match.b + match.length
  }
  return edits
}

/** The distance, known to be at most `most`: no path of so few edits leaves the band of diagonals round the corners. */
function bitParallel(a: Int32Array, b: Int32Array, most: number): number {
  const { text, numbers } = renumber(b)
  const equal = new Int32Array(numbers.size + 1)
  // Right of the band values are as large as they can be: one more with every column.
  const carry = new Int8Array(text.length).fill(1)
  const longer = b.length - a.length
  const [before, behind] = [Math.ceil((most - longer) / 2), Math.ceil((most + longer) / 2)]
  let first = 0
  // The value at the upper left corner of the block; left of the band, too, values are as large as they can be.
  let corner = 0
  for (let from = 0; from < a.length; from += 32) {
    const size = Math.min(32, a.length - from)
    for (const start = Math.min(text.length, Math.max(first, from - before)); first < start; first++) corner += carry[first]!
    for (let bit = 0; bit < size; bit++) equal[numbers.get(a[from + bit]!) ?? numbers.size]! |= 1 << bit
    equal[numbers.size] = 0
    runBlock(text, equal, carry, 1 << (size - 1), first, Math.min(text.length, from + size + behind))
    corner += size
    for (let bit = 0; bit < size; bit++) equal[numbers.get(a[from + bit]!) ?? numbers.size] = 0
  }
  for (let at = first; at < text.length; at++) corner += carry[at]!
  return corner
}

/** Dense numbers, so that the table of a block is a flat array. */
function renumber(ids: Int32Array): { text: Int32Array; numbers: Map<number, number> } {
  const numbers = new Map<number, number>()
  const text = ids.map((id) => {
    const number = numbers.get(id) ?? numbers.size
    numbers.set(id, number)
    return number
  })
  return { text, numbers }
}

/** One block of 32 rows over a part of the text; `carry` holds the differences at its upper edge and then those at its lower. */
function runBlock(text: Int32Array, equal: Int32Array, carry: Int8Array, top: number, from: number, to: number): void {
  let [plus, minus] = [-1, 0]
  for (let at = from; at < to; at++) {
    const above = carry[at]!
    let same = equal[text[at]!]!
    const vertical = same | minus
    if (above < 0) same |= 1
    const horizontal = (((same & plus) + plus) ^ plus) | same
    let up = minus | ~(horizontal | plus)
    let down = plus & horizontal
    carry[at] = (up & top) !== 0 ? 1 : (down & top) !== 0 ? -1 : 0
    up <<= 1
    down <<= 1
    if (above < 0) down |= 1
    else if (above > 0) up |= 1
    plus = down | ~(vertical | up)
    minus = up & vertical
  }
}
