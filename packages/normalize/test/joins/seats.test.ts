import type { Line, Page, TextRegion } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { applyRules } from '../../src/normalize.ts'
import { brokenParagraph } from '../../src/rules/broken-paragraph.ts'
import { columnBreak } from '../../src/rules/column-break.ts'

const em = 30
const pitch = 40
const perLine = 12

interface Paragraph {
  readonly text: string
  /** Ems from the edge of the column to the first line. */
  readonly indent?: number
  /** Left edge of its column. */
  readonly x: number
  /** Place of its first line in the column. */
  readonly row: number
  /** How surely the characters of the first and last line were read. */
  readonly sure?: number
}

/** One region for each, set in columns of twelve characters. */
function page(language: string, width: number, paragraphs: readonly Paragraph[]): Page {
  const regions = paragraphs.map(({ text, indent = 0, x, row, sure = 0.99 }, index): TextRegion => {
    const id = `r${index + 1}`
    return { type: 'text', id, role: 'paragraph', lines: linesOf(id, text, indent, x, row, sure, width) }
  })
  return {
    id: 'p01',
    language,
    image: { href: 'p01.png', width: 1400, height: 1400, sha256: '0'.repeat(64) },
    regions,
    processing: []
  }
}

function linesOf(id: string, text: string, indent: number, x: number, row: number, sure: number, width: number): Line[] {
  const chars = [...text]
  const first = chars.splice(0, Math.floor((perLine - indent) / width))
  const parts = [first]
  while (chars.length > 0) parts.push(chars.splice(0, Math.floor(perLine / width)))
  return parts.map((part, index): Line => {
    const box = {
      x: x + (index === 0 ? indent * em : 0),
      y: 100 + (row + index) * pitch,
      width: Math.round(part.length * width * em),
      height: em
    }
    const glyphs = part.map((char, at) => ({
      text: char,
      confidence: sure,
      box: { ...box, x: Math.round(box.x + at * width * em), width: em }
    }))
    return { id: `${id}l${index + 1}`, box, text: part.join(''), words: [{ text: part.join(''), box, glyphs }] }
  })
}

/** The joins of a page, `+` where applied and `?` where only proposed. */
const joinsOf = (made: Page): string[] =>
  applyRules(made, [columnBreak, brokenParagraph]).changes.flatMap((change) =>
    change.kind === 'join' ? [`${change.status === 'applied' ? '+' : '?'}${change.region}>${change.target.region}`] : []
  )

const filler = '湖滨步道昨日重新开放，沿途新装了路灯和长椅，早晚都有人散步。'
const opening = '镇里的阅览室上月添了三排书架，延长了开放时间，还请退休教师给孩子们普'
const rest = '及地震避险的知识，周末来的人比从前多了一倍，座位常常不够用。'

const first = { text: filler, indent: 2, x: 100, row: 0 }
const end = { text: opening, indent: 2, x: 100, row: 3 }
const start = { text: rest, x: 500, row: 0 }
const last = { text: filler, indent: 2, x: 500, row: 3 }

describe('doubtOf', () => {
  it('joins the foot of a column to the head of the next, where both lines are full and were read well', () => {
    expect(joinsOf(page('zh-Hans', 1, [first, end, start, last]))).toEqual(['+r2>r3'])
  })

  it('only proposes what the engine read badly at the joint', () => {
    expect(joinsOf(page('zh-Hans', 1, [first, { ...end, sure: 0.4 }, start, last]))).toEqual(['?r2>r3'])
    expect(joinsOf(page('zh-Hans', 1, [first, end, { ...start, sure: 0.4 }, last]))).toEqual(['?r2>r3'])
  })

  it('only proposes what begins inside its column, as a piece of a line does', () => {
    const piece = { text: '及地震避险的知识', x: 500 + 4 * em, row: 0 }
    expect(joinsOf(page('zh-Hans', 1, [first, end, piece, { ...last, row: 1 }, { ...last, row: 4 }]))).not.toContain('+r2>r3')
  })

  it('does not join over a line that is missing', () => {
    const below = { text: rest, x: 100, row: 6 }
    const after = { ...first, row: 9 }
    expect(joinsOf(page('zh-Hans', 1, [first, end, below, after]))).toEqual(['+r2>r3'])
    expect(joinsOf(page('zh-Hans', 1, [first, end, { ...below, row: 7 }, { ...after, row: 10 }]))).not.toContain('+r2>r3')
  })

  it('only proposes, in European text, what has small letters to go on with but stands elsewhere', () => {
    const story = 'The harbour board met on Monday evening and resolved to mend the old stone quay before the'
    const more = 'autumn storms set in, at a cost which the members did not yet wish to name in public.'
    const other = 'Captain Rudd spoke of the lamps at some length, and was thanked for it by the chairman.'
    const made = (x: number): Page =>
      page('en', 0.5, [
        { text: other, indent: 2, x: 100, row: 0 },
        { text: story, indent: 2, x: 100, row: 5 },
        { text: more, x, row: 0 },
        { text: other, indent: 2, x, row: 5 }
      ])
    expect(joinsOf(made(1200)).filter((name) => name.startsWith('+'))).toEqual([])
    expect(joinsOf(made(500)).filter((name) => name.endsWith('r2>r3'))).toHaveLength(1)
  })
})

describe('doubtOfRow', () => {
  // The second line of a paragraph in three pieces: a figure was read by itself.
  const pieces = [
    { text: filler, indent: 2, x: 100, row: 0 },
    { text: '他说湖边的树是', x: 100, row: 3 },
    { text: '八六', x: 100 + 7 * em, row: 3 },
    { text: '年春。', x: 100 + 9 * em, row: 3 },
    { text: filler, indent: 2, x: 100, row: 4 }
  ]

  it('joins the pieces of one printed line, where the lines round it run through under all', () => {
    expect(joinsOf(page('zh-Hans', 1, pieces)).filter((join) => /r[234]>r[234]/.test(join))).toEqual(['+r2>r3', '+r3>r4'])
  })

  it('applies nothing where a gutter lies between', () => {
    const apart = pieces.map((piece, index) => (index === 2 || index === 3 ? { ...piece, x: piece.x + 2 * em } : piece))
    expect(joinsOf(page('zh-Hans', 1, apart))).not.toContain('+r2>r3')
  })
})
