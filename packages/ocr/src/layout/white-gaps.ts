import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { Item } from './order-context.ts'

interface Gap {
  readonly from: number
  readonly to: number
  /** White but for slight pieces: a bit of false ink, a line drawn from one column into the next. */
  readonly doubtful: boolean
}

/** Columns may reach into each other by so much, in ems, where the sheet is bent. */
const bent = 0.35

/** White stretches along an axis, also those that nothing but slight pieces reach into, and such as are white where a bent sheet is flattened. */
export function findGaps(items: readonly Item[], axis: 'x' | 'y', em: number): Gap[] {
  const interval = (item: Item): [number, number] => (axis === 'x' ? [item.x0, item.x1] : [item.y0, item.y1])
  const clean = gaps(items.map(interval)).map(([from, to]) => ({ from, to, doubtful: false }))
  const isKnown = ([from, to]: readonly [number, number]): boolean =>
    clean.some((gap) => shared(gap.from, gap.to, from, to) > 0.5 * (to - from))
  const narrower = items.map(interval).map(([from, to]): [number, number] => [from + bent * em, to - bent * em])
  const overlapping = axis === 'x' ? gaps(narrower).filter((gap) => !isKnown(gap) && areColumns(items, gap)) : []
  const flattened = overlapping.map(([from, to]): [number, number] => [from - bent * em, to + bent * em])
  const sure = withoutSlight(items)
  const wide = sure.length === items.length || sure.length < 2 ? [] : gaps(sure.map(interval)).filter((gap) => !isKnown(gap))
  return [...clean, ...[...flattened, ...wide].map(([from, to]) => ({ from, to, doubtful: true }))]
}

/** Fewest lines on either side of a place where columns reach into each other, and the share of its height over which the lower stands beside the other. */
const fewestBeside = 4
const leastBeside = 0.6

function areColumns(items: readonly Item[], [from, to]: readonly [number, number]): boolean {
  const isLeft = (item: Item): boolean => item.x0 + item.x1 < from + to
  const sides = [items.filter(isLeft), items.filter((item) => !isLeft(item))]
  const lines = sides.map((side) => side.reduce((sum, { blocks }) => sum + blocks.reduce((all, block) => all + block.lines.length, 0), 0))
  if (Math.min(...lines) < fewestBeside) return false
  const [left, right] = sides.map((side) => unite(side)) as [Blob, Blob]
  return shared(left.y0, left.y1, right.y0, right.y1) > leastBeside * Math.min(heightOf(left), heightOf(right))
}

/** A single line is slight beside so much more text. */
const slightShare = 0.05

/** Leaves out single lines among much text: never one that stands above or below all of it, as a byline under its headline does. */
function withoutSlight(items: readonly Item[]): Item[] {
  const weight = (item: Item): number =>
    item.blocks.reduce((sum, { lines }) => sum + lines.reduce((all, line) => all + widthOf(line), 0), 0)
  const total = items.reduce((sum, item) => sum + weight(item), 0)
  const isSlight = (item: Item): boolean =>
    !item.heading && item.blocks.length === 1 && item.blocks[0]!.lines.length === 1 && weight(item) < slightShare * total
  const sure = items.filter((item) => !isSlight(item))
  const isAmong = (item: Item): boolean => sure.some((other) => other.y0 < item.y1 - 1) && sure.some((other) => other.y1 > item.y0 + 1)
  return items.filter((item) => !isSlight(item) || !isAmong(item))
}

/** White stretches between intervals. */
function gaps(intervals: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...intervals].sort((a, b) => a[0] - b[0])
  const found: [number, number][] = []
  let end = sorted[0]![1]
  for (const [from, to] of sorted) {
    if (from > end) found.push([end, from])
    end = Math.max(end, to)
  }
  return found
}
