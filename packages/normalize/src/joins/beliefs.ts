import { isDisplay } from '../text/prose.ts'
import type { Claim } from './claims.ts'
import type { Strand } from './ends.ts'
import { learn, leastPlaces, normal, rank, type Shares } from './shares.ts'

/** An end and a start that may follow it, with what is said for it. */
export interface Claimed {
  readonly end: Strand
  readonly start: Strand
  readonly claim: Claim
}

/** What is believed of an open end. All shares of an end add up to less than one: it may be lost, too. */
export interface Belief<C extends Claimed> {
  /** What may follow it, each with its share, the likeliest first. */
  readonly ranked: readonly { readonly continuation: C; readonly share: number }[]
  /** That it is complete as it stands. */
  readonly complete: number
}

/** How likely each is, as if so many ends had been seen: of long texts, and of short lines, most of which are headings. */
const usual = {
  long: { next: 4, elsewhere: 0.5, lost: 0.25, complete: 0.7 },
  short: { next: 1, elsewhere: 0.1, lost: 0.1, complete: 8 }
} as const satisfies Readonly<Record<string, Shares>>
type Kind = keyof typeof usual

/** One end that is seen on the page counts for so much beside `usual`. */
const seen = 0.5
/** How often the page learns, and how often ends and starts tell each other between. */
const lessons = 3
const rounds = 12
/** How often a start goes on from an end that is not seen: it lost its text, or ends with a sentence. */
const ownerUnseen = 0.004
/** More bits than these tell nothing more. */
const most = 20

interface Edge<C extends Claimed> {
  readonly continuation: C
  readonly isNext: boolean
  readonly to: Start<C>
  /** How much likelier the two are as one text than the end lost, and the start beginning a paragraph. */
  weight: number
  /** What is left for the pair by the other starts of its end, and by the other ends of its start. */
  ofEnd: number
  ofStart: number
  share: number
}

interface End<C extends Claimed> {
  readonly kind: Kind
  readonly edges: readonly Edge<C>[]
  readonly breaksOff: number
  alone: number
  complete: number
}

interface Start<C extends Claimed> {
  readonly edges: Edge<C>[]
  readonly alone: number
}

/**
 * Whose every start is. Each end goes on with one start or none, each start follows one end or begins a paragraph: of all such pairings of a page the
 * shares are those in which an end and a start are one, each pairing weighed by its words. A start that can be no beginning has to follow some end, though
 * none suits it well; an end whose next block begins anew goes on elsewhere, though damage hides where. The shares come by messages between ends and
 * starts (belief propagation for matchings: Huang and Jebara, 2009; Vontobel, 2013).
 */
export function believe<C extends Claimed>(
  table: ReadonlyMap<Strand, readonly C[]>,
  isNext: (continuation: C) => boolean
): Map<Strand, Belief<C>> {
  const starts = new Map<Strand, Start<C>>()
  const ends = new Map([...table].map(([end, all]) => [end, endOf(end, all, isNext, starts)]))
  const all = [...ends.values()]
  let shares: Record<Kind, Shares> = usual
  for (let lesson = 0; lesson < lessons; lesson++) {
    for (const end of all) weigh(end, normal(shares[end.kind]))
    for (let round = 0; round < rounds; round++) pass(all, [...starts.values()])
    for (const end of all) share(end)
    shares = learn<Kind>(
      usual,
      all.map(({ kind, complete, edges }) => ({ kind, complete, pairs: edges })),
      seen
    )
  }
  return new Map(
    [...ends].map(([end, { edges, complete }]) => [
      end,
      {
        ranked: rank(edges),
        complete
      }
    ])
  )
}

function endOf<C extends Claimed>(
  end: Strand,
  all: readonly C[],
  isNext: (continuation: C) => boolean,
  starts: Map<Strand, Start<C>>
): End<C> {
  const edges = all.map((continuation): Edge<C> => {
    const { start, claim } = continuation
    const to = starts.get(start) ?? { edges: [], alone: 1 + ownerUnseen * 2 ** Math.min(most, claim.goesOn) }
    starts.set(start, to)
    const edge = { continuation, isNext: isNext(continuation), to, weight: 0, ofEnd: 1, ofStart: 1, share: 0 }
    to.edges.push(edge)
    return edge
  })
  return {
    kind: end.isLong && !isDisplay(end.block) ? 'long' : 'short',
    edges,
    breaksOff: all[0]?.claim.breaksOff ?? 0,
    alone: 1,
    complete: 0
  }
}

function weigh<C extends Claimed>(end: End<C>, shares: Shares): void {
  const places = Math.max(leastPlaces, end.edges.length - 1)
  for (const edge of end.edges) {
    const { goesOn, overRest } = edge.continuation.claim
    edge.weight = (edge.isNext ? shares.next : shares.elsewhere / places) * 2 ** Math.min(most, goesOn + overRest)
    edge.ofStart = 1 / edge.to.alone
  }
  end.complete = shares.complete * 2 ** -end.breaksOff
  end.alone = end.complete + shares.lost
}

/** One round of messages; half of the last is kept, lest two that want one start change places for ever. */
function pass<C extends Claimed>(ends: readonly End<C>[], starts: readonly Start<C>[]): void {
  for (const { edges, alone } of ends) {
    const all = edges.reduce((sum, { weight, ofStart }) => sum + weight * ofStart, alone)
    for (const edge of edges) edge.ofEnd = 1 / Math.max(alone, all - edge.weight * edge.ofStart)
  }
  for (const { edges, alone } of starts) {
    const all = edges.reduce((sum, { weight, ofEnd }) => sum + weight * ofEnd, alone)
    for (const edge of edges) edge.ofStart = (edge.ofStart + 1 / Math.max(alone, all - edge.weight * edge.ofEnd)) / 2
  }
}

function share<C extends Claimed>(end: End<C>): void {
  const all = end.edges.reduce((sum, { weight, ofStart }) => sum + weight * ofStart, end.alone)
  for (const edge of end.edges) edge.share = (edge.weight * edge.ofStart) / all
  end.complete /= all
}
