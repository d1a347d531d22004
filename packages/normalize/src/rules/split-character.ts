import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { inBlocks } from '../text/prose.ts'

export const splitCharacter: Rule = defineRule({
  name: 'split-character',
  phase: 'character',
  writing: 'chinese',
  summary: 'One character read as two: 禾口 for 和.',
  why: `In wide setting and large type the two halves of a character stand far enough apart to be read as characters of their own. Where the halves are words
by themselves nothing shows it, so the whole character is only proposed, and only where it makes the text far more likely than its halves do.`,
  examples: [
    {
      before: '全区上下要禾口衷共济，推动经济社会高质量发展。',
      after: '全区上下要禾口衷共济，推动经济社会高质量发展。',
      proposed: ['禾口 → 和']
    },
    { before: '加强木寸级党组织建设，巩固脱贫攻坚成果。', after: '加强木寸级党组织建设，巩固脱贫攻坚成果。', proposed: ['木寸 → 村'] },
    { before: '女子篮球队日月兼程，木工们又十分辛苦。', after: '女子篮球队日月兼程，木工们又十分辛苦。' }
  ],
  find: (context) =>
    inBlocks(
      context,
      () => true,
      (block, text) => findInBlock(context, block, text)
    )
})

const wholes = new Map(
  '禾口和 禾火秋 禾中种 禾呈程 禾少秒 禾斗科 女子好 女也她 女马妈 日月明 日青晴 日寸时 木木林 木寸村 木几机 木又权 木公松 木才材 木支枝 木主柱 木交校 木不杯 木娄楼 又寸对 口十叶 口土吐 王里理 王求球 王见现 土也地 土成城 土又圣 火丁灯 火考烤 弓长张 弓虽强 马也驰 马主驻 石少砂 石广矿 石皮破 目青睛 米分粉 米青精 虫下虾 足各路 车交较 车仑轮 酉己配 古月胡 十办协 山夆峰 舟白舶 良月朗 其月期 立占站 立羊翔 方人仿 牛勿物 牛寺特 走己起 走召超 页工项 力口加 巾凡帆 火因烟'
    .split(' ')
    .map((triple): [string, string] => [triple.slice(0, 2), triple[2]!])
)

/** Bits the whole character has to save over its halves. */
const proposesFrom = 14

function* findInBlock({ model }: Context, block: Block, text: string): Generator<ReplaceFinding> {
  for (let at = 0; at + 1 < text.length; at++) {
    const halves = text.slice(at, at + 2)
    const whole = wholes.get(halves)
    if (whole === undefined) continue
    const before = text.slice(Math.max(0, at - 8), at)
    const after = text.slice(at + 2, at + 5)
    const { frequency, segment } = model.dictionary
    if (frequency(halves) > 0) continue
    const gain = model.bits(halves + after, before) - model.bits(whole + after, before)
    const words = segment(before + halves + after).bits - segment(before + whole + after).bits
    if (gain + words / 2 < proposesFrom || gain < proposesFrom / 2) continue
    yield {
      kind: 'replace',
      block: block.id,
      from: at,
      to: at + 2,
      after: whole,
      reason: `“${halves}” are the halves of “${whole}”, with which the text is far more likely.`,
      confidence: 0.75,
      certainty: 'probable',
      evidence: { gainBits: Math.round(gain * 10) / 10 },
      candidates: [{ text: whole, score: Math.round(gain * 10) / 10 }]
    }
  }
}
