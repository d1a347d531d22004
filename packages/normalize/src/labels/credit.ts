import type { Credit } from '@broadsheet/document'
import { isOpen } from '../articles/assemble.ts'
import { isLoneName, parseCredits } from '../articles/credit.ts'
import { distance, flowOf, overlapAlong } from '../articles/space.ts'
import { surnames } from '../articles/surnames.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'

export const credit: Rule = defineRule({
  name: 'credit',
  phase: 'label',
  summary: 'A line that names who wrote, took, edited or sent in the article.',
  why: 'The names stand under the heading or after the last paragraph, with what the person did before or behind the name. A name alone is a credit only where an article begins or ends, and is set no larger than the text. A sentence about a reporter is none.',
  examples: [
    {
      before: ['队伍一直排到巷子那头的豆腐坊。', '记者 黎小舟 文/图'],
      after: ['队伍一直排到巷子那头的豆腐坊。', { text: '记者 黎小舟 文/图', role: 'credit' }]
    },
    {
      before: ['The river trade will have its museum.', 'By Our Own Correspondent'],
      after: ['The river trade will have its museum.', { text: 'By Our Own Correspondent', role: 'credit' }],
      language: 'en'
    },
    {
      before: ['隧道里灌进了水。', '临湖日报青萝融媒体中心记者赵长林孙晓梅'],
      after: ['隧道里灌进了水。', { text: '临湖日报青萝融媒体中心记者赵长林孙晓梅', role: 'credit' }]
    },
    { before: ['昨天她站在阳台上。', '记者随后走访了三个小区。'], after: ['昨天她站在阳台上。', '记者随后走访了三个小区。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const halves = new Set<BlockView>()
    for (const view of page.blocks) {
      if (!isOpenRole(view) || view.size > 1.6 || halves.has(view)) continue
      const text = plainText(view)
      const credits = creditsIn(text)
      const second = credits.length === 0 ? secondHalf(view, page) : undefined
      if (credits.length > 0) yield says(view, 'credit', `Names ${named(credits)}.`, 0.96, { names: names(credits) })
      else if (second) {
        halves.add(second)
        const whole = creditsIn(text + plainText(second))
        for (const half of [view, second]) yield says(half, 'credit', `Names ${named(whole)}, in two lines.`, 0.92, { names: names(whole) })
      } else if (isLoneName(text) && surnames.includes(text[0]!) && standsAtAnEnd(view, page))
        yield says(view, 'credit', 'A name alone, where an article begins or ends.', 0.8)
    }
  }
})

/** The persons named in a line; none when they are all of the page's own staff, or the line is too long. */
function creditsIn(text: string): readonly Credit[] {
  const credits = ems(text) <= 45 ? parseCredits(text) : []
  return credits.every(isStaff) ? [] : credits
}

/** The next line, where the two together are a credit that the end of the line cut in two. */
function secondHalf(view: BlockView, page: PageView): BlockView | undefined {
  const next = page.blocks[view.index + 1]
  if (!next || !isOpenRole(next) || isProse(view.text) || isProse(next.text) || ems(view.text) > 24) return undefined
  const [a, b] = [flowOf(view, page), flowOf(next, page)]
  if (!a || !b || distance(a, b) > 1.2 * page.bodyEm! || overlapAlong(a, b) < 0.5 || b.top < a.bottom - 0.5 * page.bodyEm!) return undefined
  return creditsIn(plainText(view) + plainText(next)).length > 0 ? next : undefined
}

/** Editors and designers of the page are its folio's. */
function isStaff(credit: Credit): boolean {
  return credit.role === 'editor' || credit.role === 'designer' || credit.role === 'other'
}

function named(credits: readonly Credit[]): string {
  return credits.map(({ role, name }) => `${name} (${role})`).join(', ')
}

function names(credits: readonly Credit[]): readonly string[] {
  return credits.map(({ name }) => name)
}

/** Right under the text or a heading, or in one stack with a heading set across. */
function standsUnder(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)!
  const em = page.bodyEm!
  return page.blocks.some((other) => {
    const there = other === view ? undefined : flowOf(other, page)
    if (!there) return false
    if (other.size > 1.4 && other.vertical === view.vertical && view.vertical !== page.vertical)
      return distance(there, place) < 3 * em && isOpenRole(other)
    const isOver =
      view.vertical === page.vertical &&
      overlapAlong(there, place) > 0.5 &&
      place.top >= there.bottom - 0.5 * em &&
      place.top - there.bottom < 2.2 * em
    return isOver && (isRunningText(other) ? !isOpen(other.text) : other.size > 1.4 && isOpenRole(other))
  })
}

function standsAtAnEnd(view: BlockView, page: PageView): boolean {
  if (view.size > 1.25 || [...plainText(view)].length > 3) return false
  const before = page.blocks[view.index - 1]
  const after = page.blocks[view.index + 1]
  if (view.box && standsUnder(view, page)) return true
  // Without boxes: the line between a heading and its text.
  if (
    view.box === undefined &&
    before &&
    after &&
    !isProse(before.text) &&
    ems(before.text) > 3 &&
    isProse(after.text) &&
    isOpenRole(before)
  )
    return true
  const follows = before !== undefined && (isRunningText(before) || (view.box !== undefined && before.size > 1.4))
  const precedes = after === undefined || isRunningText(after) || !isProse(after.text) || view.box === undefined
  return follows && precedes
}
