import { describe, expect, test } from 'vitest'
import type { Engine } from '../src/engine.ts'
import { readGaps } from '../src/gaps.ts'
import { analyseLayout } from '../src/layout/layout.ts'
import { findPanels, findUncovered } from '../src/layout/uncovered.ts'
import { draw } from './layout/draw.ts'

const em = 20
const page = { width: 1000, height: 1000 }
const row = (x: number, y: number, count: number, area = 130): { x0: number; y0: number; x1: number; y1: number; area: number }[] =>
  Array.from({ length: count }, (_, index) => ({ x0: x + index * 21, y0: y, x1: x + index * 21 + 18, y1: y + 18, area }))
const box = (x0: number, y0: number, x1: number, y1: number): { x0: number; y0: number; x1: number; y1: number; area: number } => ({
  x0,
  y0,
  x1,
  y1,
  area: (x1 - x0) * (y1 - y0)
})
const none = { lines: [], pictures: [], rules: [] }

describe('ink that no line covers', () => {
  test('a row of characters is found', () => {
    expect(findUncovered(row(200, 300, 6), none, em, page)).toMatchObject([{ x0: 200, y0: 300, x1: 323, y1: 318 }])
  })
  test('not under a line, a picture, nor at the edge; not two characters, nor spots', () => {
    const around = [box(190, 290, 330, 325)]
    expect(findUncovered(row(200, 300, 6), { ...none, lines: around }, em, page)).toEqual([])
    expect(findUncovered(row(200, 300, 6), { ...none, pictures: around }, em, page)).toEqual([])
    expect(findUncovered(row(2, 300, 6), none, em, page)).toEqual([])
    expect(findUncovered(row(200, 300, 2), none, em, page)).toEqual([])
    expect(findUncovered(row(200, 300, 6, 300), none, em, page)).toEqual([])
  })
  test('nothing on a clean page', () => {
    const layout = analyseLayout(
      draw(['AAAAAAAAAAAA BBBBBBBBBBBB', 'AAAAAAAAAAAA BBBBBBBBBBBB', 'AAAAAAAAAAAA BBBBBBBBBBBB', 'AAAAAAAA     BBBBBBBBBBBB'])
    )
    expect([layout.uncovered, layout.panels]).toEqual([[], []])
  })
})

describe('dark panels', () => {
  const band = [box(100, 100, 200, 150), box(400, 100, 700, 150)]
  test('a band that light type broke up is one', () => {
    expect(findPanels(band, [], [], em, page)).toMatchObject([{ x0: 100, x1: 700, y0: 100, y1: 150 }])
  })
  test('one that was read, or is a picture, is none', () => {
    expect(findPanels(band, [box(200, 110, 400, 140)], [], em, page)).toEqual([])
    expect(findPanels(band, [], band, em, page)).toEqual([])
  })
})

test('ink no line covers is read again, and believed only when it reads well', async () => {
  const grey = draw(['AAAAAAAAAAAA', 'AAAAAAAAAAAA', 'AAAAAAAAAAAA', 'AAAAAAAAAAAA'])
  const part = { x: 0, y: 0, width: grey.width, height: grey.height }
  const layout = { ...analyseLayout(grey), regions: [], uncovered: [part] }
  const engine = (confidence: number): Engine => ({
    name: 'fixed',
    version: '1',
    fingerprint: '1',
    languages: ['zh-Hans'],
    readLines: async (lines) => lines.map(() => ({ text: 'twelve signs', confidence, glyphs: [] })),
    close: async () => {}
  })
  const sure = await readGaps(grey, layout, [engine(0.95)], 'zh-Hans')
  expect([sure.lines.length, sure.unread]).toEqual([4, []])
  const unsure = await readGaps(grey, layout, [engine(0.4)], 'zh-Hans')
  expect([unsure.lines.length, unsure.unread]).toEqual([0, [part]])
})
