import { isPageLabel } from '../articles/folio.ts'
import { cluster } from '../articles/place-index.ts'
import { distance, type Flow, flowOf, isRuledOff, overlapAlong, rulesOf } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'
import { headsByType } from './heads-by-type.ts'
import { advertHeads, advertSigns, indexWords } from './words.ts'

export const advert: Rule = defineRule({
  name: 'advert',
  phase: 'label',
  summary: 'An advertisement, or a panel that points to other pages.',
  why: 'An advertisement is set in pieces of many sizes. Pieces that stand close together and are no running text are taken as one; it is an advertisement when its words are (telephone numbers, prices, offers), at least two of them. A notice headed 招聘 or TO LET takes the text under it with it.',
  examples: [
    {
      before: ['月亮湾公寓 盛大开盘', '首付30万起 热线 0533-6868999'],
      after: [
        { text: '月亮湾公寓 盛大开盘', role: 'advert' },
        { text: '首付30万起 热线 0533-6868999', role: 'advert' }
      ]
    },
    { before: ['记者昨天拨打了咨询热线，对方说优惠已经结束。'], after: ['记者昨天拨打了咨询热线，对方说优惠已经结束。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const heads = new Set(page.bodyEm === undefined ? [] : headsByType(page).map((head) => head.view))
    const close = zonesOf(page, 1.6)
    // Once more with wider white, but without what heads an article.
    const wide = page.bodyEm === undefined ? [] : zonesOf(page, 3.4).filter((zone) => zone.every((view) => !heads.has(view)))
    const told = new Set<BlockView>()
    const found = new Set<BlockView>()
    for (const whole of [...close, ...wide]) {
      const zone = whole.filter((view) => !told.has(view))
      if (zone.length === 0 || headsPage(zone, page)) continue
      const text = zone.map(plainText).join('\n')
      const signs = advertSigns(text)
      const title = zone.find((view) => indexWords.test(plainText(view)))
      if (title) {
        const panel = [...zone.filter((each) => isInPanel(each, title, page)), ...labelsUnder(title, page)]
        for (const view of new Set(panel)) {
          told.add(view)
          yield says(view, 'section', 'A panel that points to other pages.', 0.85)
        }
      } else if (signs.length >= 2 || zone.some((view) => advertHeads.test(plainText(view)))) {
        for (const view of zone) {
          told.add(view)
          found.add(view)
          yield says(view, 'advert', `Worded as an advertisement: ${signs.slice(0, 4).join(', ')}.`, signs.length > 2 ? 0.92 : 0.8, {
            signs
          })
        }
      }
    }
    for (const view of page.blocks)
      if (!found.has(view) && isOpenRole(view) && opensAsAdvert(view))
        yield says(view, 'advert', `Its first line is “${view.lines[0]!.text.trim()}”, the heading of a small advertisement.`, 0.85)
    if (page.bodyEm === undefined)
      for (const view of amongAdverts(found, page)) yield says(view, 'advert', 'Stands among advertisements.', 0.78)
  }
})

/** FOR SALE, 招租 alone on the first of a few lines. */
function opensAsAdvert({ lines, text }: BlockView): boolean {
  return (
    lines.length > 1 && lines.length <= 12 && text.length < 400 && advertHeads.exec(lines[0]!.text.trim())?.[0] === lines[0]!.text.trim()
  )
}

/** Without boxes: what stands before, behind or between pieces of advertisements, and is worded as they are or has few lines. */
function amongAdverts(adverts: ReadonlySet<BlockView>, page: PageView): BlockView[] {
  const among = new Set<BlockView>()
  const isAdvert = (view: BlockView | undefined): boolean =>
    view !== undefined && (adverts.has(view) || among.has(view) || view.block.role === 'advert')
  const test = (view: BlockView): void => {
    if (isAdvert(view) || !isOpenRole(view) || readsOn(view)) return
    const [before, after] = [page.blocks[view.index - 1], page.blocks[view.index + 1]]
    const sides = [before, after].filter(isAdvert).length
    const signs = sides > 0 ? advertSigns(view.text).length : 0
    if (signs >= 2 || (signs > 0 && ems(view.text) <= 60) || (sides === 2 && ems(view.text) <= 40)) among.add(view)
  }
  for (const view of page.blocks) test(view)
  for (const view of [...page.blocks].reverse()) test(view)
  return [...among]
}

/** The name of a section with its telephone number, over all text of the page, is no advertisement. */
function headsPage(zone: readonly BlockView[], page: PageView): boolean {
  if (!page.extent || page.vertical || advertWordsIn(zone)) return false
  const bottom = Math.max(...zone.map((view) => (view.box ? view.box.y + view.box.height : Number.POSITIVE_INFINITY)))
  return (
    bottom < page.extent.y + 0.12 * page.extent.height &&
    !page.blocks.some((view) => isRunningText(view) && view.box && view.box.y < bottom)
  )
}

function advertWordsIn(zone: readonly BlockView[]): boolean {
  return advertSigns(zone.map(plainText).join('\n')).filter((sign) => !/^热线|\d/.test(sign)).length > 0
}

/** The page labels in the column under a panel's title: they may stand too far off to be of one zone, and rules may divide the entries. */
function labelsUnder(title: BlockView, page: PageView): BlockView[] {
  const place = flowOf(title, page)
  if (!place || !title.box) return []
  return page.blocks.filter((view) => {
    const there = flowOf(view, page)
    return (
      there !== undefined &&
      isOpenRole(view) &&
      isPageLabel(plainText(view)) &&
      there.top > place.top &&
      there.top - place.bottom < 30 * page.bodyEm! &&
      Math.abs(there.start + there.end - place.start - place.end) / 2 < 8 * page.bodyEm!
    )
  })
}

/** In the panel's column, under its title. */
function isInPanel(view: BlockView, title: BlockView, page: PageView): boolean {
  const [a, b] = [flowOf(view, page), flowOf(title, page)]
  if (!a || !b || view === title) return view === title || view.index > title.index
  return (
    a.top >= b.top - page.bodyEm! &&
    Math.min(a.end, b.end) - Math.max(a.start, b.start) > -page.bodyEm! * 2 &&
    a.end - a.start < 16 * page.bodyEm!
  )
}

/** Pieces that are no running text and stand close together: no further apart than `reach` ems, and a little more for large type. */
export function zonesOf(page: PageView, reach: number): BlockView[][] {
  const loose = page.blocks.filter(
    (view) => isOpenRole(view) && !isProse(view.text) && !(view.box ? isRunningText(view) || isPartOfText(view) : readsOn(view))
  )
  const zones =
    page.bodyEm === undefined ? consecutive(loose.filter((view) => !leadsText(view, page))) : neighbours(loose, page, page.bodyEm, reach)
  return zones.map((zone) => [...zone, ...textUnder(zone, page)])
}

/** Running text of an old paper, which has no full stop: clause after clause, with 、 between them. */
function readsOn({ text }: BlockView): boolean {
  return (
    text.length > 24 &&
    (text.slice(0, 400).match(/[、，；]/g)?.length ?? 0) * 16 > Math.min(400, text.length) &&
    advertSigns(text).length < 3
  )
}

/** A piece of running text: of its size, and with the marks of a sentence, but nothing of an advertisement. */
function isPartOfText(view: BlockView): boolean {
  return view.size > 0.8 && view.size < 1.2 && /[，。、；]/.test(view.text) && advertSigns(view.text).length === 0
}

/** Without boxes, the line right before a paragraph is rather its heading. */
function leadsText(view: BlockView, page: PageView): boolean {
  const next = page.blocks[view.index + 1]
  return next !== undefined && isProse(next.text) && advertSigns(view.text).length === 0 && !advertHeads.test(plainText(view))
}

function consecutive(views: readonly BlockView[]): BlockView[][] {
  const zones: BlockView[][] = []
  for (const view of views) {
    const zone = zones.at(-1)
    if (zone && zone.at(-1)!.index === view.index - 1) zone.push(view)
    else zones.push([view])
  }
  return zones
}

function neighbours(views: readonly BlockView[], page: PageView, em: number, reach: number): BlockView[][] {
  const rules = rulesOf(page)
  const placed = views.filter((view) => view.box)
  const placeOf = (view: BlockView): Flow => flowOf(view, page)!
  const furthest = em * (reach + 0.5 * placed.reduce((size, view) => Math.max(size, view.size), 1))
  const zones = cluster(placed, placeOf, furthest, (view, other) => {
    const [place, there] = [placeOf(view), placeOf(other)]
    return distance(place, there) < em * (reach + 0.5 * Math.min(view.size, other.size)) && !isRuledOff(place, there, rules)
  })
  return zones.map((zone) => zone.sort((a, b) => a.index - b.index))
}

/** A notice's text: what stands right under a heading that can only head an advertisement. */
function textUnder(zone: readonly BlockView[], page: PageView): BlockView[] {
  const head = zone.find((view) => advertHeads.test(plainText(view)))
  if (!head) return []
  const place = flowOf(head, page)
  const taken: BlockView[] = []
  let last = zone.reduce((a, b) => ((flowOf(b, page)?.bottom ?? b.index) > (flowOf(a, page)?.bottom ?? a.index) ? b : a))
  const under = place
    ? page.blocks
        .filter((view) => view.box && flowOf(view, page)!.top > place.top)
        .sort((a, b) => flowOf(a, page)!.top - flowOf(b, page)!.top)
    : page.blocks.slice(head.index + 1)
  for (const view of under) {
    const [a, b] = [flowOf(last, page), flowOf(view, page)]
    if (zone.includes(view) || (place && b && a && Math.max(overlapAlong(place, b), overlapAlong(a, b)) < 0.5)) continue
    if (!isOpenRole(view) || view.size > 1.25 || taken.length >= 8 || (a && b && b.top - a.bottom > 5 * page.bodyEm!)) break
    taken.push(view)
    if (!b) break
    last = view
  }
  return taken.length > 0 || !place ? taken : nextBelow(under, place, page)
}

/** The few lines right below a heading that is set in the middle of a wide frame, where nothing stands under the heading itself. */
function nextBelow(under: readonly BlockView[], head: Flow, page: PageView): BlockView[] {
  const em = page.bodyEm!
  const near = under.filter((view) => view.box && isOpenRole(view) && view.size < 1.25 && view.text.length < 160 && view.lines.length <= 6)
  return near.filter((view) => {
    const gap = flowOf(view, page)!.top - head.bottom
    return gap > -em && gap < 2.5 * em
  })
}
