import type { Strand } from './ends.ts'

/** What becomes of an end: how often it goes on in the next block, elsewhere, nowhere on the page, or is complete. */
export interface Shares {
  readonly next: number
  readonly elsewhere: number
  readonly lost: number
  readonly complete: number
}

/** A continuation elsewhere is any of so many at least. */
export const leastPlaces = 8

/** An end as far as it is weighed: of which kind, what may follow it and how sure each is, and how sure that it is complete. */
interface Weighed<Kind extends string> {
  readonly kind: Kind
  readonly complete: number
  readonly pairs: readonly { readonly isNext: boolean; readonly share: number }[]
}

/** Shares that add up to one. */
export function normal({ next, elsewhere, lost, complete }: Shares): Shares {
  const sum = next + elsewhere + lost + complete
  return { next: next / sum, elsewhere: elsewhere / sum, lost: lost / sum, complete: complete / sum }
}

/** What the ends of a page teach of their kinds: each counts for `seen` beside what was thought before. */
export function learn<Kind extends string>(
  prior: Readonly<Record<Kind, Shares>>,
  ends: readonly Weighed<Kind>[],
  seen: number
): Record<Kind, Shares> {
  const learned: Record<Kind, Shares> = { ...prior }
  for (const { kind, pairs, complete } of ends) {
    let { next, elsewhere, lost } = learned[kind]
    let left = 1 - complete
    for (const { isNext, share } of pairs) {
      if (isNext) next += seen * share
      else elsewhere += seen * share
      left -= share
    }
    lost += seen * Math.max(0, left)
    learned[kind] = { next, elsewhere, lost, complete: learned[kind].complete + seen * complete }
  }
  return learned
}

/** What may follow an end, the likeliest first; where two are alike, what stands first on the page. */
export function rank<C extends { readonly start: Strand }>(
  pairs: readonly { readonly continuation: C; readonly share: number }[]
): { readonly continuation: C; readonly share: number }[] {
  return pairs
    .map(({ continuation, share }) => ({ continuation, share }))
    .sort((a, b) => b.share - a.share || a.continuation.start.index - b.continuation.start.index)
}
