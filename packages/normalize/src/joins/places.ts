import type { Line } from '@broadsheet/document'
import { indexPlaces, type PlaceIndex } from '../articles/place-index.ts'
import { depth, type Flow, overlapAlong, picturesOf, rulesOf, toFlow, width } from '../articles/space.ts'
import { type BlockView, type PageView, viewPage } from '../articles/view.ts'
import type { Context } from '../rule.ts'
import { endsSentence } from '../text/characters.ts'
import { type Bar, type Link, linksOf } from './columns.ts'
import type { Strand } from './ends.ts'
import { type Footing, footingOf } from './footing.ts'
import { doubtOf, doubtOfRow } from './seats.ts'

/** What the place of a block says of its two ends. Lengths in ems of its own type. */
export interface Place {
  readonly view: BlockView
  readonly flow: Flow
  readonly first: Flow
  readonly last: Flow
  readonly em: number
  /** Blank before the first line. */
  readonly indent: number
  /** Blank behind the last line. */
  readonly gap: number
  /** A heading, a credit or a rule stands right above. */
  readonly isHeaded: boolean
  /** What the lines round the first and the last line say of their column. */
  readonly head: Footing
  readonly foot: Footing
}

/** What two blocks look like, one behind the other. */
export interface Joint {
  /** The end fills its line and the start has no indent: as the halves of one paragraph do. */
  readonly goesOn: boolean
  /** The start is indented on a page that indents, or set in other type, or stands under a heading. */
  readonly begins: boolean
  readonly way: Link['way']
  /** What the make-up of the page says for it, in bits. */
  readonly bits: number
  /** What is in doubt about the place of the two, in bits; 0 where both stand in their columns as lines of running text do, and were read well. */
  readonly doubt: number
}

export interface Places {
  /** Whether the page has boxes at all: where it has, no join is certain without them. */
  readonly areKnown: boolean
  /** Whether paragraphs of this page begin with an indent. */
  readonly pageIndents: boolean
  placeOf(strand: Strand): Place | undefined
  jointOf(end: Strand, start: Strand): Joint | undefined
}

/** From this blank on, a line is indented; up to this one, it is not. */
const indented = 1.2
const flush = 0.9
/** How much of the last line may be blank: marks that may not begin a line take a character with them to the next. */
const fullGap = { chinese: 1.7, alphabetic: 3.5 } as const

export function placesOf(context: Context, strands: readonly Strand[]): Places {
  const page = viewPage(context.page, context.blocks)
  if (page.bodyEm === undefined) return { areKnown: false, pageIndents: false, placeOf: () => undefined, jointOf: () => undefined }
  const running = runningLines(page)
  const heads = indexPlaces(headsOf(page), ({ flow }) => flow, 8 * page.bodyEm)
  const places = new Map<Strand, Place>()
  for (const strand of strands) {
    const view = page.blocks[strand.index]!
    const place = locate(view, page, running, heads)
    if (place) places.set(strand, place)
  }
  const all = [...places.values()]
  const pageIndents = indentsParagraphs(places)
  const most = fullGap[context.writing]
  const linkOf = linksOf(all, barsOf(page), picturesOf(page), unreadOf(context, page), page.bodyEm)
  return {
    areKnown: true,
    pageIndents,
    placeOf: (strand) => places.get(strand),
    jointOf(end, start) {
      const [a, b] = [places.get(end), places.get(start)]
      if (!a || !b || a.view.vertical !== b.view.vertical) return undefined
      const { way, bits } = linkOf(a, b)
      // Pieces of one printed line fill nothing, and begin where the other ends.
      if (way === 'row') return { goesOn: true, begins: false, way, bits, doubt: doubtOfRow(a, b) }
      const isOtherType = Math.abs(Math.log(a.em / b.em)) > otherType
      // On a page that indents, a paragraph under a heading is indented, too: without an indent, it began elsewhere.
      const isHeaded = b.isHeaded && !(pageIndents && context.writing === 'chinese' && b.indent <= flush)
      return {
        goesOn: !isOtherType && !isHeaded && a.gap <= most && b.indent <= flush,
        begins: isOtherType || isHeaded || (pageIndents && b.indent >= indented),
        way,
        bits: b.isHeaded ? bits - underHeading : bits,
        doubt: doubtOf(a, b, most)
      }
    }
  }
}

/** Headings, and printed rules that lie. */
function barsOf(page: PageView): Bar[] {
  const titles = page.blocks.flatMap((view) =>
    view.box && titleRoles.has(view.block.role) ? [{ ...toFlow(view.box, page.vertical), isRule: false }] : []
  )
  const lying = rulesOf(page).filter((rule) => width(rule) > 3 * depth(rule))
  return [...titles, ...lying.map((rule) => ({ ...rule, isRule: true }))]
}

/** What was read as noise: there may be text under it. */
function unreadOf({ regions }: Context, page: PageView): Flow[] {
  return page.blocks.flatMap(({ block }) => {
    const box = block.role === 'noise' ? regions.get(block.id)?.box : undefined
    return box ? [toFlow(box, page.vertical)] : []
  })
}

const titleRoles = new Set(['heading', 'kicker', 'deck'])

/** What a heading right above says against going on, in bits, where the line has no indent. */
const underHeading = 8

/** The logarithm of the ratio of two sizes of type that are not the same. */
const otherType = 0.24

interface PlacedLine {
  readonly line: Line
  readonly flow: Flow
}

function placeLines(view: BlockView, page: PageView): PlacedLine[] {
  return view.lines.flatMap((line) => (line.box && line.text.trim() !== '' ? [{ line, flow: toFlow(line.box, page.vertical) }] : []))
}

function runningLines(page: PageView): Flow[] {
  return page.blocks
    .filter((view) => (view.block.role === 'paragraph' || view.block.role === 'other') && view.size > 0.8 && view.size < 1.2)
    .flatMap((view) => placeLines(view, page).map(({ flow }) => flow))
    .sort((a, b) => a.top - b.top)
}

function locate(view: BlockView, page: PageView, running: readonly Flow[], heads: PlaceIndex<Head>): Place | undefined {
  const lines = placeLines(view, page)
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last || !view.box || view.em === undefined) return undefined
  const { em } = view
  const flow = toFlow(view.box, page.vertical)
  const head = edgesNear(first.flow, em, lines, running)
  const foot = edgesNear(last.flow, em, lines, running)
  const own = lines.map((line) => line.flow)
  const footing = (line: Flow): Footing => footingOf(line, em, { own, running: within(running, line.top, witnessReach * em) })
  return {
    view,
    flow,
    first: first.flow,
    last: last.flow,
    em,
    indent: first.line.indent ?? (first.flow.start - head.start) / em,
    gap: (foot.end - last.flow.end) / em,
    isHeaded: isHeaded(view, first.flow, heads.near({ ...first.flow, top: first.flow.top - 2.6 * em, bottom: first.flow.top + 0.6 * em })),
    head: footing(first.flow),
    foot: footing(last.flow)
  }
}

/** How far away a line may tell where a column begins and ends, in ems. */
const witnessReach = 14

/** Where the column of a line begins and ends: by the lines of its block near it, else by those of others above and below. */
function edgesNear(line: Flow, em: number, own: readonly PlacedLine[], running: readonly Flow[]): { start: number; end: number } {
  const near = (flow: Flow, reach: number): boolean =>
    Math.abs(flow.top - line.top) < reach * em && overlapAlong(flow, line) > 0.6 && Math.abs(flow.start - line.start) < 3.5 * em
  const mine = own.map(({ flow }) => flow).filter((flow) => near(flow, 12))
  const lines = mine.length >= 3 ? mine : [...mine, ...within(running, line.top, 12 * em).filter((flow) => near(flow, 12))]
  const starts = lines.map(({ start }) => start).sort((a, b) => a - b)
  const ends = lines.map(({ end }) => end).sort((a, b) => a - b)
  return { start: starts[Math.floor(starts.length * 0.2)]!, end: ends[Math.floor((ends.length - 1) * 0.85)]! }
}

/** More lines than these tell no more of a column. */
const mostNear = 600

/** The lines whose top lies within `reach` of `top`, the nearest of them where there are very many; `lines` are sorted by it. */
function within(lines: readonly Flow[], top: number, reach: number): readonly Flow[] {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle]!.top < top - reach) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < lines.length && lines[end]!.top <= top + reach) end++
  while (end - low > mostNear) {
    if (top - lines[low]!.top > lines[end - 1]!.top - top) low++
    else end--
  }
  return lines.slice(low, end)
}

const headRoles = new Set(['heading', 'kicker', 'deck', 'crosshead', 'credit', 'dateline'])

interface Head {
  readonly view: BlockView
  readonly flow: Flow
}

function headsOf(page: PageView): Head[] {
  return page.blocks.flatMap((view) =>
    view.box && headRoles.has(view.block.role) ? [{ view, flow: toFlow(view.box, page.vertical) }] : []
  )
}

/** A heading or a credit right above the first line, in the same column. */
function isHeaded(view: BlockView, first: Flow, near: readonly Head[]): boolean {
  return near.some(({ view: other, flow }) => {
    if (other === view) return false
    const space = first.top - flow.bottom
    // Over several columns it heads the first of them.
    if (flow.start < first.start - 3 * view.em!) return false
    return space > -0.6 * view.em! && space < 2.6 * view.em! && overlapAlong(flow, first) > 0.5
  })
}

/** Most paragraphs that follow a finished one begin with an indent. */
function indentsParagraphs(places: ReadonlyMap<Strand, Place>): boolean {
  let yes = 0
  let no = 0
  const all = [...places].filter(([strand]) => strand.block.role === 'paragraph' || strand.block.role === 'other')
  for (const [index, [, place]] of all.entries()) {
    const before = all[index - 1]
    if (!before || !endsSentence(before[0].text) || before[1].gap <= 2) continue
    if (place.indent >= indented) yes++
    else if (place.indent <= flush) no++
  }
  return yes >= 2 && yes >= no * 2
}
