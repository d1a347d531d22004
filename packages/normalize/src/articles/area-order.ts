import type { Flow } from './space.ts'

/**
 * Areas in the order a page is read: cut across where a cut goes through no area (upper part first), else cut along (left part
 * first), and so on in each part (XY cut, Nagy and Seth 1984). What cannot be cut is read by upper edge, then from the left.
 */
export function orderAreas<T>(items: readonly T[], areaOf: (item: T) => Flow | undefined): T[] {
  const placed = items.flatMap((item) => {
    const area = areaOf(item)
    return area ? [{ item, area }] : []
  })
  return [...cut(placed).map(({ item }) => item), ...items.filter((item) => areaOf(item) === undefined)]
}

interface Placed<T> {
  readonly item: T
  readonly area: Flow
}

function cut<T>(items: readonly Placed<T>[]): Placed<T>[] {
  if (items.length <= 1) return [...items]
  for (const [from, to] of [
    ['top', 'bottom'],
    ['start', 'end']
  ] as const) {
    const sorted = [...items].sort((a, b) => a.area[from] - b.area[from])
    let reach = sorted[0]!.area[to]
    for (let at = 1; at < sorted.length; at++) {
      // Areas may touch or overlap by a hair where type stands out of its box.
      const slack = 0.02 * (sorted.at(-1)!.area[to] - sorted[0]!.area[from])
      if (sorted[at]!.area[from] >= reach - slack) return [...cut(sorted.slice(0, at)), ...cut(sorted.slice(at))]
      reach = Math.max(reach, sorted[at]!.area[to])
    }
  }
  return [...items].sort((a, b) => a.area.top - b.area.top || a.area.start - b.area.start)
}
