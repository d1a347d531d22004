import type { Mask } from './mask.ts'

/** An upright rectangle by its edges (x1 and y1 outside), with the ink in it. */
export interface Blob {
  x0: number
  y0: number
  x1: number
  y1: number
  /** Pixels of ink. */
  area: number
}

export const widthOf = (blob: Blob): number => blob.x1 - blob.x0
export const heightOf = (blob: Blob): number => blob.y1 - blob.y0
/** The longer side. */
export const sizeOf = (blob: Blob): number => Math.max(blob.x1 - blob.x0, blob.y1 - blob.y0)

/** How much two stretches share; negative: the gap between them. */
export function shared(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0)
}

/** The smallest blob that holds all of `blobs`, with their ink. */
export function unite(blobs: Iterable<Blob>): Blob {
  const all = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity, area: 0 }
  for (const blob of blobs) {
    all.x0 = Math.min(all.x0, blob.x0)
    all.y0 = Math.min(all.y0, blob.y0)
    all.x1 = Math.max(all.x1, blob.x1)
    all.y1 = Math.max(all.y1, blob.y1)
    all.area += blob.area
  }
  return all
}

/** Groups of numbers 0…n-1 that are to be one (disjoint sets): for each number, another one of its group. */
export type Groups = Int32Array

export function newGroups(count: number): Groups {
  return Int32Array.from({ length: count }, (_, index) => index)
}

/** The smallest number of an item's group. */
export function groupOf(groups: Groups, item: number): number {
  let root = item
  while (groups[root] !== root) root = groups[root]!
  for (let at = item; at !== root; ) {
    const next = groups[at]!
    groups[at] = root
    at = next
  }
  return root
}

export function joinGroups(groups: Groups, a: number, b: number): void {
  const first = groupOf(groups, a)
  const second = groupOf(groups, b)
  groups[Math.max(first, second)] = Math.min(first, second)
}

/** The items of each group, groups by their first item. */
export function membersOf<T>(groups: Groups, items: readonly T[]): T[][] {
  const members = new Map<number, T[]>()
  for (const [index, item] of items.entries()) {
    const group = groupOf(groups, index)
    const list = members.get(group)
    if (list) list.push(item)
    else members.set(group, [item])
  }
  return [...members.values()]
}

/** The connected pieces of ink (8-neighbours), in order of their first row. */
export function connectedBlobs({ data, width, height }: Mask): Blob[] {
  const parts = newParts()
  const fours = inFours(data)
  // Runs of the row above and of this row: start, end, label.
  let above = new Int32Array(3 * ((width + 1) >> 1) + 3)
  let here = new Int32Array(above.length)
  let runsAbove = 0
  for (let y = 0; y < height; y++) {
    const row = y * width
    let runs = 0
    let next = 0
    for (let x = nextInk(data, fours, row, row + width) - row; x < width; ) {
      let end = x + 1
      while (end < width && data[row + end] === 1) end++
      while (next < runsAbove && above[next + 1]! < x) next += 3
      let label = -1
      for (let k = next; k < runsAbove && above[k]! <= end; k += 3) {
        const other = rootOf(parts.parent, above[k + 2]!)
        if (label < 0) label = other
        else if (other !== label) {
          const keep = Math.min(label, other)
          parts.parent[Math.max(label, other)] = keep
          label = keep
        }
      }
      if (label < 0) label = addPart(parts, y)
      widenPart(parts, label, x, end, y)
      here[runs] = x
      here[runs + 1] = end
      here[runs + 2] = label
      runs += 3
      x = nextInk(data, fours, row + end, row + width) - row
    }
    ;[above, here] = [here, above]
    runsAbove = runs
  }
  return unitedParts(parts)
}

/** The first ink from `from` on, or `end`. Most of a page is paper, which is passed four pixels at a time. */
function nextInk(data: Uint8Array, fours: Uint32Array, from: number, end: number): number {
  let at = from
  while (at < end && (at & 3) !== 0 && data[at] === 0) at++
  if ((at & 3) === 0) while (at + 4 <= end && fours[at >> 2] === 0) at += 4
  while (at < end && data[at] === 0) at++
  return at
}

/** The same pixels, four in a number; those beyond the last four are left out. */
function inFours(data: Uint8Array): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data)
  return new Uint32Array(aligned.buffer, aligned.byteOffset, data.length >> 2)
}

/** Pieces of ink while it is not known yet which hang together: `parent` leads to the first of those that do. Five numbers a piece, as in a Blob. */
interface Parts {
  count: number
  parent: Int32Array
  boxes: Int32Array
}

function newParts(): Parts {
  return { count: 0, parent: new Int32Array(4096), boxes: new Int32Array(5 * 4096) }
}

function rootOf(parent: Int32Array, item: number): number {
  let root = item
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!
    root = parent[root]!
  }
  return root
}

function addPart(parts: Parts, y: number): number {
  const label = parts.count++
  if (label === parts.parent.length) {
    parts.parent = doubled(parts.parent)
    parts.boxes = doubled(parts.boxes)
  }
  parts.parent[label] = label
  parts.boxes[5 * label] = noEdge
  parts.boxes[5 * label + 1] = y
  return label
}

const noEdge = 2 ** 31 - 1

function doubled(numbers: Int32Array): Int32Array {
  const more = new Int32Array(2 * numbers.length)
  more.set(numbers)
  return more
}

function widenPart({ boxes }: Parts, label: number, x: number, end: number, y: number): void {
  const at = 5 * label
  if (x < boxes[at]!) boxes[at] = x
  if (end > boxes[at + 2]!) boxes[at + 2] = end
  boxes[at + 3] = y + 1
  boxes[at + 4]! += end - x
}

/** The pieces that hang together as one, by their first part. */
function unitedParts({ count, parent, boxes }: Parts): Blob[] {
  const blobs: (Blob | undefined)[] = []
  for (let label = 0; label < count; label++) {
    const at = 5 * label
    const part = { x0: boxes[at]!, y0: boxes[at + 1]!, x1: boxes[at + 2]!, y1: boxes[at + 3]!, area: boxes[at + 4]! }
    const root = rootOf(parent, label)
    const blob = blobs[root]
    blobs.push(root === label ? part : undefined)
    if (!blob) continue
    blob.x0 = Math.min(blob.x0, part.x0)
    blob.y0 = Math.min(blob.y0, part.y0)
    blob.x1 = Math.max(blob.x1, part.x1)
    blob.y1 = Math.max(blob.y1, part.y1)
    blob.area += part.area
  }
  return blobs.filter((blob) => blob !== undefined)
}
