import { describe, expect, test } from 'vitest'
import type { Engine, LineImage, LineReading } from '../src/engine.ts'
import type { GreyImage } from '../src/image/grey.ts'
import { type Orientation, orientGrey } from '../src/image/orientation.ts'
import { analyseLayout } from '../src/layout/layout.ts'
import { findWayUp } from '../src/way-up.ts'
import { draw, fill } from './layout/draw.ts'

/** How a picture that is stored so looks, of a page that stands upright. */
const inverse = { 1: 1, 3: 3, 6: 8, 8: 6 } as const

/** A page of characters that tell their four sides apart: the upper edge is heavy. */
function page(rows: readonly string[]): GreyImage {
  const image = draw(rows)
  for (const [y, row] of rows.entries())
    for (const [x, char] of [...row].entries()) if (char === 'A') fill(image, (x + 3) * 25 + 1, (y + 3) * 36, 22, 10, 20)
  return image
}

/**
 * Reads characters well when their heavy side is up, and a little less well when it is left, as engines for Chinese do; nothing
 * when it is right or below.
 */
const engine: Engine = {
  name: 'heads',
  version: '1',
  fingerprint: 'heads',
  languages: ['zh-Hans'],
  readLines: async (lines) => lines.map(readHeads),
  close: async () => undefined
}

function readHeads(line: LineImage): LineReading {
  const side = heavySide(line)
  const confidence = { up: 0.98, left: 0.93, right: 0.02, down: 0.01 }[side]
  return { text: confidence > 0.5 ? '田' : '', confidence, glyphs: [] }
}

/** The side of the line's first character that its ink lies nearest to. */
function heavySide({ pixels, width, height }: LineImage): 'up' | 'down' | 'left' | 'right' {
  const along = { up: 0, down: 0, left: 0, right: 0 }
  const pitch = 25
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x]! > 128) continue
      const [u, v] = width > height ? [x % pitch, y] : [x, y % pitch]
      const [wide, high] = width > height ? [pitch, height] : [width, pitch]
      along.left += wide - u
      along.right += u
      along.up += high - v
      along.down += v
    }
  const level = along.up / along.down
  const aside = along.left / along.right
  const heavier = (one: number): number => Math.max(one, 1 / one)
  if (heavier(level) > heavier(aside)) return level > 1 ? 'up' : 'down'
  return aside > 1 ? 'left' : 'right'
}

const across = page(Array.from({ length: 24 }, () => 'AAAAAAAAAAAA AAAAAAAAAAAA'))

describe('findWayUp', () => {
  test.each([1, 3, 6, 8] as const)('a page of squares that is to be turned by %i', async (stored: Orientation) => {
    const grey = orientGrey(across, inverse[stored as 1 | 3 | 6 | 8])
    const layout = analyseLayout(grey, { language: 'zh-Hans' })
    const { turn } = await findWayUp(grey, layout, { engine, language: 'zh-Hans' })
    expect(turn ?? 1).toBe(stored)
  })

  test('long lines that can be read no way tell nothing', async () => {
    const broad = page(Array.from({ length: 24 }, (_, row) => (row < 2 ? 'AAAAAAAAAAAAAAAAAAAAAAAAA' : 'AAAAAAAAAAAA AAAAAAAAAAAA')))
    const blind: Engine = {
      ...engine,
      readLines: async (lines) =>
        lines.map((line) => {
          const read = readHeads(line)
          const isBroad = Math.max(line.width, line.height) > 500
          return isBroad ? { ...read, confidence: heavySide(line) === 'left' ? 0.6 : 0 } : read
        })
    }
    const grey = orientGrey(broad, inverse[6])
    const layout = analyseLayout(grey, { language: 'zh-Hans' })
    expect((await findWayUp(grey, layout, { engine: blind, language: 'zh-Hans' })).turn).toBe(6)
  })

  test('what reads badly in every way is left as it stands', async () => {
    const bad: Engine = { ...engine, readLines: async (lines) => lines.map(() => ({ text: '田', confidence: 0.4, glyphs: [] })) }
    for (const language of ['zh-Hans', 'de']) {
      const layout = analyseLayout(across, { language })
      expect((await findWayUp(across, layout, { engine: bad, language })).turn).toBeUndefined()
    }
  })

  test('what was read on the way is handed on', async () => {
    const layout = analyseLayout(across, { language: 'zh-Hans' })
    const { readings } = await findWayUp(across, layout, { engine, language: 'zh-Hans' })
    expect(readings.size).toBe(10)
    for (const line of readings.keys()) expect(layout.regions.some((region) => region.lines.includes(line))).toBe(true)
  })
})

test('an engine that reads what stands only is asked once, and others are shown short parts the second time', async () => {
  const layout = analyseLayout(across, { dpi: 170, language: 'zh-Hans' })
  const asked: { readonly lines: readonly LineImage[]; readonly rough: boolean }[] = []
  const watched = (name: string): Engine => ({
    ...engine,
    name,
    readLines: (lines, options) => {
      asked.push({ lines, rough: options?.rough ?? false })
      return engine.readLines(lines)
    }
  })
  await findWayUp(across, layout, { engine: watched('tesseract'), language: 'zh-Hans' })
  expect(asked.map(({ rough }) => rough)).toEqual([false])
  await findWayUp(across, layout, { engine: watched('paddle'), language: 'zh-Hans' })
  expect(asked.map(({ rough }) => rough)).toEqual([false, false, true])
  for (const { width, height } of asked[2]!.lines) expect(Math.max(width, height)).toBeLessThanOrEqual(12 * Math.min(width, height))
})

test.each([1, 3, 8] as const)('Tesseract, which reads no lying characters, finds a page that is to be turned by %i', async (stored) => {
  const grey = orientGrey(across, inverse[stored])
  const tesseract: Engine = {
    ...engine,
    name: 'tesseract',
    readLines: async (lines) => lines.map((line) => ({ ...readHeads(line), confidence: heavySide(line) === 'up' ? 0.97 : 0.6 }))
  }
  const layout = analyseLayout(grey, { language: 'zh-Hans' })
  expect((await findWayUp(grey, layout, { engine: tesseract, language: 'zh-Hans' })).turn ?? 1).toBe(stored)
})
