import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Engine, LineImage } from '../src/engine.ts'
import type { GreyImage } from '../src/image/grey.ts'
import { orientGrey } from '../src/image/orientation.ts'
import { recognize } from '../src/recognize.ts'
import { openScan, type Scan } from '../src/scan.ts'
import { draw, fill } from './layout/draw.ts'

/** Two pages across a fold, of characters whose upper edge is heavy. */
const rows = Array.from({ length: 22 }, () => 'AAAAAAAAA AAAAAAAAA    AAAAAAAAA AAAAAAAAA')
const spread = draw(rows)
for (const [y, row] of rows.entries())
  for (const [x, char] of [...row].entries()) if (char === 'A') fill(spread, (x + 3) * 25 + 1, (y + 3) * 36, 22, 10, 20)

/** Reads well what has its heavy side up, and nothing else. */
const engine: Engine = {
  name: 'heads',
  version: '1',
  fingerprint: 'heads',
  languages: ['zh-Hans'],
  readLines: async (lines) =>
    lines.map((line) => {
      if (line.direction === 'vertical-rl' || weightBelow(line) > 0.5) return { text: '', confidence: 0, glyphs: [] }
      const count = Math.max(1, Math.floor(line.width / 25))
      const glyphs = Array.from({ length: count }, (_, index) => ({ text: '田', confidence: 0.99, from: index * 25, to: index * 25 + 24 }))
      return { text: '田'.repeat(count), confidence: 0.99, glyphs }
    }),
  close: async () => undefined
}

/** Where the ink's middle lies, from 0 at the upper edge to 1. */
function weightBelow({ pixels, width, height }: LineImage): number {
  let [sum, count] = [0, 0]
  for (const [at, value] of pixels.entries())
    if (value < 128) {
      sum += (Math.floor(at / width) + 0.5) / height
      count++
    }
  return count > 0 ? sum / count : 1
}

const open = async ({ pixels, width, height }: GreyImage): Promise<Scan[]> =>
  openScan(
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer(),
    'p01.png',
    { split: 'auto' }
  )
const firstEdges = async (scans: readonly Scan[]): Promise<number[]> => {
  const edges: number[] = []
  for (const scan of scans) edges.push((await recognize(scan, { engine, pageId: 'p01' })).image!.crop!.x)
  return edges
}

test('the left page of a sheet that stands is the first', async () => {
  const [first, second] = await firstEdges(await open(spread))
  expect([first, second! > 0]).toEqual([0, true])
})

test('of a sheet that lies upside down, the right part holds the first page', async () => {
  const scans = await open(orientGrey(spread, 3))
  const [first, second] = await firstEdges(scans)
  expect([first! > 0, second]).toEqual([true, 0])
  expect(await firstEdges([...scans].reverse())).toEqual([second, first])
})

test('where one page alone seems to lie upside down, both stay in their places', async () => {
  const whole = orientGrey(spread, 3)
  for (let y = 0; y < spread.height; y++)
    whole.pixels.set(spread.pixels.subarray(y * spread.width, y * spread.width + spread.width / 2), y * spread.width)
  const [first, second] = await firstEdges(await open(whole))
  expect([first, second! > 0]).toEqual([0, true])
})
