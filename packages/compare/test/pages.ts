import { type Change, type CleanPage, type Page, replay, type TextRole } from '@broadsheet/document'

/** A page of one-line regions, named r1, r2, …, for tests. A leading `role|` sets the role. */
export function pageOf(id: string, ...texts: readonly string[]): Page {
  const regions = texts.map((entry, index) => {
    const [, role, text] = /^(?:([a-z-]+)\|)?([\s\S]*)$/.exec(entry)!
    const region = `r${index + 1}`
    return { type: 'text', id: region, role: (role ?? 'paragraph') as TextRole, lines: [{ id: `${region}l1`, text: text! }] } as const
  })
  return { id, language: 'zh-Hans', regions, processing: [] }
}

/** A change without the parts that a test does not look at. */
export function change(part: Partial<Change> & Pick<Change, 'kind' | 'region' | 'from'>): Change {
  const rule = part.rule ?? 'test-rule'
  const base = {
    id: `${rule}/${part.region}@${part.from}`,
    rule,
    reason: 'Because.',
    confidence: 0.9,
    status: 'applied',
    to: part.from,
    before: ''
  }
  return { ...base, ...part } as Change
}

export function cleanPage(page: Page, changes: readonly Change[]): CleanPage {
  return { page, changes, blocks: replay(page, changes) }
}

/** A small page with one change of every kind, a proposal and a flag; r4 goes on in r2. */
export function samplePage(): CleanPage {
  const page = pageOf(
    'p01',
    'heading|河堤修复 工程完工',
    '沿线二十三个村的灌溉渠也在同一天放水。',
    '本报讯(记者 林树)昨天,镇上的老码头重新开放。',
    '来自下游的船只在午后陆续靠岸，随船的货物包括',
    '第三版 广告'
  )
  return cleanPage(page, [
    change({
      kind: 'replace',
      rule: 'wrapped-space',
      region: 'r1',
      from: 4,
      to: 5,
      before: ' ',
      after: '',
      reason: 'A blank where the line ended.'
    }),
    change({
      kind: 'replace',
      rule: 'half-width-punctuation',
      region: 'r3',
      from: 3,
      to: 4,
      before: '(',
      after: '（',
      reason: 'A half-width bracket in Chinese.'
    }),
    change({
      kind: 'replace',
      rule: 'half-width-punctuation',
      region: 'r3',
      from: 9,
      to: 10,
      before: ')',
      after: '）',
      reason: 'A half-width bracket in Chinese.'
    }),
    change({
      kind: 'replace',
      rule: 'half-width-punctuation',
      region: 'r3',
      from: 12,
      to: 13,
      before: ',',
      after: '，',
      status: 'proposed'
    }),
    change({
      kind: 'join',
      rule: 'column-break',
      region: 'r4',
      from: 22,
      to: 22,
      target: { region: 'r2', at: 0 },
      glue: '',
      reason: 'The sentence goes on there.'
    }),
    change({ kind: 'label', rule: 'advert', region: 'r5', from: 0, to: 0, roleBefore: 'paragraph', role: 'advert' }),
    change({ kind: 'flag', rule: 'stray-glyph', region: 'r4', from: 7, to: 8, before: '在', guesses: [{ text: '于', score: 3 }] })
  ])
}
