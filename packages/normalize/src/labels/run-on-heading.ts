import { defineRule, type Rule } from '../rule.ts'
import { deckBehindOne } from '../text/deck-opening.ts'

/** The blank before a dash, or an 一 that can only be a dash, with words that open a deck; -1 where there is none. */
function dashBeforeDeck(text: string): number {
  const printed = text.search(/\s(?:——|—|--|－－|一(?=访))(?=\s?(?:访|记|写在|来自|评|读|观|兼|对话|专访|走进|听|看|寄语|献给|“|《))/)
  if (printed >= 0) return printed
  const misread = text.search(/\s一/)
  return misread >= 0 && deckBehindOne(text.slice(misread + 2)) === 'certain' ? misread : -1
}

export const runOnHeading: Rule = defineRule({
  name: 'run-on-heading',
  phase: 'split',
  summary: 'A heading and its deck read as one line.',
  why: 'Heading and deck stand under each other; an engine writes them on one line. A dash after a blank, followed by one of the words that open a deck (访, 记, 来自, 写在, 读 …), cuts them apart. A dash inside the heading does not.',
  examples: [
    {
      before: [{ text: '聚焦治水 五个方面攻坚攀升 ——访青萝县委书记林远', role: 'heading' }],
      after: [
        { text: '聚焦治水 五个方面攻坚攀升 ', role: 'heading' },
        { text: '——访青萝县委书记林远', role: 'deck' }
      ]
    },
    {
      before: [{ text: '丰收之后的思考 一写在全县秋粮入库之际', role: 'heading' }],
      after: [
        { text: '丰收之后的思考 ', role: 'heading' },
        { text: '一写在全县秋粮入库之际', role: 'deck' }
      ]
    },
    { before: [{ text: '湖光——一座城的四季', role: 'heading' }], after: [{ text: '湖光——一座城的四季', role: 'heading' }] }
  ],
  *find(context) {
    for (const block of context.blocks) {
      if (block.role !== 'heading' && block.role !== 'kicker') continue
      const text = context.textOf(block)
      const at = text.length > 200 ? -1 : dashBeforeDeck(text)
      if (at < 4) continue
      yield {
        kind: 'split',
        block: block.id,
        at: at + 1,
        role: 'deck',
        reason: 'A dash after a blank, with a word that opens a deck: heading and deck were read as one line.',
        confidence: 0.93,
        certainty: 'certain'
      }
    }
  }
})
