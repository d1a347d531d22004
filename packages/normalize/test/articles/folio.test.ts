import type { Block, Line, Page } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { findDate, findWeekday, weekdayOf } from '../../src/articles/date.ts'
import { isPageLabel, parseFolio } from '../../src/articles/folio.ts'
import { factsOf } from '../../src/articles/folio-facts.ts'
import { viewPage } from '../../src/articles/view.ts'

describe('findDate', () => {
  it.each([
    ['2024年9月26日 星期四', '2024-09-26'],
    ['二〇二四年九月二十六日', '2024-09-26'],
    ['一九八三年十月三日', '1983-10-03'],
    ['中華民國二十五年三月十七日', '1936-03-17'],
    ['昭和十一年三月十七日', '1936-03-17'],
    ['民國廿五年三月卅一日', '1936-03-31'],
    ['２０２４年３月５日', '2024-03-05'],
    ['Wednesday, March 14, 1951', '1951-03-14'],
    ['14th March, 1951', '1951-03-14'],
    ['Mittwoch, den 18. Dezember 1907', '1907-12-18'],
    ['2024-03-05', '2024-03-05']
  ])('reads %s', (text, date) => expect(findDate(text)?.date).toBe(date))

  it.each(['2024年13月45日', '2月30日', '1999年2月30日', 'in March'])('finds no day in %s', (text) =>
    expect(findDate(text)).toBeUndefined()
  )

  it('knows the days of the week', () => {
    expect(['星期四', '周日', '禮拜一', 'Wednesday', 'Mittwoch'].map((text) => findWeekday(text)?.weekday)).toEqual([4, 7, 1, 3, 3])
    expect(weekdayOf('2024-09-26')).toBe(4)
  })
})

describe('parseFolio', () => {
  it.each([
    ['2024年9月26日 星期四  责任编辑 梅朵  版式 高旗', { date: '2024-09-26', weekday: 4, editors: ['梅朵', '高旗'], words: [] }],
    [
      'A05  城事  2024年9月26日  星期四  临湖晚报',
      { date: '2024-09-26', weekday: 4, page: 'A05', editors: [], words: ['城事', '临湖晚报'] }
    ],
    ['02版', { page: '02', editors: [], words: [] }],
    ['02 聚焦两会', { page: '02', editors: [], words: ['聚焦两会'] }],
    ['第二張', { page: '二', editors: [], words: [] }],
    ['编辑 孙桐  美编 陈明', { editors: ['孙桐', '陈明'], words: [] }],
    ['THE ELDON COURIER, WEDNESDAY, MARCH 14, 1951', { date: '1951-03-14', weekday: 3, editors: [] }]
  ])('reads %s', (text, expected) => {
    const folio = parseFolio(text)
    expect({ ...folio, editors: folio?.editors.map((editor) => editor.name) }).toMatchObject(expected)
  })

  it.each(['城事', '谢谢那位没留名的出租车司机', ''])('sees no folio in %s', (text) => expect(parseFolio(text)).toBeUndefined())

  it('tells a page label from other short lines', () => {
    expect(['02', 'A03', '第三版', '02版', 'Page 5', '２'].map(isPageLabel)).toEqual([true, true, true, true, true, true])
    expect(['城事', '3:7', '2024年', '48%', ''].map(isPageLabel)).toEqual([false, false, false, false, false])
  })
})

describe('factsOf', () => {
  it('reads the line over a page set downwards from right to left', () => {
    const head: Line[] = [
      { id: 'l1', box: { x: 900, y: 50, width: 200, height: 40 }, text: '國民華中' },
      { id: 'l2', box: { x: 500, y: 52, width: 380, height: 40 }, text: '日七十月三年五十二' },
      { id: 'l3', box: { x: 100, y: 50, width: 140, height: 40 }, text: '張二第' }
    ]
    const body: Line = {
      id: 'l4',
      box: { x: 1000, y: 200, width: 30, height: 900 },
      direction: 'vertical-rl',
      text: '環城公路自去歲興工歷時十閱月昨晨十時舉行通車典禮到各界來賓百餘人'
    }
    const regions: Page['regions'] = [...head, body].map((line, index) => ({
      type: 'text',
      id: `r${index + 1}`,
      role: index < 3 ? 'folio' : 'paragraph',
      lines: [line]
    }))
    const page: Page = { id: 'p01', regions, processing: [] }
    const blocks = regions.map(
      (region): Block => ({
        id: region.id,
        role: region.type === 'text' ? region.role : 'other',
        pieces: [{ region: region.id, at: 0, text: region.type === 'text' ? region.lines[0]!.text : '' }]
      })
    )
    expect(factsOf(viewPage(page, blocks))).toMatchObject({ date: '1936-03-17', label: '二' })
  })
})
