import { expect, test } from 'vitest'
import { lightestThirds } from '../../src/layout/mask.ts'
import { type TintMap, tintedAreas } from '../../src/layout/tints.ts'

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
