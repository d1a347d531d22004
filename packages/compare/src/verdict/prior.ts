import type { DifferenceKind, Disagreement } from '../vote.ts'
import type { LineVerdict } from './verdict.ts'

/** How far the page's own experience may tip a difference, in bits. */
const largestPrior = 12

/**
 * The clear cases understate a difference: the unclear ones follow them more than in proportion, most of all where no language
 * model knows the script and few cases are clear.
 */
const priorGain = 1.5

const priorGainBlind = 5

/** Differences that tell nothing of how well a page was read. */
const idle: ReadonlySet<DifferenceKind> = new Set(['blank', 'division'])

interface Priors {
  /** Of the page: over all that was read otherwise, marks and lost characters left out. */
  readonly prior: number
  readonly ofKind: (kind: DifferenceKind) => number
}

/** So many differences of the page at large stand beside those of one kind. */
const pageWeight = 4

/**
 * How much better the new reading is on this page, in bits: the share of differences it is right in, estimated together with
 * the single decisions (expectation maximisation), from scores without any prior. One reading may have the better characters and
 * the other the better marks, or lose fewer of them: each kind of difference has a prior of its own, drawn towards the page's; where
 * no language model knows the script (`blind`) too few cases are clear for that.
 */
export function priorsOf(all: readonly Disagreement[], blind: boolean): Priors {
  // Engines set or lose blanks by habit, cut lines and mark divided words by theirs: that says nothing of how well they read.
  const counted = all.filter((one) => !idle.has(one.kind) && one.evidence.neighbour === undefined && one.evidence.elsewhere === undefined)
  // One engine says how sure it is, the other does not: where nothing else is known that must not decide for a whole page.
  const telling = blind ? counted.map((one) => ({ ...one, score: one.score - (one.evidence.confidence ?? 0) })) : counted
  const characters = telling.filter((one) => one.kind === 'character')
  const gain = blind ? priorGainBlind : priorGain
  const page = shareForNew(!blind && characters.length >= pageWeight ? characters : telling, 0.5, 1, gain)
  const prior = priorBits(page, gain)
  if (blind) return { prior, ofKind: (kind) => (kind === 'division' ? 0 : prior) }
  const kinds = [...new Set(telling.map((one) => one.kind))]
  const byKind = new Map(
    kinds.map((kind) => {
      const own = telling.filter((one) => one.kind === kind)
      return [kind, priorBits(kind === 'character' ? page : shareForNew(own, page, pageWeight, gain), gain)]
    })
  )
  return {
    prior,
    ofKind: (kind) => (kind === 'division' ? 0 : kind === 'only-rare' ? Math.min(prior, priorOfRare) : (byKind.get(kind) ?? prior))
  }
}

/** Engines leave out what they were never taught, however well they read the rest of the page. */
const priorOfRare = -4

/**
 * The share of wrong letters in the other reading, by what is believed of each difference. Where few differ a reading is good
 * even if it is wrong in most of them.
 */
export function expectedErrors(lines: readonly LineVerdict[], prior: Priors['ofKind']): number {
  const shared = lines.filter((line) => line.kept !== 'only-new')
  const wrong = shared
    .flatMap((line) => line.disagreements)
    .filter((one) => !idle.has(one.kind) && one.kind !== 'mark' && one.kind !== 'lost-mark' && one.evidence.neighbour === undefined)
    .reduce((sum, one) => sum + Math.max(one.first.length, one.second.length) / (1 + 2 ** -(one.score + prior(one.kind))), 0)
  return wrong / Math.max(1, sumOf(shared.map((line) => line.new.length)))
}

/** Up to this share of wrong letters a text is as good as old texts get. */
export const goodText = 0.02

/** Who misreads much makes up characters, too (dirt, neighbouring columns), and a language model cannot tell: only the page can. */
export function withInventions(prior: Priors['ofKind'], page: number): Priors['ofKind'] {
  return (kind) => (kind === 'only-first' ? Math.max(prior(kind), page) : prior(kind))
}

/** The share of differences in which the new reading is right; `weight` differences of which it is right in `start` are added. */
function shareForNew(disagreements: readonly Disagreement[], start: number, weight: number, gain: number): number {
  let share = start
  for (let round = 0; round < 20; round++) {
    const prior = priorBits(share, gain)
    const forNew = disagreements.reduce((sum, one) => sum + 1 / (1 + 2 ** -(one.score + prior)), start * weight)
    share = Math.min(0.9999, Math.max(0.0001, forNew / (disagreements.length + weight)))
  }
  return share
}

function priorBits(share: number, gain: number): number {
  const bits = gain * Math.log2(share / (1 - share))
  return Math.round(1000 * Math.max(-largestPrior, Math.min(largestPrior, bits))) / 1000
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
