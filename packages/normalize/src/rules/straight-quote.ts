import type { Block } from '@broadsheet/document'
import { defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { isDigitAt, isLatinAt } from '../text/characters.ts'
import { inBlocks } from '../text/prose.ts'

export const straightQuote: Rule = defineRule({
  name: 'straight-quote',
  phase: 'character',
  writing: 'chinese',
  summary: 'Straight quotes (" ") where Chinese prints curly ones (“ ”).',
  why: `Many recognisers write both quotes alike. They open and close in turn; where a block's quotes, straight and curly together, alternate without
a gap to its end, each straight one can be only one of the two. Single quotes stand inside double ones. Where they do not come out even,
none is touched.`,
  examples: [
    { before: '建设"三园一廊",打造"畅行"品牌。', after: '建设“三园一廊”,打造“畅行”品牌。' },
    { before: '"百舸争流千帆竞。我们将贯彻\'两会\'精神。"他说。', after: '“百舸争流千帆竞。我们将贯彻‘两会’精神。”他说。' },
    { before: '开启“新征程"，再创新业绩。', after: '开启“新征程”，再创新业绩。' },
    { before: '这块24"的屏幕亮了。', after: '这块24"的屏幕亮了。' },
    { before: '他说："今天先到这里。', after: '他说："今天先到这里。' },
    { before: "馆名是 Children's Palace，又称少年宫。", after: "馆名是 Children's Palace，又称少年宫。" }
  ],
  find: (context) => inBlocks(context, () => true, findInBlock)
})

const levels = [
  { straight: '"＂', open: '“', close: '”', name: 'double' },
  { straight: "'＇", open: '‘', close: '’', name: 'single' }
] as const

function* findInBlock(block: Block, text: string): Generator<ReplaceFinding> {
  if (!/["'＂＇]/.test(text) || !/[\u4e00-\u9fff]/.test(text)) return
  for (const level of levels)
    for (const { at, after } of alternate(text, level))
      yield {
        kind: 'replace',
        block: block.id,
        from: at,
        to: at + 1,
        after,
        reason: `The ${level.name} quotes of the block alternate; this one ${after === level.open ? 'opens' : 'closes'}.`,
        confidence: 0.99,
        certainty: 'certain'
      }
}

/** The straight quotes of one level with the sides they are on; none when the block's quotes do not come out even. */
function alternate(text: string, { straight, open, close }: (typeof levels)[number]): { at: number; after: string }[] {
  const found: { at: number; after: string }[] = []
  let isOpen = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    const isStraight = straight.includes(char) && !isInch(text, at) && !isApostrophe(text, at)
    if (!isStraight && char !== open && char !== close) continue
    if (isStraight) found.push({ at, after: isOpen ? close : open })
    else if ((char === open) === isOpen) return []
    isOpen = !isOpen
  }
  return isOpen ? [] : found
}

function isInch(text: string, at: number): boolean {
  return isDigitAt(text, at - 1) && !text.slice(Math.max(0, at - 20), at).includes(text[at]!)
}

function isApostrophe(text: string, at: number): boolean {
  return (
    isLatinAt(text, at - 1) && (isLatinAt(text, at + 1) || text[at] !== '"') && !text.slice(Math.max(0, at - 20), at).includes(text[at]!)
  )
}
