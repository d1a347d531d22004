import { describe, expect, it } from 'vitest'
import { lineEndHyphen } from '../../src/rules/line-end-hyphen.ts'
import { blockTexts, lawsHold, pageOf } from '../laws.ts'

const cleaned = (text: string): string => blockTexts(lawsHold(pageOf(text, 'en'), [lineEndHyphen]))[0]!

describe('lineEndHyphen', () => {
  it('joins no garbled word to a whole one behind it', () => {
    const text = 'The moorings at rí- the quay were new, as was every rope- of the ferry.'
    expect(cleaned(text)).toBe(text)
  })

  it('joins such a word where the page has the whole', () => {
    expect(cleaned('They bathe in the lake; to ba- the there is pleasant.')).toBe('They bathe in the lake; to bathe there is pleasant.')
  })
})
