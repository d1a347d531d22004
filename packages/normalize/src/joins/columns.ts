import { indexPlaces, type PlaceIndex } from '../articles/place-index.ts'
import { depth, type Flow, overlapAlong } from '../articles/space.ts'
import type { Place } from './places.ts'

/** How the text of one block may lead to another, by the make-up of the page alone. */
export interface Link {
  /**
   * `row`: two pieces of one printed line. `below`: in the same column, with nothing between. `past`: in the same column, past a picture or a quotation. `gap`: in the same column, past a
   * blank. `column`: from the foot of one column to
   * the head of another.
   */
  readonly way: 'row' | 'below' | 'past' | 'gap' | 'column' | 'elsewhere'
  /** What speaks for it, in bits. */
  readonly bits: number
}

/** What parts a page from side to side: headings, and printed rules that lie. */
export interface Bar extends Flow {
  readonly isRule: boolean
}

const nowhere: Link = { way: 'elsewhere', bits: 0 }
/** The text goes on where nothing was read, if at all. */
const lost: Link = { way: 'elsewhere', bits: -15 }

/** How deep a heading-like thing may be that interrupts a column: a quotation set large. */
const inset = 12

/** What two blocks in one column, or in two, are worth. A block that leads nowhere else and is led to from nowhere else is nearly sure to go on. */
const bitsOf = { row: 18, below: 16, past: 22, pastHeading: 8, gap: 8, column: 24 } as const
const against = { skipped: 9, crossed: 30, covered: 20, continued: 8, lowerHead: 5, aside: 3, notFoot: 20 } as const
const aligned = 4

/**
 * Where every block may lead: asked of two, tells how. `all` holds every block that has a place, `bars` what parts the page, `unread` where ink stands
 * that was not read as text, `em` is that of the page's running text.
 */
export function linksOf(
  all: readonly Place[],
  bars: readonly Bar[],
  pictures: readonly Flow[],
  unread: readonly Flow[],
  em: number
): (a: Place, b: Place) => Link {
  const side = squareSide * em
  const running = all.filter(isRunning)
  const isKnown = new Set(running)
  const page: Make = {
    places: indexPlaces(all, wholeOf, side),
    bars: indexPlaces(bars, (bar) => bar, side),
    pictures: indexPlaces(pictures, (picture) => picture, side),
    bottom: all.reduce((lowest, { flow, last }) => Math.max(lowest, flow.bottom, last.bottom), 0)
  }
  const unreadPlaces = indexPlaces(unread, (flow) => flow, side)
  const below = new Map(running.map((place) => [place, lookBelow(place, page)]))
  const above = lookAbove(running, side)
  const heads = running.filter((place) => !above.get(place))
  const headPlaces = indexPlaces(
    heads,
    ({ head, first }) => ({ start: head.start, end: head.end, top: first.top, bottom: first.top }),
    side
  )
  const isHead = new Set(heads)
  const continued = new Set(
    [...below].flatMap(([place, next]) => (next && next.way !== 'below' && mayGoOn(place, next.place) ? [next.place] : []))
  )
  const tops = new Map(running.map((place) => [place, topOfRun(place, above)]))
  return (a, b) => {
    if (!isKnown.has(a) || !isKnown.has(b) || a === b) return nowhere
    if (isInRow(a, b)) return { way: 'row', bits: bitsOf.row }
    const next = below.get(a)
    if (next?.place === b) return { way: next.way, bits: next.bits }
    if (isCutOff(a, unreadPlaces)) return lost
    const isFoot = next?.way !== 'below'
    if (!isFurtherOn(a, b)) return nowhere
    const crossing = page.bars.near({ start: a.foot.start, end: a.foot.end, top: b.first.top, bottom: a.last.bottom })
    const bits = columnBits(a, b, crossing)
    if (bits === undefined) return nowhere
    const rivals = headPlaces
      .near({ start: b.head.start, end: b.head.end, top: b.first.top, bottom: a.last.bottom })
      .filter((other) => other !== b && isSameColumn(other, b) && other.first.top > b.first.top && other.first.top < a.last.bottom)
    const lower = rivals.filter((other) => !continued.has(other) && mayGoOn(a, other) && !isCrossed(a, other, crossing)).length
    const sum =
      bits -
      (isFoot ? 0 : against.notFoot) -
      (isHead.has(b) ? 0 : against.covered) -
      (continued.has(b) ? against.continued : 0) -
      (lower > 0 ? against.lowerHead : 0) +
      (Math.abs(tops.get(a)! - b.first.top) < 1.5 * a.em ? aligned : 0)
    return sum > 6 ? { way: 'column', bits: sum } : nowhere
  }
}

/** Running text; and what was taken for a crosshead, but is set as the first line of a paragraph is. */
export function isRunning({ view, indent, gap }: Place): boolean {
  const { role } = view.block
  return role === 'paragraph' || role === 'other' || (role === 'crosshead' && indent >= 1.2 && gap < 1.2)
}

/** The end fills its line, and the start is set as the middle of a paragraph is. */
function mayGoOn(a: Place, b: Place): boolean {
  return a.gap < 1.7 && b.indent <= 0.9 && !b.isHeaded
}

/** What may stand between two halves of a column. */
const passable = new Set(['caption', 'note', 'noise', 'advert', 'page-number', 'slogan', 'poster', 'table'])
const headings = new Set(['heading', 'kicker', 'deck', 'crosshead', 'credit', 'dateline', 'section'])

function stripOf({ start, end }: { readonly start: number; readonly end: number }): Flow {
  return { start, end, top: 0, bottom: 0 }
}

/** The side of a square that things on the page are filed by, in ems. */
const squareSide = 8

/** What stands on the page, by where it stands. */
interface Make {
  readonly places: PlaceIndex<Place>
  readonly bars: PlaceIndex<Bar>
  readonly pictures: PlaceIndex<Flow>
  /** Nothing stands lower. */
  readonly bottom: number
}

/** Round the box of a block and its first line. */
function wholeOf({ flow, first }: Place): Flow {
  return { ...flow, top: Math.min(flow.top, first.top), bottom: Math.max(flow.bottom, first.bottom) }
}

interface Next {
  readonly place: Place
  readonly way: 'below' | 'past' | 'gap'
  readonly bits: number
}

/** The first running text below in the same column, and what lies between. */
function lookBelow(a: Place, page: Make): Next | undefined {
  const strip = stripOf(a.foot)
  const lower = lowerInColumn(a, page)
  const found = topmost(lower.filter(isRunning))
  if (!found) return undefined
  if (isNextLine(a, found)) return { place: found, way: 'below', bits: bitsOf.below }
  const between: Flow = { ...strip, top: a.last.top, bottom: found.first.bottom }
  const isBetween = (flow: Flow): boolean =>
    flow.top > a.last.top + 0.5 * a.em && flow.bottom < found.first.bottom - 0.5 * a.em && overlapAlong(strip, flow) > 0.5
  const space = (found.first.top - a.last.bottom) / a.em
  const isParted =
    lower.some(({ view, flow }) => headings.has(view.block.role) && isBetween(flow)) ||
    page.bars.near(between).some((bar) => bar.isRule && isBetween(bar))
  if (isParted) return space < inset && mayGoOn(a, found) ? { place: found, way: 'past', bits: bitsOf.pastHeading } : undefined
  const isInset =
    page.pictures.near(between).some(isBetween) || lower.some(({ view, flow }) => passable.has(view.block.role) && isBetween(flow))
  return isInset ? { place: found, way: 'past', bits: bitsOf.past } : { place: found, way: 'gap', bits: bitsOf.gap }
}

/** What stands below in the same column, as far as the first running text at least: the column is looked at step by step, each longer than the last. */
function lowerInColumn(a: Place, { places, bottom }: Make): readonly Place[] {
  const strip = stripOf(a.foot)
  const top = a.last.top + 0.3 * a.em
  for (let reach = 8 * a.em; ; reach *= 4) {
    const end = top + reach
    const isAll = !(end < bottom)
    const lower = places
      .near({ ...strip, top, bottom: isAll ? Math.max(top, bottom) : end })
      .filter((b) => b !== a && b.first.top > top && overlapAlong(strip, b.flow) >= 0.55)
    if (isAll || lower.some((b) => isRunning(b) && b.first.bottom <= end)) return lower
  }
}

function topmost(places: readonly Place[]): Place | undefined {
  let found: Place | undefined
  for (const place of places) if (!found || place.first.top < found.first.top) found = place
  return found
}

/** What stands right above each block, in the same column, at the distance of lines. */
function lookAbove(running: readonly Place[], side: number): Map<Place, Place | undefined> {
  const largest = running.reduce((em, place) => Math.max(em, place.em), 0)
  const feet = indexPlaces(
    running,
    ({ foot, last, em }) => ({
      start: foot.start,
      end: foot.end,
      top: last.top,
      bottom: last.top + (Math.max(foot.pitch, usualPitch) + pitchSlack) * em
    }),
    side
  )
  return new Map(
    running.map((place) => {
      const { head, first } = place
      const near = feet.near({
        start: head.start,
        end: head.end,
        top: head.pitch > usualPitch ? first.top - (head.pitch + pitchSlack) * largest : first.top,
        bottom: first.top
      })
      return [place, near.find((other) => other !== place && isRightAbove(other, place))]
    })
  )
}

/** Two pieces of one printed line: level, of one size, and no blank between. */
function isInRow(a: Place, b: Place): boolean {
  const space = (b.first.start - a.last.end) / a.em
  const shared = Math.min(a.last.bottom, b.first.bottom) - Math.max(a.last.top, b.first.top)
  return space > -0.3 && space < 0.8 && shared > 0.6 * Math.max(depth(a.last), depth(b.first))
}

/** At the distance of the lines of one block: no line is missing between. */
export function isNextLine(a: Place, b: Place): boolean {
  const pitch = Math.max(a.foot.pitch, b.head.pitch, usualPitch)
  return b.first.top - a.last.top < (pitch + pitchSlack) * a.em
}

const usualPitch = 1.3
const pitchSlack = 0.4

/** Whether `a` stands right above `b`, in the same column, at the distance of lines. */
function isRightAbove(a: Place, b: Place): boolean {
  return a.last.top < b.first.top && isNextLine(a, b) && overlapAlong(stripOf(a.foot), stripOf(b.head)) > 0.55
}

/** Where the text begins that stands over a block in its column without a break. */
function topOfRun(place: Place, above: ReadonlyMap<Place, Place | undefined>): number {
  let at = place
  for (let next = above.get(at), steps = 0; next && steps < 100; next = above.get(at), steps++) at = next
  return at.first.top
}

/** Ink that was not read stands right below: perhaps the rest of the column. */
function isCutOff(a: Place, unread: PlaceIndex<Flow>): boolean {
  const { start, end } = a.foot
  const { bottom } = a.last
  return unread
    .near({ start, end, top: bottom, bottom: bottom + 2 * a.em })
    .some(
      (flow) => flow.top < a.last.bottom + 1.5 * a.em && flow.bottom > a.last.bottom + 2 * a.em && overlapAlong(stripOf(a.foot), flow) > 0.5
    )
}

function isSameColumn(a: Place, b: Place): boolean {
  return overlapAlong(stripOf(a.head), stripOf(b.head)) > 0.6
}

/** The head of `b` stands in a column further on than the foot of `a`, and higher. */
function isFurtherOn({ foot, last, em }: Place, { head, first }: Place): boolean {
  return !(head.start < foot.start + 4 * em || head.start < foot.end - 1.5 * em || first.top >= last.bottom)
}

/** From the foot of `a` to the head of `b` in a column further on; undefined when too far. */
function columnBits(a: Place, b: Place, bars: readonly Bar[]): number | undefined {
  const { em } = a
  const measure = a.foot.end - a.foot.start
  const skipped = Math.max(0, Math.round((b.head.start - a.foot.end) / (measure + em) - 0.15))
  if (skipped > 3) return undefined
  return (
    bitsOf.column - skipped * against.skipped - (isCrossed(a, b, bars) ? against.crossed : 0) - (isAside(a, b, bars) ? against.aside : 0)
  )
}

/** A heading or a rule over both columns stands between: `b` belongs to what stands above it. */
function isCrossed(a: Place, b: Place, bars: readonly Bar[]): boolean {
  const [left, right] = [stripOf(a.foot), stripOf(b.head)]
  return bars.some(
    (bar) =>
      bar.top > b.first.top + 0.5 * b.em && bar.bottom < a.last.bottom && overlapAlong(bar, left) > 0.5 && overlapAlong(bar, right) > 0.5
  )
}

/** A heading over the column of `a` alone stands lower than `b` begins. */
function isAside(a: Place, b: Place, bars: readonly Bar[]): boolean {
  const left = stripOf(a.foot)
  return bars.some((bar) => bar.top > b.first.bottom && bar.bottom < a.last.top && overlapAlong(bar, left) > 0.5)
}
