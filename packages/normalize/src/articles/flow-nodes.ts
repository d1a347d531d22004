import type { Line, TextRole } from '@broadsheet/document'
import { isOpen } from './assemble.ts'
import { parseDateline } from './dateline.ts'
import { mendFragments } from './fragments.ts'
import { isFurniture, isHead } from './page-group.ts'
import { cluster, indexPlaces, type PlaceIndex } from './place-index.ts'
import {
  byRow,
  distance,
  type Flow,
  flowOf,
  isRuledOff,
  overlapAcross,
  overlapAlong,
  picturesOf,
  rulesOf,
  standInLine,
  standInRow,
  toFlow,
  width
} from './space.ts'
import type { BlockView, PageView } from './view.ts'

/** A piece of text in one column: a block, or what of a block stands in one region. */
export interface FlowNode {
  readonly view: BlockView
  /** Its block, and shreds of the same lines that were read as blocks of their own, in reading order. */
  readonly views: readonly BlockView[]
  readonly lineCount: number
  /** How many pieces its block is in. */
  readonly parts: number
  readonly place: Flow
  /** Its place, widened to its column where its lines are short. */
  readonly column: Flow
  /** Breaks off inside a sentence. */
  readonly isOpen: boolean
  /** Whether a paragraph begins here: true or false where an indent, a dateline or the block's start tells. */
  readonly begins?: boolean
  /** Which piece of its block it is, from 0. */
  readonly part: number
}

/** A heading with its kicker and deck: the lines that stand together. */
export interface HeadStack {
  readonly lines: readonly BlockView[]
  readonly place: Flow
  /** Set across the direction of the page's text. */
  readonly isSideways: boolean
}

/** What goes with an article but is not in its flow: a caption, a note, a table with all its cells. */
export interface Extra {
  /** In reading order. */
  readonly views: readonly BlockView[]
  readonly role: TextRole
  readonly place: Flow
}

/** A page taken apart for grouping, in reading directions. */
export interface FlowPage {
  readonly page: PageView
  readonly em: number
  readonly nodes: readonly FlowNode[]
  /** Finds pieces by their place. */
  readonly index: PlaceIndex<FlowNode>
  readonly heads: readonly HeadStack[]
  /** Captions, tables, notes: what goes with an article but is not in its flow. */
  readonly extras: readonly Extra[]
  readonly pictures: readonly Flow[]
  readonly barriers: readonly Flow[]
  readonly rules: readonly Flow[]
}

const flowing = new Set(['paragraph', 'crosshead', 'credit', 'jump-line', 'other', 'dateline'])

/** Takes a page with boxes apart. */
export function takeApart(page: PageView): FlowPage {
  const em = page.bodyEm!
  const vertical = page.vertical
  const rules = rulesOf(page)
  const placed = page.blocks.filter((view) => view.box && !isFurniture(view))
  const inHead = (view: BlockView): boolean => isHead(view) || (view.block.role === 'credit' && view.vertical !== vertical)
  const inFlow = placed.filter((view) => flowing.has(view.block.role) && !inHead(view))
  const nodes = widen(
    mendFragments(
      inFlow.flatMap((view) => nodesOf(view, vertical, em)),
      em
    ),
    em
  )
  return {
    page,
    em,
    rules,
    nodes,
    index: indexPlaces(nodes, (node) => node.place, 8 * em),
    heads: stackHeads(placed.filter(inHead), page, em, rules),
    extras: extrasOf(
      placed.filter((view) => !inHead(view) && !flowing.has(view.block.role)),
      page,
      rules
    ),
    pictures: picturesOf(page),
    barriers: page.blocks
      .filter((view) => view.box && isFurniture(view) && view.block.role !== 'noise')
      .map((view) => toFlow(view.box!, vertical))
  }
}

/** The cells of one table, which stand close together, are one extra, read row by row. */
function extrasOf(views: readonly BlockView[], page: PageView, rules: readonly Flow[]): Extra[] {
  const placeOf = (view: BlockView): Flow => toFlow(view.box!, page.vertical)
  const tables = clusterCells(
    views.filter((view) => view.block.role === 'table'),
    page,
    rules
  )
  const others = views.filter((view) => view.block.role !== 'table').map((view) => [view])
  return [...tables.map((cells) => byRows(cells, page)), ...others].map((group) => ({
    views: group,
    role: group[0]!.block.role,
    place: around(group.map(placeOf))
  }))
}

function clusterCells(cells: readonly BlockView[], page: PageView, rules: readonly Flow[]): BlockView[][] {
  const em = page.bodyEm!
  const placeOf = (view: BlockView): Flow => flowOf(view, page)!
  return cluster(cells, placeOf, 5.5 * em, (cell, other) => {
    // What was read as a whole table is none of the cells of another.
    if (isWhole(cell) && isWhole(other)) return false
    const [place, there] = [placeOf(cell), placeOf(other)]
    const reach = overlapAcross(place, there) > 0.5 ? 5.5 : 3.2
    return distance(place, there) < reach * em && !isRuledOff(place, there, rules)
  })
}

const isWhole = (view: BlockView): boolean => view.lines.length > 8

/** Row by row, each from its start: cells whose middles lie within half a line of each other are one row. */
function byRows(cells: readonly BlockView[], page: PageView): BlockView[] {
  const middle = (view: BlockView): number => {
    const { top, bottom } = toFlow(view.box!, page.vertical)
    return (top + bottom) / 2
  }
  const rows: BlockView[][] = []
  for (const cell of [...cells].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1)
    if (row && middle(cell) - middle(row[0]!) < 0.6 * page.bodyEm!) row.push(cell)
    else rows.push([cell])
  }
  return rows.flatMap((row) => row.sort((a, b) => toFlow(a.box!, page.vertical).start - toFlow(b.box!, page.vertical).start))
}

function nodesOf(view: BlockView, vertical: boolean, em: number): FlowNode[] {
  const pieces = columnPieces(
    view.boxes.map((box) => toFlow(box, vertical)),
    em
  )
  return pieces.map((place, index) => {
    const isLast = index === pieces.length - 1
    const inPlace = view.lines.filter((line) => line.box && isWithin(toFlow(line.box, vertical), place))
    const begins = index > 0 ? false : beginsParagraph(view, inPlace, vertical, em)
    return {
      view,
      views: [view],
      lineCount: inPlace.length,
      parts: pieces.length,
      place,
      column: place,
      isOpen: !isLast || (view.block.role === 'paragraph' && (isOpen(view.text) || /[：:]$/.test(view.text))),
      part: index,
      ...(begins === undefined ? {} : { begins })
    }
  })
}

/** The places of a block, those right under or beside each other in one column taken together. */
function columnPieces(places: readonly Flow[], em: number): Flow[] {
  const pieces: Flow[] = []
  for (const place of places) {
    const last = pieces.at(-1)
    if (last && isSameColumn(last, place, em)) pieces[pieces.length - 1] = around([last, place])
    else pieces.push(place)
  }
  return pieces
}

function isSameColumn(a: Flow, b: Flow, em: number): boolean {
  const [wide, narrow] = width(a) > width(b) ? [a, b] : [b, a]
  const inside = narrow.start > wide.start - 0.6 * em && narrow.end < wide.end + 0.6 * em
  return inside && b.top - a.bottom < 1.5 * em && a.top - b.bottom < 1.5 * em
}

/** By its words, else by the blank before its first line against the others of its region. */
function beginsParagraph(view: BlockView, inPlace: readonly Line[], vertical: boolean, em: number): boolean | undefined {
  if (view.block.role !== 'paragraph') return true
  if (parseDateline(view.text)) return true
  if (/^[，。、；：！？）》」』”’]/.test(view.text) || /^\p{Ll}/u.test(view.text)) return false
  const [first] = view.lines
  if (first?.indent !== undefined) return first.indent >= 0.8
  if (inPlace.length < 2 || !first?.box) return undefined
  const start = toFlow(first.box, vertical).start
  const edge = Math.min(...inPlace.slice(1).map((line) => toFlow(line.box!, vertical).start))
  return start - edge > em * 0.8 ? true : start - edge < em * 0.5 ? false : undefined
}

function isWithin(inner: Flow, outer: Flow): boolean {
  return inner.start >= outer.start - 1 && inner.top >= outer.top - 1 && inner.end <= outer.end + 1 && inner.bottom <= outer.bottom + 1
}

/** Short last lines do not fill their column: it is as wide as that of the text beside or above them. */
function widen(nodes: readonly FlowNode[], em: number): FlowNode[] {
  const full = nodes.filter((node) => node.lineCount >= 3)
  return nodes.map((node) => {
    const { place } = node
    if (node.view.block.role !== 'paragraph') return node
    const above = full.filter((other) => Math.abs(other.place.start - place.start) < 1.5 * em)
    const beside = full.filter((other) => overlapAcross(other.place, place) > 0 && distance(other.place, place) < 6 * em)
    const pattern = above.length > 0 ? above : beside
    const measure = Math.max(0, ...pattern.map((other) => other.place.end - other.place.start))
    const end = Math.min(
      place.start + measure,
      ...nodes.filter((other) => other.place.start >= place.end && overlapAcross(other.place, place) > 0).map((other) => other.place.start)
    )
    return end > place.end ? { ...node, column: { ...place, end } } : node
  })
}

/** Heading lines that stand close together, one after the other, are one heading. */
function stackHeads(views: readonly BlockView[], page: PageView, em: number, rules: readonly Flow[]): HeadStack[] {
  const largest = views.reduce((most, view) => Math.max(most, view.em ?? 0), em)
  const stacks = cluster(
    views,
    (view) => flowOf(view, page)!,
    1.9 * em + 1.2 * largest,
    (view, other) => areTogether(view, other, page, em, rules)
  )
  return stacks.map((lines) => settleStack(lines, page))
}

function areTogether(a: BlockView, b: BlockView, page: PageView, em: number, rules: readonly Flow[]): boolean {
  if (a.vertical !== b.vertical) return false
  const [here, there] = [flowOf(a, page)!, flowOf(b, page)!]
  const sideways = a.vertical !== page.vertical
  if ((sideways ? standInLine : standInRow)(a, b, here, there)) return true
  const shared = sideways ? overlapAcross(here, there) : overlapAlong(here, there)
  return shared > 0.4 && distance(here, there) < em * (1.9 + 0.12 * Math.max(a.size, b.size)) && !isRuledOff(here, there, rules)
}

function settleStack(lines: BlockView[], page: PageView): HeadStack {
  const isSideways = lines[0]!.vertical !== page.vertical
  const placeOf = (view: BlockView): Flow => toFlow(view.box!, page.vertical)
  lines.sort((a, b) => (isSideways ? placeOf(b).end - placeOf(a).end : byRow(placeOf(a), placeOf(b))))
  return { lines, isSideways, place: around(lines.map(placeOf)) }
}

/** The smallest place that holds all of them. */
export function around(places: readonly Flow[]): Flow {
  return {
    start: Math.min(...places.map((place) => place.start)),
    end: Math.max(...places.map((place) => place.end)),
    top: Math.min(...places.map((place) => place.top)),
    bottom: Math.max(...places.map((place) => place.bottom))
  }
}
