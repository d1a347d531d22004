import { memoize } from '@broadsheet/document'
import { isOpen } from '../articles/assemble.ts'
import { parseDateline } from '../articles/dateline.ts'
import { isHead } from '../articles/page-group.ts'
import { indexPlaces, type PlaceIndex, widenBy } from '../articles/place-index.ts'
import { type Flow, flowOf, overlapAcross, overlapAlong, toFlow } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { type Context, defineRule, type Rule } from '../rule.ts'
import { stopsMidSentence } from '../text/mid-sentence.ts'
import { ems, endsSentence, isOpenRole, isProse, lookAtPage, plainText, says } from './facts.ts'

export const crosshead: Rule = defineRule({
  name: 'crosshead',
  phase: 'label',
  summary: 'A short heading inside an article, as its place on the page shows.',
  why: 'Long articles are divided by short lines in bold. Such a line stands in the width of one column between running text, with more white above and below than there is between lines. Without boxes nothing shows it, and `crosshead-by-words` has to wait.',
  examples: [
    {
      before: ['全线共设测速点位11处。', '这些事项请留意', '货车限时通行。'],
      after: ['全线共设测速点位11处。', '这些事项请留意', '货车限时通行。']
    },
    {
      before: ['Four gates had carried the river for ninety years.', 'A second dock', 'Work on the inner wall begins in May.'],
      after: ['Four gates had carried the river for ninety years.', 'A second dock', 'Work on the inner wall begins in May.'],
      language: 'en'
    }
  ],
  *find(context) {
    const page = lookAtPage(context)
    if (page.bodyEm === undefined) return
    const found = new Set(page.blocks.filter((view) => isOpenRole(view) && mayBeCrosshead(view) && standsInColumn(view, page)))
    for (const view of page.blocks)
      if (isOpenRole(view) && !found.has(view) && mayBeCrosshead(view) && [...found].some((other) => areLinesOfOne(view, other, page)))
        found.add(view)
    for (const view of found) yield says(view, 'crosshead', 'A short line set apart between running text in one column.', 0.85)
  }
})

/** The other line of a crosshead of two, over or under it and in its middle. */
function areLinesOfOne(view: BlockView, other: BlockView, page: PageView): boolean {
  const [here, there] = [flowOf(view, page), flowOf(other, page)]
  if (!here || !there || view.lines.length > 1 || other.lines.length > 1 || Math.abs(view.size - other.size) > 0.15) return false
  const gap = Math.max(here.top - there.bottom, there.top - here.bottom)
  return gap > -0.3 * page.bodyEm! && gap < 1.3 * page.bodyEm! && Math.abs(here.start + here.end - there.start - there.end) < page.bodyEm!
}

export const crossheadByWords: Rule = defineRule({
  name: 'crosshead-by-words',
  phase: 'doubt',
  summary: 'A short heading inside an article, as its words and its place in the order show.',
  why: 'It stands between a finished paragraph and one that begins, and is no sentence itself. Half a paragraph cut off by the end of a column looks just the same, so this rule runs last, when such halves have found each other, and only on pages without boxes; where a join to or from the line is proposed, it only proposes.',
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
    if (page.bodyEm !== undefined) return
    for (const view of page.blocks)
      if (isOpenRole(view) && mayBeCrosshead(view) && betweenParagraphs(view, page) && !stopsMidSentence(context, plainText(view)))
        yield says(
          view,
          'crosshead',
          'A short line that is no sentence, between a finished paragraph and one that begins.',
          isOfSeries(view, page) ? 0.85 : mayGoOn(view, context) ? 0.5 : 0.82
        )
  }
})

/** Crossheads are often built alike: three or more lines that begin with the same two characters and are about as long. */
function isOfSeries(view: BlockView, page: PageView): boolean {
  const text = plainText(view)
  if (text.length < 6) return false
  const alike = page.blocks.filter((other) => {
    const line = plainText(other)
    return isOpenRole(other) || other.block.role === 'crosshead'
      ? line.slice(0, 2) === text.slice(0, 2) && Math.abs(line.length - text.length) <= 3
      : false
  })
  return alike.length >= 3
}

/** Whether another rule has proposed that the line is the beginning of a paragraph that goes on elsewhere. */
function mayGoOn(view: BlockView, { changes }: Context): boolean {
  const regions = new Set(view.block.pieces.flatMap((piece) => ('region' in piece ? [piece.region] : [])))
  return changes.some(
    (change) => change.kind === 'join' && change.status === 'proposed' && (regions.has(change.region) || regions.has(change.target.region))
  )
}

const mayBeCrosshead = memoize((view: BlockView): boolean => {
  const text = plainText(view)
  return (
    !/^\p{Ll}/u.test(text) &&
    ems(text) >= 2 &&
    ems(text) <= 32 &&
    (view.box === undefined || ems(text) <= 20 || !/[，、]/.test(text)) &&
    !isProse(text) &&
    !endsSentence(text.replace(/[?？!！]$/, '')) &&
    !/[，、：:,;；]$/.test(text) &&
    view.lines.length <= 3 &&
    /\p{L}/u.test(text)
  )
})

function isParagraph(view: BlockView | undefined): boolean {
  return view !== undefined && view.block.role === 'paragraph' && isProse(view.text)
}

function betweenParagraphs(view: BlockView, page: PageView): boolean {
  const [before, after] = [page.blocks[view.index - 1], page.blocks[view.index + 1]]
  return isParagraph(before) && isParagraph(after) && endsSentence(before!.text) && !parseDateline(after!.text)
}

/** Between running text in one column, in the width of the column, no smaller than the text, set apart by white or by its size. */
function standsInColumn(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)
  if (!place || view.size < 0.93 || view.size > 1.3 || hasRowMate(view, page)) return false
  const em = page.bodyEm!
  const { blocks, columnOf } = surveyOf(page)
  const { full, isSolid, loose } = columnOf(view, place)
  const span = loose.reduce((whole, text) => {
    // The lines of one crosshead may have been read as blocks of their own.
    return text.view !== view && Math.abs(text.view.size - view.size) < 0.15 ? grow(whole, text.place, em) : whole
  }, place)
  const solidIn = (top: number, bottom: number): BlockView[] =>
    blocks.near({ ...place, top: top - 3 * em, bottom: bottom + 3 * em }).filter((text) => text !== view && isSolid.has(text))
  const above = nearest(solidIn(span.top, span.top), (text) => span.top - flowOf(text, page)!.bottom, em)
  const below = nearest(solidIn(span.bottom, span.bottom), (text) => flowOf(text, page)!.top - span.bottom, em)
  const isAtHead =
    !above &&
    solidIn(place.top, place.top).some(
      (text) => flowOf(text, page)!.end <= place.start + em && Math.abs(flowOf(text, page)!.top - place.top) < 3 * em
    )
  const isBeside = isAtHead || (!above && blocks.near(widenBy(place, 4 * em)).some((other) => standsLeft(other, place, page)))
  if (!below || !(above || isBeside) || parseDateline(below.view.text)) return false
  const isSetApart = above !== undefined && above.gap > 0.6 * em && below.gap > 0.6 * em
  if (view.size < 1.15 && !isSetApart && isFirstLine(view, full, page)) return false
  // What interrupts a sentence is a quotation or a line of the text itself.
  if (above && isOpen(above.view.text) && !(view.size > 1.06 && beginsIndented(below.view, page))) return false
  if (!above && !beginsIndented(below.view, page) && view.size < 1.25) return false
  return view.size > 1.04 || (above?.gap ?? em) > 0.55 * em
}

/** A heading or text that ends where the column begins, level with it. */
function standsLeft(other: BlockView, place: Flow, page: PageView): boolean {
  const there = flowOf(other, page)
  if (!there || (other.block.role !== 'paragraph' && !isHead(other))) return false
  return there.end <= place.start + page.bodyEm! && place.start - there.end < 4 * page.bodyEm! && overlapAcross(there, place) > 0
}

/** The text stands in the same column, and is not much narrower. */
function isColumnOf(text: Flow, place: Flow): boolean {
  return overlapAlong(text, place) > 0.9 && text.end - text.start >= (place.end - place.start) * 0.6
}

/** A first line of a paragraph that goes on in the next column: indented, and full to the end of the line. */
function beginsText(view: BlockView, full: readonly Flow[], page: PageView): boolean {
  return view.size <= 1.12 && isFirstLine(view, full, page)
}

/** `full`: the places of the blocks of several lines in its column. */
function isFirstLine(view: BlockView, full: readonly Flow[], page: PageView): boolean {
  if (view.lines.length > 1) return false
  const place = flowOf(view, page)!
  return full.some(
    (column) =>
      Math.abs(column.end - place.end) < 0.6 * page.bodyEm! &&
      place.start - column.start > -0.6 * page.bodyEm! &&
      place.start - column.start < 3 * page.bodyEm!
  )
}

/** The running text of one column of a page. */
interface Column {
  /** The places of its blocks of several lines. */
  readonly full: readonly Flow[]
  /** Its blocks that are no crossheads. */
  readonly isSolid: ReadonlySet<BlockView>
  /** All others. */
  readonly loose: readonly { readonly view: BlockView; readonly place: Flow }[]
}

function lookAtColumn(place: Flow, strip: readonly BlockView[], page: PageView): Column {
  const inColumn = strip.filter((text) => text.block.role === 'paragraph' && isColumnOf(flowOf(text, page)!, place))
  const full = inColumn.filter((text) => text.lines.length >= 3).map((text) => flowOf(text, page)!)
  const isSolid = new Set(inColumn.filter((text) => !mayBeCrosshead(text) || beginsText(text, full, page)))
  const loose = inColumn.filter((text) => !isSolid.has(text)).map((view) => ({ view, place: flowOf(view, page)! }))
  return { full, isSolid, loose }
}

/** Takes in what stands right under or over it. */
function grow(whole: Flow, part: Flow, em: number): Flow {
  if (Math.max(part.top - whole.bottom, whole.top - part.bottom) > 1.2 * em) return whole
  return { ...whole, top: Math.min(whole.top, part.top), bottom: Math.max(whole.bottom, part.bottom) }
}

/** Where the blocks of a page stand. */
interface Survey {
  readonly blocks: PlaceIndex<BlockView>
  /** The text in the column of a block, without a block of several lines itself. */
  columnOf(view: BlockView, place: Flow): Column
  /** Round all of them. */
  readonly whole: Flow
  /** The places of blocks of several lines that stand in one column. */
  readonly columns: readonly Flow[]
}

const surveyOf = memoize((page: PageView): Survey => {
  const placed = page.blocks.filter((view) => view.box)
  const places = placed.map((view) => flowOf(view, page)!)
  const edge = (side: keyof Flow, pick: (a: number, b: number) => number): number =>
    places.reduce((most, place) => pick(most, place[side]), places[0]?.[side] ?? 0)
  const blocks = indexPlaces(placed, (view) => flowOf(view, page)!, 8 * page.bodyEm!)
  const whole = { start: edge('start', Math.min), end: edge('end', Math.max), top: edge('top', Math.min), bottom: edge('bottom', Math.max) }
  const stripAt = (place: Flow): readonly BlockView[] => blocks.near({ ...place, top: whole.top, bottom: whole.bottom })
  // Blocks of one column come one after the other, and most of them are equally wide.
  let last: { readonly place: Flow; readonly column: Column } | undefined
  return {
    blocks,
    columnOf(view, place) {
      if (view.lines.length >= 3)
        return lookAtColumn(
          place,
          stripAt(place).filter((text) => text !== view),
          page
        )
      if (last?.place.start !== place.start || last.place.end !== place.end)
        last = { place, column: lookAtColumn(place, stripAt(place), page) }
      return last.column
    },
    whole,
    columns: placed.flatMap((view) => (view.lines.length >= 3 && view.boxes.length === 1 ? flowOf(view, page)! : []))
  }
})

/** A shred of a line has others beside it in its column. */
function hasRowMate(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)!
  const { blocks, whole, columns } = surveyOf(page)
  if (columns.length === 0) return false
  return blocks.near({ ...place, start: whole.start, end: whole.end }).some((other) => {
    const there = other === view ? undefined : flowOf(other, page)
    if (!there || other.lines.length > 2 || overlapAcross(there, place) < 0.5 || overlapAlong(there, place) > 0.2) return false
    const [start, end] = [Math.min(there.start, place.start), Math.max(there.end, place.end)]
    return columns.some((column) => start > column.start - 0.6 * page.bodyEm! && end < column.end + 0.6 * page.bodyEm!)
  })
}

interface Near {
  readonly view: BlockView
  readonly gap: number
}

function nearest(texts: readonly BlockView[], gapOf: (text: BlockView) => number, em: number): Near | undefined {
  const near = texts.map((view): Near => ({ view, gap: gapOf(view) })).filter(({ gap }) => gap > -0.5 * em && gap < 3 * em)
  return near.sort((a, b) => a.gap - b.gap)[0]
}

function beginsIndented(view: BlockView, page: PageView): boolean {
  const [first, ...others] = view.lines.flatMap((line) => (line.box ? [toFlow(line.box, page.vertical).start] : []))
  if (view.lines[0]?.indent !== undefined) return view.lines[0].indent >= 0.8
  return first !== undefined && others.length > 0 && first - Math.min(...others) > page.bodyEm! * 0.8
}
