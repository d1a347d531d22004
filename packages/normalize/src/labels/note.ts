import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, lookAtPage, plainText, says } from './facts.ts'
import { noteWords } from './words.ts'

export const note: Rule = defineRule({
  name: 'note',
  phase: 'label',
  summary: "An editor's note or a box of links and terms beside an article.",
  why: 'It opens with its own name (编者按, 新闻链接, Editor’s note). It goes with the article but is not a paragraph of it.',
  examples: [
    {
      before: ['编者按：湖岸的改造已有十年，本报今起刊发一组报道。'],
      after: [{ text: '编者按：湖岸的改造已有十年，本报今起刊发一组报道。', role: 'note' }]
    },
    { before: ['编者的话很长，他读了三遍才读完。'], after: ['编者的话很长，他读了三遍才读完。'] }
  ],
  *find(context) {
    for (const view of lookAtPage(context).blocks) {
      if (!isOpenRole(view)) continue
      const text = plainText(view)
      const word = noteWords.exec(text)?.[0]
      if (word === undefined || !/^[\s:：】］\])）]|^$/.test(text.slice(word.length))) continue
      yield says(view, 'note', `Opens with “${word}”.`, ems(text) > ems(word) + 2 ? 0.93 : 0.8)
    }
  }
})
