import { readFileSync, writeFileSync } from 'node:fs'
import { rules } from '@broadsheet/normalize'
import { expect, test } from 'vitest'
import { describeRule, writeRuleBook } from '../src/rule-book.ts'

const path = new URL('../../../docs/rules.md', import.meta.url)

test('docs/rules.md is what the rules say (UPDATE=1 writes it)', () => {
  const book = writeRuleBook(rules)
  if (process.env.UPDATE === '1') writeFileSync(path, book)
  expect(book).toBe(readFileSync(path, 'utf8'))
})

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
  expect(writeRuleBook([{ ...rule, why: 'A *mark* or <two>.', writing: 'chinese' }])).toMatch(
    /## What is doubtful\n\n### wet-paper\n\nWet\. Only in chinese text\.\n\nA \\\*mark\\\* or \\<two\\>\.\n\n```text\nfrom/
  )
})
