import { type Flow, width } from './space.ts'

/** Finds what stands in an area of the page without looking at all of it. */
export interface PlaceIndex<T> {
  /** What touches the area, and perhaps some that nearly do, in the order given. */
  near(area: Flow): readonly T[]
}

/** Pieces that lie in more squares than this are kept apart and found by every search. */
const mostSquares = 200

/** Sorts pieces into squares of the page, `side` pixels wide. */
export function indexPlaces<T>(items: readonly T[], placeOf: (item: T) => Flow, side: number): PlaceIndex<T> {
  const squares = new Map<number, number[]>()
  const wide: number[] = []
  for (const [index, item] of items.entries()) {
    const area = squaresOf(placeOf(item), side)
    if (!(area.count <= mostSquares)) wide.push(index)
    else eachSquare(area, (key) => addTo(squares, key, index))
  }
  const lastSearch = new Uint32Array(items.length)
  let search = 0
  return {
    near(place) {
      const area = squaresOf(place, side)
      if (!(area.count <= items.length)) return items
      search++
      const found = [...wide]
      eachSquare(area, (key) => {
        for (const index of squares.get(key) ?? []) {
          if (lastSearch[index] === search) continue
          lastSearch[index] = search
          found.push(index)
        }
      })
      return Array.from(Uint32Array.from(found).sort(), (index) => items[index]!)
    }
  }
}

/** The squares an area touches, from one column and row to another. */
interface Squares {
  readonly left: number
  readonly right: number
  readonly upper: number
  readonly lower: number
  readonly count: number
}

function squaresOf({ start, end, top, bottom }: Flow, side: number): Squares {
  const [left, right, upper, lower] = [start, end, top, bottom].map((edge) => Math.floor(edge / side)) as [number, number, number, number]
  return { left, right, upper, lower, count: (right - left + 1) * (lower - upper + 1) }
}

/** One number for every square of the page; no page is 67 million squares high. */
const mostRows = 2 ** 26

function eachSquare({ left, right, upper, lower }: Squares, use: (key: number) => void): void {
  for (let column = left; column <= right; column++) for (let row = upper; row <= lower; row++) use(column * mostRows + row)
}

function addTo(squares: Map<number, number[]>, key: number, index: number): void {
  const square = squares.get(key)
  if (square) square.push(index)
  else squares.set(key, [index])
}

/** An area with so much more on every side. */
export function widenBy(place: Flow, reach: number): Flow {
  return { start: place.start - reach, end: place.end + reach, top: place.top - reach, bottom: place.bottom + reach }
}

/**
 * Puts items together that belong together, directly or by way of others; two items further apart than `reach` pixels never do
 * directly. Groups stand in the order of their last member.
 */
export function cluster<T>(
  items: readonly T[],
  placeOf: (item: T) => Flow,
  reach: number,
  belongTogether: (item: T, other: T) => boolean
): T[][] {
  const index = indexPlaces(items, placeOf, Math.max(1, reach, commonWidth(items.map(placeOf))))
  const groupOf = new Map<T, T[]>()
  const groups = new Map<T[], number>()
  for (const [at, item] of items.entries()) {
    const near = new Set<T[]>()
    for (const other of index.near(widenBy(placeOf(item), reach))) {
      const group = groupOf.get(other)
      if (group && !near.has(group) && belongTogether(item, other)) near.add(group)
    }
    const [merged = [], ...others] = [...near].sort((a, b) => groups.get(a)! - groups.get(b)!)
    for (const group of others) {
      groups.delete(group)
      for (const member of group) {
        merged.push(member)
        groupOf.set(member, merged)
      }
    }
    merged.push(item)
    groupOf.set(item, merged)
    groups.delete(merged)
    groups.set(merged, at)
  }
  return [...groups.keys()]
}

/** The median width, in pixels. */
function commonWidth(places: readonly Flow[]): number {
  const widths = places.map(width).sort((a, b) => a - b)
  return widths[widths.length >> 1] ?? 1
}
