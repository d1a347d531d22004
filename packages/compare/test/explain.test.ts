import { blockText, type CleanPage, rawText, textRegions } from '@broadsheet/document'
import { describe, expect, test } from 'vitest'
import { type Explanation, explain } from '../src/index.ts'
import { change, cleanPage, pageOf, samplePage } from './pages.ts'

function rightSides(explanation: Explanation): string[] {
  return explanation.rows.filter((row) => row.kind === 'block').map((row) => row.hunks.map((hunk) => hunk.clean).join(''))
}

function leftCharacters(explanation: Explanation): string {
  const hunks = explanation.rows.filter((row) => row.kind === 'block').flatMap((row) => row.hunks)
  return [
    ...hunks
      .filter((hunk) => hunk.kind !== 'joined')
      .map((hunk) => hunk.raw)
      .join('')
  ]
    .sort()
    .join('')
}

function withText(clean: CleanPage, id: string, edit: (text: string) => string): CleanPage {
  const blocks = clean.blocks.map((block) =>
    block.id === id ? { ...block, pieces: [{ text: edit(blockText(block)), change: 'x' }] } : block
  )
  return { ...clean, blocks }
}

describe('explain', () => {
  const clean = samplePage()
  const explanation = explain(clean)

  test('its right sides are the clean text, its left sides hold every raw character once', () => {
    expect(rightSides(explanation)).toEqual(clean.blocks.map(blockText))
    expect(leftCharacters(explanation)).toBe([...textRegions(clean.page).map(rawText).join('')].sort().join(''))
    expect(explanation.unexplained).toEqual([])
  })

  test('names the change behind every difference', () => {
    const hunks = explanation.rows.flatMap((row) => row.hunks).filter((hunk) => hunk.kind !== 'same')
    expect(hunks.map((hunk) => [hunk.kind, hunk.raw, hunk.clean, hunk.changes[0]])).toEqual([
      ['deleted', ' ', '', 'wrapped-space/r1@4'],
      ['moved', '沿线二十三个村的灌溉渠也在同一天放水。', '', 'column-break/r4@22'],
      ['replaced', '(', '（', 'half-width-punctuation/r3@3'],
      ['replaced', ')', '）', 'half-width-punctuation/r3@9'],
      ['joined', '\n', '', 'column-break/r4@22']
    ])
  })

  test('hangs proposals and flags on the text they are about', () => {
    const noted = explanation.rows.flatMap((row) => row.hunks).filter((hunk) => hunk.notes.length > 0)
    expect(noted.map((hunk) => [hunk.raw, hunk.notes[0]])).toEqual([
      [',', 'half-width-punctuation/r3@12'],
      ['在', 'stray-glyph/r4@7']
    ])
  })

  test('shows what was displaced as moved, in both places', () => {
    const row = explanation.rows.find((one) => one.id === 'r4' && one.kind === 'block')!
    expect(row.hunks.filter((hunk) => hunk.move).map((hunk) => hunk.clean)).toEqual(['', '沿线二十三个村的灌溉渠也在同一天放水。'])
    expect(explanation.rows.map((one) => `${one.kind} ${one.id}`)).toEqual([
      'block r1',
      'moved-away r4',
      'block r3',
      'block r4',
      'block r5'
    ])
  })

  test('tells a block’s role before and after', () => {
    expect(explanation.rows.at(-1)).toMatchObject({ role: 'advert', roleBefore: 'paragraph', changes: ['advert/r5@0'] })
  })

  test('cuts at splits', () => {
    const split = cleanPage(pageOf('p', '一个标题正文从这里开始。'), [change({ kind: 'split', region: 'r1', from: 4, role: 'paragraph' })])
    expect(explain(split).rows.map((row) => [row.id, row.hunks[0]!.raw, row.changes.length])).toEqual([
      ['r1', '一个标题', 0],
      ['r1@4', '正文从这里开始。', 1]
    ])
    expect(explain(split).unexplained).toEqual([])
  })
})

describe('a difference that no change explains', () => {
  const clean = samplePage()

  test('inside a block is named by its raw place', () => {
    const tampered = withText(clean, 'r3', (text) => text.replace('老码头', '新码头'))
    expect(explain(tampered).unexplained).toMatchObject([{ place: 'r3@16', raw: '老', clean: '新' }])
    expect(rightSides(explain(tampered))).toEqual(tampered.blocks.map(blockText))
  })

  test('an addition and a loss are both found', () => {
    const longer = withText(clean, 'r1', (text) => `${text}！`)
    expect(explain(longer).unexplained).toMatchObject([{ raw: '', clean: '！' }])
    const shorter = withText(clean, 'r4', (text) => text.replace('灌溉渠', ''))
    expect(explain(shorter).unexplained).toMatchObject([{ place: 'r2@8', raw: '灌溉渠', clean: '' }])
  })

  test('a block that is missing, invented, in another place or in another role', () => {
    expect(explain({ ...clean, blocks: clean.blocks.slice(1) }).unexplained).toMatchObject([{ place: 'r1', raw: '河堤修复 工程完工' }])
    const invented = { id: 'r9', role: 'paragraph' as const, pieces: [{ text: '无中生有。', change: 'x' }] }
    expect(explain({ ...clean, blocks: [...clean.blocks, invented] }).unexplained).toMatchObject([{ place: 'r9', clean: '无中生有。' }])
    expect(explain({ ...clean, blocks: [...clean.blocks].reverse() }).unexplained.length).toBeGreaterThan(0)
    const relabelled = clean.blocks.map((block) => ({ ...block, role: 'noise' as const }))
    expect(explain({ ...clean, blocks: relabelled }).unexplained).toHaveLength(4)
  })

  test('a change that was not made shows where it should stand', () => {
    const unmade = withText(clean, 'r3', (text) => text.replace('（', '('))
    expect(explain(unmade).unexplained).toMatchObject([{ place: 'r3@3', raw: '(', clean: '(' }])
  })

  test('a change that does not fit the page', () => {
    const odd = change({ kind: 'replace', rule: 'odd', region: 'r3', from: 0, to: 1, before: '木', after: '本' })
    expect(explain({ ...clean, changes: [...clean.changes, odd] }).unexplained[0]!.message).toContain('odd/r3@0')
  })
})
