import { describe, expect, test } from 'vitest'
import { commonWordShare } from '../src/common-words.ts'

const running = {
  en: 'The mayor said on Monday that the new bridge would be open to all before the end of the year, and that it had cost less than was feared by many.',
  de: 'Der Rath der Stadt hat in ſeiner Sitzung beſchloſſen, daß die Brücke über den Fluß noch vor dem Winter von der Stadt ausgebessert werden ſoll.',
  fr: 'Le maire a dit que le nouveau pont sera ouvert avant la fin de cette année et que les travaux ont coûté moins que prévu par les élus de la ville.'
}

describe('commonWordShare', () => {
  test.each(Object.entries(running))('running text: %s', (language, text) => {
    expect(commonWordShare([text], language)).toBeGreaterThan(0.3)
  })

  test('what letters on their head read as', () => {
    const text =
      'lle 01 uado aq pjnom aSplaq Mau ayy yeyy Aepuow uo ples JoXew oyL Aq paieay sem ueyy ssa| ysoo pey yi yey} pue ueak ayy jo pua ay}'
    expect(commonWordShare([text], 'en')).toBeLessThan(0.1)
  })

  test.each([
    ['a language that is not known', running.en, 'fi'],
    ['too few words', 'The end of the year', 'en']
  ])('%s: nothing can be told', (_, text, language) => {
    expect(commonWordShare([text], language)).toBeUndefined()
  })

  test('the region of a language does not matter', () => {
    expect(commonWordShare([running.de], 'de-CH')).toBe(commonWordShare([running.de], 'de'))
  })
})
