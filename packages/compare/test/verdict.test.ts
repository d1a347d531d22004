import { blockText, rawText, replay, textRegions } from '@broadsheet/document'
import { describe, expect, test } from 'vitest'
import { type CharacterModel, decideReadings } from '../src/index.ts'
import { pageOf } from './pages.ts'

const good = [
  '镇上的老码头昨天重新开放，来自下游的船只在午后陆续靠岸。',
  '沿线二十三个村的灌溉渠也在同一天放水，村民早早等在渠边。',
  '集市照旧在周六举行，县里派来的医生会在茶馆门口量血压。'
]
/** The misread page has rare characters no text has. */
const bad = good.map((text) => text.replace(/开|的|在/g, '彧'))
/** Knows one thing: what is not said. */
const model: CharacterModel = { surprise: (text) => Array.from({ length: text.length }, (_, at) => (text[at] === '彧' ? 20 : 4)) }
const textOf = (verdict: ReturnType<typeof decideReadings>): string[] => replay(verdict.page, verdict.changes).map(blockText)

describe('old text and new reading', () => {
  test('two equal readings in another order: nothing changes', () => {
    const verdict = decideReadings(pageOf('p', ...[...good].reverse()), pageOf('p', ...good))
    expect(verdict.changes).toEqual([])
    expect(verdict.summary.lines).toMatchObject({ same: 3, 'only-old': 0, 'only-new': 0 })
  })
  test('the better reading wins in both directions; the raw text of the new page is never touched', () => {
    const up = decideReadings(pageOf('p', ...bad), pageOf('p', ...good), { model })
    expect(textOf(up)).toEqual(good)
    const down = decideReadings(pageOf('p', ...good), pageOf('p', ...bad), { model })
    expect(textOf(down)).toEqual(good)
    expect(textRegions(down.page).map(rawText)).toEqual(bad)
    expect(down.changes.every((change) => change.rule === 'reading-verdict' && change.status === 'applied')).toBe(true)
  })
  test('what was not taken stands beside the line', () => {
    const { page } = decideReadings(pageOf('p', ...bad), pageOf('p', ...good))
    expect(textRegions(page).map((region) => region.lines[0]!.readings?.[0])).toEqual(
      bad.map((text) => ({ engine: 'old', text, confidence: 0 }))
    )
  })
  test('a paragraph that only the old text has is kept, at its place', () => {
    const verdict = decideReadings(pageOf('p', ...good), pageOf('p', good[0]!, good[2]!))
    expect(textOf(verdict)).toEqual(good)
    expect(verdict.summary.lines['only-old']).toBe(1)
  })
  test('the outcome is entered among the steps of the page', () => {
    const { page } = decideReadings(pageOf('p', ...bad), pageOf('p', ...good), { model })
    expect(page.processing.at(-1)).toMatchObject({ id: 'verdict', settings: { base: 'new', 'lines-new': 3 } })
  })
})
