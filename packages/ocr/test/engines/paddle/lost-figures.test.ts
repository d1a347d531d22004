import { describe, expect, it } from 'vitest'
import type { LineImage } from '../../../src/engine.ts'
import { lostFigures } from '../../../src/engines/paddle/lost-figures.ts'

const em = 40

interface Drawn {
  readonly image: LineImage
  readonly middles: readonly number[]
}

/** Boxes for characters: those of Chinese an em wide, figures half. */
function draw(text: string): Drawn {
  const widths = [...text].map((char) => (/[0-9.%]/.test(char) ? em / 2 : em))
  const width = widths.reduce((sum, each) => sum + each, 0) + 20
  const height = em + 10
  const pixels = new Uint8Array(width * height).fill(245)
  const middles: number[] = []
  let x = 10
  for (const each of widths) {
    for (let y = 5; y < 5 + em; y++) pixels.fill(20, y * width + x + 2, y * width + x + each - 2)
    middles.push(x + each / 2)
    x += each
  }
  return { image: { pixels, width, height, language: 'zh-Hans', direction: 'horizontal-lr' }, middles }
}

/** The drawn line read, but for what is `·`; `=` is read as one with what stands before it, at the middle of both. */
function read({ middles }: Drawn, text: string): { text: string; middle: number }[] {
  return [...text].flatMap((char, index) => {
    if (char === '·' || char === '=') return []
    const end = text[index + 1] === '=' ? index + 1 : index
    return [{ text: char, middle: (middles[index]! + middles[end]!) / 2 }]
  })
}

describe('lostFigures', () => {
  it.each([
    ['拨打96777核实', '拨打967=7核实', true],
    ['拨打96777核实', '拨打9677=核实', true],
    ['拨打96777核实', '拨打9677·核实', true],
    ['年降至1.75的', '年降至1.·5的', true],
    ['655元', '65=元', true],
    ['拨打96777核实', '拨打96777核实', false],
    ['增长了2.7%的', '增长了2.7%的', false],
    ['道和老房子', '道和老房子', false],
    ['号6栋老房', '号6栋老房', false]
  ])('%s read as %s: %s', (drawn, text, expected) => {
    const line = draw(drawn)
    expect(lostFigures(line.image, read(line, text)).length > 0).toBe(expected)
  })

  it.each(['至2024年建成', '号6栋老房', '拨打96777核实'])(
    'lets the places where the network sees the figures of %s be a fifth of an em off',
    (text) => {
      const line = draw(text)
      for (const off of [-0.2, 0.2]) {
        const seen = read(line, text).map((each, index) => ({ ...each, middle: each.middle + (index % 2 === 0 ? off : -off) * em * 0.5 }))
        expect(lostFigures(line.image, seen)).toEqual([])
      }
    }
  )

  describe('where the network sees characters on a grid of a third of an em', () => {
    // Recorded: type of 28.8 px, figures of 12.35 px, places on a grid of 9.6 px that are up to 3 px from where the ink stands.
    const shown = '设测速点位11处'
    const ink = [40.2, 69, 97.8, 126.6, 155.5, 176.5, 188.5, 209]
    const seen = [43.2, 72, 100.9, 129.7, 158.5, 177.7, 177.7, 206.5]

    function print(): LineImage {
      const [width, height] = [235, 35]
      const pixels = new Uint8Array(width * height).fill(245)
      const half = (index: number): number => (/[0-9]/.test(shown[index]!) ? 3 : 12.5)
      for (let y = 5; y < 30; y++)
        for (const [index, at] of ink.entries())
          pixels.fill(20, y * width + Math.round(at - half(index)), y * width + Math.round(at + half(index)))
      return { pixels, width, height, language: 'zh-Hans', direction: 'horizontal-lr' }
    }

    const readAs = (text: string): { text: string; middle: number }[] =>
      [...text].flatMap((char, index) => (char === '·' ? [] : [{ text: char, middle: seen[index]! }]))

    it.each([
      ['设测速点位1·处', [5]],
      ['设测速点位··处', [4, 5]],
      ['设测速点位11处', []]
    ])('%s: %j', (text, expected) => expect(lostFigures(print(), readAs(text))).toEqual(expected))
  })

  it.each([
    ['设点位1处', '设点位·处', [2, 3]],
    ['设点位11处', '设点位··处', [2, 3]],
    ['设点位处', '设点位处', []]
  ])('of %s read as %s names %j: those beside a number of which nothing was read', (drawn, text, expected) => {
    const line = draw(drawn)
    expect(lostFigures(line.image, read(line, text))).toEqual(expected)
  })

  it('asks nothing of a gap without ink, nor of a line of which nothing was read', () => {
    const line = draw('设点位1处')
    const bare = {
      ...line.image,
      pixels: line.image.pixels.map((value, at) => (Math.abs((at % line.image.width) - line.middles[3]!) < 10 ? 245 : value))
    }
    expect(lostFigures(bare, read(line, '设点位·处'))).toEqual([])
    expect(lostFigures(line.image, [])).toEqual([])
  })

  it('names the characters of the number that is short, and no other', () => {
    const line = draw('共12次拨打96777核实')
    expect(lostFigures(line.image, read(line, '共12次拨打9677=核实'))).toEqual([6, 7, 8, 9])
  })
})
