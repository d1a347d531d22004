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

/** Characters of an old text that a verdict has neither as text nor as an old reading. */
function lostCharacters(old: string, page: ReturnType<typeof decideReadings>['page']): string[] {
  const kept = textRegions(page)
    .flatMap((region) => region.lines)
    .flatMap((line) => {
      const readings = (line.readings ?? []).filter((reading) => reading.engine === 'old')
      return readings.length > 0 ? readings.map((reading) => reading.text) : [line.text]
    })
  const left = [...kept.join('')]
  return [...old.replace(/\s/g, '')].filter((char) => {
    const at = left.indexOf(char)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

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
  test('one reading has the better characters, the other the better marks', () => {
    const marks = good.map((text) => text.replace(/，/g, ','))
    const verdict = decideReadings(pageOf('p', ...marks), pageOf('p', ...bad), { model })
    expect(textOf(verdict)).toEqual(good)
  })
  test('letters of a frame are no text', () => {
    const scribble = 'SPER SSS PERSE MSHS LSS REESE REY HRERRH HORM REMY SRE'
    const verdict = decideReadings(pageOf('p', ...good, scribble), pageOf('p', ...good))
    expect(textOf(verdict).slice(0, 3)).toEqual(good)
    expect(verdict.page.regions.at(-1)).toMatchObject({ role: 'noise', lines: [{ text: scribble }] })
  })
  test('words of another line that an old text has run into this one are not read twice', () => {
    const old = pageOf('p', good[0]!, `${good[1]!.slice(0, 9)}赶集去周六${good[1]!.slice(9)}`, good[2]!)
    const fresh = pageOf('p', good[0]!, good[1]!, '赶集去周六', good[2]!)
    expect(textOf(decideReadings(old, fresh, { model }))).toEqual([good[0], good[1], '赶集去周六', good[2]])
  })
  test('a rare character that an engine left out comes back', () => {
    const old = pageOf('p', ...good.map((text) => text.replace('下游', '下游舸')))
    expect(textOf(decideReadings(old, pageOf('p', ...good), { model }))[0]).toContain('舸')
  })
  test('an old line that holds the start of the next one too gives it back', () => {
    const old = pageOf('p', `${good[0]}沿线二`, good[1]!, good[2]!)
    expect(textOf(decideReadings(old, pageOf('p', ...good), { model }))).toEqual(good)
  })
  test('nothing of an old text is lost, whatever became of it', () => {
    const pieces = [...good, ...bad, '码头', '12', 'Fresh winds; showers later', '，，', '  ', '县里派来的医生']
    for (let round = 0; round < 60; round++) {
      const pick = (step: number, count: number): string[] =>
        Array.from({ length: count }, (_, at) => pieces[(round * step + at * 5) % pieces.length]!)
      const old = pick(7, 1 + (round % 5))
      const { page } = decideReadings(pageOf('p', ...old), pageOf('p', ...pick(3, 1 + (round % 4))), { model })
      expect(lostCharacters(old.join(''), page)).toEqual([])
    }
  })
  test('the outcome is entered among the steps of the page', () => {
    const { page } = decideReadings(pageOf('p', ...bad), pageOf('p', ...good), { model })
    expect(page.processing.at(-1)).toMatchObject({ id: 'verdict', settings: { base: 'new', 'lines-new': 3 } })
  })
})
