import { diffArrays } from 'diff'

/** Equal stretches of two sequences: `a[from…]` equals `b[to…]` over `length` pieces. Both offsets only grow along a list. */
export interface Match {
  readonly a: number
  readonly b: number
  readonly length: number
}

/** Lengths of the runs that anchor two texts to each other, from sure to bold. */
const anchorLengths: readonly number[] = [12, 6, 3, 2, 1]
/** From this level on a table that fits is better than anchors: one shared character proves little. */
const boldLevel = 2
/** Gaps of up to so many cells are not anchored at all. */
const smallGap = 40_000
/** A gap up to this many cells is compared exactly by a table, 1 byte a cell. */
const tableCells = 4_000_000
/** Edits that Myers' algorithm is asked for in a larger gap; its cost grows with their square. */
const myersEdits = 96

interface Work {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly matches: Match[]
  readonly budget: Budget
}

/** What exact comparison may still cost, in table cells; shared by the parts of one comparison. */
export interface Budget {
  cells: number
}

/** About a second of exact comparison. */
export function newBudget(): Budget {
  return { cells: 300_000_000 }
}

/**
 * Aligns two sequences: unique runs that both have anchor them (longest increasing chain), the gaps between are anchored by
 * shorter runs, and what is left is compared exactly while it is small. Time and memory are bounded whatever the input;
 * unlike a time limit, the bounds give the same result on every machine.
 */
export function align(a: Int32Array, b: Int32Array, budget: Budget = newBudget()): Match[] {
  const work: Work = { a, b, matches: [], budget }
  alignRange(work, 0, a.length, 0, b.length, 0)
  return mergeMatches(work.matches)
}

function alignRange(work: Work, a0: number, a1: number, b0: number, b1: number, level: number): void {
  const { a, b } = work
  let [aFrom, aTo, bFrom, bTo] = [a0, a1, b0, b1]
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
    aFrom++
    bFrom++
  }
  push(work.matches, a0, b0, aFrom - a0)
  while (aTo > aFrom && bTo > bFrom && a[aTo - 1] === b[bTo - 1]) {
    aTo--
    bTo--
  }
  if (aFrom < aTo && bFrom < bTo) alignGap(work, aFrom, aTo, bFrom, bTo, level)
  push(work.matches, aTo, bTo, a1 - aTo)
}

function alignGap(work: Work, a0: number, a1: number, b0: number, b1: number, level: number): void {
  const cells = (a1 - a0) * (b1 - b0)
  if (cells <= smallGap || (level > boldLevel && cells <= tableCells) || level >= anchorLengths.length) {
    alignExactly(work, a0, a1, b0, b1)
    return
  }
  const anchors = chain(uniqueRuns(work, a0, a1, b0, b1, anchorLengths[level]!))
  if (anchors.length === 0) {
    alignGap(work, a0, a1, b0, b1, level + 1)
    return
  }
  const length = anchorLengths[level]!
  let [aAt, bAt] = [a0, b0]
  for (const anchor of anchors) {
    if (anchor.a < aAt || anchor.b < bAt) {
      // The run overlaps the one before: on the same diagonal it lengthens it, on another it is given up.
      const more = anchor.a + length - aAt
      if (anchor.a - anchor.b !== aAt - bAt || more <= 0) continue
      push(work.matches, aAt, bAt, more)
      aAt += more
      bAt += more
      continue
    }
    alignRange(work, aAt, anchor.a, bAt, anchor.b, level + 1)
    push(work.matches, anchor.a, anchor.b, length)
    aAt = anchor.a + length
    bAt = anchor.b + length
  }
  alignRange(work, aAt, a1, bAt, b1, level + 1)
}

/** Runs of `length` pieces that stand once in each range, by their place in `a`. */
function uniqueRuns(work: Work, a0: number, a1: number, b0: number, b1: number, length: number): Match[] {
  const inA = runIndex(work.a, a0, a1, length)
  const inB = runIndex(work.b, b0, b1, length)
  const runs: Match[] = []
  for (const [hash, at] of inA) {
    const there = inB.get(hash)
    if (at >= 0 && there !== undefined && there >= 0 && sameRun(work.a, at, work.b, there, length)) runs.push({ a: at, b: there, length })
  }
  return runs
}

/** Where each run stands, by its hash; -1 for those that stand more than once. */
function runIndex(ids: Int32Array, from: number, to: number, length: number): Map<number, number> {
  const index = new Map<number, number>()
  let power = 1
  for (let step = 1; step < length; step++) power = Math.imul(power, hashBase)
  let hash = 0
  for (let at = from; at < to; at++) {
    if (at - from >= length) hash = (hash - Math.imul(scatter(ids[at - length]!), power)) | 0
    hash = (Math.imul(hash, hashBase) + scatter(ids[at]!)) | 0
    if (at - from + 1 >= length) index.set(hash, index.has(hash) ? -1 : at - length + 1)
  }
  return index
}

const hashBase = 0x01000193 | 0

function scatter(id: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x45d9f3b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function sameRun(a: Int32Array, aAt: number, b: Int32Array, bAt: number, length: number): boolean {
  for (let step = 0; step < length; step++) if (a[aAt + step] !== b[bAt + step]) return false
  return true
}

/** The longest chain of runs that keep their order in both sequences (patience sorting). */
function chain(runs: readonly Match[]): Match[] {
  const tails: number[] = []
  const before = new Int32Array(runs.length)
  for (let at = 0; at < runs.length; at++) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (runs[tails[middle]!]!.b < runs[at]!.b) low = middle + 1
      else high = middle
    }
    before[at] = low > 0 ? tails[low - 1]! : -1
    tails[low] = at
  }
  const found: Match[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) found.push(runs[at]!)
  return found.reverse()
}

function alignExactly(work: Work, a0: number, a1: number, b0: number, b1: number): void {
  const cells = (a1 - a0 + 1) * (b1 - b0 + 1)
  if (cells <= tableCells && cells <= work.budget.cells) {
    work.budget.cells -= cells
    alignByTable(work, a0, a1, b0, b1)
  } else if (fewestEdits(work, a0, a1, b0, b1) <= myersEdits && work.budget.cells > 0) {
    work.budget.cells -= myersEdits * myersEdits * 300 + (a1 - a0)
    alignByMyers(work, a0, a1, b0, b1)
  }
}

/** No alignment can have fewer insertions and deletions than this: what the bags of pieces do not share. */
function fewestEdits(work: Work, a0: number, a1: number, b0: number, b1: number): number {
  const counts = new Map<number, number>()
  for (let at = a0; at < a1; at++) counts.set(work.a[at]!, (counts.get(work.a[at]!) ?? 0) + 1)
  let shared = 0
  for (let at = b0; at < b1; at++) {
    const left = counts.get(work.b[at]!) ?? 0
    if (left > 0) {
      counts.set(work.b[at]!, left - 1)
      shared++
    }
  }
  return a1 - a0 + (b1 - b0) - 2 * shared
}

function alignByMyers(work: Work, a0: number, a1: number, b0: number, b1: number): void {
  const parts = diffArrays(Array.from(work.a.subarray(a0, a1)), Array.from(work.b.subarray(b0, b1)), { maxEditLength: myersEdits })
  let [aAt, bAt] = [a0, b0]
  for (const part of parts ?? []) {
    if (!part.added && !part.removed) push(work.matches, aAt, bAt, part.value.length)
    if (!part.added) aAt += part.value.length
    if (!part.removed) bAt += part.value.length
  }
}

/**
 * Cheapest alignment by a full table (Wagner–Fischer). A substitution costs 3, an insertion or deletion 2: a misread
 * character stays opposite what it was misread for, and no far-fetched match is bought with many edits.
 */
function alignByTable(work: Work, a0: number, a1: number, b0: number, b1: number): void {
  const width = b1 - b0 + 1
  const steps = new Uint8Array((a1 - a0 + 1) * width)
  let above = Int32Array.from({ length: width }, (_, column) => 2 * column)
  let row = new Int32Array(width)
  for (let at = a0; at < a1; at++) {
    fillRow(work, at, b0, above, row, steps, (at - a0 + 1) * width)
    ;[above, row] = [row, above]
  }
  traceBack(work, a0, a1, b0, b1, steps)
}

const diagonal = 1
const upward = 2

function fillRow(work: Work, at: number, b0: number, above: Int32Array, row: Int32Array, steps: Uint8Array, offset: number): void {
  const id = work.a[at]!
  row[0] = above[0]! + 2
  steps[offset] = upward
  for (let column = 1; column < row.length; column++) {
    let best = above[column - 1]! + (work.b[b0 + column - 1] === id ? 0 : 3)
    let step = diagonal
    if (above[column]! + 2 < best) {
      best = above[column]! + 2
      step = upward
    }
    if (row[column - 1]! + 2 < best) {
      best = row[column - 1]! + 2
      step = 0
    }
    row[column] = best
    steps[offset + column] = step
  }
}

function traceBack(work: Work, a0: number, a1: number, b0: number, b1: number, steps: Uint8Array): void {
  const width = b1 - b0 + 1
  const found: Match[] = []
  let [aAt, bAt] = [a1, b1]
  while (aAt > a0 && bAt > b0) {
    const step = steps[(aAt - a0) * width + bAt - b0]!
    if (step === diagonal) {
      aAt--
      bAt--
      if (work.a[aAt] === work.b[bAt]) found.push({ a: aAt, b: bAt, length: 1 })
    } else if (step === upward) aAt--
    else bAt--
  }
  for (let at = found.length - 1; at >= 0; at--) push(work.matches, found[at]!.a, found[at]!.b, 1)
}

function push(matches: Match[], a: number, b: number, length: number): void {
  if (length > 0) matches.push({ a, b, length })
}

function mergeMatches(matches: readonly Match[]): Match[] {
  const merged: Match[] = []
  for (const match of matches) {
    const last = merged.at(-1)
    if (last && last.a + last.length === match.a && last.b + last.length === match.b)
      merged[merged.length - 1] = { a: last.a, b: last.b, length: last.length + match.length }
    else merged.push(match)
  }
  return merged
}
