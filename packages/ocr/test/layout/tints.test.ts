import { describe, expect, test } from 'vitest'
import { lightestThirds } from '../../src/layout/mask.ts'
import { isBare, type TintMap, tintedAreas } from '../../src/layout/tints.ts'

test('a sheet that is dark all over, such as a negative, is one area, however large', () => {
  const [across, down, cell] = [620, 620, 3]
  const blank = { pixels: new Uint8Array(across * down * cell ** 2).fill(250), width: across * cell, height: down * cell }
  const paper = lightestThirds(blank)
  const map: TintMap = {
    cells: new Uint8Array(across * down).fill(1),
    across,
    down,
    cell,
    paper
  }
  const image = { ...blank, pixels: blank.pixels.map(() => 20) }
  expect(tintedAreas(map, image, 6)).toMatchObject([{ x0: 0, y0: 0, x1: across * cell, y1: down * cell }])
})

describe('isBare', () => {
  const cells = new Uint8Array(40 * 40)
  for (let y = 0; y < 40; y++) for (let x = 0; x < 20; x++) cells[y * 40 + x] = 1
  const map: TintMap = { cells, across: 40, down: 40, cell: 10, paper: { values: new Float32Array([230]), across: 1, down: 1 } }
  const piece = (x: number): { x0: number; y0: number; x1: number; y1: number; area: number } => ({
    x0: x,
    y0: 200,
    x1: x + 20,
    y1: 220,
    area: 90
  })

  test('a piece clear of a picture stands on bare paper; one at its edge or on it does not', () => {
    expect([100, 190, 205, 240].map((x) => isBare(map, piece(x), 20))).toEqual([false, false, false, true])
  })
})
