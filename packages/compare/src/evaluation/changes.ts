import type { Change, Replace } from '@broadsheet/document'
import { errorRate } from '../error-rate.ts'
import { type Aligned, truthAt } from './aligned.ts'

/** What a rule's changes to characters did to the text, held against the truth. Counts of changes, but for `harm` and `help`. */
export interface RuleScore {
  readonly rule: string
  /** Nearer to the truth than before; farther from it; neither; not to be known. */
  readonly right: number
  readonly wrong: number
  readonly neutral: number
  readonly unknown: number
  /** Characters made wrong, and made right. */
  readonly harm: number
  readonly help: number
  /** Proposals that would have been right, and wrong. */
  readonly proposedRight: number
  readonly proposedWrong: number
  /** Doubts raised where something was wrong, and where nothing was. */
  readonly flaggedRight: number
  readonly flaggedWrong: number
}

/** What became of the characters that were wrong in the raw text. */
export interface WrongCharacters {
  readonly all: number
  /** Under an applied change, under a doubt or a proposal, under nothing. */
  readonly changed: number
  readonly marked: number
  readonly missed: number
}

export function scoreRules(changes: readonly Change[], aligned: Aligned): RuleScore[] {
  const scores = new Map<string, Mutable<RuleScore>>()
  for (const change of changes) {
    if (change.status === 'rejected' || (change.kind !== 'replace' && change.kind !== 'flag')) continue
    const score = scores.get(change.rule) ?? emptyScore(change.rule)
    scores.set(change.rule, score)
    if (change.kind === 'flag') countFlag(change, aligned, score)
    else countReplace(change, aligned, score)
  }
  return [...scores.values()].sort((a, b) => b.harm - a.harm || b.right + b.wrong - a.right - a.wrong || (a.rule < b.rule ? -1 : 1))
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const counted = [
  'right',
  'wrong',
  'neutral',
  'unknown',
  'harm',
  'help',
  'proposedRight',
  'proposedWrong',
  'flaggedRight',
  'flaggedWrong'
] as const

function emptyScore(rule: string): Mutable<RuleScore> {
  return Object.assign({ rule }, ...counted.map((key) => ({ [key]: 0 }))) as Mutable<RuleScore>
}

/** Scores of several pages, rule by rule. */
export function addScores(lists: readonly (readonly RuleScore[])[]): RuleScore[] {
  const sums = new Map<string, Mutable<RuleScore>>()
  for (const score of lists.flat()) {
    const sum = sums.get(score.rule) ?? emptyScore(score.rule)
    for (const key of counted) sum[key] += score[key]
    sums.set(score.rule, sum)
  }
  return [...sums.values()].sort((a, b) => b.harm - a.harm || b.right - a.right || (a.rule < b.rule ? -1 : 1))
}

function countReplace(change: Replace, aligned: Aligned, score: Mutable<RuleScore>): void {
  const truth = truthAt(aligned, change.region, change.from, change.to)
  if (truth === undefined) {
    score.unknown++
    return
  }
  const gain = errorRate(truth, change.before).errors - errorRate(truth, change.after).errors
  if (change.status === 'proposed') score[gain > 0 ? 'proposedRight' : 'proposedWrong']++
  else {
    score[gain > 0 ? 'right' : gain < 0 ? 'wrong' : 'neutral']++
    score.help += Math.max(0, gain)
    score.harm += Math.max(0, -gain)
  }
}

function countFlag(change: Change, { starts, wrong }: Aligned, score: Mutable<RuleScore>): void {
  const start = starts.get(change.region)
  if (start === undefined) return
  // A mark that is missing is found at its neighbour.
  const here = wrong.subarray(Math.max(start, start + change.from - 1), start + change.to + 1)
  if (here.includes(1)) score.flaggedRight++
  else if (here.includes(2)) score.unknown++
  else score.flaggedWrong++
}

export function countWrong(changes: readonly Change[], { starts, wrong }: Aligned): WrongCharacters {
  const cover = new Uint8Array(wrong.length)
  for (const change of changes) {
    const start = starts.get(change.region)
    if (start === undefined || change.status === 'rejected' || (change.kind !== 'replace' && change.kind !== 'flag')) continue
    const grade = change.kind === 'replace' && change.status === 'applied' ? 2 : 1
    const [from, to] = [Math.max(start, start + change.from - 1), start + change.to + 1]
    for (let at = from; at < Math.min(to, cover.length); at++) cover[at] = Math.max(cover[at]!, grade)
  }
  const counts = [0, 0, 0]
  for (let at = 0; at < wrong.length; at++) if (wrong[at] === 1) counts[cover[at]!]!++
  const [missed, marked, changed] = counts as [number, number, number]
  return { all: missed + marked + changed, changed, marked, missed }
}
