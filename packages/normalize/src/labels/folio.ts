import type { TextRole } from '@broadsheet/document'
import { type Folio, isPageLabel, parseFolio } from '../articles/folio.ts'
import { flowOf } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, lookAtPage, plainText, says } from './facts.ts'
import { latinPaperName, paperName } from './words.ts'

export const folio: Rule = defineRule({
  name: 'folio',
  phase: 'label',
  summary: 'The line with the date, the page number, the section and the editors of the page.',
  why: 'It stands at the head or the foot of every page and belongs to the page, not to the article it was read next to. A date or a number inside the page is none: where there are boxes, it has to stand at an edge.',
  examples: [
    {
      before: '2024年9月26日 星期四 责任编辑 梅朵 版式 高旗',
      after: [{ text: '2024年9月26日 星期四 责任编辑 梅朵 版式 高旗', role: 'folio' }]
    },
    {
      before: ['A05', '湖边的灯今晚都亮了，许多人出来看。'],
      after: [{ text: 'A05', role: 'page-number' }, '湖边的灯今晚都亮了，许多人出来看。']
    },
    { before: ['市交通局说，2024年9月26日 起换乘免费。'], after: ['市交通局说，2024年9月26日 起换乘免费。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const folios: BlockView[] = []
    for (const view of page.blocks) {
      if (!isOpenRole(view) || !standsAtAnEdge(view, page)) continue
      const text = plainText(view)
      const found = isProse(text) ? undefined : parseFolio(text)
      if (!found || !isFolio(found, text, view, page)) continue
      folios.push(view)
      yield says(view, roleOf(found, text), reasonOf(found), 0.93, evidenceOf(found))
    }
    for (const view of page.blocks)
      if (isOpenRole(view) && !folios.includes(view) && folios.some((line) => standsInRow(view, line, page)))
        yield says(
          view,
          isTitle(plainText(view)) ? 'masthead' : 'section',
          'Stands in one row with the folio, at the edge of the page.',
          0.88
        )
  }
})

function roleOf(found: Folio, text: string): TextRole {
  return isPageLabel(text) && !found.date ? 'page-number' : 'folio'
}

/** Most of the line must be folio: a date in a headline does not make one. */
function isFolio(found: Folio, text: string, view: BlockView, page: PageView): boolean {
  const left = found.words.reduce((sum, word) => sum + ems(word), 0)
  const signs = [found.date, found.weekday, found.page, found.editors[0]].filter((sign) => sign !== undefined).length
  if (left > 14 && left > ems(text) * 0.5) return false
  if (signs >= 2 || isPageLabel(text) || found.editors.length > 0) return true
  if (found.date) return view.box !== undefined || isFirstOrLast(view, page)
  return left <= 10 && (found.weekday !== undefined || view.box !== undefined)
}

/** With boxes: at the very head or foot of the page, above or below all running text. Without: anywhere, for order may have gone astray. */
function standsAtAnEdge(view: BlockView, page: PageView): boolean {
  if (!view.box || !page.extent) return true
  const middle = view.box.y + view.box.height / 2
  const share = (middle - page.extent.y) / Math.max(1, page.extent.height)
  const flow = flowOf(view, page)
  return flow !== undefined && (share < 0.07 || share > 0.94)
}

/** In the folio's row: the name of the section or of the paper. */
function standsInRow(view: BlockView, folio: BlockView, page: PageView): boolean {
  const [a, b] = [flowOf(view, page), flowOf(folio, page)]
  if (!a || !b || !view.box || !folio.box || ems(view.text) > 16 || view.lines.length > 2 || !standsAtAnEdge(view, page)) return false
  return (
    Math.min(view.box.y + view.box.height, folio.box.y + folio.box.height) - Math.max(view.box.y, folio.box.y) >
    0.3 * Math.min(view.box.height, folio.box.height)
  )
}

function isTitle(text: string): boolean {
  return paperName.test(text.split(/[·•\s]/)[0] ?? '') || latinPaperName.test(text)
}

function isFirstOrLast(view: BlockView, page: PageView): boolean {
  return view.index < 4 || view.index >= page.blocks.length - 2
}

function reasonOf(found: Folio): string {
  const parts = [
    found.date ?? '',
    found.weekday ? 'a weekday' : '',
    found.page ? `page ${found.page}` : '',
    found.editors.length > 0 ? 'the editors' : ''
  ]
  return `Holds ${parts.filter((part) => part !== '').join(', ')} and little else.`
}

function evidenceOf(found: Folio): Readonly<Record<string, string | readonly string[]>> {
  return {
    ...(found.date ? { date: found.date } : {}),
    ...(found.page ? { page: found.page } : {}),
    ...(found.editors.length > 0 ? { editors: found.editors.map((editor) => editor.name) } : {})
  }
}
