import { depth, type Flow, overlapAlong } from '../articles/space.ts'
import { fileAlong, type Nearby } from './nearby.ts'
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
 * that was not read as text.
 */
export function linksOf(
  all: readonly Place[],
  bars: readonly Bar[],
  pictures: readonly Flow[],
  unread: readonly Flow[]
): (a: Place, b: Place) => Link {
  const running = all.filter(isRunning)
  const isKnown = new Set(running)
  const page: Make = {
    placesNear: fileAlong(all, ({ flow }) => flow),
    barsNear: fileAlong(bars, (bar) => bar),
    picturesNear: fileAlong(pictures, (picture) => picture)
  }
  const unreadNear = fileAlong(unread, (flow) => flow)
  const footsNear = fileAlong(running, ({ foot }) => foot)
  const below = new Map(running.map((place) => [place, lookBelow(place, page)]))
  const above = new Map(
    running.map((place) => [place, footsNear(place.head).find((other) => other !== place && isRightAbove(other, place))])
  )
  const heads = running.filter((place) => !above.get(place))
  const headsNear = fileAlong(heads, ({ head }) => head)
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
    if (isCutOff(a, unreadNear(a.foot))) return lost
    const isFoot = next?.way !== 'below'
    const crossing = page.barsNear(a.foot)
    const bits = columnBits(a, b, crossing)
    if (bits === undefined) return nowhere
    const rivals = headsNear(b.head).filter(
      (other) => other !== b && isSameColumn(other, b) && other.first.top > b.first.top && other.first.top < a.last.bottom
    )
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

/** What stands on the page, by where it stands along the lines. */
interface Make {
  readonly placesNear: Nearby<Place>
  readonly barsNear: Nearby<Bar>
  readonly picturesNear: Nearby<Flow>
}

interface Next {
  readonly place: Place
  readonly way: 'below' | 'past' | 'gap'
  readonly bits: number
}

/** The first running text below in the same column, and what lies between. */
function lookBelow(a: Place, { placesNear, barsNear, picturesNear }: Make): Next | undefined {
  const strip = stripOf(a.foot)
  const lower = placesNear(strip).filter((b) => b !== a && b.first.top > a.last.top + 0.3 * a.em && overlapAlong(strip, b.flow) >= 0.55)
  const found = topmost(lower.filter(isRunning))
  if (!found) return undefined
  if (isNextLine(a, found)) return { place: found, way: 'below', bits: bitsOf.below }
  const isBetween = (flow: Flow): boolean =>
    flow.top > a.last.top + 0.5 * a.em && flow.bottom < found.first.bottom - 0.5 * a.em && overlapAlong(strip, flow) > 0.5
  const space = (found.first.top - a.last.bottom) / a.em
  const isParted =
    lower.some(({ view, flow }) => headings.has(view.block.role) && isBetween(flow)) ||
    barsNear(strip).some((bar) => bar.isRule && isBetween(bar))
  if (isParted) return space < inset && mayGoOn(a, found) ? { place: found, way: 'past', bits: bitsOf.pastHeading } : undefined
  const isInset = picturesNear(strip).some(isBetween) || lower.some(({ view, flow }) => passable.has(view.block.role) && isBetween(flow))
  return isInset ? { place: found, way: 'past', bits: bitsOf.past } : { place: found, way: 'gap', bits: bitsOf.gap }
}

function topmost(places: readonly Place[]): Place | undefined {
  let found: Place | undefined
  for (const place of places) if (!found || place.first.top < found.first.top) found = place
  return found
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
  return b.first.top - a.last.top < (pitch + 0.4) * a.em
}

const usualPitch = 1.3

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
function isCutOff(a: Place, unread: readonly Flow[]): boolean {
  return unread.some(
    (flow) => flow.top < a.last.bottom + 1.5 * a.em && flow.bottom > a.last.bottom + 2 * a.em && overlapAlong(stripOf(a.foot), flow) > 0.5
  )
}

function isSameColumn(a: Place, b: Place): boolean {
  return overlapAlong(stripOf(a.head), stripOf(b.head)) > 0.6
}

/** From the foot of `a` to the head of `b` in a column further on; undefined when it does not stand there. */
function columnBits(a: Place, b: Place, bars: readonly Bar[]): number | undefined {
  const { em } = a
  if (b.head.start < a.foot.start + 4 * em || b.head.start < a.foot.end - 1.5 * em || b.first.top >= a.last.bottom) return undefined
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
