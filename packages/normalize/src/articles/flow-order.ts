import { assign } from './assignment.ts'
import type { FlowCosts } from './flow-costs.ts'
import type { FlowNode, FlowPage, HeadStack } from './flow-nodes.ts'

/** Who comes before whom: for every piece the piece or heading before it; absent where an article begins without a heading. */
export type Order = ReadonlyMap<FlowNode, FlowNode | HeadStack>

type Links = Map<FlowNode, FlowNode | HeadStack>

/** On a page linked one by one, no way dearer than this is ever asked for: beginning alone costs up to 4.1, a rival counts within 4 of that. */
const dearestLink = 8.2

/** More pieces than this are linked one by one, the cheapest first, instead of all at once. */
const mostAtOnce = 500

/** For every piece, what it costs to come after other pieces and headings, where that is possible, and to begin alone. */
export interface CostTable {
  readonly after: ReadonlyMap<FlowNode, ReadonlyMap<FlowNode | HeadStack, number>>
  readonly alone: ReadonlyMap<FlowNode, number>
}

export function costTable({ nodes, heads }: FlowPage, costs: FlowCosts): CostTable {
  const after = new Map<FlowNode, Map<FlowNode | HeadStack, number>>()
  const dearest = nodes.length > mostAtOnce ? dearestLink : Number.POSITIVE_INFINITY
  for (const node of nodes) {
    const row = new Map<FlowNode | HeadStack, number>()
    const add = (source: FlowNode | HeadStack, cost: number): void => {
      if (cost < dearest) row.set(source, cost)
    }
    for (const before of costs.mayPrecede(node)) if (before !== node) add(before, costs.afterNode(before, node))
    for (const head of heads) add(head, costs.afterHead(head, node))
    after.set(node, row)
  }
  return { after, alone: new Map(nodes.map((node) => [node, costs.alone(node)])) }
}

export function readInOrder({ nodes, heads }: FlowPage, table: CostTable): Order {
  const sources: readonly (FlowNode | HeadStack)[] = [...nodes, ...heads]
  const order = nodes.length <= mostAtOnce ? allAtOnce(nodes, sources, table) : cheapestFirst(nodes, sources, table)
  return withoutRounds(order)
}

function allAtOnce(nodes: readonly FlowNode[], sources: readonly (FlowNode | HeadStack)[], { after, alone }: CostTable): Links {
  const rows = nodes.map((node) => [
    ...sources.map((source) => after.get(node)!.get(source) ?? Number.POSITIVE_INFINITY),
    ...nodes.map((other) => (other === node ? alone.get(node)! : Number.POSITIVE_INFINITY))
  ])
  const order: Links = new Map()
  for (const [row, column] of withoutCycles(rows, nodes.length).entries()) {
    const source = sources[column]
    if (source && rows[row]![column]! < 1e6) order.set(nodes[row]!, source)
  }
  return order
}

/** How often cycles are broken one by one, and on how large a page: each time costs another assignment for every link of the cycle. */
const mostCycles = { count: 12, nodes: 160, links: 24 } as const

/**
 * The cheapest order in which no pieces follow each other in a circle. An assignment may have circles; each is broken where that
 * costs least for the whole page (subtour elimination, Eastman 1958, without going back).
 */
function withoutCycles(rows: readonly (readonly number[])[], count: number): number[] {
  let table = rows.map((row) => [...row])
  let chosen = assign(table)
  if (count > mostCycles.nodes) return chosen
  for (let round = 0; round < mostCycles.count; round++) {
    const cycle = findCycle(chosen, count)
    if (!cycle || cycle.length > mostCycles.links) return chosen
    const ways = cycle.map((row) => {
      const without = table.map((line, index) =>
        index === row ? line.map((cost, column) => (column === chosen[row] ? Number.POSITIVE_INFINITY : cost)) : line
      )
      const next = assign(without)
      return { without, next, total: next.reduce((sum, column, index) => sum + Math.min(without[index]![column]!, 1e6), 0) }
    })
    const best = ways.reduce((a, b) => (b.total < a.total ? b : a))
    table = best.without
    chosen = best.next
  }
  return chosen
}

/** Rows that follow each other in a circle; columns below `count` are rows. */
function findCycle(chosen: readonly number[], count: number): number[] | undefined {
  const done = new Set<number>()
  for (let start = 0; start < count; start++) {
    const path: number[] = []
    let at = start
    while (at < count && !done.has(at) && !path.includes(at)) {
      path.push(at)
      at = chosen[at]!
    }
    if (at < count && path.includes(at)) return path.slice(path.indexOf(at))
    for (const row of path) done.add(row)
  }
  return undefined
}

/** Link after link, the cheapest first, as long as they cost no more than to begin alone. */
function cheapestFirst(nodes: readonly FlowNode[], sources: readonly (FlowNode | HeadStack)[], { after, alone }: CostTable): Links {
  const columnOf = new Map(sources.map((source, column) => [source, column]))
  const links = nodes.flatMap((node, row) =>
    [...after.get(node)!].flatMap(([source, cost]) =>
      cost <= alone.get(node)! ? [{ cost, node, row, source, column: columnOf.get(source)! }] : []
    )
  )
  links.sort((a, b) => a.cost - b.cost || a.row - b.row || a.column - b.column)
  const chosen: Links = new Map()
  const taken = new Set<FlowNode | HeadStack>()
  for (const { node, source } of links) {
    if (chosen.has(node) || taken.has(source)) continue
    chosen.set(node, source)
    taken.add(source)
  }
  return chosen
}

/** Where pieces follow each other in a circle, the highest of them begins. */
function withoutRounds(order: Links): Order {
  const ends = new Set<FlowNode>()
  for (const start of [...order.keys()]) {
    const seen = new Set<FlowNode>()
    let at: FlowNode | HeadStack | undefined = start
    while (at && 'view' in at && !seen.has(at) && !ends.has(at)) {
      seen.add(at)
      at = order.get(at)
    }
    if (at && 'view' in at && seen.has(at)) {
      const path = [...seen]
      order.delete(path.slice(path.indexOf(at)).reduce((a, b) => (a.place.top <= b.place.top ? a : b)))
    }
    for (const node of seen) ends.add(node)
  }
  return order
}
