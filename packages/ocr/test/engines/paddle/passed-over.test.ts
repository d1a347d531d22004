import { describe, expect, it } from 'vitest'
import { passedOver } from '../../../src/engines/paddle/passed-over.ts'
import type { Strip } from '../../../src/engines/paddle/strip.ts'

const pitch = 32

/** A row of boxes, one a character, a blank where there is none. */
function row(drawn: string): Strip {
  const width = drawn.length * pitch
  const pixels = new Float32Array(width * 48).fill(250)
  for (const [index, char] of [...drawn].entries()) {
    const [x0, y0, x1] = char === '，' ? [4, 34, 12] : [3, 6, pitch - 3]
    if (char !== ' ') for (let y = y0; y < 42; y++) pixels.fill(30, y * width + index * pitch + x0, y * width + index * pitch + x1)
  }
  return { pixels, width, along: (column) => column }
}

/** What was read in a row: `·` was passed over. */
function seen(text: string): { text: string; at: number }[] {
  return [...text].flatMap((char, index) => (char === '·' || char === ' ' ? [] : [{ text: char, at: (index + 0.5) * pitch }]))
}

const places = (drawn: string, text: string): number[] =>
  passedOver(row(drawn), seen(text)).map(({ from, to }) => Math.floor((from + to) / 2 / pitch))

describe('passedOver', () => {
  it.each([
    ['仓鸮的双耳一高', '仓·的双耳一高', [1]],
    ['鸬鹚也是黑的船', '鸬鹚也··的船', [3, 4]],
    ['打蔫，一层菜', '打·，一层菜', [1]],
    ['仓鸮的双耳一高', '仓鸮的双耳一高', []],
    // No ink, no character.
    ['服务 团结大众', '服务 团结大众', []],
    // Letters have no pitch, and two characters do not tell one.
    ['SP NO CT', 'S· ·O CT', []],
    ['上一下', '上·下', []]
  ])('of %s read as %s', (drawn, text, expected) => expect(places(drawn, text)).toEqual(expected))

  it.each([
    ['的牌子，一层菜', '的牌子·一层菜', [3]],
    ['一层菜一层盐，', '一层菜一层盐·', [6]],
    ['，一层菜一层盐', '·一层菜一层盐', [0]],
    ['的牌子 一层菜', '的牌子·一层菜', []]
  ])('of %s, where only a mark has been, read as %s', (drawn, text, expected) => {
    expect(places(drawn, text)).toEqual(expected)
    expect(passedOver(row(drawn), seen(text)).every(({ mark }) => mark)).toBe(true)
  })

  it('takes cells where they are known, unless most of them are empty', () => {
    const cells = [0, 1, 2, 3].map((index) => ({ from: index * pitch, to: (index + 1) * pitch }))
    const strip = { ...row('石橋加寬'), cells }
    expect(passedOver(strip, seen('石·加寬'))).toEqual([{ ...cells[1]!, mark: false }])
    expect(passedOver(strip, seen('石···'))).toEqual([])
  })
})
