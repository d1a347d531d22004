import { defineRule, type Rule } from '../rule.ts'
import { stopsMidSentence } from '../text/mid-sentence.ts'
import { lookAtPage, says } from './facts.ts'
import { headsByType, isPartOfColumn } from './heads-by-type.ts'
import { headsByWords } from './heads-by-words.ts'

export const heading: Rule = defineRule({
  name: 'heading',
  phase: 'label',
  summary: 'What heads an article: kicker, heading, deck.',
  why: 'With boxes, a heading is a line in larger type with running text under or beside it; lines stacked above it in smaller type are its kicker, below it its deck. Without boxes it is a short line that is no sentence, before a paragraph; a line that begins with —— is a deck. Where the paragraphs close with names, or are set without full stops, such a line heads the next article, but for words of four characters and less, which stand inside one. Larger type with no text to head is no heading (a banner, an advertisement).',
  examples: [
    {
      before: [
        '环湖快速路今天全线贯通',
        '——访市交通运输局负责人',
        '临湖2月27日讯 昨天下午，随着最后一车沥青摊铺完成，总长46.8公里的环湖快速路全线贯通。'
      ],
      after: [
        { text: '环湖快速路今天全线贯通', role: 'heading' },
        { text: '——访市交通运输局负责人', role: 'deck' },
        '临湖2月27日讯 昨天下午，随着最后一车沥青摊铺完成，总长46.8公里的环湖快速路全线贯通。'
      ]
    },
    {
      before: [
        '環城公路昨日通車',
        '環城公路自去歲興工、歷時十閱月、昨晨十時舉行通車典禮、到各界來賓百餘人、市長親往剪綵、並致詞慰勉工人、典禮後來賓乘車繞行一週、',
        '輪渡改時',
        '碼頭管理處佈告、自下月一日起、過江輪渡末班改爲夜間十時、並於江岸加設電燈、以便行旅、其票價則仍照舊章辦理云'
      ],
      after: [
        { text: '環城公路昨日通車', role: 'heading' },
        '環城公路自去歲興工、歷時十閱月、昨晨十時舉行通車典禮、到各界來賓百餘人、市長親往剪綵、並致詞慰勉工人、典禮後來賓乘車繞行一週、',
        '輪渡改時',
        '碼頭管理處佈告、自下月一日起、過江輪渡末班改爲夜間十時、並於江岸加設電燈、以便行旅、其票價則仍照舊章辦理云'
      ],
      language: 'zh-Hant'
    },
    {
      before: ['昨天下午，最后一车沥青摊铺完成。', '今天上午10时起，社会车辆可以驶入主线。'],
      after: ['昨天下午，最后一车沥青摊铺完成。', '今天上午10时起，社会车辆可以驶入主线。']
    }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const heads = page.bodyEm === undefined ? headsByWords(page, (text) => stopsMidSentence(context, text)) : headsByType(page)
    for (const { view, role, confidence, reason } of heads) if (view.block.role !== role) yield says(view, role, reason, confidence)
    if (page.bodyEm === undefined) return
    const found = new Set(heads.map(({ view }) => view))
    for (const view of page.blocks)
      if (
        view.isGuess &&
        view.block.role === 'heading' &&
        !found.has(view) &&
        (view.size < 1.1 || (view.size < 1.3 && isPartOfColumn(view, page)))
      )
        yield says(view, 'paragraph', 'Guessed a heading, but set as the text is, and heads none.', 0.8)
  }
})
