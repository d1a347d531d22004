import { describe, expect, it } from 'vitest'
import { doubledLines } from '../src/doubles.ts'
import type { FoundLine } from '../src/layout/types.ts'
import type { LineResult } from '../src/page-line.ts'

const em = 20

function line(direction: FoundLine['direction'], column: number, row: number, count: number): FoundLine {
  const [width, height] = direction === 'horizontal-lr' ? [count * em, em] : [em, count * em]
  return { direction, box: { x: 100 + column * em, y: 100 + row * em, width, height }, lean: 0, em }
}

/** The whole line read, one character an em. */
function read(text: string): LineResult {
  const margin = Math.round(em * 0.25)
  const glyphs = [...text].map((char, index) => ({
    text: char,
    confidence: 0.99,
    from: margin + index * em + 1,
    to: margin + (index + 1) * em - 1
  }))
  return { reading: { text, confidence: 0.99, glyphs }, readings: [] }
}

const first = line('horizontal-lr', 0, 0, 6)
const second = line('horizontal-lr', 0, 1, 5)
const rows: [FoundLine, LineResult][] = [
  [first, read('桥面加宽三尺')],
  [second, read('工人五十名')]
]

describe('doubledLines', () => {
  it.each([
    ['a line found down two rows', line('vertical-rl', 1, 0, 2), '面人', true],
    ['a part of a row found again', line('horizontal-lr', 3, 0, 3), '宽三尺', true],
    ['one that says something else', line('vertical-rl', 1, 0, 2), '面入', false],
    ['the same word at another place', line('horizontal-lr', 0, 4, 2), '桥面', false],
    ['a line of which nothing was read', line('vertical-rl', 1, 0, 2), '', false]
  ])('of %s', (_, other, text, expected) => {
    const results = new Map([...rows, [other, read(text)] as const])
    const doubled = doubledLines([...results.keys()], results)
    expect([...doubled]).toEqual(expected ? [other] : [])
  })

  it('keeps one of two that say the same', () => {
    const again = { ...first }
    const results = new Map([...rows, [again, read('桥面加宽三尺')] as const])
    expect(doubledLines([first, again, second], results).size).toBe(1)
  })
})
