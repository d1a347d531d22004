import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bagErrorRate, errorRate } from '../src/index.ts'

/** Textbook distance, for comparison. */
function slow(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, index) => index + 1)
  let corner = 0
  for (const [index, char] of a.entries()) {
    let diagonal = index
    corner = index + 1
    row = row.map((above, column) => {
      const value = Math.min(above + 1, (column === 0 ? index + 1 : corner) + 1, diagonal + (char === b[column] ? 0 : 1))
      diagonal = above
      corner = value
      return value
    })
  }
  return row.at(-1) ?? a.length
}

function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('error rate', () => {
  test.each([
    ['甲乙丙丁戊', '甲乙丁戊', 1 / 5],
    ['甲乙丙', '甲X丙丁', 2 / 3],
    ['', '', 0],
    ['', '字', Number.POSITIVE_INFINITY],
    ['字', '字字字', 2]
  ])('%s read as %s', (truth, text, rate) => {
    expect(errorRate(truth, text).rate).toBe(rate)
  })

  test('is the textbook distance for texts of every length around the block size', () => {
    const next = random(5)
    for (let round = 0; round < 300; round++) {
      const [a, b] = [0, 1].map(() => Array.from({ length: next(130) }, () => '甲乙丙丁'[next(4)]!)) as [string[], string[]]
      expect(errorRate(a.join(''), b.join('')).errors).toBe(slow(a, b))
    }
  })

  test('is the textbook distance where only a band of the table is filled: long texts, moved and lost passages', () => {
    const next = random(7)
    const a = Array.from({ length: 3300 }, () => String.fromCharCode(0x4e00 + next(500)))
    const b = a.flatMap((char) => (next(30) === 0 ? [] : next(30) === 0 ? [char, '字'] : [char]))
    b.splice(next(b.length), 0, ...b.splice(next(1000), 400))
    b.splice(2000, 300)
    expect(errorRate(a.join(''), b.join(''))).toMatchObject({ errors: slow(a, b), exact: true })
    expect(errorRate(b.join(''), a.join('')).errors).toBe(slow(a, b))
  })

  test('the unit decides the number', () => {
    expect(errorRate('👨‍👩‍👧好', '👨‍👩好')).toMatchObject({ errors: 1, length: 2 })
    expect(errorRate('👨‍👩‍👧好', '👨‍👩好', { unit: 'code-point' })).toMatchObject({ errors: 2, length: 6 })
    expect(errorRate('the old mill', 'the o1d mill', { unit: 'word' }).rate).toBe(1 / 3)
  })

  test('folds what it is told to fold', () => {
    const [truth, text] = ['他说：“好——”，走了。', '他 说:"好-",走了.']
    expect(errorRate(truth, text, { fold: { width: true, variants: true, spaces: 'collapse' } }).rate).toBe(0)
    expect(errorRate(truth, text).errors).toBe(8)
    expect(errorRate('two  words', 'two words', { fold: { spaces: 'collapse' } }).rate).toBe(0)
    expect(errorRate('two words', 'twowords', { fold: { spaces: 'drop' } }).rate).toBe(0)
  })

  test('as a bag, order does not count', () => {
    expect(bagErrorRate('甲乙丙丁', '丁丙乙甲').rate).toBe(0)
    expect(bagErrorRate('甲乙丙丁', '丁丙X甲').rate).toBe(1 / 4)
  })
})

describe('agrees with the examples dinglehopper publishes in its own tests', () => {
  test.each([
    ['a', 'a', 0],
    ['a', 'b', 1],
    ['Foo', 'Bar', 1],
    ['Foo', '', 1],
    ['', '', 0],
    ['', 'Foo', Number.POSITIVE_INFINITY],
    ['Foo', 'Food', 1 / 3],
    ['Fnord', 'Food', 2 / 5],
    ['Müll', 'Mull', 1 / 4],
    ['Abstand', 'Sand', 4 / 7],
    ['Schlyn\u0303', 'Schlym\u0303', 1 / 6]
  ])('%s read as %s', (truth, text, rate) => {
    expect(errorRate(truth, text).rate).toBeCloseTo(rate, 9)
  })
})

const corpus = process.env.BROADSHEET_CORPUS
const file = join(corpus ?? '', 'conformance/cer/cases.ref.jsonl')

describe.skipIf(!corpus || !existsSync(file))('agrees with dinglehopper and others (BROADSHEET_CORPUS)', () => {
  const cases =
    corpus && existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
  const number = (value: number | 'inf'): number => (value === 'inf' ? Number.POSITIVE_INFINITY : value)

  test.each(cases)('$id', ({ gt, ocr, expect_cer, ref }) => {
    const graphemes = errorRate(gt, ocr)
    if (expect_cer !== null) expect(graphemes.rate).toBeCloseTo(number(expect_cer), 9)
    expect(graphemes.length).toBe(ref.grapheme_n)
    if (ref.grapheme_dist !== null) expect(graphemes.errors).toBe(ref.grapheme_dist)
    expect(graphemes.rate).toBeCloseTo(number(ref.grapheme_cer), 9)
    const words = errorRate(gt, ocr, { unit: 'word' })
    expect(words.length).toBe(ref.word_n)
    expect(words.rate).toBeCloseTo(number(ref.wer), 9)
    const points = errorRate(gt, ocr, { unit: 'code-point' })
    expect([points.length, points.errors]).toEqual([ref.codepoint_n, ref.codepoint_dist])
    if (ref.isri_errors === undefined) return
    const isri = errorRate(squeeze(gt), squeeze(ocr), { unit: 'code-point' })
    expect([isri.length, isri.errors]).toEqual([ref.isri_chars, ref.isri_errors])
  })
  /** ocreval counts a run of blanks or line ends once. */
  const squeeze = (text: string): string => text.replace(/[ \t]*\r?\n\s*/g, '\n').replace(/[ \t]+/g, ' ')
})
