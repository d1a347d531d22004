import { describe, expect, test } from 'vitest'
import { joinTails } from '../../src/layout/tails.ts'
import type { TextLine } from '../../src/layout/text-line.ts'

const em = 20
const line = (x0: number, y0: number, x1: number, y1: number, upright?: true): TextLine => ({
  x0,
  x1,
  y0,
  y1,
  area: 1,
  blobs: [{ x0, x1, y0, y1, area: 1 }],
  em: x1 - x0,
  lean: 0,
  ...(upright ? { upright } : {})
})
const shapeOf = (lines: readonly TextLine[]): string[] =>
  joinTails(lines, em).map((each) => `${each.upright ? 'down' : 'across'} ${each.y0}-${each.y1}`)

describe('joinTails', () => {
  test('the character after a dot or a blank goes back to its line', () =>
    expect(shapeOf([line(100, 100, 120, 180, true), line(101, 195, 119, 213)])).toEqual(['down 100-213']))
  test('the character before it too, and two of them', () =>
    expect(shapeOf([line(101, 60, 119, 92), line(100, 100, 120, 180, true)])).toEqual(['down 60-180']))
  test('not one of a row beside', () =>
    expect(shapeOf([line(100, 100, 120, 180, true), line(101, 185, 119, 203), line(125, 185, 300, 203)])).toHaveLength(3))
  test('not one of another size, in another column, or far away', () => {
    for (const other of [line(80, 185, 140, 245), line(115, 185, 133, 203), line(101, 240, 119, 258)])
      expect(shapeOf([line(100, 100, 120, 180, true), other])).toHaveLength(2)
  })
})
