import { describe, expect, it } from 'vitest'
import { isFinished, parseSignature } from '../../src/articles/signature.ts'

describe('parseSignature', () => {
  it.each([
    ['环湖路今天起全线开通。沈知远', ['沈知远']],
    ['环湖路今天起全线开通。沈知远  卢晓棠', ['沈知远', '卢晓棠']],
    ['环湖路今天起全线开通。沈知远卢晓棠', ['沈知远', '卢晓棠']],
    ['环湖路今天起全线开通。李 静 沈知远', ['李静', '沈知远']],
    ['此事如何收場、殊難逆料云。（聽雨）', ['聽雨']],
    ['此事如何收場、殊難逆料、（聽）', ['聽']]
  ])('reads the names behind %s', (text, names) => {
    const signature = parseSignature(text)
    expect(signature?.names).toEqual(names)
    expect(text.slice(signature?.from).replace(/[\s（）]/g, '')).toBe(names.join(''))
  })

  it.each([
    '路修好了。于是',
    '路修好了。高兴',
    '路修好了。他说',
    '路线有两条。（见图）',
    '会议结束了。（掌声）',
    '他昨天见到了沈知远',
    '（聽雨）',
    ''
  ])('sees none in %s', (text) => expect(parseSignature(text)).toBeUndefined())
})

describe('isFinished', () => {
  it.each(['天色已經暗了、（未完）', '夜读区今晚起延长到23时。（记者 曲苒）', '路修好了。沈知远'])('%s', (text) =>
    expect(isFinished(text)).toBe(true)
  )
  it.each(['路修好了。', '（一）路修好了', '他说（记者昨天也在场）。'])('not %s', (text) => expect(isFinished(text)).toBe(false))
})
