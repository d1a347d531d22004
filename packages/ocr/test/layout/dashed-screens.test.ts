import { describe, expect, test } from 'vitest'
import { dashedScreens, isDotRow } from '../../src/layout/dashed-screens.ts'
import type { Rule } from '../../src/layout/rules.ts'

const em = 20
const row = (x0: number, y0: number): Rule => ({ x0, x1: x0 + 200, y0, y1: y0 + 4, area: 400, across: true })
const column = (x0: number, y0: number): Rule => ({ x0, x1: x0 + 4, y0, y1: y0 + 200, area: 400, across: false })
const rows = (count: number, pitch: number): Rule[] => Array.from({ length: count }, (_, k) => row(100 + 3 * (k % 2), 50 + pitch * k))

describe('dashedScreens', () => {
  test('rows of dots close side by side are a screen, no rules', () => {
    const { rules, screens } = dashedScreens(rows(8, 10), em)
    expect(rules).toEqual([])
    expect(screens).toEqual([expect.objectContaining({ x0: 100, x1: 303, y0: 50, y1: 124 })])
  })

  test('with rows down through them it is one', () => {
    const columns = Array.from({ length: 6 }, (_, k) => column(110 + 10 * k, 40))
    const { rules, screens } = dashedScreens([...rows(8, 10), ...columns], em)
    expect(rules).toEqual([])
    expect(screens).toEqual([expect.objectContaining({ x0: 100, x1: 303, y0: 40, y1: 240 })])
  })

  test.each([
    ['a frame', [row(100, 50), row(100, 250), column(100, 50), column(296, 50)]],
    ['a pair of rules above another', [...rows(2, 6), ...rows(2, 6).map((rule) => ({ ...rule, y0: rule.y0 + 60, y1: rule.y1 + 60 }))]],
    ['the leaders of a table', rows(12, 1.2 * em)],
    ['rules end to end', Array.from({ length: 6 }, (_, k) => row(100 + 210 * k, 50))]
  ])('%s stays rules', (_, dashes) => {
    const { rules, screens } = dashedScreens(dashes, em)
    expect(screens).toEqual([])
    expect(rules).toHaveLength(dashes.length)
  })
})

describe('isDotRow', () => {
  const dots = Array.from({ length: 12 }, (_, k) => ({ x0: 18 * k, x1: 18 * k + 16, y0: 0, y1: 14 + (k % 2), area: 110 + 6 * (k % 3) }))

  test('dots alike and evenly set are one, with a speck between them too', () => {
    expect(isDotRow(dots)).toBe(true)
    expect(isDotRow([...dots, { x0: 30, x1: 33, y0: 5, y1: 7, area: 4 }])).toBe(true)
  })

  test('characters as evenly set differ in their ink', () => {
    expect(isDotRow(dots.map((dot, k) => ({ ...dot, area: 60 + 35 * (k % 4) })))).toBe(false)
  })

  test('a few, or some unevenly set, are none', () => {
    expect(isDotRow(dots.slice(0, 6))).toBe(false)
    expect(isDotRow(dots.map((dot, k) => ({ ...dot, x0: dot.x0 + 6 * (k % 3), x1: dot.x1 + 6 * (k % 3) })))).toBe(false)
  })
})
