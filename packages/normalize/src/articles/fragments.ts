import type { FlowNode } from './flow-nodes.ts'
import { depth, type Flow, overlapAcross, overlapAlong, width } from './space.ts'

/** Roles of blocks that may be no more than a shred of a line. */
const shredded: ReadonlySet<string> = new Set(['paragraph', 'crosshead', 'other'])

/**
 * A layout sometimes tears a printed line apart at a wide blank, or reads a word a second time as a block of its own. Shreds that
 * stand in one row of one column, and blocks that lie within another, are one piece of text, in the order they stand.
 */
export function mendFragments(nodes: readonly FlowNode[], em: number): FlowNode[] {
  const columns = nodes.filter((node) => node.lineCount >= 3 && width(node.place) > 5 * em).map((node) => node.place)
  const groups: FlowNode[][] = []
  for (const node of nodes) {
    const near: FlowNode[][] = []
    let broken = node.parts > 1 ? 1 : 0
    for (const group of groups) {
      // A block in several pieces stays apart from another such block.
      const more = group.filter((other) => other.parts > 1).length
      if (broken + more > 1 || !group.some((other) => belongTogether(node, other, columns, em))) continue
      near.push(group)
      broken += more
    }
    const merged = [...near.flat(), node]
    for (const group of near) groups.splice(groups.indexOf(group), 1)
    groups.push(merged)
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : mergeNodes(group)))
}

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
