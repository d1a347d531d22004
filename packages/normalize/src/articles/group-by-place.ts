import { orderAreas } from './area-order.ts'
import { assign } from './assignment.ts'
import { parseDateline } from './dateline.ts'
import { type FlowCosts, flowCosts } from './flow-costs.ts'
import { around, type Extra, type FlowNode, type FlowPage, type HeadStack, takeApart } from './flow-nodes.ts'
import { type Alternative, isFurniture, type PageGroup } from './page-group.ts'
import { distance, type Flow, isRuledOff, overlapAlong, toFlow } from './space.ts'
import type { BlockView, PageView } from './view.ts'

/** An article while it is put together. */
interface Draft {
  readonly head?: HeadStack
  readonly nodes: readonly FlowNode[]
  readonly extras: BlockView[]
  /** Pieces that were put here for want of anything better. */
  readonly orphans?: readonly FlowNode[]
}

/** Who comes before whom: for every piece the piece or heading before it; absent where an article begins without a heading. */
type Order = ReadonlyMap<FlowNode, FlowNode | HeadStack>

type Links = Map<FlowNode, FlowNode | HeadStack>

/** On a page linked one by one, no way dearer than this is ever asked for: beginning alone costs up to 4.1, a rival counts within 4 of that. */
const dearestLink = 8.2

/** More pieces than this are linked one by one, the cheapest first, instead of all at once. */
const mostAtOnce = 500

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

/** For every piece, what it costs to come after other pieces and headings, where that is possible, and to begin alone. */
interface CostTable {
  readonly after: ReadonlyMap<FlowNode, ReadonlyMap<FlowNode | HeadStack, number>>
  readonly alone: ReadonlyMap<FlowNode, number>
}

function costTable({ nodes, heads }: FlowPage, costs: FlowCosts): CostTable {
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

function readInOrder({ nodes, heads }: FlowPage, table: CostTable): Order {
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

/**
 * Text that no heading leads to: where it begins in a sentence, or is short, it is rather a lost piece of an article than one of its
 * own. It goes behind the piece it most likely follows, else to the nearest article; the article is the less sure for it.
 */
function houseOrphans(drafts: readonly Draft[], flow: FlowPage, table: CostTable): Draft[] {
  const own = drafts.filter((draft) => draft.head || isOwnArticle(draft))
  if (!own.some((draft) => draft.head)) return [...drafts]
  const result = [...own]
  const isOwn = new Set(own)
  const homes = new Map(own.flatMap(({ nodes }, index) => nodes.map((node) => [node, index] as const)))
  for (const orphan of drafts) {
    if (isOwn.has(orphan)) continue
    const at = hostOf(orphan, result, homes, flow, table)
    if (at) result[at.index] = adopt(result[at.index]!, orphan, at.after)
    else result.push(orphan)
    for (const node of orphan.nodes) homes.set(node, at?.index ?? result.length - 1)
  }
  return result
}

function isOwnArticle({ nodes }: Draft): boolean {
  const [first] = nodes
  if (!first) return true
  const texts = nodes.flatMap((node) => node.views)
  if (texts.some((view) => view.block.role === 'jump-line') || parseDateline(first.view.text)) return true
  return first.begins === true && texts.reduce((sum, view) => sum + view.text.length, 0) >= 150
}

/** The piece the orphan follows at the least cost; else the nearest article that no rule parts from it. */
function hostOf(
  orphan: Draft,
  drafts: readonly Draft[],
  homes: ReadonlyMap<FlowNode, number>,
  flow: FlowPage,
  { after }: CostTable
): { readonly index: number; readonly after?: FlowNode } | undefined {
  const ways = [...after.get(orphan.nodes[0]!)!].flatMap(([source, cost]) => {
    const index = 'view' in source && cost < 4.5 ? homes.get(source) : undefined
    return index === undefined ? [] : [{ index, after: source as FlowNode, cost }]
  })
  const rankOf = (way: (typeof ways)[number]): number => drafts[way.index]!.nodes.indexOf(way.after)
  const [best] = ways.sort((a, b) => a.cost - b.cost || a.index - b.index || rankOf(a) - rankOf(b))
  if (best) return best
  const place = around(orphan.nodes.map((node) => node.place))
  const near = drafts
    .map((draft, index) => ({ index, gap: Math.min(...partsOf(draft).map((part) => gapTo(part, place, flow))) }))
    .sort((a, b) => a.gap - b.gap)[0]
  return near && near.gap < 10 * flow.em ? { index: near.index } : undefined
}

function partsOf(draft: Draft): Flow[] {
  return [...draft.nodes.map((node) => node.place), ...(draft.head ? [draft.head.place] : [])]
}

function gapTo(part: Flow, place: Flow, flow: FlowPage): number {
  const gap = distance(part, place)
  return gap < 10 * flow.em && isRuledOff(part, place, flow.rules) ? gap + 8 * flow.em : gap
}

function adopt(host: Draft, orphan: Draft, after: FlowNode | undefined): Draft {
  const at = after ? lastOfBlock(host.nodes, after) + 1 : host.nodes.length
  return {
    ...host,
    nodes: [...host.nodes.slice(0, at), ...orphan.nodes, ...host.nodes.slice(at)],
    orphans: [...(host.orphans ?? []), ...orphan.nodes]
  }
}

/** A block in several pieces is not torn apart. */
function lastOfBlock(nodes: readonly FlowNode[], node: FlowNode): number {
  return nodes.findLastIndex((other) => other.view === node.view)
}

/** Tables, captions and notes: to the heading right over them, else to the article they stand in. */
function placeExtras(drafts: Draft[], flow: FlowPage): void {
  const bare = drafts.filter((draft) => draft.head && draft.nodes.length === 0)
  const left: Extra[] = []
  for (const extra of flow.extras) {
    const own = extra.role === 'caption' ? undefined : bare.find((draft) => isOver(draft.head!.place, extra.place, flow.em))
    if (own) own.extras.push(...extra.views)
    else left.push(extra)
  }
  for (const extra of left) {
    const home = homeOf(withPicture(extra, flow), drafts, flow)
    if (home) home.extras.push(...extra.views)
    else drafts.push({ nodes: [], extras: [...extra.views] })
  }
}

function isOver(head: Flow, table: Flow, em: number): boolean {
  return overlapAlong(head, table) > 0.5 && head.top <= table.top + 4 * em && table.top - head.bottom < 4 * em && head.bottom < table.bottom
}

/** A caption stands for its picture, too. */
function withPicture(extra: Extra, flow: FlowPage): Flow {
  if (extra.role !== 'caption') return extra.place
  const near = flow.pictures.filter((picture) => distance(picture, extra.place) < 2 * flow.em && overlapAlong(picture, extra.place) > 0.5)
  const above = near.filter((picture) => picture.top < extra.place.top)
  return around([extra.place, ...(above.length > 0 ? above : near)])
}

/** The article whose area holds most of a place; the nearest, when none does. */
function homeOf(place: Flow, drafts: readonly Draft[], flow: FlowPage): Draft | undefined {
  let best: Draft | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const draft of drafts) {
    const area = areaOf(draft, flow)
    if (!area || draft.nodes.length === 0) continue
    const shared = sharedArea(area, place) / Math.max(1, sizeOf(place))
    const touch = Math.min(
      ...[...draft.nodes.map((node) => node.place), ...(draft.head ? [draft.head.place] : [])].map((part) => distance(part, place))
    )
    const score = shared * 3 - touch / (4 * flow.em) - 0.1 * Math.log10(Math.max(1, sizeOf(area) / sizeOf(place)))
    if (score > most) [best, most] = [draft, score]
  }
  return best ?? drafts.find((draft) => draft.head)
}

const sizeOf = (flow: Flow): number => Math.max(0, flow.end - flow.start) * Math.max(0, flow.bottom - flow.top)

function sharedArea(a: Flow, b: Flow): number {
  return sizeOf({
    start: Math.max(a.start, b.start),
    end: Math.min(a.end, b.end),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom)
  })
}

function areaOf(draft: Draft, flow: FlowPage): Flow | undefined {
  const places = [
    ...draft.nodes.map((node) => node.place),
    ...(draft.head ? [draft.head.place] : []),
    ...(draft.nodes.length === 0 ? draft.extras.map((view) => toFlow(view.box!, flow.page.vertical)) : [])
  ]
  return places.length === 0 ? undefined : around(places)
}

function blocksOf(draft: Draft): BlockView[] {
  const flowing = [...new Set(draft.nodes.flatMap((node) => node.views))]
  const late = draft.extras.filter((view) => view.block.role === 'caption')
  const early = draft.extras.filter((view) => view.block.role !== 'caption')
  return [...(draft.head?.lines ?? []), ...flowing, ...early, ...late]
}

/** The article whose next piece another may be: by its pieces, by its heading where it has none, with its rank on the page. */
type Owners = ReadonlyMap<FlowNode | HeadStack, { readonly draft: Draft; readonly rank: number }>

function ownersOf(drafts: readonly Draft[]): Owners {
  return new Map(
    drafts.flatMap((draft, rank) => {
      const ends: readonly (FlowNode | HeadStack)[] = draft.head && draft.nodes.length === 0 ? [draft.head] : draft.nodes
      return ends.map((end) => [end, { draft, rank }] as const)
    })
  )
}

function settle(draft: Draft, owners: Owners, order: Order, table: CostTable): PageGroup {
  const orphans = new Set(draft.orphans)
  const doubts = draft.nodes.flatMap((node) => (orphans.has(node) ? [] : doubtOf(node, draft, owners, order, table)))
  const weakest = Math.min(4, ...doubts.map((doubt) => doubt.margin))
  const certain = 1 / (1 + Math.exp(-2.2 * (weakest + 0.35)))
  const confidence = round(orphans.size > 0 ? Math.min(0.5, certain) : certain)
  const alternatives = doubts.filter((doubt) => doubt.margin < 0.5).map((doubt) => alternativeOf(doubt, draft))
  const reason =
    orphans.size > 0
      ? 'Read from its heading along its columns; some pieces that nothing leads to were put to the nearest.'
      : draft.head
        ? 'Read from its heading along its columns, at the least cost for the whole page.'
        : 'No heading leads to it; read along its columns.'
  return {
    blocks: blocksOf(draft),
    confidence: draft.head ? confidence : round(confidence * 0.8),
    reason,
    alternatives: alternatives.slice(0, 3)
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

interface Doubt {
  readonly node: FlowNode
  readonly other: Draft
  /** How much dearer the best way from another article is. */
  readonly margin: number
}

/** The article that would come next as this piece's own. */
function doubtOf(node: FlowNode, draft: Draft, owners: Owners, order: Order, { after, alone }: CostTable): Doubt[] {
  const row = after.get(node)!
  const before = order.get(node)
  const own = before ? row.get(before)! : alone.get(node)!
  const rivals = [...row].flatMap(([end, cost]) => {
    const owner = owners.get(end)
    const margin = cost - own
    return owner && owner.draft !== draft && margin < 4 ? [{ node, other: owner.draft, margin, rank: owner.rank }] : []
  })
  return rivals.sort((a, b) => a.margin - b.margin || a.rank - b.rank).slice(0, 1)
}

function alternativeOf({ node, other, margin }: Doubt, draft: Draft): Alternative {
  const kept = draft.nodes.slice(0, draft.nodes.indexOf(node))
  const blocks = blocksOf({ ...draft, nodes: kept })
  const name = other.head?.lines.find((line) => line.block.role === 'heading')?.text ?? other.nodes[0]?.view.text.slice(0, 20) ?? ''
  return {
    blocks,
    confidence: round(1 / (1 + Math.exp(2.2 * (margin + 0.35)))),
    reason: `From “${node.view.text.slice(0, 16)}” on it may be part of “${name}”.`
  }
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
