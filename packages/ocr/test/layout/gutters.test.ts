import { expect, test } from 'vitest'
import { isGridGutter, isGutterBetween, rowEdges } from '../../src/layout/gutters.ts'

const em = 20
const row = (x0: number, x1: number, y0: number): { x0: number; x1: number; y0: number; y1: number; area: number; em: number } => ({
  x0,
  x1,
  y0,
  y1: y0 + em,
  area: 100,
  em
})
const rows = (x0: number, x1: number): ReturnType<typeof row>[] => [0, 30, 60, 90, 120].map((y) => row(x0, x1, y))
const left = row(0, 200, 150)
const right = row(220, 420, 150)

test('a gutter is where rows end and others begin', () => {
  expect(isGutterBetween(rowEdges([...rows(0, 200), ...rows(220, 420)], em), left, right)).toBe(true)
})

test('a blank that the rows around run over is none', () => {
  expect(isGutterBetween(rowEdges([...rows(0, 420), left, right], em), left, right)).toBe(false)
})

test('the grid of the page tells a gutter where a line stands beside a line below a picture', () => {
  const far = rows(0, 200).map((one) => ({ ...one, y0: one.y0 + 2000, y1: one.y1 + 2000 }))
  const beside = rows(220, 420).map((one) => ({ ...one, y0: one.y0 + 3000, y1: one.y1 + 3000 }))
  expect(isGridGutter(rowEdges([...far, ...beside, left, right], em), left, right)).toBe(true)
  expect(isGridGutter(rowEdges([...far, left, right], em), left, right)).toBe(false)
})

test('columns go on into a shadow over their foot: the rows above it tell the gutter, unless rows in it run over it', () => {
  const above = [...rows(0, 200), ...rows(220, 420)]
  expect(isGutterBetween(rowEdges([left, right], em), left, right)).toBe(false)
  expect(isGutterBetween(rowEdges([left, right], em, above), left, right)).toBe(true)
  expect(isGutterBetween(rowEdges([left, right, row(0, 420, 180)], em, above), left, right)).toBe(false)
})
