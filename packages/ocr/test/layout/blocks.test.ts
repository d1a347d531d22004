import { expect, test } from 'vitest'
import { buildBlocks, nameBlocks } from '../../src/layout/blocks.ts'
import type { TextLine } from '../../src/layout/text-line.ts'

const em = 20
const line = (x0: number, y0: number, width: number, size = em): TextLine => ({
  x0,
  x1: x0 + width,
  y0,
  y1: y0 + size,
  area: 1,
  blobs: [],
  em: size,
  lean: 0
})
const column = [0, 1, 2, 3, 4].map((index) => line(100, 200 + index * 30, 300))
const picture = { x0: 100, x1: 400, y0: 20, y1: 160, area: 1 }
const kindsOf = (lines: readonly TextLine[]): string[] =>
  nameBlocks(buildBlocks(lines, [], em, false), [picture], em).map((block) => `${block.kind} ${block.lines.length}`)

test('a short last line at the top of a column below a picture is no caption', () => {
  expect(kindsOf([line(100, 170, 40), ...column.map((each, index) => (index === 0 ? line(140, 200, 260) : each))])).toEqual([
    'text 1',
    'text 5'
  ])
})
test('a line in smaller type, or away from the text, is one', () => {
  expect(kindsOf([line(100, 168, 200, 15), ...column.slice(1)])).toEqual(['caption 1', 'text 4'])
  expect(kindsOf([line(100, 168, 200), ...column.slice(2)])).toEqual(['caption 1', 'text 3'])
})
test('two lines in the type of the text below a picture are a column that goes on, in smaller type a caption', () => {
  const beside = column.map((each) => ({ ...each, x0: 500, x1: 800 }))
  expect(kindsOf([line(100, 170, 300), line(100, 200, 300), ...beside])).toEqual(['text 2', 'text 5'])
  expect(kindsOf([line(100, 170, 300, 16), line(100, 196, 120, 16), ...beside])).toEqual(['caption 2', 'text 5'])
})

test('a caption of many short lines in small capitals, its first letter large, is one', () => {
  const capitals = (x0: number, y0: number, count: number, first = 10): TextLine => {
    const letters = Array.from({ length: count }, (_, index) => ({
      x0: x0 + index * 14,
      x1: x0 + index * 14 + 9,
      y0,
      y1: y0 + 10,
      area: 40
    }))
    const initial = { ...letters[0]!, y0: y0 + 10 - first, area: 0.6 * first * first }
    return { ...line(x0, initial.y0, count * 14, first), blobs: [initial, ...letters.slice(1)] }
  }
  const lines = [capitals(180, 190, 12, 22), ...[1, 2, 3, 4].map((index) => capitals(200 + index * 5, 190 + index * 21, 8))]
  const beside = column.map((each) => ({ ...each, x0: 500, x1: 800 }))
  const blocks = nameBlocks(buildBlocks([...lines, ...beside], [], em, true), [picture], em)
  expect(blocks.map((block) => `${block.kind} ${block.lines.length}`)).toEqual(['caption 5', 'text 5'])
})
