import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'

/** Display type is at least this large, in ems of the page; within one headline sizes differ by less than `sameSize`. */
const smallestDisplay = 1.1
const sameSize = 1.7
/** Widest gap between two characters of one headline, or two of its lines, in their own size. */
const widestGap = 0.62

/**
 * Headlines that run downwards on a page whose lines run across: clusters of display type whose characters stand nearer to the next
 * below than its lines stand to each other.
 *
 * ```
 *  下 上      one cluster, two lines; the white between the lines is wider than that between characters
 *  行 行
 *  二 一
 * ```
 * @returns the pieces of each line
 */
export function downwardLines(blobs: readonly Blob[], em: number): Blob[][] {
  const seeds = blobs.filter((blob) => sizeOf(blob) >= smallestDisplay * em && sizeOf(blob) < 9 * em)
  const groups = newGroups(seeds.length)
  for (const [i, a] of seeds.entries())
    for (let k = i + 1; k < seeds.length; k++) {
      const b = seeds[k]!
      const size = Math.max(sizeOf(a), sizeOf(b))
      if (size > sameSize * Math.min(sizeOf(a), sizeOf(b))) continue
      const dx = -shared(a.x0, a.x1, b.x0, b.x1)
      const dy = -shared(a.y0, a.y1, b.y0, b.y1)
      if (Math.max(dx, dy) <= widestGap * size && Math.min(dx, dy) < 0) joinGroups(groups, i, k)
    }
  return membersOf(groups, seeds).flatMap((cluster) => linesOf(cluster, blobs))
}

function linesOf(cluster: readonly Blob[], blobs: readonly Blob[]): Blob[][] {
  const box = unite(cluster)
  const sizes = cluster.map(sizeOf).sort((a, b) => a - b)
  const size = sizes[Math.floor(sizes.length * 0.75)]!
  if (heightOf(box) < 1.85 * size) return []
  const inside = blobs.filter((blob) => sizeOf(blob) < 2 * size && isWithin(blob, box, 0.15 * size))
  const columns = stretches(
    inside.map((blob) => [blob.x0, blob.x1]),
    0.04 * size
  )
  if (columns.length === 0 || columns.some(([from, to]) => to - from > 1.35 * size)) return []
  const lines = columns.map(([from, to]) => inside.filter((blob) => blob.x0 >= from && blob.x1 <= to))
  const alone = columns.filter(([from, to]) => to - from > 0.5 * size)
  if (alone.length > 1 && !columnsApart(columns, lines, size)) return []
  // Rows of two or three large characters would be as many lines of one character each.
  const counts = lines.filter((line) => heightOf(unite(line)) > 0.9 * size).map((line) => characterCount(line, size))
  if (
    counts.some((count) => count < 2) &&
    !(counts.length > 1 && Math.max(...counts) >= 4 && counts.filter((count) => count < 2).length === 1)
  )
    return []
  return lines.filter((line) => widthOf(unite(line)) > 0.5 * size)
}

function isWithin(blob: Blob, box: Blob, margin: number): boolean {
  return blob.x0 > box.x0 - margin && blob.x1 < box.x1 + margin && blob.y0 > box.y0 - margin && blob.y1 < box.y1 + margin
}

/** Whether the white between the lines is wider than that between the characters of a line. */
function columnsApart(columns: readonly (readonly [number, number])[], lines: readonly (readonly Blob[])[], size: number): boolean {
  const between = columns.slice(1).map(([from], k) => from - columns[k]![1])
  const along = lines.flatMap((line) => {
    const cells = stretches(
      line.map((blob) => [blob.y0, blob.y1]),
      0
    )
    return cells.slice(1).map(([from], k) => from - cells[k]![1])
  })
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return mean(between) > 1.25 * mean(along) + 0.02 * size
}

function characterCount(line: readonly Blob[], size: number): number {
  return Math.round(heightOf(unite(line)) / size)
}

/** What intervals cover, joined where less than `gap` is free between them. */
function stretches(intervals: readonly (readonly [number, number])[], gap: number): [number, number][] {
  const found: [number, number][] = []
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last && from - last[1] <= gap) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}
