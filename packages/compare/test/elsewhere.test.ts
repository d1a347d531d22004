import { describe, expect, test } from 'vitest'
import { elsewhereIn } from '../src/elsewhere.ts'

describe('what also stands elsewhere', () => {
  const page = '渔港的灯塔今晨重新点亮。\n出海的船只在码头排队加冰。'
  test('the same words, whatever the blanks and marks around them', () => {
    expect(elsewhereIn(page, '灯塔 今晨，')('灯塔 今晨，')).toBe(true)
  })
  test('not when the other text has them less often', () => {
    expect(elsewhereIn(page, '码头到码头')('码头')).toBe(false)
  })
  test('a longer passage of Chinese that one of the two has misread', () => {
    const misread = '出海的般只在码头排队加水'
    expect(elsewhereIn(page, misread)(misread)).toBe(true)
  })
  test('what is nowhere; a single character', () => {
    expect(elsewhereIn(page, '渡轮周末停航检修')('渡轮周末停航检修')).toBe(false)
    expect(elsewhereIn(page, '的')('的')).toBe(false)
  })
})
