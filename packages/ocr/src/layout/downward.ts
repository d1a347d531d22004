import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'

/** Display type is at least this large, in ems of the page; within one headline sizes differ by less than `sameSize`. */
const smallestDisplay = 1.1
const sameSize = 1.7
/** Widest gap between two characters of one headline, or two of its lines, in their own size. */
const widestGap = 0.62
/** Height of a character's square beside its width, at least. */
const squareness = 0.8

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
      const dy = -shared(...squareOf(a), ...squareOf(b))
      if (Math.max(dx, dy) <= widestGap * size && Math.min(dx, dy) < 0) joinGroups(groups, i, k)
    }
  return membersOf(groups, seeds).flatMap((cluster) => linesOf(cluster, blobs, em))
}

/** Top and bottom of the square a piece stands in: 一 fills but its middle. */
function squareOf({ x0, x1, y0, y1 }: Blob): [number, number] {
  const lacking = Math.max(0, (x1 - x0) * squareness - (y1 - y0)) / 2
  return [y0 - lacking, y1 + lacking]
}

function linesOf(cluster: readonly Blob[], blobs: readonly Blob[], em: number): Blob[][] {
  const lines = linesWithin(unite(cluster), cluster, blobs).filter((line) => !standsInRows(line, cluster, blobs))
  return lines.map((line) => [...line, ...charactersBelow(line, blobs, em)])
}

/** A neighbour counts for a row from this size on, in the line's own. */
const leastNeighbour = 0.4

/** Whether most characters of a line stand nearer to what is beside them than to each other: they belong to rows. */
function standsInRows(line: readonly Blob[], cluster: readonly Blob[], blobs: readonly Blob[]): boolean {
  const box = unite(line)
  const characters = stretches(
    line.map((blob) => [blob.y0, blob.y1]),
    0
  )
  if (characters.length < 2) return false
  const gaps = characters.slice(1).map(([from], k) => from - characters[k]![1])
  const reach = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const beside = blobs.filter(
    (blob) =>
      sizeOf(blob) > leastNeighbour * widthOf(box) &&
      shared(blob.y0, blob.y1, box.y0, box.y1) > 0 &&
      Math.max(blob.x0 - box.x1, box.x0 - blob.x1) < reach &&
      !cluster.includes(blob) &&
      !line.includes(blob)
  )
  const inRows = characters.filter(([y0, y1]) => beside.some((blob) => shared(blob.y0, blob.y1, y0, y1) > 0.5 * (blob.y1 - blob.y0)))
  return inRows.length > characters.length / 2
}

/** A character that fell to pieces has one at least of this size, in the line's own and in ems of the page: text below has none. */
const leastStroke = [0.4, 1.3] as const

/** The last characters of a line where they fell to pieces: in its column, closely below, none of them text. */
function charactersBelow(line: readonly Blob[], blobs: readonly Blob[], em: number): Blob[] {
  const { x0, x1, y0, y1 } = unite(line)
  const size = x1 - x0
  if (y1 - y0 < 1.7 * size) return []
  const near = blobs.filter((blob) => blob.y0 > y1 - 0.05 * size && blob.y1 < y1 + 1.3 * size && shared(blob.x0, blob.x1, x0, x1) > 0)
  const cell = near.filter((blob) => blob.x0 > x0 - 0.12 * size && blob.x1 < x1 + 0.12 * size && sizeOf(blob) > 0.1 * size)
  if (cell.length < near.length || cell.length === 0 || cell.length > 8) return []
  const box = unite(cell)
  const stroke = Math.max(...cell.map(sizeOf))
  const isCharacter = widthOf(box) > 0.55 * size && heightOf(box) > 0.4 * size && heightOf(box) < 1.15 * size
  return isCharacter && box.y0 - y1 < widestGap * size && stroke > Math.max(leastStroke[0] * size, leastStroke[1] * em) ? cell : []
}

/** The lines of a cluster, when they are told apart by white. */
function linesWithin(box: Blob, cluster: readonly Blob[], blobs: readonly Blob[]): Blob[][] {
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
    return cells.slice(1).map(([from, to], k) => ({ gap: from - cells[k]![1], full: isFull(cells[k]!, size) && isFull([from, to], size) }))
  })
  // Beside 一 or a mark more white stands than between two characters that fill their squares.
  const full = along.filter((step) => step.full)
  const steps = (full.length > 0 ? full : along).map(({ gap }) => gap)
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return mean(between) > 1.25 * mean(steps) + 0.02 * size
}

function isFull([from, to]: readonly [number, number], size: number): boolean {
  return to - from > 0.7 * size
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
