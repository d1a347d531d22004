import { describe, expect, test } from 'vitest'
import type { TextLine } from '../../src/layout/text-line.ts'
import { toFoundLine, toTextLine, type View } from '../../src/layout/view.ts'

const lean = { level: 0.03, levelChange: 4e-6, upright: -0.02, uprightChange: 3e-6, cx: 700, cy: 1000 }
const views: Record<string, View> = {
  'as it stands': {
    factor: 1,
    lean: { ...lean, level: 0, levelChange: 0, upright: 0, uprightChange: 0 },
    em: 20,
    turned: false,
    width: 1400
  },
  'leaning, reduced': { factor: 2, lean, em: 20, turned: false, width: 1400 },
  'a vertical page, leaning': { factor: 3, lean, em: 20, turned: true, width: 1400 }
}
const across: TextLine = { x0: 120, x1: 480, y0: 310, y1: 336, area: 0, blobs: [], em: 24, lean: 0.004 }
const down: TextLine = { x0: 900, x1: 960, y0: 420, y1: 810, area: 0, blobs: [], em: 58, lean: 0, upright: true, reversed: true }

describe.each(Object.entries(views))('a line on the page and back: %s', (_, view) => {
  test.each([
    ['across', across],
    ['down', down]
  ])('%s', (_, line) => {
    const back = toTextLine(view, toFoundLine(view, line))
    expect([back.upright, back.reversed]).toEqual([line.upright, line.reversed])
    for (const side of ['x0', 'x1', 'y0', 'y1', 'em'] as const) expect(back[side]).toBeCloseTo(line[side], line.upright ? -1 : 3)
    expect(back.lean).toBeCloseTo(line.lean, 5)
  })
})
