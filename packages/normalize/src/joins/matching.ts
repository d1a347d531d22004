import type { Strand } from './ends.ts'

/** An end and a start that may follow it. */
export interface Pair {
  readonly end: Strand
  readonly start: Strand
  /** What speaks for the two, in bits; pairs of none or less are never taken. */
  readonly score: number
}

/** Which start every end goes on with, so that all pairs together score highest. */
export interface Matching<P extends Pair> {
  readonly chosen: ReadonlyMap<Strand, P>
  /** How much the sum of all falls if this one pair is forbidden: how far the page as a whole speaks for it. */
  lossWithout(pair: P): number
}

/**
 * Pairs ends and starts, each once at most. The surest pairs are taken first; then ends change their starts with each other as long as the sum grows.
 * `table` has the continuations of every end, best first.
 */
export function matchPairs<P extends Pair>(table: ReadonlyMap<Strand, readonly P[]>): Matching<P> {
  const lists = new Map([...table].map(([end, all]) => [end, all.filter(({ score }) => score > 0)]))
  const chosen = new Map<Strand, P>()
  const owner = new Map<Strand, P>()
  const take = (pair: P): void => {
    const left = chosen.get(pair.end)
    if (left && owner.get(left.start) === left) owner.delete(left.start)
    const before = owner.get(pair.start)
    if (before && chosen.get(before.end) === before) chosen.delete(before.end)
    chosen.set(pair.end, pair)
    owner.set(pair.start, pair)
  }
  const sorted = [...lists.values()].flat().sort((a, b) => b.score - a.score || a.end.index - b.end.index || a.start.index - b.start.index)
  for (const pair of sorted) if (!chosen.has(pair.end) && !owner.has(pair.start)) take(pair)

  /** The best that `end` gets when it may not have `lost`, and `freed` is free. */
  const instead = (end: Strand, lost: Strand, freed: Strand | undefined): P | undefined =>
    lists.get(end)!.find(({ start }) => start !== lost && (start === freed || !owner.has(start)))
  const exchange = (): boolean => {
    let isBetter = false
    for (const [end, list] of lists)
      for (const pair of list) {
        const now = chosen.get(end)
        if (pair.score <= (now?.score ?? 0)) break
        const rival = owner.get(pair.start)
        const other = rival && instead(rival.end, pair.start, now?.start)
        if (pair.score + (other?.score ?? 0) <= (now?.score ?? 0) + (rival?.score ?? 0) + least) continue
        take(pair)
        if (other) take(other)
        isBetter = true
        break
      }
    return isBetter
  }
  for (let round = 0; round < rounds && exchange(); round++);

  const byStart = new Map<Strand, P[]>()
  for (const pair of sorted) {
    const list = byStart.get(pair.start)
    if (list) list.push(pair)
    else byStart.set(pair.start, [pair])
  }
  return {
    chosen,
    lossWithout(pair) {
      const { end, start, score } = pair
      let best = 0
      for (const other of lists.get(end)!) {
        if (other.start === start) continue
        if (other.score <= best) break
        const rival = owner.get(other.start)
        const moved = rival && instead(rival.end, other.start, start)
        best = Math.max(best, other.score + (moved?.score ?? 0) - (rival?.score ?? 0))
      }
      const left = instead(end, start, undefined)?.score ?? 0
      for (const other of byStart.get(start) ?? []) {
        if (other.end === end) continue
        if (other.score + left <= best) break
        const now = chosen.get(other.end)
        const freed = now && instead(end, start, now.start)
        best = Math.max(best, other.score - (now?.score ?? 0) + Math.max(left, freed?.score ?? 0))
      }
      return score - best
    }
  }
}

/** Gains smaller than this are rounding. */
const least = 1e-6
/** Exchanges settle in a few rounds. */
const rounds = 20
