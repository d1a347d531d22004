import type { Box, Line, Page, TextRegion } from '@broadsheet/document'
import { describe, expect, test } from 'vitest'
import { findLayoutErrors, measureInk } from '../src/index.ts'

/** Two columns of lines, 20 high, 300 wide, 60 between them; each column one region. */
function columns(): Page {
  const column = (id: string, x: number): TextRegion => ({
    type: 'text',
    id,
    role: 'paragraph',
    box: { x, y: 100, width: 300, height: 300 },
    lines: Array.from(
      { length: 10 },
      (_, row): Line => ({ id: `${id}l${row}`, text: '河堤修复工程已经完工', box: { x, y: 100 + row * 30, width: 300, height: 20 } })
    )
  })
  return { id: 'p', regions: [column('r1', 100), column('r2', 460)], processing: [] }
}

function withLine(page: Page, id: string, box: Box): Page {
  return {
    ...page,
    regions: page.regions.map((region) =>
      region.type === 'text' ? { ...region, lines: region.lines.map((line) => (line.id === id ? { ...line, box } : line)) } : region
    )
  }
}

/** The page in black and white, half as large. */
function pictureOf(page: Page): Parameters<typeof measureInk>[0] {
  const [width, height] = [450, 300]
  const pixels = new Uint8Array(width * height).fill(250)
  for (const region of page.regions)
    for (const { box } of region.type === 'text' ? region.lines : [])
      for (let y = box!.y / 2; y < (box!.y + box!.height) / 2; y++)
        for (let x = box!.x / 2; x < (box!.x + box!.width) / 2; x++) if ((x + y) % 4 === 0) pixels[y * width + x] = 20
  return { pixels, width, height, factor: 2 }
}

describe('errors that no format check sees', () => {
  const page = columns()
  const ink = measureInk(pictureOf(page))
  test('a page as it should be has none', () => {
    expect(findLayoutErrors(page, ink)).toEqual([])
  })
  test('a line across two columns', () => {
    const across = withLine(page, 'r1l4', { x: 100, y: 220, width: 660, height: 20 })
    expect(findLayoutErrors(across)).toMatchObject([{ kind: 'line-across-columns', place: 'r1l4' }])
  })
  test('a headline over both columns is printed over the gutter', () => {
    const across = withLine(page, 'r1l4', { x: 100, y: 220, width: 660, height: 20 })
    expect(findLayoutErrors(across, measureInk(pictureOf(across))).filter((error) => error.kind === 'line-across-columns')).toEqual([])
    expect(findLayoutErrors(across, ink).map((error) => error.kind)).toContain('line-across-columns')
  })
  test('boxes of another image are one error of the page, not one of each line', () => {
    const moved = {
      ...page,
      regions: (page.regions as TextRegion[]).map((region) => ({
        ...region,
        lines: region.lines.map((line) => ({ ...line, box: { ...line.box!, y: line.box!.y + 15 } }))
      }))
    }
    const [error, ...more] = findLayoutErrors(moved, ink).filter((one) => one.kind === 'box-off-ink')
    expect(more).toEqual([])
    expect(error?.message).toContain('another image')
  })
  test('blocks out of order', () => {
    const [first] = page.regions as TextRegion[]
    const half = (id: string, from: number): TextRegion => ({
      ...first!,
      id,
      box: { x: 100, y: 100 + from * 30, width: 300, height: 140 },
      lines: first!.lines.slice(from, from + 5)
    })
    const [upper, lower] = [half('a', 0), half('b', 5)]
    expect(findLayoutErrors({ ...page, regions: [upper, lower] })).toEqual([])
    expect(findLayoutErrors({ ...page, regions: [lower, upper] })).toMatchObject([{ kind: 'order', place: 'a' }])
  })
  test('ink that nobody read, and a box that lies off its ink', () => {
    const unread = { ...page, regions: page.regions.slice(0, 1) }
    expect(findLayoutErrors(unread, ink).map((error) => error.kind)).toEqual(['unread-ink'])
    const off = withLine(page, 'r2l9', { x: 460, y: 480, width: 300, height: 20 })
    expect(findLayoutErrors(off, ink)).toContainEqual(expect.objectContaining({ kind: 'box-off-ink', place: 'r2l9' }))
  })
})
