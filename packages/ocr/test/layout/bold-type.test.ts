import { expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import { cutRun, withoutCharacters } from '../../src/layout/bold-type.ts'
import type { Mask } from '../../src/layout/mask.ts'
import type { TintedArea } from '../../src/layout/tints.ts'

const em = 20

/** Upright strokes of eight pixels, `every` so many, in rows 0…60, from 0 to `end`. */
function strokes(every: number, end: number): { mask: Mask; run: Blob } {
  const [width, height] = [800, 80]
  const data = new Uint8Array(width * height)
  let area = 0
  for (let y = 0; y < 60; y++)
    for (let x = 0; x < end; x++)
      if (x % every < 8) {
        data[y * width + x] = 1
        area++
      }
  return { mask: { data, width, height }, run: { x0: 0, y0: 0, x1: end, y1: 60, area } }
}

const next: Blob = { x0: 366, y0: 0, x1: 424, y1: 60, area: 1500 }

test('a headline whose bold characters touch is cut into pieces as wide as it is high', () => {
  const { mask, run } = strokes(20, 360)
  expect(cutRun(run, [run, next], mask, em).map(({ x0, x1 }) => [x0, x1])).toEqual([0, 60, 120, 180, 240, 300].map((x) => [x, x + 60]))
})

test('a long piece with no character before or after it, or of other strokes, is no headline', () => {
  const { mask, run } = strokes(20, 360)
  expect(cutRun(run, [run], mask, em)).toEqual([run])
  const dense = strokes(10, 360)
  expect(cutRun(dense.run, [dense.run, next], dense.mask, em)).toEqual([dense.run])
})

test('a tinted area that one bold character among others fills is none', () => {
  const area: TintedArea = { x0: 0, y0: 0, x1: 100, y1: 100, area: 9000, kind: 'flat', threshold: 128, dark: false }
  const character: Blob = { x0: 2, y0: 1, x1: 99, y1: 98, area: 5000 }
  const beside: Blob = { x0: 110, y0: 4, x1: 200, y1: 96, area: 4000 }
  expect(withoutCharacters([area], [character, beside], em)).toEqual([])
  expect(withoutCharacters([area], [character], em)).toEqual([area])
  expect(withoutCharacters([area], [{ ...character, area: 9400 }, beside], em)).toEqual([area])
})
