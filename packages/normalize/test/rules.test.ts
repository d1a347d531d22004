import { type Change, rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { type Example, type Rule, rules } from '../src/index.ts'
import { blockTexts, exampleText, lawsHold, pageOf } from './laws.ts'

function namesOf(example: Example, rule: Rule): Rule[] {
  return rules.filter(({ name }) => name === rule.name || example.with?.includes(name))
}

describe.each(rules.map((rule) => ({ name: rule.name, rule })))('$name', ({ rule }) => {
  it('says what it is', () => {
    expect(rule.summary).toMatch(/^[A-Z].*\.$/s)
    expect(rule.why.length).toBeGreaterThan(40)
    expect(rule.examples.length).toBeGreaterThan(1)
  })

  it('keeps its hands off in at least one example', () => {
    const handsOff = rule.examples.some(({ before, after }) => JSON.stringify(exampleText(before)) === JSON.stringify(exampleText(after)))
    expect(handsOff || rule.phase === 'label' || rule.phase === 'split').toBe(true)
  })

  it.each(rule.examples.map((example) => ({ text: exampleText(example.before).join(' | '), example })))('$text', ({ example }) => {
    const page = pageOf(example.before, example.language ?? (rule.writing === 'alphabetic' ? 'en' : 'zh-Hans'))
    const result = lawsHold(page, namesOf(example, rule), {
      ...(example.answers ? { answers: example.answers } : {}),
      ...(example.profile ? { profile: example.profile } : {})
    })
    expect(blockTexts(result)).toEqual(exampleText(example.after))
    const own = result.changes.filter((change) => change.rule === rule.name)
    expect(own.filter(({ kind }) => kind === 'flag').map(({ before }) => before)).toEqual(example.flagged ?? [])
    expect(own.filter(({ status }) => status === 'proposed').map((change) => proposal(page, change))).toEqual(example.proposed ?? [])
  })
})

function proposal(page: ReturnType<typeof pageOf>, change: Change): string {
  if (change.kind === 'replace') return `${change.before} → ${change.after}`
  if (change.kind !== 'join') return change.kind
  const texts = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  return `${texts.get(change.region)!.slice(0, change.to).slice(-4)} → ${texts.get(change.target.region)!.slice(change.target.at, change.target.at + 4)}`
}
