import { describe, expect, it } from 'vitest'
import { believe, type Claimed } from '../../src/joins/beliefs.ts'
import type { Strand } from '../../src/joins/ends.ts'

const strand = (index: number): Strand => ({ index, isLong: true, block: { role: 'paragraph' } }) as unknown as Strand
const pair = (end: Strand, start: Strand, goesOn: number, overRest: number, breaksOff = 3): Claimed => ({
  end,
  start,
  claim: { goesOn, overRest, breaksOff }
})
const isNext = ({ end, start }: Claimed): boolean => start.index === end.index + 1

const shareOf = (owners: ReturnType<typeof believe<Claimed>>, end: Strand, start: Strand): number =>
  owners.get(end)!.ranked.find(({ continuation }) => continuation.start === start)!.share

describe('believe', () => {
  it('believes in the next block before another that goes as well', () => {
    const [end, next, other] = [strand(0), strand(1), strand(5)]
    const owners = believe(new Map([[end, [pair(end, next, 1, 1), pair(end, other, 1, 1)]]]), isNext)
    expect(shareOf(owners, end, next)).toBeGreaterThan(0.6)
    const { complete, ranked } = owners.get(end)!
    const sum = ranked.reduce((total, { share }) => total + share, complete)
    expect(sum).toBeGreaterThan(0.8)
    expect(sum).toBeLessThanOrEqual(1.001)
  })

  it('gives an orphan to the end whose next block begins anew', () => {
    const [a, b, orphan] = [strand(0), strand(10), strand(5)]
    const owners = believe(
      new Map([
        [a, [pair(a, strand(1), -5, 0), pair(a, orphan, 5, 1)]],
        [b, [pair(b, strand(11), 3, 2), pair(b, orphan, 5, 1)]]
      ]),
      isNext
    )
    expect(shareOf(owners, a, orphan)).toBeGreaterThan(0.6)
    expect(shareOf(owners, b, orphan)).toBeLessThan(0.2)
  })

  it('leaves a start to the end that it goes with far better', () => {
    const [a, b, start] = [strand(0), strand(10), strand(5)]
    const owners = believe(
      new Map([
        [a, [pair(a, start, 3, 9)]],
        [b, [pair(b, start, 3, 2)]]
      ]),
      isNext
    )
    expect(shareOf(owners, a, start)).toBeGreaterThan(0.9)
    expect(shareOf(owners, b, start)).toBeLessThan(0.1)
  })

  it('leaves an end alone that may be complete, before what begins anew', () => {
    const [end, next] = [strand(0), strand(1)]
    const owners = believe(new Map([[end, [pair(end, next, -5, -1, -3)]]]), isNext)
    expect(owners.get(end)!.complete).toBeGreaterThan(0.9)
  })

  it('believes less in the next block where other ends of the page go on elsewhere', () => {
    const [end, next] = [strand(0), strand(1)]
    const displaced = (index: number): [Strand, Claimed[]] => {
      const other = strand(index)
      return [other, [pair(other, strand(index + 1), -6, -2), pair(other, strand(index + 5), 3, 9)]]
    }
    const own: [Strand, Claimed[]] = [end, [pair(end, next, 0, 0), pair(end, strand(5), 0, 0)]]
    const alone = believe(new Map([own]), isNext)
    const among = believe(new Map([own, ...[10, 20, 30, 40, 50].map(displaced)]), isNext)
    expect(shareOf(among, end, next)).toBeLessThan(shareOf(alone, end, next) - 0.03)
  })
})
