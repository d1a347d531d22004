import { memoize, type TextRole } from '@broadsheet/document'
import { isOpen } from '../articles/assemble.ts'
import { cluster, indexPlaces, type PlaceIndex } from '../articles/place-index.ts'
import {
  byRow,
  depth,
  distance,
  type Flow,
  flowOf,
  isRuledOff,
  overlapAcross,
  overlapAlong,
  piecesOf,
  rulesOf,
  standInLine,
  standInRow,
  toFlow
} from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { ems, isProse, isRunningText, plainText } from './facts.ts'
import { type HeadLine, mayHead } from './head-line.ts'
import { advertSigns } from './words.ts'

/** From this size on (over the running text) a line is display type. */
const displaySize = 1.22

/** A kicker or deck may be hardly larger than the text, when it stands right at a larger line. */
const smallestKicker = 1.08

/** How far below a heading its text may begin, in ems of the running text. */
const reach = 6

interface Stack {
  readonly lines: readonly BlockView[]
  readonly place: Flow
  readonly vertical: boolean
}

/** Kickers, headings and decks of a page with boxes: stacks of display lines that have running text under or beside them. */
export const headsByType: (page: PageView) => readonly HeadLine[] = memoize((page) => {
  const em = page.bodyEm!
  const rules = rulesOf(page)
  const textViews = page.blocks.filter((view) => isText(view) && view.box)
  const texts = textViews.flatMap((view) => piecesOf(view, page))
  const pieces = indexPieces(textViews, page)
  const stacks = stackUp(page, em, rules)
  return stacks.flatMap((stack) => {
    if (
      !stack.vertical &&
      (interruptsText(stack, pieces, page) || quotesText(stack, textViews, page) || isFramed(stack, textViews, rules, page))
    )
      return []
    if (
      !stack.vertical &&
      stacks.some((other) => other.vertical && hangsUnder(other.place, stack.place, em) && headsText(other, texts, [], em, rules))
    )
      return []
    const others = stacks.filter((other) => other !== stack).map((other) => other.place)
    return headsText(stack, texts, others, em, rules) ? rolesIn(stack) : []
  })
})

function isText(view: BlockView): boolean {
  if (view.lines.length <= 2 && view.text.length < 60 && advertSigns(view.text).length > 0) return false
  return (
    (isRunningText(view) && (view.lines.length > 1 || ems(view.text) > 12)) ||
    view.block.role === 'table' ||
    (view.size < 1.2 &&
      view.block.role === 'paragraph' &&
      ((ems(view.text) > 14 && (view.lines.length > 1 || /[，。、：；,.;]/.test(view.text))) || isFullLine(view)) &&
      advertSigns(view.text).length === 0)
  )
}

/** A shred of the text: one line of its size, as long as a line of a narrow column. */
function isFullLine(view: BlockView): boolean {
  if (view.size < 0.85 || view.em === undefined || !view.box || /[A-Za-z]/.test(view.text)) return false
  return Math.max(view.box.width, view.box.height) > 10 * view.em
}

/** The first line of the text, right above the rest of it and as wide, whatever its measured size. */
export function isPartOfColumn(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)!
  const em = page.bodyEm!
  const near = runningPieces(page).near({ ...place, top: place.bottom - 0.7 * em, bottom: place.bottom + 0.7 * em })
  return near.some(
    ({ view: other, place: text }) =>
      other !== view &&
      Math.abs(text.top - place.bottom) < 0.7 * em &&
      overlapAlong(text, place) > 0.9 &&
      Math.abs(text.end - place.end) < 0.8 * em
  )
}

/** A piece of a block, and where it stands. */
interface Piece {
  readonly view: BlockView
  readonly place: Flow
  readonly isFirst: boolean
  readonly isLast: boolean
}

function indexPieces(views: readonly BlockView[], page: PageView): PlaceIndex<Piece> {
  const pieces = views.flatMap((view) =>
    piecesOf(view, page).map((place, index, all): Piece => ({ view, place, isFirst: index === 0, isLast: index === all.length - 1 }))
  )
  return indexPlaces(pieces, ({ place }) => place, 8 * page.bodyEm!)
}

const runningPieces = memoize((page: PageView): PlaceIndex<Piece> => indexPieces(page.blocks.filter(isRunningText), page))

function stackUp(page: PageView, em: number, rules: readonly Flow[]): Stack[] {
  const candidates = page.blocks.filter((view) => view.box && view.size >= smallestKicker && view.lines.length <= 6 && mayHead(view, page))
  const display = candidates.filter((view) => view.size >= displaySize)
  const companions = candidates.filter(
    (view) =>
      view.size < displaySize &&
      !isProse(view.text) &&
      view.lines.length <= 2 &&
      !isPartOfColumn(view, page) &&
      display.some((other) => areStacked(view, other, page, em, rules) && areAligned(view, other, page, em))
  )
  const largest = display.reduce((most, view) => Math.max(most, view.em ?? 0), em)
  const stacks = cluster(
    [...display, ...companions],
    (view) => flowOf(view, page)!,
    1.7 * em + 1.2 * largest,
    (view, other) => areStacked(view, other, page, em, rules)
  )
  return stacks.map((lines) => {
    const vertical = lines[0]!.vertical && !page.vertical
    const places = lines.map((view) => flowOf(view, page)!)
    lines.sort((a, b) => (vertical ? flowOf(b, page)!.start - flowOf(a, page)!.start : byRow(flowOf(a, page)!, flowOf(b, page)!)))
    return { lines, place: around(places), vertical }
  })
}

function around(places: readonly Flow[]): Flow {
  return {
    start: Math.min(...places.map((place) => place.start)),
    end: Math.max(...places.map((place) => place.end)),
    top: Math.min(...places.map((place) => place.top)),
    bottom: Math.max(...places.map((place) => place.bottom))
  }
}

/** Lines of one heading follow each other closely, in the direction across the lines. */
function areStacked(a: BlockView, b: BlockView, page: PageView, em: number, rules: readonly Flow[]): boolean {
  const [here, there] = [flowOf(a, page)!, flowOf(b, page)!]
  if (
    a.vertical !== b.vertical ||
    isRuledOff(
      here,
      there,
      rules.filter((rule) => !isFrame(rule, here, there, em))
    )
  )
    return false
  const sideways = a.vertical && !page.vertical
  if ((sideways ? standInLine : standInRow)(a, b, here, there)) return true
  const shared = sideways ? overlapAcross(here, there) : overlapAlong(here, there)
  return shared > 0.5 && distance(here, there) < em * (1.7 + 0.12 * Math.max(a.size, b.size))
}

/** A kicker or deck begins with its heading or stands over its middle; a crosshead at the head of a further column does neither. */
function areAligned(view: BlockView, heading: BlockView, page: PageView, em: number): boolean {
  const [here, there] = [flowOf(view, page)!, flowOf(heading, page)!]
  if (view.vertical !== page.vertical) return true
  const offCentre = Math.abs(here.start + here.end - there.start - there.end) / 2
  return Math.abs(here.start - there.start) < 2 * em || offCentre < Math.max(2 * em, 0.1 * (there.end - there.start))
}

/** A line that frames or underlines the narrower of two lines parts nothing. */
function isFrame(rule: Flow, a: Flow, b: Flow, em: number): boolean {
  const [wide, narrow] = a.end - a.start > b.end - b.start ? [a, b] : [b, a]
  const length = rule.end - rule.start
  return length < narrow.end - narrow.start + 4 * em && length < 0.6 * (wide.end - wide.start)
}

/** Whether running text begins under a heading, or stands beside it, with nothing else between. */
function headsText(stack: Stack, texts: readonly Flow[], others: readonly Flow[], em: number, rules: readonly Flow[]): boolean {
  const { place } = stack
  const isNarrow = stack.vertical || place.end - place.start < 14 * em
  return texts.some((text) => {
    const under = overlapAlong(place, text) > 0.25 && text.top > place.bottom - em * 0.5 && text.top - place.bottom < em * reach
    const beside =
      isNarrow && overlapAcross(place, text) > 0.5 && distance(place, text) < em * (stack.vertical ? 12 : 4) && depth(text) > em * 3
    // What is far away is told first: a page of thousands of blocks has few near by.
    if (!under && !beside) return false
    const between = others.some(
      (other) => overlapAlong(other, text) > 0.3 && other.top >= place.bottom - em && other.bottom <= text.top + em
    )
    if (between) return false
    const isCut = isRuledOff(place, text, rules)
    // A rule under a heading belongs to it, unless other headings follow under the rule.
    if (under && (!isCut || !others.some((other) => followsUnder(other, place, em)))) return true
    return beside && !isCut
  })
}

/** A heading set across the text right under a line over the whole page: that line is no heading of the same text. */
function hangsUnder(sideways: Flow, line: Flow, em: number): boolean {
  return (
    sideways.start > line.start - 2 * em &&
    sideways.end < line.end + 2 * em &&
    sideways.top > line.bottom - em &&
    sideways.top - line.bottom < 6 * em
  )
}

function followsUnder(other: Flow, place: Flow, em: number): boolean {
  return overlapAlong(other, place) > 0.2 && other.top >= place.bottom - em && other.top < place.bottom + 10 * em
}

/** Between two halves of one sentence in one column: a quotation set large, which heads nothing. */
function interruptsText(stack: Stack, pieces: PlaceIndex<Piece>, page: PageView): boolean {
  const em = page.bodyEm!
  const { top, bottom } = stack.place
  const inColumn = pieces
    .near({ ...stack.place, top: Math.min(top, bottom) - 4 * em, bottom: Math.max(top, bottom) + 4 * em })
    .filter(({ place }) => overlapAlong(place, stack.place) > 0.7 && stack.place.end - stack.place.start < (place.end - place.start) * 1.1)
  const above = inColumn.find(({ place }) => Math.abs(stack.place.top - place.bottom) < 4 * em)
  const below = inColumn.find(({ place }) => Math.abs(place.top - stack.place.bottom) < 4 * em)
  if (!above || !below || above.view === below.view) return above !== undefined && above.view === below?.view
  return (!above.isLast || isOpen(above.view.text)) && (!below.isFirst || beginsInside(below.view, page))
}

/** Between text of one column, with a rule over it and a rule under it: a quotation set large. */
function isFramed({ place }: Stack, texts: readonly BlockView[], rules: readonly Flow[], page: PageView): boolean {
  const em = page.bodyEm!
  const near = (gap: number): boolean => gap > -0.5 * em && gap < 2.5 * em
  const own = rules.filter(
    (rule) => rule.end - rule.start > 3 * em && overlapAlong(rule, place) > 0.6 && rule.end - rule.start < (place.end - place.start) * 2.5
  )
  if (!own.some((rule) => near(place.top - rule.bottom)) || !own.some((rule) => near(rule.top - place.bottom))) return false
  const pieces = texts.flatMap((view) => piecesOf(view, page)).filter((text) => overlapAlong(text, place) > 0.7)
  return [true, false].every((isOver) =>
    pieces.some((text) => {
      const gap = isOver ? place.top - text.bottom : text.top - place.bottom
      return gap > -em && gap < 5 * em && place.end - place.start < (text.end - text.start) * 1.1
    })
  )
}

/** Several short lines, each of which stands in the text above or beside: a quotation from it set large. */
function quotesText(stack: Stack, texts: readonly BlockView[], page: PageView): boolean {
  const lines = stack.lines.flatMap((view) => view.lines.map((line) => letters(line.text))).filter((line) => line !== '')
  if (lines.length < 2 || lines.join('').length < 8 || lines.some((line) => line.length < 3)) return false
  const over = texts.some((view) => {
    const place = flowOf(view, page)!
    const gap = stack.place.top - place.bottom
    return overlapAlong(place, stack.place) > 0.7 && gap > -page.bodyEm! && gap < 5 * page.bodyEm!
  })
  const near = texts.filter((view) => distance(flowOf(view, page)!, stack.place) < 60 * page.bodyEm!)
  const text = over ? letters(near.map((view) => view.text).join('')) : ''
  const found = lines.filter((line) => text.includes(line)).length
  const share = lines.length > 3 && lines.every((line) => line.length <= 6) ? 0.5 : lines.length > 2 ? 0.6 : 1
  return over && found >= lines.length * share
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** No blank before the first line. */
function beginsInside(view: BlockView, page: PageView): boolean {
  const [first, ...others] = view.lines.flatMap((line) => (line.box ? [toFlow(line.box, page.vertical).start] : []))
  return first !== undefined && others.length > 0 && first - Math.min(...others) < page.bodyEm! * 0.5
}

function rolesIn({ lines }: Stack): HeadLine[] {
  const largest = Math.max(...lines.map((line) => line.size))
  // A lone line of two or three characters is measured badly.
  const share = lines.some((line) => line.size === largest && ems(line.text) <= 3) ? 0.7 : 0.82
  const main = lines.findIndex((line) => line.size >= largest * share && !isDeckByWords(line))
  return lines.map((view, index): HeadLine => {
    const isMain = view.size >= largest * share && !isDeckByWords(view)
    const role: TextRole = isMain ? 'heading' : index < main ? 'kicker' : 'deck'
    return { view, role, confidence: 0.92, reason: reasons[role as 'heading' | 'kicker' | 'deck'] }
  })
}

function isDeckByWords(view: BlockView): boolean {
  return /^(?:——|--|—)/.test(plainText(view))
}

const reasons = {
  heading: 'The largest type of a heading with running text under it.',
  kicker: 'Smaller type above the heading.',
  deck: 'Smaller type below the heading.'
} as const
