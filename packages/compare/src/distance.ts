import { align } from './align.ts'

/** Above this many cells the distance is estimated from an anchored alignment instead: a few seconds of exact work. */
const exactCells = 3e10

export interface Distance {
  readonly edits: number
  /** False when the sequences were too long for an exact answer: `edits` is then what an alignment needs, an upper bound. */
  readonly exact: boolean
}

/**
 * Levenshtein distance of two sequences: fewest substitutions, insertions and deletions.
 * Bit-parallel in blocks of 32 (Myers 1999, Hyyrö 2003): n·m/32 steps, memory n + m.
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
  if (left.length * right.length > exactCells) return { edits: editsOfAlignment(left, right), exact: false }
  return { edits: bitParallel(left, right), exact: true }
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

function bitParallel(a: Int32Array, b: Int32Array): number {
  const { text, numbers } = renumber(b)
  const equal = new Int32Array(numbers.size + 1)
  const carry = new Int8Array(text.length).fill(1)
  let edits = a.length
  for (let from = 0; from < a.length; from += 32) {
    const size = Math.min(32, a.length - from)
    for (let bit = 0; bit < size; bit++) equal[numbers.get(a[from + bit]!) ?? numbers.size]! |= 1 << bit
    equal[numbers.size] = 0
    edits += runBlock(text, equal, carry, 1 << (size - 1), from + size >= a.length)
    for (let bit = 0; bit < size; bit++) equal[numbers.get(a[from + bit]!) ?? numbers.size] = 0
  }
  return edits
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

/** One block of 32 rows over the whole text; `carry` holds the differences at its upper edge and then those at its lower. */
function runBlock(text: Int32Array, equal: Int32Array, carry: Int8Array, top: number, last: boolean): number {
  let [plus, minus, sum] = [-1, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const above = carry[at]!
    let same = equal[text[at]!]!
    const vertical = same | minus
    if (above < 0) same |= 1
    const horizontal = (((same & plus) + plus) ^ plus) | same
    let up = minus | ~(horizontal | plus)
    let down = plus & horizontal
    const below = (up & top) !== 0 ? 1 : (down & top) !== 0 ? -1 : 0
    up <<= 1
    down <<= 1
    if (above < 0) down |= 1
    else if (above > 0) up |= 1
    plus = down | ~(vertical | up)
    minus = up & vertical
    carry[at] = below
    sum += below
  }
  return last ? sum : 0
}
