import { describe, expect, it } from 'vitest'
import { bitsBehind, damagedTail } from '../../src/joins/damaged-tail.ts'
import { loadLanguageModel } from '../../src/language/load.ts'

const model = loadLanguageModel()

describe('damagedTail', () => {
  it('takes out glyphs that no text has, with what stands behind them kept', () => {
    expect(damagedTail(model, '全市工业企业实现出挢壶', 12)).toEqual({ before: '全市工业企业实现出', after: '' })
    expect(damagedTail(model, '各地重点公路建眭滂者', 12)).toMatchObject({ after: '者' })
  })

  it('leaves words, places and marks alone', () => {
    for (const text of ['为方便群众出行，今年新开通了三条公共汽', '货物经由港口运往临淄', '他们来自各地，'])
      expect(damagedTail(model, text, 12), text).toBeUndefined()
  })
})

describe('bitsBehind', () => {
  it('sees a word across the glyphs that came between, and over the character they took the place of', () => {
    const inserted = { before: '规模以上工业企业实现出', after: '' }
    expect(bitsBehind(model, inserted, '企业实现出挢壶', '口交货值增长', 60)).toBeLessThan(model.bits('口交货值增长', '业实现出挢壶'))
    const replaced = { before: '全市固定资产投资同比', after: '' }
    expect(bitsBehind(model, replaced, '投资同比虮', '长百分之八，', 60)).toBeLessThan(model.bits('长百分之八，', '投资同比虮'))
  })

  it('says little against a start, whatever is left of the end', () => {
    const bits = bitsBehind(model, { before: '记者在现场看到', after: '' }, '现场看到鄄翮', '一条新路穿过村庄', 50)
    expect(bits).toBeLessThan(54)
  })
})
