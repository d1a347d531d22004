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
  const groups = sorted.map((draft) => settle(draft, sorted, order, table))
  return withHomeless(groups, page)
}

/** For every piece, what it costs to come after each piece, after each heading, or to begin alone. */
interface CostTable {
  readonly rows: readonly (readonly number[])[]
  readonly columnOf: ReadonlyMap<FlowNode | HeadStack, number>
  readonly rowOf: ReadonlyMap<FlowNode, number>
}

function costTable(flow: FlowPage, costs: FlowCosts): CostTable {
  const { nodes, heads } = flow
  const rows = nodes.map((node) => [
    ...nodes.map((before) => (before === node ? Number.POSITIVE_INFINITY : costs.afterNode(before, node))),
    ...heads.map((head) => costs.afterHead(head, node)),
    ...nodes.map((other) => (other === node ? costs.alone(node) : Number.POSITIVE_INFINITY))
  ])
  return {
    rows,
    columnOf: new Map([...nodes, ...heads].map((source, column) => [source, column])),
    rowOf: new Map(nodes.map((node, row) => [node, row]))
  }
}

function readInOrder(flow: FlowPage, { rows }: CostTable): Order {
  const sources: readonly (FlowNode | HeadStack)[] = [...flow.nodes, ...flow.heads]
  const chosen = flow.nodes.length <= mostAtOnce ? withoutCycles(rows, flow.nodes.length) : cheapestFirst(rows)
  const order = new Map<FlowNode, FlowNode | HeadStack>()
  for (const [row, column] of chosen.entries()) {
    const source = sources[column]
    if (source && rows[row]![column]! < 1e6) order.set(flow.nodes[row]!, source)
  }
  return withoutRounds(order)
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

function cheapestFirst(table: readonly (readonly number[])[]): number[] {
  const links = table.flatMap((row, index) => row.flatMap((cost, column) => (cost < 1e6 ? [{ cost, row: index, column }] : [])))
  links.sort((a, b) => a.cost - b.cost || a.row - b.row || a.column - b.column)
  const chosen = new Array<number>(table.length).fill(-1)
  const taken = new Set<number>()
  for (const { row, column } of links) {
    if (chosen[row] !== -1 || taken.has(column)) continue
    chosen[row] = column
    taken.add(column)
  }
  return chosen
}

/** Where pieces follow each other in a circle, the highest of them begins. */
function withoutRounds(order: Map<FlowNode, FlowNode | HeadStack>): Order {
  for (const start of [...order.keys()]) {
    const seen: FlowNode[] = []
    let at: FlowNode | HeadStack | undefined = start
    while (at && 'view' in at && !seen.includes(at)) {
      seen.push(at)
      at = order.get(at)
    }
    if (at && 'view' in at) {
      const round = seen.slice(seen.indexOf(at))
      order.delete(round.reduce((a, b) => (a.place.top <= b.place.top ? a : b)))
    }
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
  for (const orphan of drafts.filter((draft) => !own.includes(draft))) {
    const at = hostOf(orphan, result, flow, table)
    if (at === undefined) result.push(orphan)
    else result[at.index] = adopt(result[at.index]!, orphan, at.after)
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
  flow: FlowPage,
  { rows, columnOf, rowOf }: CostTable
): { readonly index: number; readonly after?: FlowNode } | undefined {
  const first = orphan.nodes[0]!
  const row = rows[rowOf.get(first)!]!
  const ways = drafts.flatMap((draft, index) => draft.nodes.map((after) => ({ index, after, cost: row[columnOf.get(after)!]! })))
  const best = ways.sort((a, b) => a.cost - b.cost)[0]
  if (best && best.cost < 4.5) return best
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
  return distance(part, place) + (isRuledOff(part, place, flow.rules) ? 8 * flow.em : 0)
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

function settle(draft: Draft, all: readonly Draft[], order: Order, table: CostTable): PageGroup {
  const orphans = new Set(draft.orphans)
  const doubts = draft.nodes.flatMap((node) => (orphans.has(node) ? [] : doubtOf(node, draft, all, order, table)))
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
function doubtOf(node: FlowNode, draft: Draft, all: readonly Draft[], order: Order, { rows, columnOf, rowOf }: CostTable): Doubt[] {
  const row = rows[rowOf.get(node)!]!
  const before = order.get(node)
  const own = row[before ? columnOf.get(before)! : columnOf.size + rowOf.get(node)!]!
  const rivals = all.flatMap((other) => {
    if (other === draft) return []
    const ends: readonly (FlowNode | HeadStack)[] = other.head && other.nodes.length === 0 ? [other.head] : other.nodes
    const margin = ends.reduce((least, end) => Math.min(least, row[columnOf.get(end)!]!), Number.POSITIVE_INFINITY) - own
    return margin < 4 ? [{ node, other, margin }] : []
  })
  return rivals.sort((a, b) => a.margin - b.margin).slice(0, 1)
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
