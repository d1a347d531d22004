import type { Line } from '@broadsheet/document'
import { isOpen } from '../articles/assemble.ts'
import { type Flow, overlapAlong, toFlow } from '../articles/space.ts'
import { type BlockView, type PageView, viewPage } from '../articles/view.ts'
import type { Context } from '../rule.ts'
import { endsSentence } from '../text/characters.ts'
import type { Strand } from './ends.ts'
import { type Footing, footingOf } from './footing.ts'
import { isSure } from './seats.ts'

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
  /** `below`: in the same column, with nothing between. `column`: from the foot of one column to the head of the next. */
  readonly way: 'below' | 'column' | 'elsewhere'
  /** Nothing about the place of either is in doubt: both stand in their columns as lines of running text do, and were read well. */
  readonly isSure: boolean
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
const flush = 0.75
/** How much of the last line may be blank: marks that may not begin a line take a character with them to the next. */
const fullGap = { chinese: 1.7, alphabetic: 3.5 } as const

export function placesOf(context: Context, strands: readonly Strand[]): Places {
  const page = viewPage(context.page, context.blocks)
  if (page.bodyEm === undefined) return { areKnown: false, pageIndents: false, placeOf: () => undefined, jointOf: () => undefined }
  const running = runningLines(page)
  const places = new Map<Strand, Place>()
  for (const strand of strands) {
    const view = page.blocks[strand.index]!
    const place = locate(view, page, running)
    if (place) places.set(strand, place)
  }
  const all = [...places.values()]
  const pageIndents = indentsParagraphs(places)
  const most = fullGap[context.writing]
  const ways = followers(all)
  return {
    areKnown: true,
    pageIndents,
    placeOf: (strand) => places.get(strand),
    jointOf(end, start) {
      const [a, b] = [places.get(end), places.get(start)]
      if (!a || !b || a.view.vertical !== b.view.vertical) return undefined
      const way = ways.get(a)?.includes(b) ? wayOf(a, b) : 'elsewhere'
      const isOtherType = Math.abs(Math.log(a.em / b.em)) > otherType
      return {
        goesOn: !isOtherType && !b.isHeaded && a.gap <= most && b.indent <= flush,
        begins: isOtherType || b.isHeaded || (pageIndents && b.indent >= indented),
        way,
        isSure: isSure(a, b, most) && (way !== 'below' || isNextLine(a, b))
      }
    }
  }
}

/**
 * What each block may lead to by its place: the text right below it; else the head of the next column; else what stands below a picture in its
 * own column.
 */
function followers(all: readonly Place[]): Map<Place, readonly Place[]> {
  const running = all.filter(isRunning)
  const below = new Map(running.map((place) => [place, blockBelow(place, all)]))
  const tops = running.filter((place) => isHead(place, running))
  // The text goes on below a small picture or a quotation set large, or no column stands beside it: no other column leads there.
  const continued = new Set(
    [...below].flatMap(([place, next]) =>
      next &&
      place.gap < 1.2 &&
      next.place.indent <= flush &&
      !next.place.isHeaded &&
      isOpen(place.view.text) &&
      (next.space < inset || !columnHeadOf(place, tops))
        ? [next.place]
        : []
    )
  )
  const heads = tops.filter((place) => !continued.has(place))
  const found = new Map<Place, readonly Place[]>()
  for (const place of running) {
    const next = below.get(place)
    const options =
      next && (next.space < nearBelow || continued.has(next.place)) ? [next.place] : [columnHeadOf(place, heads) ?? next?.place]
    found.set(
      place,
      options.filter((option): option is Place => option !== undefined && isRunning(option))
    )
  }
  return found
}

/** How deep what interrupts a column may be, in ems. */
const inset = 12
/** In ems, from the foot of one line to the head of the next. */
const nearBelow = 1.8

/** Running text; and what was taken for a crosshead, but is set as the first line of a paragraph is. */
function isRunning({ view, indent, gap }: Place): boolean {
  const { role } = view.block
  return role === 'paragraph' || role === 'other' || (role === 'crosshead' && indent >= indented && gap < 1.2)
}

/** Whether one stands right below the other, in the same column. */
function wayOf(a: Place, b: Place): Joint['way'] {
  return overlapAlong(a.flow, b.flow) > 0.55 && b.first.top - a.last.bottom < nearBelow * a.em ? 'below' : 'column'
}

/** At the distance of the lines of one block: no line is missing between. */
function isNextLine(a: Place, b: Place): boolean {
  const pitch = Math.max(a.foot.pitch, b.head.pitch, usualPitch)
  return b.first.top - a.last.top < (pitch + 0.4) * a.em
}

const usualPitch = 1.3

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

function locate(view: BlockView, page: PageView, running: readonly Flow[]): Place | undefined {
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
    isHeaded: isHeaded(view, first.flow, page),
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

/** The lines whose top lies within `reach` of `top`; `lines` are sorted by it. */
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
  return lines.slice(low, end)
}

const heads = new Set(['heading', 'kicker', 'deck', 'crosshead', 'credit', 'dateline'])

/** A heading or a credit right above the first line, in the same column. */
function isHeaded(view: BlockView, first: Flow, page: PageView): boolean {
  return page.blocks.some((other) => {
    if (other === view || !other.box || !heads.has(other.block.role)) return false
    const flow = toFlow(other.box, page.vertical)
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

/** The place a column's foot leads to: the lowest head of the nearest column beside it, if that has no indent and no heading. */
function columnHeadOf(a: Place, heads: readonly Place[]): Place | undefined {
  const { em } = a
  const widest = 2.2 * (a.flow.end - a.flow.start + 2 * em)
  const beside = heads.filter(
    (b) =>
      b.view.vertical === a.view.vertical &&
      b.first.start >= a.flow.start + 4 * em &&
      b.flow.start >= a.last.end - em &&
      b.flow.start - a.flow.start < widest &&
      b.first.top < a.last.bottom &&
      overlapAlong(a.flow, b.flow) < 0.3
  )
  const nearest = Math.min(...beside.map((b) => b.flow.start))
  const lowestFirst = beside.filter((b) => b.flow.start - nearest < 3 * em).sort((b, c) => c.first.top - b.first.top)
  return lowestFirst.find((b) => !b.isHeaded)
}

/** What may stand between two halves of a column. */
const beside = new Set(['caption', 'note', 'noise', 'advert', 'page-number'])

/** Right below in the same column: at the distance of a line, or with a picture between. */
function blockBelow(a: Place, all: readonly Place[]): { readonly place: Place; readonly space: number } | undefined {
  let found: Place | undefined
  for (const b of all) {
    if (b === a || beside.has(b.view.block.role) || overlapAlong(a.flow, b.flow) < 0.55 || b.first.top <= a.last.top) continue
    if (!found || b.first.top < found.first.top) found = b
  }
  return found && { place: found, space: (found.first.top - a.last.bottom) / a.em }
}

/** Whether other text of the page stands right above, or right below, in the same column. */
function isHead(place: Place, all: readonly Place[]): boolean {
  return !all.some(
    (other) =>
      other !== place &&
      overlapAlong(other.flow, place.flow) > 0.55 &&
      place.first.top - other.last.bottom > -0.7 * place.em &&
      place.first.top - other.last.bottom < 1.8 * place.em
  )
}
