import { expect, it } from 'vitest'
import type { Alternative } from '../../src/evidence/alternatives.ts'
import { rivalsAt } from '../../src/evidence/noisy-channel.ts'
import { loadLanguageModel } from '../../src/language/load.ts'
import type { Context } from '../../src/rule.ts'

const context = { model: loadLanguageModel() } as Context
const text = '会议要求，各地抓好春耕备耕，确保根食安全供给。'
const at = text.indexOf('根')
const variant = (char: string, confidence: number): Alternative => ({ text: char, confidence, against: 0.6, source: 'variant' })

it('shares the probability of a place among what may have been printed', () => {
  const rivals = rivalsAt(context, text, at, [variant('粮', 0.3), variant('银', 0.05), variant('根', 0.02)], new Map())
  expect(rivals[0]!.text).toBe('粮')
  expect(rivals.map(({ text: char }) => char)).not.toContain('根')
  const sum = rivals.reduce((all, { probability }) => all + probability, 0)
  expect(sum).toBeGreaterThan(0.9)
  expect(sum).toBeLessThanOrEqual(1)
})
it('believes a rival more the surer the engine was of it', () => {
  const probabilities = [0.01, 0.1, 0.39].map(
    (confidence) => rivalsAt(context, text, at, [variant('粮', confidence)], new Map())[0]!.probability
  )
  expect(probabilities).toEqual([...probabilities].sort((a, b) => a - b))
  expect(new Set(probabilities).size).toBe(3)
})
it('believes what the page says elsewhere', () => {
  const rival = (elsewhere: readonly (readonly [string, number])[]): number =>
    rivalsAt(context, '魏玉姣到场祝贺', 2, [variant('蛟', 0.2)], new Map([['玉姣', 1], ['姣到', 1], ...elsewhere]))[0]!.probability // biome-ignore format: a table
  expect(rival([['玉蛟', 3]])).toBeGreaterThan(rival([]))
})
it('takes a second reading of the line for less than a doubt about the character', () => {
  const [one] = rivalsAt(context, text, at, [variant('粮', 0.3)], new Map())
  const [other] = rivalsAt(context, text, at, [{ ...variant('粮', 0.3), source: 'reading' }], new Map())
  expect(other!.probability).toBeLessThan(one!.probability)
})
it('has no rivals where nothing else was thought of', () => {
  expect(rivalsAt(context, text, at, [], new Map())).toEqual([])
})
