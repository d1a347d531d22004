import type { FlowNode } from './flow-nodes.ts'
import { indexPlaces, type PlaceIndex } from './place-index.ts'
import { depth, type Flow, overlapAcross, overlapAlong, width } from './space.ts'

/** Roles of blocks that may be no more than a shred of a line. */
const shredded: ReadonlySet<string> = new Set(['paragraph', 'crosshead', 'other'])

/**
 * A layout sometimes tears a printed line apart at a wide blank, or reads a word a second time as a block of its own. Shreds that
 * stand in one row of one column, and blocks that lie within another, are one piece of text, in the order they stand.
 */
export function mendFragments(nodes: readonly FlowNode[], em: number): FlowNode[] {
  const columns = nodes.filter((node) => node.lineCount >= 3 && width(node.place) > 5 * em).map((node) => node.place)
  const index = indexPlaces(nodes, (node) => node.place, 8 * em)
  const groupOf = new Map<FlowNode, FlowNode[]>()
  const groups = new Map<FlowNode[], number>()
  for (const [at, node] of nodes.entries()) {
    const touched = touchedBy(node, index, columns, em, groupOf)
    const near: FlowNode[][] = []
    let broken = node.parts > 1 ? 1 : 0
    for (const group of [...touched].sort((a, b) => groups.get(a)! - groups.get(b)!)) {
      // A block in several pieces stays apart from another such block.
      const more = group.filter((other) => other.parts > 1).length
      if (broken + more > 1) continue
      near.push(group)
      broken += more
    }
    const merged = [...near.flat(), node]
    for (const group of near) groups.delete(group)
    for (const member of merged) groupOf.set(member, merged)
    groups.set(merged, at)
  }
  return [...groups.keys()].map((group) => (group.length === 1 ? group[0]! : mergeNodes(group)))
}

/** The groups, of those made so far, that hold a shred of the same line or stand around the piece. */
function touchedBy(
  node: FlowNode,
  index: PlaceIndex<FlowNode>,
  columns: readonly Flow[],
  em: number,
  groupOf: ReadonlyMap<FlowNode, FlowNode[]>
): Set<FlowNode[]> {
  const reach = widest(columns) + 2 * em
  const touched = new Set<FlowNode[]>()
  for (const other of index.near({ ...node.place, start: node.place.start - reach, end: node.place.end + reach })) {
    const group = groupOf.get(other)
    if (group && !touched.has(group) && belongTogether(node, other, columns, em)) touched.add(group)
  }
  return touched
}

const widest = (columns: readonly Flow[]): number => columns.reduce((most, column) => Math.max(most, width(column)), 0)

function belongTogether(a: FlowNode, b: FlowNode, columns: readonly Flow[], em: number): boolean {
  if (!shredded.has(a.view.block.role) || !shredded.has(b.view.block.role)) return false
  const [small, large] = sizeOf(a.place) <= sizeOf(b.place) ? [a, b] : [b, a]
  return liesWithin(small, large) || stand(a, b, columns, em)
}

function liesWithin(small: FlowNode, large: FlowNode): boolean {
  return small.lineCount <= 3 && sharedArea(small.place, large.place) > 0.5 * sizeOf(small.place)
}

/** In one row, and in one column by the text around them. */
function stand(a: FlowNode, b: FlowNode, columns: readonly Flow[], em: number): boolean {
  if (a.lineCount > 2 || b.lineCount > 2 || depth(a.place) > 3 * em || depth(b.place) > 3 * em) return false
  if (overlapAcross(a.place, b.place) < 0.6 || overlapAlong(a.place, b.place) > 0.2) return false
  const start = Math.min(a.place.start, b.place.start)
  const end = Math.max(a.place.end, b.place.end)
  const top = Math.min(a.place.top, b.place.top)
  return columns.some(
    (column) =>
      start > column.start - 0.6 * em &&
      end < column.end + 0.6 * em &&
      Math.min(Math.abs(column.top - top), Math.abs(column.bottom - top)) < 30 * em
  )
}

const sizeOf = (flow: Flow): number => Math.max(1, width(flow)) * Math.max(1, depth(flow))

function sharedArea(a: Flow, b: Flow): number {
  const along = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  const across = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return along <= 0 || across <= 0 ? 0 : along * across
}

/** By rows, and in a row from its start. */
function mergeNodes(group: readonly FlowNode[]): FlowNode {
  const sorted = [...group].sort((a, b) =>
    overlapAcross(a.place, b.place) > 0.6 && a.lineCount <= 2 && b.lineCount <= 2
      ? a.place.start - b.place.start
      : a.place.top - b.place.top || a.place.start - b.place.start
  )
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  const main = sorted.find((node) => node.parts > 1) ?? sorted.reduce((a, b) => (b.lineCount > a.lineCount ? b : a))
  const place = {
    start: Math.min(...sorted.map((node) => node.place.start)),
    end: Math.max(...sorted.map((node) => node.place.end)),
    top: Math.min(...sorted.map((node) => node.place.top)),
    bottom: Math.max(...sorted.map((node) => node.place.bottom))
  }
  const { begins: _, ...rest } = main
  return {
    ...rest,
    views: sorted.flatMap((node) => node.views),
    place,
    column: place,
    lineCount: sorted.reduce((sum, node) => sum + node.lineCount, 0),
    isOpen: last.isOpen || (main.parts > 1 && main.isOpen),
    ...(first.begins === undefined ? {} : { begins: first.begins })
  }
}
