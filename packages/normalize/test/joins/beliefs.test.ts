import { describe, expect, it } from 'vitest'
import { type Believed, believe } from '../../src/joins/beliefs.ts'
import type { Strand } from '../../src/joins/ends.ts'

const strand = (index: number): Strand => ({ index, isLong: true, block: { role: 'paragraph' } }) as unknown as Strand
const pair = (end: Strand, start: Strand, overOther: number, overComplete = 3): Believed => ({
  end,
  start,
  odds: { overOther, overComplete }
})
const isNext = ({ end, start }: Believed): boolean => start.index === end.index + 1

/** Ends 0, 10, 20 … each before its next block, and with one more block far away. */
function pageOf(odds: readonly { readonly next: number; readonly elsewhere: number; readonly complete?: number }[]) {
  const table = new Map<Strand, Believed[]>()
  for (const [index, { next, elsewhere, complete }] of odds.entries()) {
    const end = strand(index * 10)
    table.set(end, [pair(end, strand(index * 10 + 1), next, complete), pair(end, strand(index * 10 + 5), elsewhere)])
  }
  return [...believe(table, isNext).values()]
}

const shareOfNext = (ranked: readonly { readonly continuation: Believed; readonly share: number }[]): number =>
  ranked.find(({ continuation }) => isNext(continuation))!.share

describe('believe', () => {
  it('shares out every end, and believes in the next block before another that fits as well', () => {
    const [belief] = pageOf([{ next: 2, elsewhere: 2 }])
    expect(isNext(belief!.ranked[0]!.continuation)).toBe(true)
    const sum = belief!.complete + belief!.ranked.reduce((total, { share }) => total + share, 0)
    expect(sum).toBeGreaterThan(0.5)
    expect(sum).toBeLessThanOrEqual(1)
  })

  it('believes less in the next block where other ends of the page are bound to places elsewhere', () => {
    const [alone] = pageOf([{ next: 1, elsewhere: -4 }])
    const [among] = pageOf([{ next: 1, elsewhere: -4 }, ...Array.from({ length: 5 }, () => ({ next: -6, elsewhere: 12 }))])
    expect(shareOfNext(among!.ranked)).toBeLessThan(shareOfNext(alone!.ranked) - 0.03)
  })

  it('believes less in it where the others have only lost their marks', () => {
    const [alone] = pageOf([{ next: 1, elsewhere: -4, complete: 0 }])
    const [among] = pageOf([
      { next: 1, elsewhere: -4, complete: 0 },
      ...Array.from({ length: 5 }, () => ({ next: -3, elsewhere: -4, complete: -8 }))
    ])
    expect(shareOfNext(among!.ranked)).toBeLessThan(shareOfNext(alone!.ranked) - 0.03)
    expect(among!.complete).toBeGreaterThan(alone!.complete)
  })

  it('gives one start to one end', () => {
    const [a, b, start] = [strand(0), strand(10), strand(1)]
    const beliefs = believe(
      new Map([
        [a, [pair(a, start, 14)]],
        [b, [pair(b, start, 3)]]
      ]),
      isNext
    )
    const claimed = [a, b].map((end) => beliefs.get(end)!.ranked[0]!.share)
    expect(claimed[0]! + claimed[1]!).toBeLessThan(1.1)
    expect(claimed[0]).toBeGreaterThan(0.8)
  })
})
