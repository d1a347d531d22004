import type { TextRole } from '@broadsheet/document'
import { type Folio, isPageLabel, parseFolio } from '../articles/folio.ts'
import { distance, flowOf } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'
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
    const folios = new Set<BlockView>()
    for (const view of page.blocks) {
      if (!isOpenRole(view) || !standsAtAnEdge(view, page)) continue
      const text = plainText(view)
      const found = isProse(text) ? undefined : parseFolio(text)
      if (!found || !isFolio(found, text, view, page) || (isPageLabel(text) && (isAmongPieces(view, page) || standsInText(view, page))))
        continue
      folios.add(view)
      yield says(view, roleOf(found, text), reasonOf(found), 0.93, evidenceOf(found))
    }
    for (const view of page.blocks)
      if (isOpenRole(view) && !folios.has(view) && headsVertical(view, page)) {
        folios.add(view)
        yield says(view, 'folio', 'A small line set across, at the head of a page set from top to bottom.', 0.82)
      }
    for (const view of page.blocks)
      if (isOpenRole(view) && !folios.has(view) && [...folios].some((line) => standsInRow(view, line, page)))
        yield says(
          view,
          isTitle(plainText(view)) ? 'masthead' : 'section',
          'Stands in one row with the folio, at the edge of the page.',
          0.88
        )
  }
})

/** At the foot of the page a number among other small pieces is an advertisement's. */
function isAmongPieces(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)
  if (!place || !view.box || !page.extent || (view.box.y - page.extent.y) / Math.max(1, page.extent.height) < 0.5) return false
  const near = page.blocks.filter(
    (other) => other !== view && other.box && distance(flowOf(other, page)!, place) < 4 * page.bodyEm! && !isRunningText(other)
  )
  return near.some((other) => !parseFolio(plainText(other)) || ems(other.text) <= 2)
}

function roleOf(found: Folio, text: string): TextRole {
  return isPageLabel(text) && !found.date ? 'page-number' : 'folio'
}

/** Most of the line must be folio: a date in a headline does not make one. */
function isFolio(found: Folio, text: string, view: BlockView, page: PageView): boolean {
  const left = found.words.reduce((sum, word) => sum + ems(word), 0)
  const signs = [found.date, found.weekday, found.page, found.editors[0]].filter((sign) => sign !== undefined).length
  if (left > 14 && left > ems(text) * 0.5) return false
  if (signs >= 2 || isPageLabel(text) || found.editors.length > 0) return true
  if (found.date) return view.box !== undefined || standsFirst(view, page)
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

/** On a page set from top to bottom, date, title and number stand in one row across its head. */
function headsVertical(view: BlockView, page: PageView): boolean {
  if (!page.vertical || view.vertical || !view.box || !page.extent || view.size > 1.6 || view.lines.length > 2 || ems(view.text) > 24)
    return false
  return (view.box.y + view.box.height - page.extent.y) / Math.max(1, page.extent.height) < 0.055
}

/** Running text stands level with it, or further out. */
function standsInText(view: BlockView, page: PageView): boolean {
  const { box } = view
  if (!box || !page.extent) return false
  const isHigh = box.y - page.extent.y < 0.5 * page.extent.height
  return page.blocks.some(
    (other) =>
      isRunningText(other) &&
      other.lines.length > 2 &&
      other.boxes.some((text) => (isHigh ? text.y < box.y + box.height * 0.5 : text.y + text.height > box.y + box.height * 0.5))
  )
}

/** In the folio's row: the name of the section or of the paper. */
function standsInRow(view: BlockView, folio: BlockView, page: PageView): boolean {
  const [a, b] = [flowOf(view, page), flowOf(folio, page)]
  if (!a || !b || !view.box || !folio.box || ems(view.text) > 16 || view.lines.length > 2 || !standsAtAnEdge(view, page)) return false
  return (
    Math.min(view.box.y + view.box.height, folio.box.y + folio.box.height) - Math.max(view.box.y, folio.box.y) >
      0.3 * Math.min(view.box.height, folio.box.height) && !standsInText(view, page)
  )
}

function isTitle(text: string): boolean {
  return paperName.test(text.split(/[·•\s]/)[0] ?? '') || latinPaperName.test(text)
}

function standsFirst(view: BlockView, page: PageView): boolean {
  // After the text, a date closes a letter or an announcement.
  return view.index < 4 ? !page.blocks.slice(0, view.index).some((other) => isProse(other.text)) : false
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
