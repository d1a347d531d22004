import { expect, test } from 'vitest'
import { probabilitiesOf, type Suspect, suspectsIn } from '../src/evidence/misreading.ts'
import { loadLanguageModel } from '../src/language/load.ts'

const suspects = (count: number, logit: number): Suspect[] => Array.from({ length: count }, (_, at) => ({ at, bits: 25, logit }))

test('a page of many good suspects is a badly read one, and each of them the likelier for it', () => {
  const alone = probabilitiesOf(suspects(1, 0))[0]!
  const amongMany = probabilitiesOf(suspects(60, 0))[0]!
  expect(alone).toBeLessThan(0.1)
  expect(amongMany).toBeGreaterThan(0.5)
})

test('many poor suspects are names and terms, and stay improbable', () => {
  expect(Math.max(...probabilitiesOf(suspects(60, -3)))).toBeLessThan(0.05)
})

test('no suspects, no probabilities', () => {
  expect(probabilitiesOf([])).toEqual([])
})

test('a character that belongs to no word and fits nothing is suspicious, fluent text is not', () => {
  const model = loadLanguageModel()
  const none = () => false
  const text = '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕，确保各项任务按期完成。'
  expect(suspectsIn(text, model, 8, none).map(({ at }) => text[at])).toContain('卯')
  expect(suspectsIn(text, model, 8, (at) => text[at] === '卯').map(({ at }) => text[at])).not.toContain('卯')
  expect(suspectsIn('各部门要认真贯彻落实会议精神，加强组织领导，确保各项任务按期完成。', model, 8, none)).toEqual([])
})
