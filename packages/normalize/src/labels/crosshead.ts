import { parseDateline } from '../articles/dateline.ts'
import { flowOf, overlapAlong } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, endsSentence, isOpenRole, isProse, lookAtPage, plainText, says } from './facts.ts'

export const crosshead: Rule = defineRule({
  name: 'crosshead',
  phase: 'doubt',
  summary: 'A short heading inside an article.',
  why: 'Long articles are divided by short lines in bold. It stands between a finished paragraph and one that begins, and is no sentence itself. Half a paragraph cut off by the end of a column looks just the same, so this rule runs last, when such halves have found each other; without boxes, one that no other crosshead of the page resembles is only proposed.',
  examples: [
    {
      before: [
        '市交通局说，全线共设测速点位11处，其中隧道内限速60公里。',
        '这些事项请留意',
        '交警部门提醒，快速路主线禁止摩托车、非机动车和行人通行，货车限时通行。'
      ],
      after: [
        '市交通局说，全线共设测速点位11处，其中隧道内限速60公里。',
        { text: '这些事项请留意', role: 'crosshead' },
        '交警部门提醒，快速路主线禁止摩托车、非机动车和行人通行，货车限时通行。'
      ]
    },
    { before: ['船是慢的', '湖也是慢的', '只有风是快的'], after: ['船是慢的', '湖也是慢的', '只有风是快的'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    for (const view of page.blocks) {
      if (!isOpenRole(view) || !mayBeCrosshead(view)) continue
      const sign = page.bodyEm === undefined ? betweenParagraphs(view, page) : inColumn(view, page)
      if (sign) yield says(view, 'crosshead', sign, 0.82)
    }
  }
})

function mayBeCrosshead(view: BlockView): boolean {
  const text = plainText(view)
  return (
    ems(text) >= 2 &&
    ems(text) <= 32 &&
    !isProse(text) &&
    !endsSentence(text.replace(/[?？!！]$/, '')) &&
    !/[，、：:,;；]$/.test(text) &&
    view.lines.length <= 3 &&
    /\p{L}/u.test(text)
  )
}

function isParagraph(view: BlockView | undefined): boolean {
  return view !== undefined && view.block.role === 'paragraph' && isProse(view.text)
}

function betweenParagraphs(view: BlockView, page: PageView): string | undefined {
  const [before, after] = [page.blocks[view.index - 1], page.blocks[view.index + 1]]
  if (!isParagraph(before) || !isParagraph(after) || !endsSentence(before!.text) || parseDateline(after!.text)) return undefined
  return 'A short line that is no sentence, between a finished paragraph and one that begins.'
}

/** Between running text in one column, in the width of the column, no smaller than the text. */
function inColumn(view: BlockView, page: PageView): string | undefined {
  const place = flowOf(view, page)
  if (!place || view.size < 0.93 || view.size > 1.5) return undefined
  const em = page.bodyEm!
  const texts = page.blocks.filter(isParagraph).flatMap((other) => flowOf(other, page) ?? [])
  const near = (text: { top: number; bottom: number }, side: 'above' | 'below'): boolean =>
    side === 'above'
      ? place.top - text.bottom < 3 * em && place.top - text.bottom > -0.5 * em
      : text.top - place.bottom < 3 * em && text.top - place.bottom > -0.5 * em
  const inWidth = texts.filter((text) => overlapAlong(text, place) > 0.9 && text.end - text.start >= (place.end - place.start) * 0.9)
  const below = inWidth.some((text) => near(text, 'below'))
  const above = inWidth.some((text) => near(text, 'above'))
  const atHeadOfColumn = !above && texts.some((text) => text.end <= place.start + em && Math.abs(text.top - place.top) < 3 * em)
  return below && (above || atHeadOfColumn) ? 'A short line set apart between running text in one column.' : undefined
}
