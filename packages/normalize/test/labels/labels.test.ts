import { describe, expect, it } from 'vitest'
import { applyRules } from '../../src/index.ts'
import { labelRules } from '../../src/labels/index.ts'
import { exampleText, lawsHold, pageOf } from '../laws.ts'

describe.each(labelRules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  it.each(rule.examples.map((example) => [exampleText(example.before).join(' | ').slice(0, 60), example] as const))('%s', (_, example) => {
    const page = pageOf(example.before, example.language)
    const { blocks } = lawsHold(page, [rule, ...labelRules.filter((other) => example.with?.includes(other.name))])
    const expected = (typeof example.after === 'string' ? [example.after] : example.after).map((block) =>
      typeof block === 'string'
        ? { text: block, role: 'paragraph' }
        : { text: 'lines' in block ? block.lines.join('') : block.text, role: block.role ?? 'paragraph' }
    )
    expect(blocks.map((block) => ({ text: block.pieces.map((piece) => piece.text).join(''), role: block.role }))).toEqual(expected)
  })

  it('has an example where it keeps its hands off', () => {
    const untouched = rule.examples.filter((example) => {
      const page = pageOf(example.before, example.language)
      return applyRules(page, [rule]).changes.length === 0
    })
    expect(untouched.length).toBeGreaterThan(0)
  })
})
