import { expect, test } from 'vitest'
import { cutAtRules } from '../../src/layout/cut-at-rules.ts'
import type { Rule } from '../../src/layout/rules.ts'
import { toLine } from '../../src/layout/text-line.ts'

const em = 20
const characters = (x0: number, y0: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ x0: x0 + index * 21, x1: x0 + index * 21 + em, y0, y1: y0 + em, area: 160 }))
const row =
  (...starts: number[]) =>
  (y: number) =>
    toLine(
      starts.flatMap((x) => characters(x, y, 10)),
      em
    )
const rule: Rule = { x0: 219, x1: 221, y0: 0, y1: 600, area: 1200, across: false }
const rows = Array.from({ length: 12 }, (_, index) => 20 + index * 40)
const columns = rows.flatMap((y) => (y === 260 ? [] : [row(0)(y), row(230)(y)]))

test('a row that runs across a rule between columns is cut there', () => {
  const found = cutAtRules([...columns, row(0, 230)(260)], [rule], em)
  expect(found.filter(({ y0 }) => y0 === 260).map(({ x0, blobs }) => [x0, blobs.length])).toEqual([
    [0, 10],
    [230, 10]
  ])
})
test('not where most rows run across: a fold of the sheet', () => {
  const lines = rows.map(row(0, 230))
  expect(cutAtRules(lines, [rule], em)).toEqual(lines)
})
test('not a headline at whose edge the rule begins', () => {
  const lines = [...columns, row(0, 230)(-30)]
  expect(cutAtRules(lines, [rule], em)).toEqual(lines)
})
test('the last row of two columns, in the middle of which the rule ends, but no larger type there', () => {
  const last = row(0, 230)(585)
  expect(cutAtRules([...columns, last], [rule], em).filter(({ y0 }) => y0 === 585).length).toBe(2)
  const larger = { ...last, em: 1.5 * em }
  expect(cutAtRules([...columns, larger], [rule], em)).toContain(larger)
})
