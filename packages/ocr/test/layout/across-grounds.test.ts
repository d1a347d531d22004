import { expect, test } from 'vitest'
import { joinAcrossGrounds } from '../../src/layout/across-grounds.ts'
import { type TextLine, toLine } from '../../src/layout/text-line.ts'

const em = 20

/** A row of characters as high as wide, set solid. */
function row(x: number, y: number, count: number, size = 18): TextLine {
  return toLine(
    Array.from({ length: count }, (_, k) => ({ x0: x + (size + 2) * k, y0: y, x1: x + (size + 2) * k + size, y1: y + size, area: 130 })),
    em
  )
}

test('a row that a stain begins in is one row', () => {
  const joined = joinAcrossGrounds([[row(0, 0, 6)], [row(120, 1, 4)]], em)
  expect(joined).toHaveLength(1)
  expect(joined[0]).toMatchObject({ x0: 0, x1: 198 })
})

test('rows of one ground were parted before and stay so', () => {
  expect(joinAcrossGrounds([[row(0, 0, 6), row(120, 1, 4)]], em)).toHaveLength(2)
})

test('what stands further off, in another row or of another size stays apart', () => {
  expect(joinAcrossGrounds([[row(0, 0, 6)], [row(140, 0, 4)]], em)).toHaveLength(2)
  expect(joinAcrossGrounds([[row(0, 0, 6)], [row(120, 14, 4)]], em)).toHaveLength(2)
  expect(joinAcrossGrounds([[row(0, 0, 6)], [row(120, 0, 4, 34)]], em)).toHaveLength(2)
})
