import { describe, expect, test } from 'vitest'
import { analyseLayout } from '../src/layout/layout.ts'
import { type FoundLine, type FoundRegion, type Layout, lineBounds } from '../src/layout/types.ts'
import { placeAmong, settleLayout } from '../src/settle.ts'
import { draw } from './layout/draw.ts'

const layout = analyseLayout(
  draw([
    'AAAAAAAAAAAA  BBBBBBBBBBBB  CCCCCCCCCCCC',
    'AAAAAAAAAAAA  BBBBBBBBBBBB  CCCCCCCCCCCC',
    'AAAAAAAAAAAA  BBBBBBBBBBBB  CCCCCCCCCCCC',
    'AAAAAAAA      BBBBBBBBBBBB  CCCCC       ',
    'AAAAAAAAAAAA  BBBBBB        CCCCCCCCCCCC',
    'AAAAAAAAAAAA  BBBBBBBBBBBB  CCCCCCCCCCCC'
  ])
)
const lines = layout.regions.flatMap((region) => region.lines)
const reading = (text: string, confidence: number) => ({
  reading: { text, confidence, glyphs: [{ text, confidence, from: 0, to: 1 }] },
  readings: []
})
const without = (gone: FoundLine): Layout => ({
  ...layout,
  regions: layout.regions.map((region) => ({ ...region, lines: region.lines.filter((line) => line !== gone) }))
})
const boxesOf = (regions: readonly FoundRegion[]): number[][] =>
  regions.flatMap((region) => region.lines.map((line) => [Math.round(line.box.x), Math.round(line.box.y)]))

describe('settleLayout', () => {
  test.each(lines.map((line, index) => [index, line] as const))(
    'line %i, found later, stands where it would have stood found at once',
    (_, line) => {
      const found: FoundLine = { ...line, box: { ...line.box } }
      const results = new Map([...lines, found].map((each) => [each, reading('ten letters', 0.95)]))
      const gaps = { lines: [{ line: found, reading: reading('ten letters', 0.95).reading }], unread: [] }
      const settled = settleLayout(without(line), gaps, results)
      expect(boxesOf(settled.layout.regions)).toEqual(boxesOf(layout.regions))
      expect(settled.layout.regions.every((region) => region.orderConfidence <= 0.8 || !region.lines.includes(found))).toBe(true)
    }
  )
  test('what reads as nothing leaves, what reads badly is noise and parts nothing', () => {
    const [speck, blank] = [{ ...lines[0]!, em: 90, box: { x: 300, y: 40, width: 500, height: 90 } }, { ...lines[0]! }]
    const region = (line: FoundLine): FoundRegion => ({ role: 'heading', lines: [line], edge: 0, orderConfidence: 1 })
    const seen = { ...layout, regions: [region(speck), ...layout.regions, region(blank)] }
    const results = new Map(lines.map((line) => [line, reading('ten letters', 0.95)]))
    results.set(speck, reading('l', 0.2)).set(blank, reading('', 0))
    const settled = settleLayout(seen, { lines: [], unread: [] }, results)
    expect(settled.unread).toEqual([blank])
    expect(settled.layout.regions.filter((each) => each.role === 'noise').flatMap((each) => each.lines)).toEqual([speck])
    expect(boxesOf(settled.layout.regions.filter((each) => each.role !== 'noise'))).toEqual(boxesOf(layout.regions))
  })
  test.each([
    ['00000080088000080000', 0.6, 'noise'],
    ['00000080088000080000', 0.9, 'paragraph'],
    ['13953005947134', 0.6, 'paragraph'],
    ['....................', 0.9, 'paragraph'],
    ['[17', 0.88, 'noise'],
    ['[17]', 0.97, 'paragraph'],
    ['|ate ]', 0.7, 'noise'],
    ['™', 0.985, 'noise'],
    ['late', 0.7, 'paragraph'],
    ['in section [17] of the law', 0.7, 'paragraph']
  ] as const)('dots and strokes of a picture that read as %s with %d are %s', (text, confidence, role) => {
    const region: FoundRegion = { role: 'paragraph', lines: [lines[0]!], edge: 0, orderConfidence: 1 }
    const seen = { ...layout, regions: [region, ...layout.regions.slice(1)] }
    const results = new Map(lines.map((line) => [line, reading('ten letters', 0.95)])).set(lines[0]!, reading(text, confidence))
    const settled = settleLayout(seen, { lines: [], unread: [] }, results)
    expect(settled.layout.regions.find((each) => each.lines.includes(lines[0]!))?.role).toBe(role)
  })
  test('a photograph has no text', () => {
    const results = new Map(lines.map((line) => [line, reading('il', 0.9)]))
    expect(settleLayout(layout, { lines: [], unread: [] }, results)).toMatchObject({
      layout: { regions: [] },
      unread: { length: lines.length }
    })
  })
  test('a line that a gap reads better gives way', () => {
    const found = { ...lines[3]!, box: { ...lines[3]!.box } }
    const results = new Map(lines.map((line) => [line, reading('ten letters', 0.8)])).set(found, reading('other text', 0.95))
    const settled = settleLayout(layout, { lines: [{ line: found, reading: results.get(found)!.reading }], unread: [] }, results)
    const kept = settled.layout.regions.flatMap((region) => region.lines)
    expect([kept.includes(found), kept.includes(lines[3]!), kept.length]).toEqual([true, false, lines.length])
  })
})

test('orders that were plausible too name every region once', () => {
  const results = new Map(lines.map((line) => [line, reading('ten letters', 0.95)]))
  const { orders, layout: settled } = settleLayout(layout, { lines: [], unread: [] }, results)
  const all = settled.regions.map((_, index) => index)
  for (const { regions } of orders) {
    expect([...regions].sort((a, b) => a - b)).toEqual(all)
    expect(regions).not.toEqual(all)
  }
})

test('noise goes after what stands above it in its column', () => {
  const line = (x: number, y: number): FoundLine => ({ direction: 'horizontal-lr', box: { x, y, width: 200, height: 20 }, lean: 0, em: 20 })
  const region = (x: number, y: number): FoundRegion => ({ role: 'paragraph', lines: [line(x, y)], edge: x, orderConfidence: 1 })
  const placed = placeAmong([region(0, 100), region(0, 300), region(300, 100), region(300, 300)], region(300, 200))
  expect(placed.map(({ lines: [first] }) => [lineBounds(first!).x, lineBounds(first!).y])).toEqual([
    [0, 100],
    [0, 300],
    [300, 100],
    [300, 200],
    [300, 300]
  ])
})
