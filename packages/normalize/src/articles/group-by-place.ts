import { orderAreas } from './area-order.ts'
import { areaOf, type Draft } from './draft.ts'
import { flowCosts } from './flow-costs.ts'
import { type FlowNode, type FlowPage, type HeadStack, takeApart } from './flow-nodes.ts'
import { costTable, type Order, readInOrder } from './flow-order.ts'
import { houseOrphans } from './orphans.ts'
import { isFurniture, type PageGroup } from './page-group.ts'
import { placeExtras } from './place-extras.ts'
import { ownersOf, settle } from './settle-group.ts'
import type { PageView } from './view.ts'

/**
 * Groups the blocks of a page with boxes. The text is taken as pieces of columns; every piece follows another or stands first
 * under a heading, so that the whole page is read at the least cost (`flowCosts`). A chain from its heading to its end is an article.
 */
export function groupByPlace(page: PageView): PageGroup[] {
  const flow = takeApart(page)
  const costs = flowCosts(flow)
  const table = costTable(flow, costs)
  const order = readInOrder(flow, table)
  const drafts = houseOrphans(chainsOf(flow, order), flow, table)
  placeExtras(drafts, flow)
  const sorted = orderAreas(drafts, (draft) => areaOf(draft, flow))
  const owners = ownersOf(sorted)
  const groups = sorted.map((draft) => settle(draft, owners, order, table))
  return withHomeless(groups, page)
}

function chainsOf(flow: FlowPage, order: Order): Draft[] {
  const next = new Map<FlowNode | HeadStack, FlowNode>()
  for (const [node, before] of order) next.set(before, node)
  const follow = (first: FlowNode | undefined): FlowNode[] => {
    const chain: FlowNode[] = []
    for (let at = first; at; at = next.get(at)) chain.push(at)
    return chain
  }
  const titled = flow.heads.map((head): Draft => ({ head, nodes: follow(next.get(head)), extras: [] }))
  const untitled = flow.nodes.filter((node) => !order.has(node)).map((node): Draft => ({ nodes: follow(node), extras: [] }))
  return [...titled, ...untitled]
}

/** Blocks without a box, or left over: to the group of the block before them in the page's own order. */
function withHomeless(groups: readonly PageGroup[], page: PageView): PageGroup[] {
  const result = groups.filter((group) => group.blocks.length > 0)
  const housed = new Set(result.flatMap((group) => group.blocks))
  const homeless = page.blocks.filter((view) => !housed.has(view) && !isFurniture(view))
  for (const view of homeless) {
    const before = page.blocks.slice(0, view.index).findLast((other) => housed.has(other))
    const at = before ? result.findIndex((group) => group.blocks.includes(before)) : result.length === 0 ? -1 : 0
    if (at < 0) result.push({ blocks: [view], confidence: 0.5, reason: 'It has no box.', alternatives: [] })
    else result[at] = { ...result[at]!, blocks: [...result[at]!.blocks, view], confidence: Math.min(result[at]!.confidence, 0.6) }
    housed.add(view)
  }
  return result
}
