import { flowOf, overlapAcross } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'
import { latinPaperName, paperName, reignDay } from './words.ts'

export const masthead: Rule = defineRule({
  name: 'masthead',
  phase: 'label',
  summary: "The newspaper's own name, and what is set beside it at the head of the front page.",
  why: 'The name of the paper stands over every page; on the front page the number of the issue, the price, the weather and the hotline stand beside it. A line is the name when it is nothing but the name, from the house profile or by its form, at the edge of the page or in large type.',
  examples: [
    {
      before: ['临湖晚报', '湖边的灯今晚都亮了，许多人出来看。'],
      after: [{ text: '临湖晚报', role: 'masthead' }, '湖边的灯今晚都亮了，许多人出来看。']
    },
    { before: ['她在临湖晚报工作了二十年，今天退休。'], after: ['她在临湖晚报工作了二十年，今天退休。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const known = new Set(context.profile?.mastheads ?? [])
    const names = page.blocks.filter((view) => isOpenRole(view) && isName(view, page, known))
    for (const view of names) yield says(view, 'masthead', 'Nothing but the name of a newspaper.', 0.92)
    for (const view of page.blocks)
      if (isOpenRole(view) && !names.includes(view) && names.some((name) => standsBeside(view, name, page)))
        yield says(view, 'masthead', 'Stands beside the name of the newspaper at the head of the page.', 0.88)
    const text = page.blocks.findIndex((view) => isProse(view.text))
    for (const view of page.blocks)
      if (isOpenRole(view) && reignDay.test(plainText(view).replace(/\s+/g, '')) && (view.box ? isAtEdge(view, page) : view.index < text))
        yield says(view, 'folio', 'A day by the moon and nothing else, at the head of the page.', 0.9)
    if (page.bodyEm === undefined && (names.length > 0 || page.blocks.some((view) => view.block.role === 'folio')))
      for (const view of imprintLines(page)) yield says(view, 'masthead', 'What the head of a front page says of the issue.', 0.85)
  }
})

/** Number, price, registration and day by the moon, each in a line of its own before the first text. */
function imprintLines(page: PageView): BlockView[] {
  const first = page.blocks.findIndex((view) => isProse(view.text))
  return page.blocks.slice(0, Math.max(0, first)).filter((view) => isOpenRole(view) && imprintWords.test(plainText(view)))
}

const imprintWords =
  /^(?:总?第\s?[\d一二三四五六七八九十百千〇]{1,8}\s?[期号號]|(?:国内统一(?:连续出版物号|刊号)|統一編號|CN|ISSN|邮发代号|郵發代號)[\s:：]{0,3}[A-Z\d\s/—-]{4,16}|(?:零售价?|定价|售价|每份|零售每份)\s?[:：]?\s?[\d.]{1,5}\s?元|(?:农历|夏历|阴历|農曆|夏曆|陰曆)\p{Script=Han}{2,14}|今日\s?\d{1,3}\s?版)$/u

function isName(view: BlockView, page: PageView, known: ReadonlySet<string>): boolean {
  const text = plainText(view).replace(/\s+/g, '')
  if (known.has(plainText(view)) || known.has(text)) return true
  if (text.length > 24) return false
  if (paperName.test(text)) return !view.box || isAtEdge(view, page)
  return latinPaperName.test(plainText(view)) && view.size > 1.8 && isAtEdge(view, page)
}

function isAtEdge(view: BlockView, page: PageView): boolean {
  if (!view.box || !page.extent) return true
  const share = (view.box.y + view.box.height / 2 - page.extent.y) / Math.max(1, page.extent.height)
  return share < 0.12 || share > 0.92
}

/** Beside a large name at the head of the front page; not running text, which may begin in the next column. */
function standsBeside(view: BlockView, name: BlockView, page: PageView): boolean {
  const [a, b] = [flowOf(view, page), flowOf(name, page)]
  if (!a || !b || page.vertical || name.size < 2.5 || !page.extent) return false
  const share = (a.bottom - page.extent.y) / Math.max(1, page.extent.height)
  if (share > 0.16 || (isRunningText(view) && isProse(view.text) && view.lines.length > 4)) return false
  return overlapAcross(a, b) > 0.5 || (view.size < 1.25 && view.lines.length <= 2 && a.bottom <= b.bottom + 4.5 * page.bodyEm!)
}
