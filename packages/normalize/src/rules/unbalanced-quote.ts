import type { Block } from '@broadsheet/document'
import { defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { isProse } from '../text/prose.ts'

export const unbalancedQuote: Rule = defineRule({
  name: 'unbalanced-quote',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'A quote or bracket that closes what nothing opened, or opens what nothing closes.',
  why: `Small marks get lost or are read as others. The mark without its partner is flagged, for where the other one belongs is not to be known from
the text. A quotation over several paragraphs opens in each and closes in the last, as printers do; that is no damage.`,
  examples: [
    { before: '他说：今天先到这里，明天继续。”大家纷纷鼓掌。', after: '他说：今天先到这里，明天继续。”大家纷纷鼓掌。', flagged: ['”'] },
    {
      before: '会上宣读了《关于加强水利建设的意见，并作了部署。',
      after: '会上宣读了《关于加强水利建设的意见，并作了部署。',
      flagged: ['《']
    },
    { before: ['“第一，要稳。', '“第二，要实。”他说。'], after: ['“第一，要稳。', '“第二，要实。”他说。'] },
    { before: '目标有：1）稳定增长；2）改善民生。', after: '目标有：1）稳定增长；2）改善民生。' }
  ],
  *find({ blocks, textOf }): Generator<FlagFinding> {
    for (const [index, block] of blocks.entries()) {
      if (!isProse(block)) continue
      const next = blocks[index + 1]
      const goesOn = next !== undefined && /^[“‘「『]/.test(textOf(next))
      for (const at of lonelyMarks(textOf(block), goesOn)) yield flag(block, at, textOf(block)[at]!)
    }
  }
})

const pairs = new Map(
  ['“”', '‘’', '「」', '『』', '《》', '（）', '【】', '〔〕'].map(([open, close]): [string, string] => [open!, close!])
)
const closers = new Map([...pairs].map(([open, close]): [string, string] => [close, open]))

/** Offsets of marks without a partner in the block. */
function lonelyMarks(text: string, goesOn: boolean): number[] {
  const lonely: number[] = []
  const open: { char: string; at: number }[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (pairs.has(char)) open.push({ char, at })
    const opener = closers.get(char)
    if (opener === undefined) continue
    const match = open.findLastIndex((mark) => mark.char === opener)
    if (match < 0) {
      // 1） and 甲） number a list.
      if (!(char === '）' && /[\da-zA-Z一二三四五六七八九十甲乙丙丁]$/.test(text.slice(Math.max(0, at - 1), at)))) lonely.push(at)
    } else
      lonely.push(
        ...open
          .splice(match)
          .slice(1)
          .map((mark) => mark.at)
      )
    if (open.length > 50) open.shift()
  }
  const unclosed = open.filter(({ char }) => !(goesOn && '“‘「『'.includes(char)))
  return [...lonely, ...unclosed.map(({ at }) => at)].sort((a, b) => a - b)
}

function flag(block: Block, at: number, char: string): FlagFinding {
  const what = pairs.has(char) ? 'opens and nothing closes it' : 'closes and nothing opened it'
  return { kind: 'flag', block: block.id, from: at, to: at + 1, reason: `“${char}” ${what}.`, confidence: 0.8, certainty: 'certain' }
}
