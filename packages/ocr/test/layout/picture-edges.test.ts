import { expect, test } from 'vitest'
import { edgeFinder } from '../../src/layout/picture-edges.ts'

const [width, height] = [240, 240]
const step = 10
/** Paper of one brightness all over. */
const paper = { values: new Float32Array(100).fill(240), across: 10, down: 10 }
/** The darker part of a picture that lies in 60…180. */
const part = { x0: 60, x1: 180, y0: 120, y1: 180, area: 7200 }

/** A sheet on which `tone` says how bright each place of the picture's upper part is. */
function sheet(tone: (x: number, y: number) => number): { width: number; height: number; pixels: Uint8Array } {
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    if (x < 60 || x >= 180 || y < 60 || y >= 180) return 240
    return y < 120 ? tone(x, y) : 90
  })
  return { width, height, pixels }
}

test('the light part of a picture, beads of a screen with spots of paper between them, is of the picture', () => {
  const beads = sheet((x, y) => (x % 12 < 3 && y % 12 < 9 ? 230 : 170))
  expect(edgeFinder(beads, paper, step)(part, 'picture')).toMatchObject({ x0: 60, x1: 180, y0: 60, y1: 180, area: 14_400 })
})

test('rows of type above a picture are not', () => {
  const rows = sheet((x, y) => (y % 20 < 12 && x % 16 < 13 && (x + y) % 3 < 1 ? 40 : 238))
  expect(edgeFinder(rows, paper, step)(part, 'picture')).toEqual(part)
})

test('a stain, of one grey hardly darker than the paper, is not', () => {
  expect(
    edgeFinder(
      sheet(() => 212),
      paper,
      step
    )(part, 'picture')
  ).toEqual(part)
})

test('grey that goes on beyond the end of a side is the sheet’s own', () => {
  const { pixels } = sheet(() => 170)
  for (let y = 0; y < height; y++) for (let x = 0; x < 60; x++) pixels[y * width + x] = 170
  expect(edgeFinder({ width, height, pixels }, paper, step)(part, 'picture')).toMatchObject({ x0: 60, x1: 180, y1: 180 })
})
