import { describe, expect, test } from 'vitest'
import type { LineGlyph, LineImage, LineReading } from '../../src/engine.ts'
import { settleByInk } from '../../src/engines/marks-by-ink.ts'

const em = 30
const height = em + 8

type Bar = readonly [x: number, y: number, width: number, height: number]

/** Ink of a mark within the 30 pixels of its square, drawn with the square's left edge at 0. */
const shapes: Readonly<Record<string, readonly Bar[]>> = {
  字: [[2, 0, 26, 30]],
  '“': [
    [20, 0, 3, 8],
    [26, 0, 3, 8]
  ],
  '”': [
    [1, 0, 3, 8],
    [7, 0, 3, 8]
  ],
  '‘': [[26, 0, 3, 8]],
  '’': [[1, 0, 3, 8]],
  '，': [[2, 24, 4, 6]],
  '·': [[13, 13, 4, 4]],
  '—': [[0, 14, 28, 2]],
  '【': [[17, 0, 10, 30]],
  '[': [
    [20, 0, 2, 30],
    [20, 0, 6, 2],
    [20, 28, 6, 2]
  ],
  // Two rings and a slash that touch in no row but overlap in their columns.
  '%': [
    [2, 2, 8, 10],
    [9, 12, 8, 6],
    [16, 18, 8, 10]
  ],
  '1': [[8, 0, 4, 30]]
}

/** A line of such squares, and a reading of it: its characters where they are printed, or at `[text, middle in squares]`. */
function line(printed: string, ...read: readonly (string | readonly [string, number])[]): { image: LineImage; reading: LineReading } {
  const squares = [...printed]
  const width = squares.length * em + 16
  const pixels = new Uint8Array(width * height).fill(255)
  for (const [index, shape] of squares.entries())
    for (const [x, y, wide, high] of shapes[shape] ?? shapes.字!)
      for (let row = y; row < y + high; row++)
        pixels.fill(20, (row + 4) * width + 8 + index * em + x, (row + 4) * width + 8 + index * em + x + wide)
  const glyphs = read.map((each, index): LineGlyph => {
    const [text, middle] = typeof each === 'string' ? [each, index + 0.5] : each
    return { text, confidence: 0.8, from: Math.round(8 + (middle - 0.3) * em), to: Math.round(8 + (middle + 0.3) * em) }
  })
  return {
    image: { pixels, width, height, language: 'zh-Hans', direction: 'horizontal-lr' },
    reading: { text: glyphs.map(({ text }) => text).join(''), confidence: 0.8, glyphs }
  }
}

function settled({ image, reading }: { image: LineImage; reading: LineReading }): string {
  return settleByInk(image, image, reading).text
}

describe('quotation marks', () => {
  test.each([
    ['字字”，字', ['字', '字', '"', '，', '字'], '字字”，字'],
    ['字‘字字’字', ['字', '“', '字', '字', '”', '字'], '字‘字字’字'],
    ['字“字字”字', ['字', '“', '字', '字', '“', '字'], '字“字字”字'],
    ['“字字”字', ['*', '字', '字', '`', '字'], '“字字”字']
  ])('%s read as %j', (printed, read, expected) => {
    expect(settled(line(printed, ...read))).toBe(expected)
  })

  test('one that was passed over is put where its ink is', () => {
    expect(settled(line('字字”字字', ['字', 0.5], ['字', 1.5], ['字', 3.5], ['字', 4.5]))).toBe('字字”字字')
    expect(settled(line('字字”，字', ['字', 0.5], ['字', 1.5], ['，', 3.2], ['字', 4.5]))).toBe('字字”，字')
  })

  test('a single stroke that was passed over is not believed: a speck looks the same', () => {
    expect(settled(line('字字’字字', ['字', 0.5], ['字', 1.5], ['字', 3.5], ['字', 4.5]))).toBe('字字字字')
  })

  test('a ring between a figure and C is a degree sign', () => {
    expect(settled(line('字1‘字', '字', '1', '"', 'C'))).toBe('字1°C')
  })

  test('an apostrophe between letters stays, and so does what has no such ink', () => {
    expect(settled(line('字’字字', 'D', "'", 'A', '字'))).toBe("D'A字")
    expect(settled(line('字字字', '字', '"', '字'))).toBe('字"字')
  })
})

describe('characters without ink of their own', () => {
  test('the rings of a per cent sign are no figures', () => {
    expect(settled(line('11%', '1', '1', ['9', 2.15], ['%', 2.4], ['0', 2.7]))).toBe('11%')
    expect(settled(line('11%', '1', '1', ['9', 2.2], ['6', 2.6]))).toBe('11%')
  })

  test('a figure before a per cent sign stays, where it has ink', () => {
    expect(settled(line('19%', '1', '9', '%'))).toBe('19%')
  })

  test('a stroke is a 1 and no bracket too', () => {
    expect(settled(line('字1字', '字', [']', 1.3], ['1', 1.4], ['字', 2.5]))).toBe('字1字')
  })

  test('和 beside a character, on its ink, is imagined; where it has ink or is sure it stays', () => {
    expect(settled(line('字字字', '字', ['和', 1.3], ['群', 1.6], ['字', 2.5]))).toBe('字群字')
    expect(settled(line('字和字', '字', '和', '字'))).toBe('字和字')
  })

  test('of two commas read where one is, one stays', () => {
    expect(settled(line('字，字', '字', [',', 1.1], ['，', 1.3], ['字', 2.5])).length).toBe(3)
  })
})

test('a dot in the middle of its square is ·', () => {
  expect(settled(line('字·字', '字', "'", '字'))).toBe('字·字')
  expect(settled(line('字，字', '字', ',', '字'))).toBe('字,字')
})

test('flat strokes at the head of a line, and one between figures, are dashes', () => {
  expect(settled(line('——字字', '一', '一', '字', '字'))).toBe('——字字')
  expect(settled(line('字字字字', '一', '一', '字', '字'))).toBe('一一字字')
  expect(settled(line('1—1', '1', '一', '1'))).toBe('1—1')
})

test('solid brackets are 【】', () => {
  expect(settled(line('【字字', '[', '字', '字'))).toBe('【字字')
  expect(settled(line('[字字', '[', '字', '字'))).toBe('[字字')
})

test('lines that run down, and lines of letters, are left as they are', () => {
  const { image, reading } = line('字字”，字', '字', '字', '"', '，', '字')
  expect(settleByInk({ ...image, language: 'en' }, image, reading)).toBe(reading)
  expect(settleByInk({ ...image, direction: 'vertical-rl' }, image, reading)).toBe(reading)
})
