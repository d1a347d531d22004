import { describe, expect, test } from 'vitest'
import { connectedBlobs } from '../../src/layout/blob.ts'
import type { Mask } from '../../src/layout/mask.ts'
import { takeRules } from '../../src/layout/rules.ts'

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
