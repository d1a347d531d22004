import { isJumpLine, parseJump } from '../articles/jump.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isOpenRole, lookAtPage, says } from './facts.ts'

export const jumpLine: Rule = defineRule({
  name: 'jump-line',
  phase: 'label',
  summary: 'A line that says on which page the article goes on, or where it comes from.',
  why: 'An article that does not fit is turned to another page. The line that says so is no sentence of the article; it is kept, and links the two parts. Only a line that says nothing else is taken.',
  examples: [
    { before: ['隧道里灌进了水。', '（下转A05版）'], after: ['隧道里灌进了水。', { text: '（下转A05版）', role: 'jump-line' }] },
    { before: 'Continued on page 5', after: [{ text: 'Continued on page 5', role: 'jump-line' }], language: 'en' },
    { before: '线路图详见第3版的说明，请读者留意。', after: '线路图详见第3版的说明，请读者留意。' }
  ],
  *find(context) {
    for (const view of lookAtPage(context).blocks) {
      if (!isOpenRole(view) || !isJumpLine(view.text)) continue
      const jump = parseJump(view.text)!
      yield says(
        view,
        'jump-line',
        `Says that the article ${jump.direction === 'to' ? 'goes on on' : 'comes from'} page ${jump.pageLabel}.`,
        0.98,
        {
          page: jump.pageLabel
        }
      )
    }
  }
})
