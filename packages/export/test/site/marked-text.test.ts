import { blockText, type Change, type CleanPage, type Page, rawText, replay, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { markBlock, sliceStretches } from '../../src/site/marked-text.ts'

function page(texts: readonly string[]): Page {
  const regions = texts.map((text, index) => ({
    type: 'text' as const,
    id: `r${index + 1}`,
    role: 'paragraph' as const,
    lines: [{ id: `l${index + 1}`, text }]
  }))
  return { id: 'p', regions, processing: [] }
}

const base = { rule: 'test', reason: 'For the test.', confidence: 1, status: 'applied' as const }

function replace(region: string, from: number, before: string, after: string): Change {
  return { ...base, kind: 'replace', id: `replace/${region}@${from}`, region, from, to: from + before.length, before, after }
}

function clean(source: Page, changes: readonly Change[]): CleanPage {
  return { page: source, changes, blocks: replay(source, changes) }
}

/** `[-removed-]{+written+}`, `|` where a join meets, `<…>` under a proposal or doubt. */
function draw(made: CleanPage, block: number): string {
  const marks = {
    kept: (text: string) => text,
    written: (text: string) => `{+${text}+}`,
    removed: (text: string) => `[-${text}-]`,
    joined: () => '|'
  }
  return markBlock(made, made.blocks[block]!)
    .map((stretch) => (stretch.marks.length > 0 ? `<${stretch.text}>` : marks[stretch.kind](stretch.text)))
    .join('')
}

describe('markBlock', () => {
  it('shows what was replaced, removed and written', () => {
    const made = clean(page(['人们过汪去 看戏']), [replace('r1', 3, '汪', '江'), replace('r1', 5, ' ', '')])
    expect(draw(made, 0)).toBe('人们过[-汪-]{+江+}去[- -]看戏')
  })

  it('shows what was removed at both ends', () => {
    const made = clean(page(['·看戏·']), [replace('r1', 0, '·', ''), replace('r1', 3, '·', '')])
    expect(draw(made, 0)).toBe('[-·-]看戏[-·-]')
  })

  it('shows where two blocks were joined, and what fell out there', () => {
    const join: Change = {
      ...base,
      kind: 'join',
      id: 'join/r1@4',
      region: 'r1',
      from: 4,
      to: 4,
      before: '',
      target: { region: 'r3', at: 0 },
      glue: ' '
    }
    const made = clean(page(['the-', 'between', '-end']), [replace('r1', 3, '-', ''), join, replace('r3', 0, '-', '')])
    expect(draw(made, 0)).toBe('the[---]|{+ +}[---]end')
  })

  it('keeps to its own side of a split', () => {
    const split: Change = { ...base, kind: 'split', id: 'split/r1@3', region: 'r1', from: 3, to: 3, before: '', role: 'paragraph' }
    const made = clean(page(['甲乙·丙·丁']), [split, replace('r1', 2, '·', ''), replace('r1', 4, '·', '')])
    expect([draw(made, 0), draw(made, 1)]).toEqual(['甲乙[-·-]', '丙[-·-]丁'])
  })

  it('marks doubts and proposals over the text, even where they overlap', () => {
    const flag: Change = { ...base, kind: 'flag', id: 'flag/r1@1', region: 'r1', from: 1, to: 3, before: '乙丙' }
    const proposal: Change = { ...replace('r1', 2, '丙丁', '并'), id: 'p/r1@2', status: 'proposed' }
    const made = clean(page(['甲乙丙丁戊']), [flag, proposal])
    expect(draw(made, 0)).toBe('甲<乙><丙><丁>戊')
  })

  it('spells the clean text without what was removed, and the raw text without what was written', () => {
    const made = clean(page(['人们过汪去 看戏', '的票']), [
      replace('r1', 3, '汪', '江上'),
      replace('r1', 5, ' ', ''),
      { ...base, kind: 'join', id: 'join/r1@8', region: 'r1', from: 8, to: 8, before: '', target: { region: 'r2', at: 0 }, glue: '' }
    ])
    const stretches = markBlock(made, made.blocks[0]!)
    const spell = (without: string): string => stretches.map((stretch) => (stretch.kind === without ? '' : stretch.text)).join('')
    expect(spell('removed')).toBe(blockText(made.blocks[0]!))
    expect(spell('written')).toBe(textRegions(made.page).map(rawText).join(''))
  })

  it('can be cut by places of the clean text', () => {
    const made = clean(page(['人们过汪去看戏']), [replace('r1', 3, '汪', '江上')])
    const cut = sliceStretches(markBlock(made, made.blocks[0]!), 2, 4)
    expect(cut.map((stretch) => stretch.text)).toEqual(['过', '汪', '江'])
  })
})
