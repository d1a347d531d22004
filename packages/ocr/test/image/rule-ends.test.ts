import { describe, expect, it } from 'vitest'
import type { LineCut } from '../../src/image/cut-line.ts'
import { withoutRulesAtEnds } from '../../src/image/rule-ends.ts'

/** A crop of a line that runs down: `#` is ink, the first and last three rows are its margin. */
function cropOf(rows: readonly string[]): LineCut {
  const pixels = Uint8Array.from(rows.flatMap((row) => [...row].map((char) => (char === '#' ? 20 : 240))))
  return { pixels, width: rows[0]!.length, height: rows.length, x: 0, y: 0, padX: 1, padY: 3 }
}

function drawn({ pixels, width }: LineCut): string[] {
  const rows: string[] = []
  for (let at = 0; at < pixels.length; at += width)
    rows.push([...pixels.subarray(at, at + width)].map((value) => (value < 128 ? '#' : '.')).join(''))
  return rows
}

const text = ['..####..', '..#..#..', '..####..', '........', '.######.', '..#..#..', '..####..']
const blank = '........'

describe('the ends of a line that runs down', () => {
  it('a bit of the frame above and below is painted over', () => {
    const cut = cropOf([blank, '########', blank, ...text, blank, '########', '########'])
    expect(drawn(withoutRulesAtEnds(cut))).toEqual([blank, blank, blank, ...text, blank, blank, blank])
  })

  it('what stands beyond the rule goes with it', () => {
    const cut = cropOf(['..#..#..', '########', blank, ...text, blank, blank, blank])
    expect(drawn(withoutRulesAtEnds(cut)).slice(0, 3)).toEqual([blank, blank, blank])
  })

  it.each([
    ['a stop', [blank, blank, blank, ...text, blank, '.....##.', '.....##.']],
    ['一 within the line', [blank, blank, blank, '########', blank, ...text, blank, blank, blank]],
    ['a mark as wide as most of the line', [blank, blank, blank, ...text, blank, '..#####.', blank]]
  ])('%s stays', (_, rows) => {
    const cut = cropOf(rows)
    expect(withoutRulesAtEnds(cut)).toBe(cut)
  })
})
