import type { Page } from '@broadsheet/document'
import { expect, test } from 'vitest'
import { normalize } from '../../src/index.ts'

const lines = [
  '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火，水鸟惊起又落下。',
  '全市农业亻生产形势总体平稳，粮食播种面积有所增加，各项工作有序推进。',
  '各地要认真落实责任灬，确保各项任务按期完成，让群众得到更多实惠。',
  '会议强调，要加强组织领导宀，完善工作机制，推动全年目标顺利实现。'
]

const pageOf = (texts: readonly string[], confidence?: number): Page => ({
  id: 'p1',
  processing: [],
  regions: texts.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: 'paragraph',
    lines: [{ id: `r${index + 1}l1`, text, ...(confidence === undefined ? {} : { words: [wordOf(text, confidence)] }) }]
  }))
})
const box = { x: 0, y: 0, width: 1, height: 1 }
const wordOf = (text: string, confidence: number) => ({
  text,
  box,
  confidence,
  glyphs: [...text].map((char) => ({ text: char, box, confidence }))
})
const garbleOn = (page: Page): string[] =>
  normalize(page)
    .changes.filter(({ rule }) => rule === 'garble')
    .map(({ before }) => before)

test('a rare word is doubted only on a page that shows other misread characters', () => {
  expect(garbleOn(pageOf(lines.slice(0, 1)))).toEqual([])
  expect(garbleOn(pageOf(lines)).length).toBeGreaterThan(0)
})

test('what the engine was sure of is not doubted', () => {
  expect(garbleOn(pageOf(lines, 0.6)).length).toBeGreaterThan(0)
  expect(garbleOn(pageOf(lines, 0.99))).toEqual([])
})
