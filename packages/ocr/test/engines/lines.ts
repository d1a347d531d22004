import sharp from 'sharp'
import type { LineImage } from '../../src/engine.ts'

/** Lines drawn as strokes: 口, 日, 田, 十, 一 and 1, 0 in a square of 16. Nothing depends on installed fonts. */
const strokes: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>> = {
  口: [
    [3, 3, 13, 3],
    [3, 13, 13, 13],
    [3, 3, 3, 13],
    [13, 3, 13, 13]
  ],
  日: [
    [4, 2, 12, 2],
    [4, 8, 12, 8],
    [4, 14, 12, 14],
    [4, 2, 4, 14],
    [12, 2, 12, 14]
  ],
  田: [
    [3, 3, 13, 3],
    [3, 8, 13, 8],
    [3, 13, 13, 13],
    [3, 3, 3, 13],
    [8, 3, 8, 13],
    [13, 3, 13, 13]
  ],
  十: [
    [2, 8, 14, 8],
    [8, 2, 8, 14]
  ],
  中: [
    [3, 5, 13, 5],
    [3, 10, 13, 10],
    [3, 5, 3, 10],
    [13, 5, 13, 10],
    [8, 1, 8, 15]
  ],
  王: [
    [3, 3, 13, 3],
    [4, 8, 12, 8],
    [2, 14, 14, 14],
    [8, 3, 8, 14]
  ]
}

/** A line of these characters at `em` pixels, with a little paper about it. */
export async function drawLine(text: string, em = 32, direction: LineImage['direction'] = 'horizontal-lr'): Promise<LineImage> {
  const pad = Math.round(em * 0.2)
  const chars = [...text]
  const long = chars.length * em + 2 * pad
  const wide = em + 2 * pad
  const vertical = direction === 'vertical-rl'
  const lines = chars.flatMap((char, index) => {
    const along = pad + index * em
    const [x, y] = vertical ? [pad, along] : [along, pad]
    const at = (value: number): number => (value * em) / 16
    return (strokes[char] ?? []).map(
      ([x0, y0, x1, y1]) => `<line x1="${x + at(x0)}" y1="${y + at(y0)}" x2="${x + at(x1)}" y2="${y + at(y1)}"/>`
    )
  })
  const [width, height] = vertical ? [wide, long] : [long, wide]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#eee"/><g stroke="#222" stroke-width="${em / 14}" stroke-linecap="square">${lines.join('')}</g></svg>`
  const pixels = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).toColourspace('b-w').raw().toBuffer()
  return { pixels: new Uint8Array(pixels), width, height, language: 'zh-Hans', direction }
}

export const blankLine: LineImage = {
  pixels: new Uint8Array(200 * 40).fill(240),
  width: 200,
  height: 40,
  language: 'zh-Hans',
  direction: 'horizontal-lr'
}
export const dot: LineImage = { pixels: Uint8Array.of(0), width: 1, height: 1, language: 'zh-Hans', direction: 'horizontal-lr' }
