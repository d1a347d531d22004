import { describe, expect, test } from 'vitest'
import { blockText, type Change, checkConservation, type Page, replay } from '../src/index.ts'

const page = (...texts: string[]): Page => ({
  id: 'p1',
  processing: [],
  regions: texts.map((text, index) => ({ type: 'text', id: `r${index + 1}`, role: 'paragraph', lines: [{ id: `r${index + 1}l1`, text }] }))
})

const base = { rule: 'test', reason: 'Because.', confidence: 1, status: 'applied' } as const
const replace = (region: string, from: number, before: string, after: string): Change => ({
  ...base,
  kind: 'replace',
  id: `replace/${region}@${from}`,
  region,
  from,
  to: from + before.length,
  before,
  after
})
const join = (region: string, end: number, target: string, at = 0, glue: '' | ' ' = ''): Change => ({
  ...base,
  kind: 'join',
  id: `join/${region}@${end}`,
  region,
  from: end,
  to: end,
  before: '',
  target: { region: target, at },
  glue
})
const split = (region: string, at: number): Change => ({
  ...base,
  kind: 'split',
  id: `split/${region}@${at}`,
  region,
  from: at,
  to: at,
  before: '',
  role: 'deck'
})
const label = (region: string, at: number, roleBefore: 'paragraph' | 'deck' | 'heading', role: 'heading' | 'deck' | 'kicker'): Change => ({
  ...base,
  kind: 'label',
  id: `label/${region}@${at}:${role}`,
  region,
  from: at,
  to: at,
  before: '',
  roleBefore,
  role
})

/** Blocks as one string: `id role: text`. */
const show = (given: Page, changes: Change[]): string[] => {
  const blocks = replay(given, changes)
  expect(checkConservation(given, blocks, changes)).toEqual([])
  expect(replay(given, JSON.parse(JSON.stringify([...changes].reverse())))).toEqual(blocks)
  return blocks.map((block) => `${block.id} ${block.role}: ${blockText(block)}`)
}

describe('replay', () => {
  test('no change is the raw text', () =>
    expect(show(page('湖水清', '山色新'), [])).toEqual(['r1 paragraph: 湖水清', 'r2 paragraph: 山色新']))
  test('replaces, inserts and removes', () =>
    expect(show(page('湖 水,清'), [replace('r1', 1, ' ', ''), replace('r1', 3, ',', '，'), replace('r1', 5, '', '。')])).toEqual([
      'r1 paragraph: 湖水，清。'
    ]))
  test('joins with a block further on, past another', () =>
    expect(show(page('大力推广普', '别的一段。', '及科学知识。'), [join('r1', 5, 'r3')])).toEqual([
      'r1 paragraph: 大力推广普及科学知识。',
      'r2 paragraph: 别的一段。'
    ]))
  test('joins with a block that stands earlier', () =>
    expect(show(page('及知识。', '推广普'), [join('r2', 3, 'r1')])).toEqual(['r2 paragraph: 推广普及知识。']))
  test('joins words with a blank', () =>
    expect(show(page('the old', 'ferry'), [join('r1', 7, 'r2', 0, ' ')])).toEqual(['r1 paragraph: the old ferry']))
  test('splits, labels the parts, joins a part', () =>
    expect(
      show(page('旧城新生访街道主任', '沈知远'), [
        split('r1', 4),
        label('r1', 0, 'paragraph', 'heading'),
        label('r1', 4, 'deck', 'kicker'),
        join('r1', 9, 'r2')
      ])
    ).toEqual(['r1 heading: 旧城新生', 'r1@4 kicker: 访街道主任沈知远']))
  test('labels of one block follow each other whatever their order', () =>
    expect(show(page('甲'), [label('r1', 0, 'heading', 'kicker'), label('r1', 0, 'paragraph', 'heading')])).toEqual(['r1 kicker: 甲']))
  test('leaves proposals and rejections alone', () =>
    expect(
      show(page('甲 乙'), [
        { ...replace('r1', 1, ' ', ''), status: 'proposed' },
        { ...replace('r1', 0, '甲', '申'), id: 'x', status: 'rejected' }
      ])
    ).toEqual(['r1 paragraph: 甲 乙']))

  test.each([
    ['text that is not there', [replace('r1', 0, '丙', '丁')], /Expected “丙” at r1@0 but found “甲”/],
    ['an unknown region', [replace('r9', 0, '', '丁')], /Expected a text region r9/],
    ['two changes of one place', [replace('r1', 0, '甲乙', '丁'), replace('r1', 1, '乙', '丁')], /changed twice/],
    ['a change across a split', [split('r1', 1), replace('r1', 0, '甲乙', '丁')], /crosses a split/],
    ['a split at an end', [split('r1', 2)], /Expected a split inside a block/],
    ['a join from the middle', [join('r1', 1, 'r2')], /Expected two blocks that meet/],
    ['two joins to one block', [join('r1', 2, 'r2'), join('r3', 2, 'r2')], /Expected one join an end/],
    ['joins in a circle', [join('r1', 2, 'r2'), join('r2', 2, 'r1')], /go round in a circle/],
    ['a label from another role', [label('r1', 0, 'deck', 'heading')], /Expected a label that starts from “paragraph”/]
  ] as const)('refuses %s', (_name, changes, message) => {
    expect(() => replay(page('甲乙', '丙丁', '戊己'), [...changes])).toThrow(message)
  })
})

describe('checkConservation', () => {
  const given = page('湖水清', '山色新')
  const blocks = replay(given, [])
  test('finds a lost block', () =>
    expect(checkConservation(given, blocks.slice(1), [])[0]).toEqual({ place: 'r1@0', message: '“湖水清” is neither kept nor changed.' }))
  test('finds a block told twice', () => expect(checkConservation(given, [...blocks, blocks[0]!], [])).toHaveLength(1))
  test('finds invented text', () =>
    expect(
      checkConservation(given, [...blocks, { id: 'x', role: 'paragraph', pieces: [{ text: '新', change: 'none' }] }], [])
    ).toHaveLength(1))
  test('finds altered text', () =>
    expect(checkConservation(given, [{ ...blocks[0]!, pieces: [{ text: '湖水浊', region: 'r1', at: 0 }] }, blocks[1]!], [])).toHaveLength(
      2
    ))
  test('finds a change that was recorded and not made', () =>
    expect(checkConservation(given, blocks, [replace('r1', 0, '湖', '胡')])).toHaveLength(2))
})

test('a line of very many changes is one block of as many pieces', () => {
  const size = 100_000
  const blocks = replay(
    page('甲,'.repeat(size)),
    Array.from({ length: size }, (_, index) => replace('r1', index * 2 + 1, ',', '，'))
  )
  expect(blocks.map(({ pieces }) => pieces.length)).toEqual([size * 2])
})
