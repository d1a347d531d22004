import { describe, expect, it } from 'vitest'
import type { Strand } from '../../src/joins/ends.ts'
import { matchPairs, type Pair } from '../../src/joins/matching.ts'

const strand = (index: number): Strand => ({ index }) as Strand
const [a, b, x, y] = [strand(0), strand(1), strand(2), strand(3)]
const pair = (end: Strand, start: Strand, score: number): Pair => ({ end, start, score })

describe('matchPairs', () => {
  it('gives up the best pair where the page as a whole is better without it', () => {
    const [ax, ay, bx] = [pair(a, x, 10), pair(a, y, 9), pair(b, x, 8)]
    const { chosen, lossWithout } = matchPairs(
      new Map([
        [a, [ax, ay]],
        [b, [bx]]
      ])
    )
    expect(chosen.get(a)).toBe(ay)
    expect(chosen.get(b)).toBe(bx)
    expect(lossWithout(bx)).toBe(7)
  })

  it('leaves an end alone that nothing speaks for', () => {
    expect(matchPairs(new Map([[a, [pair(a, x, -1)]]])).chosen.size).toBe(0)
  })

  it('gives each start to one end', () => {
    const { chosen } = matchPairs(
      new Map([
        [a, [pair(a, x, 5)]],
        [b, [pair(b, x, 6)]]
      ])
    )
    expect([...chosen.keys()]).toEqual([b])
  })
})
