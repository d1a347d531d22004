import { isJumpLine, parseJump } from '../articles/jump.ts'
import { defineRule, type Rule } from '../rule.ts'

export const inlineJump: Rule = defineRule({
  name: 'inline-jump',
  phase: 'split',
  summary: 'A jump line read as the end of a paragraph.',
  why: 'Set at the foot of the last column, the jump line is read as one more line of the paragraph. It is cut off as a block of its own. Only brackets or arrows at the very end, or the very start, of a paragraph tell it; words in a sentence never do.',
  examples: [
    {
      before: '施工高峰期有1100多人三班倒（下转A05版）',
      after: ['施工高峰期有1100多人三班倒', { text: '（下转A05版）', role: 'jump-line' }]
    },
    { before: '路线见图，说明在（第三版）上。', after: '路线见图，说明在（第三版）上。' }
  ],
  *find(context) {
    for (const block of context.blocks) {
      if (block.role !== 'paragraph') continue
      const text = context.textOf(block)
      const jump = isJumpLine(text) ? undefined : parseJump(text)
      if (!jump || jump.from === 0 || text.slice(jump.to).trim() !== '') continue
      yield {
        kind: 'split',
        block: block.id,
        at: jump.from,
        role: 'jump-line',
        reason: `The paragraph ends with a jump line to page ${jump.pageLabel}.`,
        confidence: 0.95,
        certainty: 'certain'
      }
    }
  }
})
