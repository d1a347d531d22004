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
const inkShare = [0.12, 0.62] as const

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

/** A panel is at least this high, in ems, at most this share of the page, and lines cover less than this share of it. */
const lowestPanel = 1.3
const largestPanel = 0.35
const mostRead = 0.12
/** How far apart, in ems, pieces of one dark band may be that light type broke up. */
const widestBreak = 25

/** Dark grounds clear of pictures on which there is hardly a line, bands that light type broke up put together, from top to bottom. */
export function findPanels(
  grounds: readonly Blob[],
  lines: readonly Blob[],
  pictures: readonly Blob[],
  em: number,
  page: { width: number; height: number }
): Blob[] {
  const areaOf = (box: Blob): number => widthOf(box) * heightOf(box)
  const linesIn = (box: Blob): number =>
    lines.reduce(
      (sum, line) => sum + Math.max(0, shared(line.x0, line.x1, box.x0, box.x1)) * Math.max(0, shared(line.y0, line.y1, box.y0, box.y1)),
      0
    )
  return joinBands(
    grounds.filter((ground) => !pictures.some((picture) => overlaps(ground, picture, 0))),
    em
  )
    .filter((box) => Math.min(widthOf(box), heightOf(box)) >= lowestPanel * em && Math.max(widthOf(box), heightOf(box)) >= 3 * em)
    .filter((box) => areaOf(box) < largestPanel * page.width * page.height && linesIn(box) < mostRead * areaOf(box))
    .sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
}

function joinBands(grounds: readonly Blob[], em: number): Blob[] {
  const groups = newGroups(grounds.length)
  for (const [i, a] of grounds.entries())
    for (let k = i + 1; k < grounds.length; k++) {
      const b = grounds[k]!
      const level = shared(a.y0, a.y1, b.y0, b.y1) > 0.7 * Math.min(heightOf(a), heightOf(b))
      if (level && shared(a.x0, a.x1, b.x0, b.x1) > -widestBreak * em) joinGroups(groups, i, k)
    }
  return membersOf(groups, grounds).map(unite)
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
