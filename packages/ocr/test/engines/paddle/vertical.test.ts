import { describe, expect, it } from 'vitest'
import { cutCells, verticalStrips } from '../../../src/engines/paddle/vertical.ts'

/** A column of characters drawn as boxes with a bar, 20 pixels high on a pitch of 24; a blank leaves its place empty, `-` is a bar alone, `,` a mark in its corner. */
function column(drawn: string): { pixels: Uint8Array; width: number; height: number } {
  const [width, pitch] = [24, 24]
  const height = drawn.length * pitch
  const pixels = new Uint8Array(width * height).fill(250)
  const fill = (x0: number, y0: number, x1: number, y1: number): void => {
    for (let y = y0; y < y1; y++) pixels.fill(20, y * width + x0, y * width + x1)
  }
  for (const [index, kind] of [...drawn].entries()) {
    const top = index * pitch + 2
    if (kind === '#') {
      fill(2, top, 22, top + 3)
      fill(2, top + 17, 22, top + 20)
      fill(2, top, 5, top + 20)
      fill(19, top, 22, top + 20)
      fill(2, top + 9, 22, top + 11)
    } else if (kind === '-') fill(2, top + 9, 22, top + 12)
    else if (kind === ',') fill(15, top, 20, top + 5)
  }
  return { pixels, width, height }
}

describe('cutCells', () => {
  it.each(['###', '##-##', '#-#-###', '########'])('cuts %s between its characters', (drawn) => {
    expect(cutCells(column(drawn))).toHaveLength(drawn.length)
  })
})

describe('cutCells at the end of a line', () => {
  it.each(['###,', '##,##,', '#,'])('cuts the mark of %s from the character before it', (drawn) => {
    const cells = cutCells(column(drawn))
    expect(cells).toHaveLength(drawn.length)
    expect(cells.at(-1)!.to - cells.at(-1)!.from).toBeLessThan(12)
  })
})

describe('verticalStrips', () => {
  it('lays the characters side by side and says which cells hold ink', () => {
    const [strip] = verticalStrips(column('### ##'), 0.65)
    expect(strip!.width).toBe(6 * 32)
    expect(strip!.cells!.map(({ from }) => from / 32)).toEqual([0, 1, 2, 4, 5])
    expect(strip!.along(16)).toBeLessThan(24)
    expect(strip!.along(5 * 32 + 16)).toBeGreaterThan(5 * 24)
  })

  it('begins a new strip after 24 characters', () => {
    expect(verticalStrips(column('#'.repeat(30)), 0.65).map(({ width }) => width / 32)).toEqual([24, 6])
  })
})
