import { expect, test } from 'vitest'
import { alphabetFor, mergeClasses } from '../../../src/engines/paddle/alphabet.ts'

test('a stroke that is no character counts as the comma it was', () => {
  const alphabet = alphabetFor(['', '、', '丶', '国'], false)
  expect(alphabet).toEqual({ characters: ['', '、', '、', '国'], merged: [[2, 1]] })
  const { values } = mergeClasses({ steps: 2, classes: 4, values: Float32Array.of(0, 0.25, 0.5, 0.25, 1, 0, 0, 0) }, alphabet)
  expect([...values]).toEqual([0, 0.75, 0, 0.25, 1, 0, 0, 0])
})

test('on traditional pages a simplified answer counts as the character it stands for', () => {
  const { characters, merged } = alphabetFor(['', '国', '國', '人'], true)
  expect([characters, merged]).toEqual([['', '國', '國', '人'], [[1, 2]]])
})

test('a form that was printed before there were simplified characters is kept', () => {
  expect(alphabetFor(['', '决', '決', '温', '溫'], true).characters).toEqual(['', '决', '決', '溫', '溫'])
})
