import { expect, test } from 'vitest'
import { suspectsIn } from '../src/evidence/misreading.ts'
import { type PageSigns, type PlacedSuspect, probabilitiesOf } from '../src/evidence/page-damage.ts'
import { loadLanguageModel } from '../src/language/load.ts'

const suspects = (count: number, logit: number, more: Partial<PlacedSuspect> = {}): PlacedSuspect[] =>
  Array.from({ length: count }, (_, at) => ({ at, bits: 25, logit, lookAlike: 0, ...more }))
const sound: PageSigns = { characters: 2000, bits: 8, lookAlikes: 0, strays: 0, marks: 0 }

test('what else a page shows of having been badly read makes each suspect the likelier', () => {
  const [onSound] = probabilitiesOf(suspects(60, 0), sound)
  const [onBad] = probabilitiesOf(suspects(60, 0), { ...sound, lookAlikes: 8, strays: 3, marks: 12 })
  expect(onSound).toBeLessThan(0.4)
  expect(onBad).toBeGreaterThan(0.5)
})

test('many poor suspects are names and coined words, and stay improbable', () => {
  expect(Math.max(...probabilitiesOf(suspects(90, -2.5), sound))).toBeLessThan(0.05)
})

test('a language that the model does not know cannot be doubted by it', () => {
  expect(Math.max(...probabilitiesOf(suspects(60, 1), { ...sound, bits: 13 }))).toBeLessThan(0.05)
})

test('how sure the engine was counts most', () => {
  const signs = { ...sound, lookAlikes: 3 }
  const [unsure] = probabilitiesOf(suspects(30, -2, { confidence: 0.3 }), signs)
  const [sure] = probabilitiesOf(suspects(30, 1, { confidence: 0.9999 }), signs)
  expect(unsure).toBeGreaterThan(0.4)
  expect(sure).toBeLessThan(0.2)
})

test('no suspects, no probabilities', () => {
  expect(probabilitiesOf([], sound)).toEqual([])
})

test('a character that belongs to no word and fits nothing is suspicious, fluent text is not', () => {
  const model = loadLanguageModel()
  const none = () => false
  const text = '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕，确保各项任务按期完成。'
  expect(suspectsIn(text, model, none).map(({ at }) => text[at])).toContain('卯')
  expect(suspectsIn(text, model, (at) => text[at] === '卯').map(({ at }) => text[at])).not.toContain('卯')
  expect(suspectsIn('各部门要认真贯彻落实会议精神，加强组织领导，确保各项任务按期完成。', model, none)).toEqual([])
})
