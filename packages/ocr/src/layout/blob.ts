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
export function connectedBlobs(mask: Mask): Blob[] {
  const { data, width, height } = mask
  const blobs: Blob[] = []
  const parent: number[] = []
  const find = (item: number): number => {
    while (parent[item] !== item) {
      parent[item] = parent[parent[item]!]!
      item = parent[item]!
    }
    return item
  }
  // Runs of the row above and of this row: start, end, label.
  let above: number[] = []
  let here: number[] = []
  for (let y = 0; y < height; y++) {
    here.length = 0
    const row = y * width
    let next = 0
    for (let x = 0; x < width; ) {
      if (data[row + x] === 0) {
        x++
        continue
      }
      let end = x + 1
      while (end < width && data[row + end] === 1) end++
      while (next < above.length && above[next + 1]! < x) next += 3
      let label = -1
      for (let k = next; k < above.length && above[k]! <= end; k += 3) {
        const other = find(above[k + 2]!)
        if (label < 0) label = other
        else if (other !== label) label = mergeInto(blobs, parent, Math.min(label, other), Math.max(label, other))
      }
      if (label < 0) {
        label = parent.length
        parent.push(label)
        blobs.push({ x0: x, y0: y, x1: end, y1: y + 1, area: end - x })
      } else {
        const blob = blobs[label]!
        if (x < blob.x0) blob.x0 = x
        if (end > blob.x1) blob.x1 = end
        blob.y1 = y + 1
        blob.area += end - x
      }
      here.push(x, end, label)
      x = end + 1
    }
    ;[above, here] = [here, above]
  }
  return blobs.filter((_, index) => parent[index] === index)
}

function mergeInto(blobs: Blob[], parent: number[], keep: number, drop: number): number {
  const a = blobs[keep]!
  const b = blobs[drop]!
  a.x0 = Math.min(a.x0, b.x0)
  a.x1 = Math.max(a.x1, b.x1)
  a.y0 = Math.min(a.y0, b.y0)
  a.y1 = Math.max(a.y1, b.y1)
  a.area += b.area
  parent[drop] = keep
  return keep
}
