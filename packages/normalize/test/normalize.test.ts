import type { Decision } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { applyRules, defineRule, type Rule } from '../src/index.ts'
import { blockTexts, lawsHold, pageOf } from './laws.ts'

const plain = { phase: 'character', summary: '', why: '', examples: [] } as const

const starToDot: Rule = defineRule({
  ...plain,
  name: 'star',
  *find({ blocks, textOf }) {
    for (const block of blocks)
      for (const match of textOf(block).matchAll(/\*/g))
        yield {
          kind: 'replace',
          block: block.id,
          from: match.index,
          to: match.index + 1,
          after: '·',
          reason: 'A star for a dot.',
          confidence: 0.9,
          certainty: 'certain'
        }
  }
})

const joinNext: Rule = defineRule({
  ...plain,
  name: 'join',
  phase: 'join',
  *find({ blocks, textOf }) {
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1]
      if (next && /[，-]$/.test(textOf(block)))
        yield { kind: 'join', block: block.id, target: next.id, glue: '', reason: 'Open.', confidence: 0.9, certainty: 'probable' }
    }
  }
})

const cutAtBar: Rule = defineRule({
  ...plain,
  name: 'cut',
  phase: 'split',
  *find({ blocks, textOf }) {
    for (const block of blocks) {
      const at = textOf(block).indexOf('|')
      if (at > 0) yield { kind: 'split', block: block.id, at, role: 'deck', reason: 'A bar.', confidence: 1, certainty: 'certain' }
    }
  }
})

const flagHash: Rule = defineRule({
  ...plain,
  name: 'hash',
  phase: 'doubt',
  *find({ blocks, textOf }) {
    for (const block of blocks)
      for (const match of textOf(block).matchAll(/#.*#/g))
        yield {
          kind: 'flag',
          block: block.id,
          from: match.index,
          to: match.index + match[0].length,
          reason: 'Unclear.',
          confidence: 0.5,
          certainty: 'probable',
          guesses: [{ text: '井', score: 1 }]
        }
  }
})

const all = [flagHash, starToDot, joinNext, cutAtBar]
const page = pageOf(['甲*乙，', '丙*丁|戊#己*庚#', '辛'])

describe('applyRules', () => {
  it('runs the phases in order and keeps the laws', () => {
    const result = lawsHold(page, all)
    expect(blockTexts(result)).toEqual(['甲·乙，', '丙·丁', '|戊#己·庚#', '辛'])
    expect(result.changes.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'star/r1@1 applied',
      'join/r1@4 proposed',
      'star/r2@1 applied',
      'cut/r2@3 applied',
      'hash/r2@5 applied',
      'star/r2@7 applied'
    ])
  })

  it('obeys settings', () => {
    const result = lawsHold(page, all, { rules: { star: 'off', join: 'apply', cut: 'propose' } })
    expect(blockTexts(result)).toEqual(['甲*乙，丙*丁|戊#己*庚#', '辛'])
    expect(() => applyRules(page, all, { rules: { stra: 'off' } })).toThrow('Expected the name of a rule')
  })

  it('obeys decisions, by the change and by what stood there', () => {
    const decisions: Decision[] = [
      { verdict: 'accept', change: 'join/r1@4' },
      { verdict: 'reject', change: 'star/r1@1', before: '*' },
      { verdict: 'accept', change: 'star/r2@1', after: '•' },
      { verdict: 'reject', change: 'star/r2@7', before: '+' },
      { verdict: 'accept', change: 'hash/r2@5', after: '#井#' },
      { verdict: 'reject', change: 'star/r9@0' }
    ]
    const result = applyRules(page, all, { decisions })
    expect(blockTexts(result)).toEqual(['甲*乙，丙•丁', '|戊#己·庚#', '辛'])
    expect(result.changes.find(({ id }) => id === 'star/r1@1')?.status).toBe('rejected')
    expect(result.notes).toHaveLength(3)
    expect(result.notes.join(' ')).toMatch(/star\/r2@7 was about “\+”.*hash\/r2@5 was accepted, but.*star\/r9@0 was not needed/)
  })

  it('obeys decisions on all that a rule finds, but for those decided one by one', () => {
    const decisions: Decision[] = [
      { verdict: 'accept', change: 'join/*' },
      { verdict: 'reject', change: 'star/*' },
      { verdict: 'accept', change: 'star/r2@1' },
      { verdict: 'reject', change: 'nothing/*' }
    ]
    const result = applyRules(page, all, { decisions })
    expect(blockTexts(result)).toEqual(['甲*乙，丙·丁', '|戊#己*庚#', '辛'])
    expect(result.notes).toEqual([expect.stringContaining('nothing/* was not needed')])
  })

  it('makes a change of a reviewer’s own, once its block exists', () => {
    const own = { rule: 'reviewer', reason: 'As printed.', confidence: 1, before: '' } as const
    const decisions: Decision[] = [
      { verdict: 'make', make: { ...own, kind: 'label', region: 'r2', from: 3, to: 3, roleBefore: 'paragraph', role: 'caption' } },
      { verdict: 'make', make: { ...own, kind: 'replace', region: 'r3', from: 0, to: 1, before: '辛', after: '新' } },
      { verdict: 'make', make: { ...own, kind: 'replace', region: 'r3', from: 0, to: 1, before: '心', after: '新' } },
      { verdict: 'make', make: { ...own, kind: 'join', region: 'r2', from: 10, to: 10, target: { region: 'r3', at: 0 }, glue: '' } }
    ]
    const { blocks, notes } = applyRules(page, all, { decisions })
    expect(blockTexts({ blocks }).at(-1)).toBe('|戊#己·庚#新')
    expect(blocks.at(-1)?.role).toBe('caption')
    expect(notes).toEqual([expect.stringContaining('r3@0 was not made')])
  })

  it('resolves a flag by the text a reviewer gives', () => {
    const { blocks, changes } = applyRules(page, [flagHash], { decisions: [{ verdict: 'accept', change: 'hash/r2@5', after: '井' }] })
    expect(blockTexts({ blocks })[1]).toBe('丙*丁|戊井')
    expect(changes).toMatchObject([{ id: 'hash/r2@5', kind: 'replace', candidates: [{ text: '井' }] }])
  })

  it('never joins in a circle, nor two blocks to one', () => {
    const wild = defineRule({
      ...joinNext,
      name: 'wild',
      *find({ blocks }) {
        for (const block of blocks)
          for (const target of blocks)
            if (target !== block)
              yield { kind: 'join', block: block.id, target: target.id, glue: '', reason: '', confidence: 1, certainty: 'certain' }
      }
    })
    expect(blockTexts(lawsHold(pageOf(['甲', '乙', '丙']), [wild]))).toEqual(['甲乙丙'])
  })

  it('leaves a page without text as it is', () => {
    expect(applyRules(pageOf([]), all)).toMatchObject({ changes: [], blocks: [], notes: [] })
  })
})
