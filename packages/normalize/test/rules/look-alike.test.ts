import type { Page, TextRegion, Variant } from '@broadsheet/document'
import { expect, test } from 'vitest'
import { normalize } from '../../src/index.ts'

const sentence = '会议要求，各地抓好春耕备耕，确保粮食和重要农产品稳定安全供给。'
const box = { x: 0, y: 0, width: 10, height: 10 }

/** The sentence with one character read as another, by an engine that says how sure it was and what else it thought of. */
function readAs(printed: string, read: string, confidence: number, variants: readonly Variant[], text: string = sentence): Page {
  const at = text.indexOf(printed)
  const line = text.slice(0, at) + read + text.slice(at + 1)
  const glyphs = [...line].map((char, index) => ({
    box,
    text: char,
    confidence: index === at ? confidence : 0.99,
    ...(index === at ? { variants } : {})
  }))
  const region: TextRegion = {
    type: 'text',
    id: 'r1',
    role: 'paragraph',
    box,
    lines: [{ id: 'l1', box, text: line, words: [{ box, text: line, confidence: 0.9, glyphs }] }]
  }
  return { id: 'p01', language: 'zh-Hans', regions: [region], processing: [] }
}

const said = (page: Page): string[] =>
  normalize(page).changes.flatMap((change) =>
    change.rule === 'look-alike' && change.kind === 'replace' ? [`${change.before} → ${change.after} ${change.status}`] : []
  )

test('what the engine nearly read is set where sentence and words agree', () => {
  expect(said(readAs('粮', '根', 0.5, [{ text: '粮', confidence: 0.45 }]))).toEqual(['根 → 粮 applied'])
})
test('where the engine was sure of what it read, its last guesses change nothing', () => {
  expect(said(readAs('抓', '抓', 0.995, [{ text: '做', confidence: 0.004 }]))).toEqual([])
  expect(said(readAs('春', '椿', 0.99, []))).toEqual([])
})
test('a rare character does not lose to a common one for being rare', () => {
  expect(said(readAs('春', '栾', 0.9, [{ text: '来', confidence: 0.06 }]))).toEqual([])
})
test('a date is only proposed', () => {
  const text = '昨日，市里召开春耕备耕工作会议，各地抓好落实。'
  expect(said(readAs('日', '目', 0.5, [{ text: '日', confidence: 0.48 }], text))).toEqual(['目 → 日 proposed'])
})
test('a figure is never taken for another', () => {
  const text = '全市共有三个县参加了这次会议，各地抓好落实。'
  expect(said(readAs('三', '二', 0.4, [{ text: '三', confidence: 0.55 }], text))).toEqual([])
})
test('what the page says twice is only proposed', () => {
  const text = '发展农业，发展农业，发展农业，各地抓好春耕备耕，确保粮食供给。'
  const changes = said(readAs('农', '衣', 0.5, [{ text: '农', confidence: 0.45 }], text))
  expect(changes).toEqual(['衣 → 农 applied'])
  const twice = text.replace('发展农业', '发展衣业')
  expect(said(readAs('农', '衣', 0.5, [{ text: '农', confidence: 0.45 }], twice))).toEqual(['衣 → 农 proposed'])
})
test('names known to be right are never touched, whatever the engine thought of', () => {
  const page = readAs('粮', '根', 0.5, [{ text: '粮', confidence: 0.45 }])
  expect(normalize(page, { profile: { names: ['根食'] } }).changes.filter(({ rule }) => rule === 'look-alike')).toEqual([])
})
