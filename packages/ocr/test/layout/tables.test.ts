import { expect, test } from 'vitest'
import type { Rule } from '../../src/layout/rules.ts'
import { findTables } from '../../src/layout/tables.ts'
import type { TextLine } from '../../src/layout/text-line.ts'

const em = 20
const line = (x: number, y: number, width: number): TextLine => ({
  x0: x,
  x1: x + width,
  y0: y,
  y1: y + em,
  area: 100,
  blobs: [],
  em,
  lean: 0
})
const rule = (y: number): Rule => ({ x0: 0, x1: 400, y0: y, y1: y + 2, area: 800, across: true })
const rows = [20, 60, 100, 140]

test('cells between two rules are read row by row', () => {
  const cells = rows.flatMap((y) => [line(250, y, 50), line(20, y, 60)])
  const [table] = findTables(cells, [rule(0), rule(180)], em)
  expect(table!.lines.map(({ x0, y0 }) => [x0, y0])).toEqual(
    rows.flatMap((y) => [
      [20, y],
      [250, y]
    ])
  )
})

test('columns of text between two rules are no table', () => {
  const text = rows.flatMap((y) => [line(0, y, 190), line(210, y, 190)])
  expect(findTables(text, [rule(0), rule(180)], em)).toEqual([])
})

test('columns of text are no table for the white that a picture beside them leaves', () => {
  const text = rows.flatMap((y) => [line(0, y, 170), line(190, y, 170)])
  const wide = (y: number): Rule => ({ ...rule(y), x1: 900 })
  expect(findTables(text, [wide(0), wide(180)], em)).toEqual([])
  expect(
    findTables(
      rows.flatMap((y) => [line(0, y, 90), line(190, y, 90)]),
      [wide(0), wide(180)],
      em
    )
  ).toHaveLength(1)
})

test('the last rule of a table may have run together with that of a box beside it', () => {
  const cells = rows.flatMap((y) => [line(250, y, 50), line(20, y, 60)])
  const long: Rule = { ...rule(180), x1: 900 }
  const [table] = findTables(cells, [rule(0), rule(45), long], em)
  expect([table!.x0, table!.x1, table!.lines.length]).toEqual([0, 400, 8])
  expect(findTables(cells, [rule(0), long], em)).toEqual([])
})
