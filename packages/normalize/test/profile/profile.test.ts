import type { Decision } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { applyRules, groupArticles, type IssuePages, labelRules, normalize, proposeProfile, readProfile } from '../../src/index.ts'
import { pageOf } from '../laws.ts'

describe('readProfile', () => {
  it('reads what a person writes and what is proposed', () => {
    expect(readProfile({ title: '临湖晚报', sections: ['城事', { text: '要闻', count: 4, examples: [] }], columns: 5 })).toEqual({
      title: '临湖晚报',
      sections: ['城事', '要闻'],
      columns: 5
    })
    expect(readProfile({ columns: { value: 5, count: 3, of: 4 } })).toEqual({ columns: 5 })
    expect(readProfile({ confusions: ['区具委 → 区县委', { text: '未班车->末班车' }] })).toEqual({
      confusions: [
        { read: '区具委', printed: '区县委' },
        { read: '未班车', printed: '末班车' }
      ]
    })
    expect(readProfile(null)).toEqual({})
  })

  it.each([
    [[], 'map of fields'],
    ['临湖晚报', 'map of fields'],
    [{ section: ['城事'] }, '“section”'],
    [{ sections: '城事' }, '“sections” in a profile to be a list'],
    [{ sections: [3] }, '“sections[0]”'],
    [{ columns: 0.5 }, '“columns”'],
    [{ confusions: ['区具委'] }, '“confusions[0]”'],
    [{ confusions: ['县 → 县'] }, '“confusions[0]”']
  ])('says what is wrong with %j', (value, message) => expect(() => readProfile(value)).toThrow(message))
})

const lines = (date: string): string[] => [
  '青萝湖畔 一路同行',
  `${date} 星期四 编辑 梅朵`,
  '环湖快速路今天全线贯通',
  '——访市交通运输局负责人',
  '临湖2月27日讯 昨天下午，随着最后一车沥青摊铺完成，总长46.8公里的环湖快速路全线贯通。',
  '临湖日报记者 沈知远'
]

describe('proposeProfile', () => {
  const issues = ['2024年9月26日', '2024年10月3日'].map((date, index) => {
    const clean = applyRules({ ...pageOf(lines(date)), id: 'p01' }, labelRules)
    return { issue: groupArticles([clean], { issue: { id: `i${index}`, title: '临湖晚报', language: 'zh-Hans' } }), pages: [clean] }
  })

  it('proposes what recurs, with counts and places', () => {
    expect(proposeProfile(issues)).toMatchObject({
      title: '临湖晚报',
      slogans: [{ text: '青萝湖畔 一路同行', count: 2, issues: 2, examples: ['i0/p01', 'i1/p01'] }],
      bylines: [{ text: '临湖日报记者', count: 2 }],
      datelines: [{ text: '临湖0月0日讯', count: 2 }],
      folios: [{ text: '0年0月0日 星期四 编辑 ○○', count: 2 }]
    })
  })

  it('can be read again, and makes its lines sure', () => {
    const profile = readProfile(proposeProfile(issues))
    const clean = applyRules(pageOf(['青萝湖畔一路同行', '湖边的灯今晚都亮了，许多人出来看。']), labelRules, { profile })
    expect(clean.blocks.map((block) => block.role)).toEqual(['slogan', 'paragraph'])
  })

  it('finds nothing in one page', () => {
    const { slogans, bylines } = proposeProfile(issues.slice(0, 1))
    expect([slogans, bylines]).toEqual([[], []])
  })
})

describe('proposeProfile, of what people mended', () => {
  const text = '会议要求，各区具委书记要带头落实，把高质量发展的各项任务抓好抓实。'
  const issueOf = (decisions: readonly Decision[], index: number): IssuePages => {
    const clean = normalize({ ...pageOf(text), id: `p${index}` }, { decisions })
    return { issue: groupArticles([clean], { issue: { id: `i${index}`, title: '临湖晚报', language: 'zh-Hans' } }), pages: [clean] }
  }
  it('lists what was accepted on two pages, with what stands beside it', () => {
    const accepted: Decision[] = [{ verdict: 'accept', change: 'look-alike/r1@7' }]
    expect(proposeProfile([issueOf(accepted, 1), issueOf(accepted, 2)]).confusions).toMatchObject([
      { text: '具委 → 县委', count: 2, issues: 2 }
    ])
    expect(proposeProfile([issueOf(accepted, 1), issueOf([], 2)]).confusions).toEqual([])
  })
})
