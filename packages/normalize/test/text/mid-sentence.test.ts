import { describe, expect, it } from 'vitest'
import { loadLanguageModel } from '../../src/language/load.ts'
import { stopsMidSentence } from '../../src/text/mid-sentence.ts'

const context = { language: 'zh-Hans', model: loadLanguageModel() }

describe('stopsMidSentence', () => {
  it('knows lines that are broken off', () => {
    for (const text of ['青萝湖的两条新船在', '渡轮公司为老人和孩子准备的', '5月20日下午，镇里的渡轮', '由于连日大雨，码头临时关闭两'])
      expect(stopsMidSentence(context, text), text).toBe(true)
  })

  it('leaves headings alone, whatever character they end on', () => {
    for (const text of [
      '彰显青春担当',
      '渡口改造大有可为',
      '风雨之中积极应对',
      '湖城今年新添船票300个',
      '走在前，关键在人',
      'A bridge for the'
    ])
      expect(stopsMidSentence(context, text), text).toBe(false)
  })

  it('says nothing of the old language, whose sentences end otherwise', () => {
    expect(stopsMidSentence({ ...context, language: 'zh-Hant' }, '渡船之事由')).toBe(false)
  })
})
