import { blockId, type Change } from '@broadsheet/document'
import { strandsOf } from '../joins/ends.ts'
import { hasOldMarks } from '../labels/old-marks.ts'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { endsInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'

export const missingFinalMark: Rule = defineRule({
  name: 'missing-final-mark',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'A paragraph that ends without a final mark and goes on nowhere: its mark, or its end, is lost.',
  why: `After all joins are made, running text without a full stop has lost its last mark, its last words, or its continuation. The last characters are
flagged; a mark is never supplied, for it may have been another, or more than a mark. Where a continuation is proposed, the last character alone is flagged.
Where the page is set with the marks of old papers, 、 in place of every other, a paragraph may end with it. Headings, credits, lists and what introduces them (：, ——) end without a full stop by nature.`,
  examples: [
    {
      before: ['全市新建改建农村公路一百二十公里，惠及沿线群众五万人，力争茶叶加工作坊、手工竹编店铺总数达到四百家'],
      after: ['全市新建改建农村公路一百二十公里，惠及沿线群众五万人，力争茶叶加工作坊、手工竹编店铺总数达到四百家'],
      flagged: ['四百家']
    },
    { before: ['聚焦高质量发展', '会议指出，要抓好落实。'], after: ['聚焦高质量发展', '会议指出，要抓好落实。'] },
    {
      before: [
        '渡輪昨晨忽然失火、乘客百餘人、經附近煤船救起、僅輕傷六人、已送醫院敷藥、餘均無恙、',
        '該輪下水已十餘年、機件陳舊、公司方面、現正籌議更換、'
      ],
      after: [
        '渡輪昨晨忽然失火、乘客百餘人、經附近煤船救起、僅輕傷六人、已送醫院敷藥、餘均無恙、',
        '該輪下水已十餘年、機件陳舊、公司方面、現正籌議更換、'
      ],
      language: 'zh-Hant'
    },
    { before: ['本报记者 李明 通讯员 张华'], after: ['本报记者 李明 通讯员 张华'] }
  ],
  *find(context): Generator<FlagFinding> {
    const handled = proposedEnds(context)
    const isOld = hasOldMarks(context.blocks.filter(isProse).map(context.textOf).join(''))
    for (const { block, isOpen, isLong, openness, text } of strandsOf(context)) {
      if (!isOpen || !isProse(block) || !(isLong || openness >= 8 || isSentence(text))) continue
      const whole = context.textOf(block)
      if (isOld && /、\s*$/.test(whole)) continue
      if (endsInName(whole) || leadsOn.test(text) || endsInContact.test(whole.slice(-40))) continue
      const broken = openness >= 10
      yield {
        kind: 'flag',
        block: block.id,
        from: Math.max(0, whole.trimEnd().length - (handled.has(block.id) ? 1 : 3)),
        to: whole.trimEnd().length,
        reason: broken
          ? `The text breaks off behind “${text.slice(-6)}”, and its continuation is not on this page.`
          : `The paragraph ends without a final mark behind “${text.slice(-6)}”.`,
        confidence: 0.8,
        certainty: 'certain'
      }
    }
  }
})

/** What introduces, and what closes an item of a list, stands at the end of a paragraph by right. */
const leadsOn = /[：:；;]$|[—─－]{2}$/

/** A number to ring, an address of the net, the editors' own signature. */
const endsInContact = /(?:[\d\-－—～~]{7,}|[A-Za-z0-9]\.[A-Za-z]{2,}|[—─]\s?编者(?:按)?)[）)]?\s*$/

/** Too long for a heading, and with a mark inside as sentences have. */
function isSentence(text: string): boolean {
  return text.length >= 20 && /[，；。？！,;]/.test(text)
}

/** Blocks whose end is the subject of a proposed join already. */
function proposedEnds({ blocks, changes }: Context): Set<string> {
  const ends = new Set<string>()
  const lastRegion = new Map(
    blocks.map((block) => {
      const last = block.pieces.findLast((piece) => 'region' in piece)
      return [last && 'region' in last ? last.region : '', block.id]
    })
  )
  for (const change of changes) {
    const id = isProposedJoin(change) ? (lastRegion.get(change.region) ?? blockId({ region: change.region, at: 0 })) : undefined
    if (id) ends.add(id)
  }
  return ends
}

function isProposedJoin(change: Change): boolean {
  return change.kind === 'join' && change.status === 'proposed'
}
