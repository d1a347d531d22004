import { expect, test } from 'vitest'
import { alphabetFor, mergeClasses, scriptOf } from '../../../src/engines/paddle/alphabet.ts'

test('a stroke that is no character counts as the comma it was', () => {
  const alphabet = alphabetFor(['', '、', '丶', '国'], 'simplified')
  expect(alphabet).toEqual({ characters: ['', '、', '、', '国'], merged: [[2, 1]] })
  const { values } = mergeClasses({ steps: 2, classes: 4, values: Float32Array.of(0, 0.25, 0.5, 0.25, 1, 0, 0, 0) }, alphabet)
  expect([...values]).toEqual([0, 0.75, 0, 0.25, 1, 0, 0, 0])
})

test('on traditional pages a simplified answer counts as the character it stands for', () => {
  const { characters, merged } = alphabetFor(['', '国', '國', '人'], 'traditional')
  expect([characters, merged]).toEqual([['', '國', '國', '人'], [[1, 2]]])
})

test('a form that was printed before there were simplified characters is kept', () => {
  expect(alphabetFor(['', '决', '決', '温', '溫'], 'traditional').characters).toEqual(['', '决', '決', '溫', '溫'])
})

test('where a region’s standard is known, what the network does not tell apart is read as the standard has it', () => {
  const { characters } = alphabetFor(['', '决', '決', '却', '卻', '凉', '涼'], 'standard traditional')
  expect(characters).toEqual(['', '決', '決', '却', '卻', '涼', '涼'])
})

test('no answer is changed on simplified pages', () => {
  expect(alphabetFor(['', '決', '决', '國', '国'], 'simplified')).toEqual({ characters: ['', '決', '决', '國', '国'], merged: [] })
})

test.each([
  ['zh-Hans', 'simplified'],
  ['zh-CN', 'simplified'],
  ['zh-Hant', 'traditional'],
  ['zh-TW', 'standard traditional'],
  ['zh-Hant-HK', 'standard traditional'],
  ['en', 'simplified']
])('%s is %s', (language, script) => {
  expect(scriptOf(language)).toBe(script)
})
