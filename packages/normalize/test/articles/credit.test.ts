import { describe, expect, it } from 'vitest'
import { isLoneName, parseCredits } from '../../src/articles/credit.ts'

const short = (text: string): string =>
  parseCredits(text)
    .map(({ role, name, organisation }) => `${role} ${name}${organisation ? ` @${organisation}` : ''}`)
    .join('; ')

describe('parseCredits', () => {
  it.each([
    ['记者 汪宁', 'reporter 汪宁'],
    ['记者汪宁', 'reporter 汪宁'],
    ['记者 沈知远 通讯员 卢晓棠', 'reporter 沈知远; correspondent 卢晓棠'],
    ['临湖日报青萝融媒体中心通讯员 卢晓棠 记者 沈知远', 'correspondent 卢晓棠 @临湖日报青萝融媒体中心; reporter 沈知远'],
    ['临湖日报记者 李 静 汪宁', 'reporter 李静 @临湖日报; reporter 汪宁 @临湖日报'],
    ['临湖日报青萝融媒体中心记者赵长林孙晓梅', 'reporter 赵长林 @临湖日报青萝融媒体中心; reporter 孙晓梅 @临湖日报青萝融媒体中心'],
    ['（本报记者 汪宁、沈知远）', 'reporter 汪宁; reporter 沈知远'],
    ['记者 黎小舟 文/图', 'reporter 黎小舟; photographer 黎小舟'],
    ['记者 岑默 摄', 'photographer 岑默'],
    ['岑默 摄', 'photographer 岑默'],
    ['市艺术剧院供图', 'photographer 市艺术剧院'],
    ['制图：葛思齐', 'designer 葛思齐'],
    ['本报评论员 方见山', 'author 方见山 @本报'],
    ['读者 卫兰', 'author 卫兰'],
    ['责任编辑 梅朵 版式 高旗 校对 秦岚', 'editor 梅朵; designer 高旗; other 秦岚'],
    ['编辑：石青 美编：王桐', 'editor 石青; designer 王桐'],
    ['记者 买买提·艾力', 'reporter 买买提·艾力'],
    ['By Our Own Correspondent', 'correspondent Our Own Correspondent'],
    ['By Jane Roe and JOHN SMITH', 'reporter Jane Roe; reporter JOHN SMITH'],
    ['Von Hans Müller', 'reporter Hans Müller'],
    ['Von unserem Korrespondenten', 'correspondent unserem Korrespondenten'],
    ['I am, Sir, &c., E. M. DALBY', 'author E. M. DALBY'],
    ['Yours faithfully, A. Penrose', 'author A. Penrose'],
    ['(Reuters)', 'agency Reuters']
  ])('reads %s', (line, expected) => expect(short(line)).toBe(expected))

  it.each([
    '记者从市热力集团获悉，采暖季收费10月8日开始。',
    '编辑同志：我是育才小学一名学生的家长。',
    '昨天她站在阳台上对记者说：',
    '读者来信',
    '设计新颖的跨湖大桥',
    'By the time the ferry reached the quay',
    'Von der Brücke aus sah man den See',
    ''
  ])('sees no credit in %s', (line) => expect(parseCredits(line)).toEqual([]))

  it('takes a name for a name, and a sentence for none', () => {
    expect(['苏晚晴', '李 静', '曲水', '张三 李四'].map(isLoneName)).toEqual([true, true, true, true])
    expect(['湖上（外一首）', '菜在叹气呢。我轻声说。', ''].map(isLoneName)).toEqual([false, false, false])
  })

  it('does not choke on a long line', () => {
    expect(parseCredits('记者'.repeat(500_000))).toEqual([])
  })
})
