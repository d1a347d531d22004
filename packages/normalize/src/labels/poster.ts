import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isOpenRole, isProse, lookAtPage, plainText, says } from './facts.ts'
import { coreValues, posterWords } from './words.ts'

export const poster: Rule = defineRule({
  name: 'poster',
  phase: 'label',
  summary: 'A public notice set as a picture: the core values, a call to good manners.',
  why: 'Posters fill the foot of a page. Set in columns from top to bottom they are read across, and make lines like 友诚敬爱法公平. They are told by their words, or by being made of the characters of the twelve core values; they are kept with the page.',
  examples: [
    { before: ['公民 爱国 敬业 诚信 友善'], after: [{ text: '公民 爱国 敬业 诚信 友善', role: 'poster' }] },
    {
      before: ['友诚敬爱法公平自和文民富 善信业国治正等由谐明主强'],
      after: [{ text: '友诚敬爱法公平自和文民富 善信业国治正等由谐明主强', role: 'poster' }]
    },
    { before: ['诚信是商家的根本，他常常这样说，也一直这样做。'], after: ['诚信是商家的根本，他常常这样说，也一直这样做。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    for (const view of page.blocks) {
      if (!isOpenRole(view)) continue
      const reason = posterSign(plainText(view), view, page)
      if (reason) yield says(view, 'poster', reason, 0.9)
    }
  }
})

const valueChars = new Set(coreValues.join(''))

function posterSign(text: string, view: BlockView, page: PageView): string | undefined {
  if (text.length > 80 || isProse(text)) return undefined
  const words = text.split(/[\s、·]+/)
  const values = words.filter((word) => coreValues.includes(word)).length
  if (values >= 2 || (values === 1 && words.length === 1 && hasNeighbours(view, page))) return 'Words of the core values.'
  const inside = coreValues.filter((value) => text.includes(value)).length
  if (inside >= 3 && inside * 2 >= text.replace(/\s/g, '').length * 0.6) return 'Words of the core values.'
  const chars = [...text.replace(/\s/g, '')]
  if (chars.length >= 6 && chars.filter((char) => valueChars.has(char)).length >= chars.length * 0.85)
    return 'Made of the characters of the core values, read across their columns.'
  return text.length <= 40 && posterWords.test(text) ? 'Words of a public notice.' : undefined
}

/** One value alone is a poster's only beside others. */
function hasNeighbours(view: BlockView, page: PageView): boolean {
  return [-2, -1, 1, 2].filter((step) => coreValues.includes(plainText(page.blocks[view.index + step] ?? view))).length >= 2
}
