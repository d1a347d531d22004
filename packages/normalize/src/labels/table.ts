import type { BlockView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isOpenRole, lookAtPage, says } from './facts.ts'

export const table: Rule = defineRule({
  name: 'table',
  phase: 'label',
  summary: 'Short entries in rows and columns.',
  why: 'Scores, rates and prices are set in rows; read as text they must stay as they are set. A block is a table when most of its printed lines are short and stand beside each other, or when most of its words are figures.',
  examples: [
    {
      before: [{ lines: ['期限 原利率 现利率', '三个月 1.15% 1.05%', '一年 1.45% 1.35%', '二年 1.65% 1.45%'] }],
      after: [{ text: '期限 原利率 现利率三个月 1.15% 1.05%一年 1.45% 1.35%二年 1.65% 1.45%', role: 'table' }]
    },
    {
      before: ['今年1月至9月，全市外贸进出口41.2亿元，增长6.8%，比上年同期快3.2个百分点。'],
      after: ['今年1月至9月，全市外贸进出口41.2亿元，增长6.8%，比上年同期快3.2个百分点。']
    }
  ],
  *find(context) {
    for (const view of lookAtPage(context).blocks) {
      if (!isOpenRole(view) || /。/.test(view.text)) continue
      const shared = sharedRows(view)
      if (shared >= 0.6) yield says(view, 'table', 'Its entries stand beside each other in rows.', 0.93, { besideEachOther: round(shared) })
      else if (view.lines.length >= 3 && figureShare(view) >= 0.5)
        yield says(view, 'table', 'Line after line of entries, most of them figures.', 0.85, { figures: round(figureShare(view)) })
    }
  }
})

const round = (value: number): number => Math.round(value * 100) / 100

/** The share of lines that stand in one row with another line of the block. */
function sharedRows(view: BlockView): number {
  if (view.lines.length < 6 || view.lines.length > 2000) return 0
  const rows = view.lines.flatMap(({ box }) =>
    box ? [{ top: box.y, bottom: box.y + box.height, left: box.x, right: box.x + box.width }] : []
  )
  const beside = rows.filter((a) =>
    rows.some(
      (b) =>
        a !== b &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5 * (a.bottom - a.top) &&
        (a.right <= b.left || b.right <= a.left)
    )
  )
  return view.vertical ? 0 : beside.length / view.lines.length
}

/** The share of words with a digit. */
function figureShare(view: BlockView): number {
  const words = view.lines.flatMap((line) => line.text.split(/\s+/)).filter((word) => word !== '')
  return words.length < 8 ? 0 : words.filter((word) => /\d/.test(word) && word.length <= 12).length / words.length
}
