import { expect, test } from 'vitest'
import { nameUprightMarks } from '../../../src/engines/paddle/upright-mark.ts'

const peak = (text: string, ...variants: { readonly text: string; readonly confidence: number }[]) => ({
  text,
  confidence: 0.5,
  firstStep: 0,
  lastStep: 0,
  variants
})

test.each([
  ['日．月', '日，月'],
  ['>明月', '《明月'],
  ['日月·', '日月，'],
  ['日·月', '日·月'],
  ['日。', '日。']
])('%s in a line that runs down means %s', (read, meant) => {
  const named = nameUprightMarks(
    [...read].map((text) => peak(text)),
    true
  )
  expect(named.map(({ text }) => text).join('')).toBe(meant)
})

test('a mark known by two names is as sure as both together', () => {
  const [named] = nameUprightMarks([peak('．', { text: '，', confidence: 0.3 }, { text: '。', confidence: 0.1 })], false)
  expect(named).toMatchObject({ text: '，', confidence: 0.8, variants: [{ text: '。', confidence: 0.1 }] })
})
