import type { Page } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { normalize } from '../src/index.ts'

/**
 * Text that no newspaper prints. Nothing here is timed: each text is long enough that a rule that looks back over all of it for every
 * character would not come to an end.
 */
const size = 12_000
const fill = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size)

const texts: Readonly<Record<string, string>> = {
  'one line of prose': fill('今年以来，全区上下坚定不移贯彻新发展理念，把招商引资作为一号工程。'),
  'only marks': fill('，。、；：？！（）“”‘’—…,.;:?!()"\''),
  'only stray parts': fill('亻灬囗冫刂勹匚凵'),
  'lone surrogates': fill('\ud800安\udc00全\ud83d'),
  'mixed scripts': fill('安a1あ한ж、 б“c'),
  'only 一': fill('一'),
  'chains of 一': fill('东方红一南方白'),
  'open brackets': fill('“（《'),
  'straight quotes': fill('"安全'),
  blanks: fill('安 全 '),
  'heading marks': fill('# '),
  stars: fill('**a'),
  hyphens: fill('a- '),
  'spaced letters': fill('a b '),
  figures: fill('1,'),
  'control characters': fill('\u0000安\u0007\u001b[2J'),
  'English words': fill('The Harbour Board last night re- solved to set lamps. ')
}

const pageOf = (lines: readonly string[]): Page => ({
  id: 'p',
  regions: lines.map((text, index) => ({ type: 'text', id: `r${index}`, role: 'paragraph', lines: [{ id: `l${index}`, text }] })),
  processing: []
})

describe('hostile text', () => {
  it.each(Object.entries(texts))('%s', (_, text) => {
    const { blocks } = normalize(pageOf([text]))
    expect(blocks.length).toBeGreaterThan(0)
  })
  it('thousands of one-letter lines', () => {
    expect(normalize(pageOf(Array.from({ length: 700 }, () => 'a'))).blocks).toHaveLength(700)
  })
  it('thousands of headings', () => {
    expect(normalize(pageOf(Array.from({ length: 700 }, () => '新闻标题'))).blocks.length).toBeGreaterThan(0)
  })
})
