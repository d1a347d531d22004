import { expect, test } from 'vitest'
import { describeRule } from '../src/rule-book.ts'

test('a rule is told with its cases', () => {
  const rule = {
    name: 'wet-paper',
    phase: 'doubt',
    summary: 'Wet.',
    why: 'Rain.',
    examples: [
      { before: ['湖水', { text: '清清', role: 'heading' }], after: ['湖水清清'], proposed: ['水 → 清'] },
      { before: { lines: ['a', 'b'] } as never, after: { lines: ['a', 'b'] } as never, flagged: ['b'] }
    ].map((example) => ({ ...example, before: [example.before].flat(), after: [example.after].flat() })),
    find: () => []
  } as const
  expect(describeRule(rule)).toBe(`wet-paper
Wet.

Rain.

  from      湖水 ¶ [heading] 清清
  to        湖水清清
  proposes  水 → 清

  stays     a⏎b
  flags     b
`)
})
