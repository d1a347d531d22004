import { describe, expect, it } from 'vitest'
import { withLineEnds } from '../../src/image/line-ends.ts'
import type { FoundLine, Layout } from '../../src/layout/types.ts'

const em = 20
/** Paper that every line is cut with, beyond its box. */
const margin = em / 4
const width = 320

interface Spot {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A page with a row of ten characters from (40, 40), and other ink. */
function draw(others: readonly Spot[], grey = 20): { pixels: Uint8Array; width: number; height: number } {
  const page = { pixels: new Uint8Array(width * 120).fill(240), width, height: 120 }
  const paint = (spot: Spot, value: number): void => {
    for (let y = spot.y; y < spot.y + spot.height; y++) page.pixels.fill(value, y * width + spot.x, y * width + spot.x + spot.width)
  }
  for (let index = 0; index < 10; index++)
    for (let stroke = 0; stroke < 4; stroke++) paint({ x: 41 + index * em, y: 40 + stroke * 5, width: em - 2, height: 3 }, 20)
  for (const spot of others) paint(spot, grey)
  return page
}

const row: FoundLine = { direction: 'horizontal-lr', box: { x: 40, y: 40, width: 200, height: em }, lean: 0, em }

function layoutOf(lines: readonly FoundLine[], separators: Layout['separators'] = []): Layout {
  return {
    direction: 'horizontal-lr',
    em,
    skewDegrees: 0,
    regions: [{ role: 'paragraph', lines, edge: 40, orderConfidence: 1 }],
    pictures: [],
    separators,
    uncovered: [],
    panels: []
  }
}

const ends = (others: readonly Spot[], lines = [row], separators: Layout['separators'] = []): number[][] =>
  withLineEnds(draw(others), layoutOf(lines, separators)).regions[0]!.lines.map(({ box }) => [box.x, box.x + box.width])

const stop: Spot = { x: 244, y: 53, width: 6, height: 6 }

describe('withLineEnds', () => {
  it('leaves a row alone where there is only paper beyond it', () => {
    expect(ends([])).toEqual([[40, 240]])
  })

  it('takes a full stop behind a row, and the quotation mark behind it', () => {
    const [[from, to]] = ends([stop]) as [[number, number]]
    expect(from).toBe(40)
    expect(to + margin).toBeGreaterThanOrEqual(250)
    expect(to).toBeLessThanOrEqual(260)
    const [[, further]] = ends([stop, { x: 260, y: 40, width: 7, height: 7 }]) as [[number, number]]
    expect(further! + margin).toBeGreaterThanOrEqual(267)
  })

  it('takes no shadow of a fold that runs through the row and on', () => {
    const shadow: Spot = { x: 0, y: 48, width, height: 8 }
    expect(ends([shadow], [row], [shadow])).toEqual([[40, 240]])
  })

  it('takes a mark before a row', () => {
    const [[from, to]] = ends([{ x: 30, y: 40, width: 6, height: 6 }]) as [[number, number]]
    expect(from - margin).toBeLessThanOrEqual(30)
    expect(to).toBe(240)
  })

  it('keeps a leaning row where it lies when it begins earlier', () => {
    const lean = 0.05
    const page = draw([{ x: 30, y: 40, width: 6, height: 6 }])
    const [line] = withLineEnds(page, layoutOf([{ ...row, lean }])).regions[0]!.lines
    expect(line!.box.x).toBeLessThan(40)
    expect(line!.box.y + lean * (40 - line!.box.x)).toBeCloseTo(40)
  })

  it('takes no rule, which goes on above and below', () => {
    expect(ends([{ x: 246, y: 0, width: 3, height: 120 }])).toEqual([[40, 240]])
  })

  it('takes nothing that another line holds, and each mark once', () => {
    const other = { ...row, box: { x: 242, y: 50, width: 30, height: 12 } }
    expect(ends([stop], [row, other])[0]).toEqual([40, 240])
    const [first, second] = ends([{ ...stop, x: 246 }], [row, { ...row, box: { ...row.box, x: 256, width: 60 } }]) as [number[], number[]]
    expect(first[1]).toBeLessThanOrEqual(second[0]!)
  })

  it('leaves vertical and bent lines as they are', () => {
    const bent = { ...row, bend: [0, 1, 0] }
    expect(withLineEnds(draw([stop]), layoutOf([bent])).regions[0]!.lines[0]).toBe(bent)
    const vertical: FoundLine = { ...row, direction: 'vertical-rl' }
    expect(withLineEnds(draw([stop]), layoutOf([vertical])).regions[0]!.lines[0]).toBe(vertical)
  })

  it('looks for light marks beside light rows', () => {
    const reversed = { ...row, reversed: true }
    const page = draw([stop])
    const negative = { ...page, pixels: page.pixels.map((value) => 255 - value) }
    expect(withLineEnds(negative, layoutOf([reversed])).regions[0]!.lines[0]!.box.width).toBeGreaterThan(205)
  })
})
