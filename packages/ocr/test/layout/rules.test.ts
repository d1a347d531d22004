import { describe, expect, test } from 'vitest'
import { type Blob, connectedBlobs, unite } from '../../src/layout/blob.ts'
import type { Mask } from '../../src/layout/mask.ts'
import { extendRules, type Rule, takeDashes, takeRules } from '../../src/layout/rules.ts'

const em = 20
const newMask = (): Mask => ({ data: new Uint8Array(400 * 200), width: 400, height: 200 })

function ink({ data, width }: Mask, x: number, y: number, wide: number, high: number): void {
  for (let row = y; row < y + high; row++) data.fill(1, row * width + x, row * width + x + wide)
}

const inkOf = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0)
const rulesOf = (mask: Mask) => takeRules(mask, connectedBlobs(mask), em, () => true)

describe('takeRules', () => {
  test('a thin rule is taken and wiped, short or long', () => {
    const mask = newMask()
    ink(mask, 20, 50, 90, 2)
    ink(mask, 20, 150, 300, 4)
    expect(rulesOf(mask)).toHaveLength(2)
    expect(inkOf(mask)).toBe(0)
  })

  test('a word whose letters touch at their feet is none', () => {
    const mask = newMask()
    ink(mask, 20, 60, 90, 3)
    for (let x = 20; x < 110; x += 7) ink(mask, x, 50, 3, 12)
    const before = inkOf(mask)
    expect(rulesOf(mask)).toEqual([])
    expect(inkOf(mask)).toBe(before)
  })

  test('nor is one that has run together from top to bottom', () => {
    const mask = newMask()
    ink(mask, 20, 50, 100, 8)
    expect(rulesOf(mask)).toEqual([])
  })

  test('letters that hang into a long rule do not hide it', () => {
    const mask = newMask()
    ink(mask, 20, 60, 300, 3)
    for (let x = 20; x < 320; x += 40) ink(mask, x, 45, 3, 16)
    expect(rulesOf(mask)).toHaveLength(1)
  })
})

const rule = (x0: number, x1: number, y0: number): Rule => ({ x0, x1, y0, y1: y0 + 3, area: 3 * (x1 - x0), across: true })

describe('extendRules', () => {
  test('the pieces of a worn rule are one, up to its next part', () => {
    const pieces = [rule(222, 240, 51), rule(248, 252, 52), rule(262, 290, 52)]
    const { rules, rest } = extendRules([rule(0, 210, 50), rule(300, 400, 53)], pieces, em)
    expect(rules).toEqual([expect.objectContaining({ x0: 0, x1: 400, y0: 50, y1: 56 })])
    expect(rest).toEqual([])
  })

  test('a dash behind a short rule, or off its level, is left alone', () => {
    const short = extendRules([rule(0, 100, 50)], [rule(110, 130, 50)], em)
    expect(short.rest).toHaveLength(1)
    const off = extendRules([rule(0, 300, 50)], [rule(310, 330, 60)], em)
    expect(off.rest).toHaveLength(1)
    expect(off.rules).toHaveLength(1)
  })
})

/** A row of dashes `long` and `thick`, one every `pitch`; those of `lost` are worn away. */
function dashes(count: number, long: number, thick: number, pitch: number, lost: readonly number[] = []): Blob[] {
  return Array.from({ length: count }, (_, k) => ({
    x0: pitch * k,
    x1: pitch * k + long,
    y0: 50,
    y1: 50 + thick,
    area: long * thick
  })).filter((_, k) => !lost.includes(k))
}

describe('takeDashes', () => {
  test('fine dashes and dots are a rule', () => {
    expect(takeDashes(dashes(30, 6, 2, 10), em).rules).toHaveLength(1)
  })

  test.each([
    ['thick', dashes(20, 9, 6, 13)],
    ['long', dashes(12, 45, 4, 58)],
    ['worn', dashes(20, 9, 6, 13, [3, 9, 10])]
  ])('%s ones are where they are evenly set', (_, row) => {
    const { rules, rest } = takeDashes(row, em)
    expect(rules).toEqual([{ ...unite(row), across: true }])
    expect(rest).toEqual([])
  })

  test('and so are those that run down', () => {
    const row = dashes(20, 9, 6, 13).map(({ x0, x1, y0, y1, area }) => ({ x0: y0, x1: y1, y0: x0, y1: x1, area }))
    expect(takeDashes(row, em).rules).toEqual([{ ...unite(row), across: false }])
  })

  test.each([
    ['few', dashes(7, 20, 6, 26)],
    [
      'unevenly set, as strokes of characters are,',
      dashes(20, 9, 6, 13).map((dash, k) => ({ ...dash, x0: dash.x0 + 3 * (k % 3), x1: dash.x1 + 3 * (k % 3) }))
    ],
    ['of many lengths', dashes(20, 9, 6, 24).map((dash, k) => ({ ...dash, x1: dash.x1 + 3 * (k % 4) }))],
    ['no more than half ink', dashes(20, 9, 6, 13).map((dash) => ({ ...dash, area: 27 }))]
  ])('thick pieces that are %s are none', (_, row) => {
    expect(takeDashes(row, em)).toEqual({ rules: [], rest: row })
  })
})
