import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'

/** What has been told apart already: boxes of lines, pictures and rules. */
export interface Known {
  readonly lines: readonly Blob[]
  readonly pictures: readonly Blob[]
  readonly rules: readonly Blob[]
}

/** Sizes of type that is looked for, in ems, and the least a piece measures that counts as a character. */
const sizes = [0.3, 6] as const
const character = 0.55
/** Least length of what is reported, in ems: about three characters. */
const leastLength = 2.6
/** Share of its pieces' boxes that ink fills in type; less is a drawing's outline, more a spot. */
const inkShare = [0.12, 0.8] as const

/**
 * Clusters of ink that look like type and that no line covers: several pieces of one size side by side, clear of pictures, rules
 * and the edge of the sheet. Boxes from top to bottom.
 *
 * @param ink pieces of the size of type
 */
export function findUncovered(ink: readonly Blob[], known: Known, em: number, page: { width: number; height: number }): Blob[] {
  const open = ink.filter((blob) => sizeOf(blob) >= sizes[0] * em && sizeOf(blob) <= sizes[1] * em).filter(standsOpen(known, em))
  return clusters(open, em)
    .filter((cluster) => looksLikeType(cluster, em) && !hangsOnEdge(unite(cluster), em, page))
    .map((cluster) => unite(cluster))
    .filter((box) => !known.pictures.some((picture) => overlaps(box, picture, 0.5 * em)))
    .sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
}

/** A panel is at least this high, in ems, and its ink fills this share of it. */
const lowestPanel = 1.3
const panelShare = 0.4

/** Large dark grounds, clear of pictures and of the sheet's edge, on which no line was found. */
export function findPanels(grounds: readonly Blob[], known: Known, em: number, page: { width: number; height: number }): Blob[] {
  const found: Blob[] = []
  for (const ground of [...grounds].sort((a, b) => b.area - a.area)) {
    const [width, height] = [widthOf(ground), heightOf(ground)]
    if (Math.min(width, height) < lowestPanel * em || Math.max(width, height) < 2 * lowestPanel * em) continue
    if (ground.area < panelShare * width * height || hangsOnEdge(ground, 0.5 * em, page)) continue
    if ([...known.lines, ...found].some((box) => overlaps(ground, box, 0))) continue
    if (known.pictures.some((picture) => overlaps(ground, picture, 0))) continue
    found.push(ground)
  }
  return found.sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
}

function standsOpen({ lines, pictures, rules }: Known, em: number): (blob: Blob) => boolean {
  const closed = [
    ...lines.map((line) => grown(line, 0.4 * em)),
    ...pictures.map((box) => grown(box, em)),
    ...rules.map((box) => grown(box, 0.3 * em))
  ]
  return (blob) => !closed.some((box) => overlaps(blob, box, 0))
}

function grown(box: Blob, by: number): Blob {
  return { x0: box.x0 - by, y0: box.y0 - by, x1: box.x1 + by, y1: box.y1 + by, area: box.area }
}

function overlaps(a: Blob, b: Blob, margin: number): boolean {
  return shared(a.x0, a.x1, b.x0, b.x1) > -margin && shared(a.y0, a.y1, b.y0, b.y1) > -margin
}

/** Pieces nearer to each other than about a character of theirs. */
function clusters(blobs: readonly Blob[], em: number): Blob[][] {
  const sorted = [...blobs].sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
  const groups = newGroups(sorted.length)
  for (const [i, a] of sorted.entries())
    for (let k = i + 1; k < sorted.length && sorted[k]!.y0 < a.y1 + (sizes[1] + 1) * em; k++) {
      const b = sorted[k]!
      if (overlaps(a, b, Math.max(0.8 * em, 0.6 * Math.min(sizeOf(a), sizeOf(b))))) joinGroups(groups, i, k)
    }
  return membersOf(groups, sorted)
}

function looksLikeType(cluster: readonly Blob[], em: number): boolean {
  const high = cluster.filter((blob) => sizeOf(blob) >= character * em)
  if (high.length < 2) return false
  const box = unite(cluster)
  const length = Math.max(widthOf(box), heightOf(box))
  const size = median(high.map(sizeOf))
  const even = high.filter((blob) => sizeOf(blob) > 0.5 * size && sizeOf(blob) < 2 * size).length
  const boxes = cluster.reduce((sum, blob) => sum + widthOf(blob) * heightOf(blob), 0)
  const share = box.area / boxes
  return (
    length >= leastLength * em &&
    length >= 1.6 * size &&
    Math.min(widthOf(box), heightOf(box)) >= 0.6 * em &&
    even >= 0.7 * high.length &&
    share > inkShare[0] &&
    share < inkShare[1] &&
    boxes > 0.25 * widthOf(box) * heightOf(box)
  )
}

function hangsOnEdge(box: Blob, em: number, { width, height }: { width: number; height: number }): boolean {
  return box.x0 < em || box.y0 < em || box.x1 > width - em || box.y1 > height - em
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
