import { expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import { framedPictures } from '../../src/layout/framed-pictures.ts'
import { type TextLine, toLine } from '../../src/layout/text-line.ts'

const em = 20
const page = { width: 1000, height: 1000 }
const frame: Blob = { x0: 100, y0: 100, x1: 400, y1: 300, area: 2000 }

/** A row of characters of one size. */
function row(y: number, count: number): TextLine {
  return toLine(
    Array.from({ length: count }, (_, k) => ({ x0: 120 + 22 * k, y0: y, x1: 138 + 22 * k, y1: y + 18, area: 130 })),
    em
  )
}

/** A stroke of a drawing, which the rows take for a line. */
const hill = (y: number): TextLine => toLine([{ x0: 120, y0: y, x1: 330, y1: y + 24, area: 4000 }], em)

function found(boxes: readonly Blob[], lines: readonly TextLine[]): Blob[] {
  const ink = lines.flatMap((line) => [...line.blobs])
  return framedPictures(boxes, lines, ink, () => false, em, page)
}

test('a frame that holds no type is a picture', () => {
  expect(found([frame], [hill(150), hill(200)])).toEqual([frame])
})

test('a frame that holds rows of type is none, nor one with a single clear row beside a drawing', () => {
  expect(found([frame], [row(150, 9), row(176, 9), row(202, 3)])).toEqual([])
  expect(found([frame], [row(150, 9), hill(240)])).toEqual([])
})

test('an empty frame, a low one, one that a line runs out of, and one round half the page stay as they are', () => {
  expect(found([frame], [])).toEqual([])
  expect(found([{ ...frame, y1: 190 }], [hill(150)])).toEqual([])
  expect(found([frame], [toLine([{ x0: 240, y0: 150, x1: 560, y1: 174, area: 4000 }], em)])).toEqual([])
  expect(found([{ x0: 0, y0: 0, x1: 900, y1: 900, area: 9000 }], [hill(150)])).toEqual([])
})

test('a picture in a picture is the larger one', () => {
  expect(found([{ ...frame, x0: 110, x1: 390 }, frame], [hill(150)])).toEqual([frame])
})
