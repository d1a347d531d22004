import { align, type Budget, type Match, newBudget } from './align.ts'
import { findMoves, type Move } from './moves.ts'
import { type Encoded, encode, type Unit, type Vocabulary } from './tokens.ts'

/**
 * A stretch of two texts. The runs in order, without `added` and `moved-to`, are the first text; without `removed` and
 * `moved-from` they are the second.
 */
export interface DiffRun {
  readonly kind: 'same' | 'removed' | 'added' | 'moved-from' | 'moved-to'
  readonly text: string
  /** UTF-16 offset in the first text; for `added` and `moved-to` the place where it is missing. */
  readonly a: number
  /** UTF-16 offset in the second text; for `removed` and `moved-from` the place where it is missing. */
  readonly b: number
  /** Both halves of a move bear its number, from 1. */
  readonly move?: number
}

export interface DiffOptions {
  /** What is never cut in two. Default `grapheme`. */
  readonly unit?: Exclude<Unit, 'clause'>
  /** How many pieces a displaced stretch has at least to be shown as moved; 0 for no moves. Default 8 (words 4, lines 1). */
  readonly minMove?: number
}

/** From this many UTF-16 units on both texts are compared by clauses first and by characters only where clauses differ. */
const longText = 3_000_000
/** A gap between equal clauses is looked into up to this length. */
const longGap = 400_000
const defaultMinMove: Readonly<Record<Unit, number>> = { grapheme: 8, word: 4, line: 1, clause: 1 }

/**
 * What differs between two texts, character by character, displaced passages as moves. Works for text of any length and
 * likeness in bounded time: where texts have hardly anything in common the result gets coarser, never wrong.
 */
export function diffTexts(a: string, b: string, options: DiffOptions = {}): DiffRun[] {
  if (a === b) return a === '' ? [] : [{ kind: 'same', text: a, a: 0, b: 0 }]
  const unit = options.unit ?? 'grapheme'
  const long = a.length + b.length > longText
  const used = long ? 'clause' : unit
  const minMove = options.minMove ?? defaultMinMove[used]
  const budget = newBudget()
  const runs = diffEncoded(a, b, used, minMove, budget)
  return slideToLineEnds(long ? runs.flatMap((_, at) => refine(runs, at, unit, budget)) : runs)
}

/** A line put in before one that begins alike: the difference is the whole line, not a part of two. */
function slideToLineEnds(runs: readonly DiffRun[]): DiffRun[] {
  const slid = [...runs]
  for (let at = 1; at + 1 < slid.length; at++) {
    const [before, run, after] = [slid[at - 1]!, slid[at]!, slid[at + 1]!]
    if ((run.kind !== 'added' && run.kind !== 'removed') || before.kind !== 'same' || after.kind !== 'same') continue
    const end = run.text.endsWith('\n') ? 0 : run.text.lastIndexOf('\n') + 1
    if (end === 0 || !after.text.startsWith(run.text.slice(0, end))) continue
    const head = run.text.slice(0, end)
    slid[at - 1] = { ...before, text: before.text + head }
    slid[at] = { ...run, text: run.text.slice(end) + head, a: run.a + end, b: run.b + end }
    slid[at + 1] = { ...after, text: after.text.slice(end), a: after.a + end, b: after.b + end }
  }
  return slid.filter((run) => run.text !== '')
}

function diffEncoded(a: string, b: string, unit: Unit, minMove: number, budget: Budget): DiffRun[] {
  const vocabulary: Vocabulary = new Map()
  const left = encode(a, unit, vocabulary)
  const right = encode(b, unit, vocabulary)
  const matches = dropIslands(align(left.ids, right.ids, budget))
  const moves = minMove > 0 ? findMoves(left.ids, right.ids, matches, minMove) : []
  return toRuns(a, b, left, right, matches, moves)
}

/**
 * A single equal piece between two larger differences is chance: it would only tear the difference apart. Ends of the
 * text and equal runs of two pieces or more stay.
 */
function dropIslands(matches: readonly Match[]): Match[] {
  return matches.filter((match, at) => {
    const before = matches[at - 1]
    const after = matches[at + 1]
    if (match.length > 1 || !before || !after) return true
    return gap(before, match) < 4 || gap(match, after) < 4
  })
}

function gap(left: Match, right: Match): number {
  return Math.min(right.a - left.a - left.length, right.b - left.b - left.length)
}

function toRuns(a: string, b: string, left: Encoded, right: Encoded, matches: readonly Match[], moves: readonly Move[]): DiffRun[] {
  const runs: DiffRun[] = []
  const away = [...moves].sort((x, y) => x.a - y.a)
  const here = [...moves].sort((x, y) => x.b - y.b)
  let [aAt, bAt] = [0, 0]
  for (const match of [...matches, { a: left.ids.length, b: right.ids.length, length: 0 }]) {
    const bGap = right.starts[bAt]!
    for (const part of cutGap(aAt, match.a, away, (move) => move.a))
      pushRun(
        runs,
        { kind: part.move ? 'moved-from' : 'removed', text: slice(a, left, part.from, part.to), a: left.starts[part.from]!, b: bGap },
        part.move
      )
    for (const part of cutGap(bAt, match.b, here, (move) => move.b))
      pushRun(
        runs,
        {
          kind: part.move ? 'moved-to' : 'added',
          text: slice(b, right, part.from, part.to),
          a: left.starts[match.a]!,
          b: right.starts[part.from]!
        },
        part.move
      )
    aAt = match.a + match.length
    bAt = match.b + match.length
    if (match.length > 0)
      pushRun(runs, { kind: 'same', text: slice(a, left, match.a, aAt), a: left.starts[match.a]!, b: right.starts[match.b]! }, undefined)
  }
  return runs
}

function slice(text: string, encoded: Encoded, from: number, to: number): string {
  return text.slice(encoded.starts[from]!, encoded.starts[to]!)
}

function pushRun(runs: DiffRun[], run: DiffRun, move: Move | undefined): void {
  if (run.text !== '') runs.push(move ? { ...run, move: move.number } : run)
}

interface GapPart {
  readonly from: number
  readonly to: number
  readonly move?: Move
}

/** A gap cut where moved stretches begin and end. `moves` is sorted and used up from the front. */
function cutGap(from: number, to: number, moves: Move[], place: (move: Move) => number): GapPart[] {
  const parts: GapPart[] = []
  let at = from
  while (moves.length > 0 && place(moves[0]!) < to) {
    const move = moves.shift()!
    if (place(move) > at) parts.push({ from: at, to: place(move) })
    at = place(move) + move.length
    parts.push({ from: place(move), to: at, move })
  }
  if (at < to) parts.push({ from: at, to })
  return parts
}

/** In a long text: what clauses removed and added at one place have in common after all. */
function refine(runs: readonly DiffRun[], at: number, unit: Unit, budget: Budget): DiffRun[] {
  const run = runs[at]!
  const before = runs[at - 1]
  const after = runs[at + 1]
  if (run.kind === 'added' && before?.kind === 'removed' && fits(before, run)) return []
  if (run.kind !== 'removed' || after?.kind !== 'added' || !fits(run, after)) return [run]
  return diffEncoded(run.text, after.text, unit, 0, budget).map((part) => ({ ...part, a: part.a + run.a, b: part.b + after.b }))
}

function fits(removed: DiffRun, added: DiffRun): boolean {
  return removed.text.length + added.text.length <= longGap
}
