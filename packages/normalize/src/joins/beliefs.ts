import { isDisplay } from '../text/prose.ts'
import type { Strand } from './ends.ts'
import type { Odds } from './odds.ts'
import { learn, leastPlaces, normal, rank, type Shares } from './shares.ts'

/** An end and a start that may follow it, as far as belief goes. */
export interface Believed {
  readonly end: Strand
  readonly start: Strand
  readonly odds: Odds
}

/** What is believed of an open end. All shares of an end add up to one. */
export interface Belief<C extends Believed> {
  /** What may follow it, each with its share, the likeliest first. */
  readonly ranked: readonly { readonly continuation: C; readonly share: number }[]
  /** That it is complete as it stands. */
  readonly complete: number
}

/** How likely each is, as if so many ends had been seen: of long texts, of short lines, of lines that look like headings. */
const usual = {
  long: { next: 4, elsewhere: 0.4, lost: 0.25, complete: 0.7 },
  short: { next: 1, elsewhere: 0.15, lost: 0.05, complete: 3 },
  display: { next: 1, elsewhere: 0.1, lost: 0.1, complete: 8 }
} as const satisfies Readonly<Record<string, Shares>>
type Kind = keyof typeof usual

/** Each broken text of a page makes it likelier that some of them were put out of order. */
const disorder = { elsewhere: 0.1, lost: 0.1 } as const

/** One end that is seen on the page counts for so much beside `usual`. */
const seen = 0.7
const rounds = 8
/** What no end may claim wholly. */
const leastLeft = 0.02
/** More bits than these tell nothing more. */
const most = 25

interface Row<C extends Believed> {
  readonly end: Strand
  readonly kind: Kind
  readonly next: C | undefined
  readonly pairs: readonly { readonly continuation: C; readonly isNext: boolean; share: number }[]
  complete: number
}

/**
 * What becomes of every open end of a page: all are weighed together. An end has one continuation, and a start belongs to one end; how often ends go on
 * in the next block, elsewhere or nowhere is learned from the page itself, by expectation and maximisation: where many ends are bound to places elsewhere
 * by their words, or few to the next block, the next block is less sure for the others, too.
 */
export function believe<C extends Believed>(
  table: ReadonlyMap<Strand, readonly C[]>,
  isNext: (continuation: C) => boolean
): Map<Strand, Belief<C>> {
  const rows = [...table].map(([end, all]): Row<C> => {
    const pairs = all.map((continuation) => ({ continuation, isNext: isNext(continuation), share: 0 }))
    return { end, kind: kindOf(end), next: pairs.find((one) => one.isNext)?.continuation, pairs, complete: 0 }
  })
  const prior = priorOf(rows)
  let shares = prior
  let claimed: ReadonlyMap<Strand, number> = new Map()
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) weigh(row, normal(shares[row.kind]), claimed, round === 0)
    claimed = claims(rows)
    shares = learn(prior, rows, seen)
  }
  return new Map(
    rows.map(({ end, pairs, complete }) => [
      end,
      {
        ranked: rank(pairs),
        complete
      }
    ])
  )
}

function kindOf({ block, isLong }: Strand): Kind {
  return isLong ? 'long' : isDisplay(block) ? 'display' : 'short'
}

function priorOf(rows: readonly { readonly kind: Kind }[]): Record<Kind, Shares> {
  const long = rows.filter(({ kind }) => kind === 'long').length
  const { elsewhere, lost } = usual.long
  return {
    ...usual,
    long: { ...usual.long, elsewhere: elsewhere + long * disorder.elsewhere, lost: lost + long * disorder.lost }
  }
}

/** Shares out one end by what its words say, and by what the other ends have left of each start. */
function weigh<C extends Believed>(row: Row<C>, shares: Shares, claimed: ReadonlyMap<Strand, number>, isFirst: boolean): void {
  const places = Math.max(leastPlaces, row.pairs.length - 1)
  const weights = row.pairs.map(({ continuation, isNext, share }) => {
    const others = (claimed.get(continuation.start) ?? 0) - share
    const left = Math.max(leastLeft, 1 - Math.max(0, others))
    return (isNext ? shares.next : shares.elsewhere / places) * 2 ** Math.min(most, continuation.odds.overOther) * left
  })
  const complete = shares.complete * (row.next ? 2 ** (Math.min(most, row.next.odds.overOther) - row.next.odds.overComplete) : 0.25)
  const sum = weights.reduce((total, weight) => total + weight, complete + shares.lost)
  row.complete = complete / sum
  // Half of what was believed before is kept: two ends that want one start would change places for ever.
  for (const [index, one] of row.pairs.entries()) one.share = isFirst ? weights[index]! / sum : (one.share + weights[index]! / sum) / 2
}

function claims<C extends Believed>(rows: readonly Row<C>[]): Map<Strand, number> {
  const claimed = new Map<Strand, number>()
  for (const { pairs } of rows)
    for (const { continuation, share } of pairs) claimed.set(continuation.start, (claimed.get(continuation.start) ?? 0) + share)
  return claimed
}
