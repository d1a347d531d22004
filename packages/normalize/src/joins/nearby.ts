/** A stretch along the lines of a page. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** The things that share some of a stretch, and perhaps a few more, in the order they were given in. */
export type Nearby<T> = (stretch: Stretch) => readonly T[]

/** More cells than this cost more than they save. */
const mostCells = 500

/**
 * Files things by where they stand along the lines, so that a column is compared with its like and not with the whole page. Whatever overlaps a stretch
 * by any length is found.
 */
export function fileAlong<T>(things: readonly T[], stretchOf: (thing: T) => Stretch): Nearby<T> {
  if (things.length < 32) return () => things
  const stretches = things.map(stretchOf)
  const from = stretches.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY)
  const to = stretches.reduce((most, { end }) => Math.max(most, end), from)
  if (!Number.isFinite(to - from)) return () => things
  const widths = stretches.map(({ start, end }) => end - start).sort((a, b) => a - b)
  const cell = Math.max(1, widths[widths.length >> 1]!, (to - from) / mostCells)
  const last = Math.floor((to - from) / cell)
  const cellOf = (at: number): number => Math.max(0, Math.min(last, Math.floor((at - from) / cell)))
  const cells: number[][] = Array.from({ length: last + 1 }, () => [])
  for (const [index, { start, end }] of stretches.entries()) for (let at = cellOf(start); at <= cellOf(end); at++) cells[at]!.push(index)
  return ({ start, end }) => {
    const [first, final] = [cellOf(start), cellOf(end)]
    if (first === final) return cells[first]!.map((index) => things[index]!)
    const found = new Set<number>()
    for (let at = first; at <= final; at++) for (const index of cells[at]!) found.add(index)
    return [...found].sort((a, b) => a - b).map((index) => things[index]!)
  }
}
