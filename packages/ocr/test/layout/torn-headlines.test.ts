import { expect, test } from 'vitest'
import { toLine } from '../../src/layout/text-line.ts'
import { joinTornHeadlines } from '../../src/layout/torn-headlines.ts'

const em = 20
const box = (x: number, y: number, size: number) => ({ x0: x, x1: x + size, y0: y, y1: y + size, area: size * size * 0.4 })
/** A headline, turned so that it runs across. */
const headline = (x: number, y: number, count: number) =>
  toLine(
    Array.from({ length: count }, (_, index) => box(x + index * 50, y, 46)),
    em
  )
const parts = [headline(0, 100, 3), headline(200, 100, 2)]
const pieces = [box(152, 102, 18), box(174, 104, 20), box(160, 126, 18)]

test('a headline torn by a character in pieces is one', () => {
  const found = joinTornHeadlines([...parts, toLine([pieces[1]!], em)], [...parts.flatMap(({ blobs }) => blobs), ...pieces], em)
  expect(found.map(({ x0, x1, blobs }) => [x0, x1, blobs.length])).toEqual([[0, 296, 8]])
})
test('not two headlines with nothing between them, or with what reaches beyond them', () => {
  for (const between of [[], [...pieces, { x0: 160, x1: 170, y0: 60, y1: 300, area: 2000 }]])
    expect(joinTornHeadlines(parts, [...parts.flatMap(({ blobs }) => blobs), ...between], em)).toEqual(parts)
})
