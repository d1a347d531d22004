import { type Page, replay } from '@broadsheet/document'
import { normalize } from '@broadsheet/normalize'
import { describe, expect, it } from 'vitest'
import { writeApparatus } from '../src/apparatus.ts'

const pageOf = (...texts: string[]): Page => ({
  id: 'p',
  regions: texts.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: 'paragraph',
    lines: [{ id: `l${index + 1}`, text }]
  })),
  processing: []
})

function apparatusOf(page: Page): string {
  const { changes } = normalize(page)
  return writeApparatus({ page, changes, blocks: replay(page, changes) })
}

describe('the apparatus', () => {
  it('shows every change in its place, alike ones once', () => {
    const text = apparatusOf(pageOf('会议强调,要坚持问题导向,抓好各项任务落实,', '确保全年目标顺利完成。'))
    expect(text).toContain('会议强调【, → ，】要坚持问题导向,抓好各项…\n   applied, 3 times: The half-width mark')
    expect(text).toContain('【+】确保全年目标顺利完成。… (r2)')
    expect(text).toContain('    3 applied by half-width-punctuation\n')
  })
  it('says so when there is nothing', () => {
    expect(apparatusOf(pageOf('会议强调，要坚持问题导向。'))).toBe('Nothing to change.\n')
  })
})
