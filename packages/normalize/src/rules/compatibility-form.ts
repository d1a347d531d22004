import type { Block } from '@broadsheet/document'
import { defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { inBlocks } from '../text/prose.ts'

export const compatibilityForm: Rule = defineRule({
  name: 'compatibility-form',
  phase: 'character',
  summary: 'A character written with a code of the same look: Kangxi radicals, compatibility ideographs, vertical marks.',
  why: `PDF files and some engines write ⼀ (a radical) for 一, 凉 as a compatibility ideograph, ︵ for a vertical bracket. They look right and are found by no
search. Each has one plain equivalent in Unicode, which is set in its place. Fractions, ring numbers, units and full-width letters, which are the printer's
own, stay.`,
  examples: [
    { before: '⼈⺠的⽣活⽔平不断提⾼。', after: '人民的生活水平不断提高。' },
    { before: '他在信中寫道︰﹁一切安好﹂。', after: '他在信中寫道：「一切安好」。' },
    { before: '面积５０㎡，①号楼，½，Ａ座。', after: '面积５０㎡，①号楼，½，Ａ座。' }
  ],
  find: (context) => inBlocks(context, () => true, findInBlock)
})

const suspects = /[\u2e80-\u2eff\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f]/gu

/** Radicals of the supplement that stand for the simplified character; Unicode gives them no equivalent. */
const radicals = new Map(
  [
    '⺠民',
    '⻄西',
    '⻅见',
    '⻆角',
    '⻉贝',
    '⻋车',
    '⻓长',
    '⻔门',
    '⻘青',
    '⻙韦',
    '⻚页',
    '⻛风',
    '⻜飞',
    '⻝食',
    '⻢马',
    '⻣骨',
    '⻤鬼',
    '⻥鱼',
    '⻦鸟',
    '⻧卤',
    '⻨麦',
    '⻩黄',
    '⻬齐',
    '⻮齿',
    '⻰龙',
    '⻳龟',
    '⺟母',
    '⻁虎'
  ].map((pair): [string, string] => [pair[0]!, pair[1]!])
)
const vertical: Readonly<Record<string, string>> = {
  '︐': '，',
  '︑': '、',
  '︒': '。',
  '︓': '：',
  '︰': '：',
  '︔': '；',
  '︕': '！',
  '︖': '？',
  '︙': '…',
  '︱': '—',
  '︵': '（',
  '︶': '）',
  '︷': '｛',
  '︸': '｝',
  '︹': '〔',
  '︺': '〕',
  '︻': '【',
  '︼': '】',
  '︽': '《',
  '︾': '》',
  '︿': '〈',
  '﹀': '〉',
  '﹁': '「',
  '﹂': '」',
  '﹃': '『',
  '﹄': '』'
}

function* findInBlock(block: Block, text: string): Generator<ReplaceFinding> {
  for (const match of text.matchAll(suspects)) {
    const char = match[0]
    const after = radicals.get(char) ?? vertical[char] ?? char.normalize('NFKC')
    if (after === char || !/^[\p{Script=Han}，、。：；！？…—（）｛｝〔〕【】《》〈〉「」『』]$/u.test(after)) continue
    yield {
      kind: 'replace',
      block: block.id,
      from: match.index,
      to: match.index + char.length,
      after,
      reason: `U+${char.codePointAt(0)!.toString(16).toUpperCase()} only looks like “${after}”.`,
      confidence: 0.999,
      certainty: 'certain'
    }
  }
}
