import { expect, test } from 'vitest'
import { analyseLayout } from '../../src/layout/layout.ts'
import type { FoundLine } from '../../src/layout/types.ts'
import { draw, em, fill, leading } from './draw.ts'

const column = (letter: string, lines: number): string[] => Array.from({ length: lines }, () => letter.repeat(10))
const beside = (...columns: string[][]): string[] =>
  Array.from({ length: Math.max(...columns.map((one) => one.length)) }, (_, y) =>
    columns.map((one) => (one[y] ?? '').padEnd(10)).join('  ')
  )

const linesOf = (rows: readonly string[]): FoundLine[] => analyseLayout(draw(rows), { dpi: 170 }).regions.flatMap((region) => region.lines)
/** Which cell of the drawing a line begins in: column, row. */
const cellOf = ({ box }: FoundLine): string => `${Math.round(box.x / 25) - 3},${Math.round(box.y / leading) - 3}`

test('columns are read one after the other', () => {
  const cells = linesOf(beside(column('A', 8), column('B', 8))).map(cellOf)
  expect(cells.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, row) => `0,${row}`))
  expect(cells.slice(8)).toEqual(Array.from({ length: 8 }, (_, row) => `12,${row}`))
})

test('no line runs from one column into the next, not even where only one line stands beside another', () => {
  const rows = beside(column('A', 9), column('B', 9))
  const short = rows.map((row, y) => (y < 4 ? row : y === 4 ? row : row.slice(0, 10)))
  for (const line of linesOf(short)) expect(line.box.width).toBeLessThan(10.6 * 25)
})

test('a rule across parts what is above from what is below', () => {
  const above = beside(column('A', 5), column('B', 5))
  const below = beside(column('C', 5), column('D', 5))
  const cells = linesOf([...above, '-'.repeat(22), ...below]).map(cellOf)
  expect(cells.filter((_, index) => index % 5 === 0)).toEqual(['0,0', '12,0', '0,6', '12,6'])
})

test('a line of blanks inside a column stays one line', () => {
  const rows = column('A', 9)
  rows[4] = 'AAAA  AAAA'
  const lines = linesOf(rows)
  expect(lines).toHaveLength(9)
})

test('an indent and a short line begin new paragraphs', () => {
  const rows = ['  AAAAAAAA', 'AAAAAAAAAA', 'AAAA', '  AAAAAAAA', 'AAAAAAAAAA', 'AAAAAAAAAA']
  const regions = analyseLayout(draw(rows), { dpi: 170 }).regions
  expect(regions.map((region) => region.lines.length)).toEqual([3, 3])
  expect(regions.every((region) => region.role === 'paragraph')).toBe(true)
})

test('a picture has no lines, and what surrounds it keeps its own', () => {
  const rows = [...column('A', 6), ...Array.from({ length: 8 }, () => '##########'), '', ...column('A', 6)]
  const layout = analyseLayout(draw(rows), { dpi: 170 })
  expect(layout.regions.flatMap((region) => region.lines)).toHaveLength(12)
  expect(layout.pictures).toHaveLength(1)
})

test('a blank page and a page of one grey have no regions', () => {
  for (const value of [255, 120, 0]) {
    const blank = { pixels: new Uint8Array(600 * 800).fill(value), width: 600, height: 800 }
    expect(analyseLayout(blank, { dpi: 170 }).regions).toEqual([])
  }
})

test('what lies around the sheet is not read', () => {
  const page = draw(beside(column('A', 12), column('B', 12)))
  const bare = analyseLayout(page, { dpi: 170 }).regions.flatMap((region) => region.lines).length
  fill(page, 0, 0, 28, page.height, 120)
  fill(page, page.width - 28, 0, 28, page.height, 60)
  const lines = analyseLayout(page, { dpi: 170 }).regions.flatMap((region) => region.lines)
  expect(lines).toHaveLength(bare)
})

test('the same page gives the same layout', () => {
  const page = draw(beside(column('A', 6), column('B', 6)))
  expect(analyseLayout(page, { dpi: 170 })).toEqual(analyseLayout(page, { dpi: 170 }))
})

test('boxes lie where the characters were drawn', () => {
  const [first] = linesOf(column('A', 6))
  expect(first!.box.x).toBeGreaterThan(3 * 25 - 3)
  expect(first!.box.y).toBeCloseTo(3 * leading, -1)
  expect(first!.em / em).toBeCloseTo(1, 0)
})

test('blanks of a few rows that stand below each other by chance part no line', () => {
  const rows = column('A', 12)
  for (const at of [4, 5, 6]) rows[at] = 'AAAA AAAAA'
  expect(linesOf(rows)).toHaveLength(12)
})

test('characters that begin rows and are set off by a blank are no line that runs down', () => {
  const rows = column('A', 12)
  for (const at of [4, 5, 6, 7]) rows[at] = 'A AAAAAAAA'
  for (const line of linesOf(rows)) expect(line.direction).toBe('horizontal-lr')
})

test('specks beside all text, along the edge of the sheet, are no lines', () => {
  const page = draw(beside(column('A', 12), column('B', 12)))
  for (const y of [150, 260, 400]) fill(page, 12, y, 14, 20, 30)
  expect(analyseLayout(page, { dpi: 170 }).regions.flatMap((region) => region.lines)).toHaveLength(24)
})

test('a scan cropped to the text keeps the first and the last characters of its rows', () => {
  const whole = draw(column('A', 8))
  const columns = Array.from({ length: whole.width }, (_, x) => x)
  const inked = columns.filter((x) => whole.pixels.some((value, at) => value < 128 && at % whole.width === x))
  const [first, width] = [inked[0]!, inked.at(-1)! - inked[0]! + 1]
  const pixels = new Uint8Array(width * whole.height)
  for (let y = 0; y < whole.height; y++)
    pixels.set(whole.pixels.subarray(y * whole.width + first, y * whole.width + first + width), y * width)
  const lines = analyseLayout({ pixels, width, height: whole.height }, { dpi: 170 }).regions.flatMap((region) => region.lines)
  expect(lines).toHaveLength(8)
  for (const { box } of lines) expect(box.width).toBeGreaterThan(width - 4)
})
