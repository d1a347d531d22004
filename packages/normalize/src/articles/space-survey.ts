import { memoize } from '@broadsheet/document'
import { around, type FlowNode, type FlowPage, type HeadStack } from './flow-nodes.ts'
import { distance, type Flow, isRuledOff, overlapAcross, overlapAlong, width } from './space.ts'

/** What stands right above and below every piece, where its column begins, and which headings reach it. */
export interface Space {
  readonly above: ReadonlyMap<FlowNode, FlowNode>
  readonly below: ReadonlyMap<FlowNode, FlowNode>
  /** Where the column begins that the piece stands in: the top of the pieces, pictures and extras stacked above it. */
  readonly top: ReadonlyMap<FlowNode, number>
  /** The heading over a piece's column, or over a column level with it. */
  readonly headOver: ReadonlyMap<FlowNode, HeadStack>
  readonly reach: ReadonlyMap<HeadStack, HeadReach>
  /** The middles of the white strips that run across the whole page. */
  readonly cuts: readonly number[]
}

/** The pieces a heading may begin with. */
export interface HeadReach {
  /** Right under it, nothing but pictures and extras between. */
  readonly under: ReadonlySet<FlowNode>
  /** Level with those, in columns beside them that have no heading of their own. */
  readonly band: ReadonlySet<FlowNode>
  /** Round all of them. */
  readonly place?: Flow
  /** Beside a heading that is narrow or set across the text. */
  readonly beside: ReadonlySet<FlowNode>
  /** Where those begin: the left edge, and the top of the leftmost. */
  readonly corner?: { readonly start: number; readonly top: number }
}

export function surveySpace(flow: FlowPage): Space {
  const above = new Map<FlowNode, FlowNode>()
  const below = new Map<FlowNode, FlowNode>()
  const ceiling = new Map<FlowNode, HeadStack>()
  const downwards = [...flow.nodes].sort((a, b) => a.place.top - b.place.top)
  const heads = flow.heads.filter((head) => !head.isSideways)
  for (const node of downwards) {
    const head = nearestAbove(node, heads, (head) => head.place, 0.15)
    const upper = nearestAbove(node, flow.nodes, (other) => other.column, 0.3)
    if (upper && (!head || upper.place.bottom >= head.place.bottom - flow.em)) {
      if (isBarred(upper.place, node.place, flow) || emptyGap(upper.place, node.place, flow) >= widestGap(upper.place, node.place, flow))
        continue
      above.set(node, upper)
      if (!below.has(upper)) below.set(upper, node)
    } else if (head && !isBarred(head.place, node.place, flow)) ceiling.set(node, head)
  }
  freeUnderSideways(flow, above, below, ceiling)
  freeBesideHeads(flow, above, below)
  const top = topsOf(downwards, above, flow)
  const under = new Map(flow.heads.map((head) => [head, piecesUnder(head, flow, ceiling)]))
  const band = bandsOf(flow, under, top, new Set([...above.keys(), ...ceiling.keys()]))
  const reach = new Map(flow.heads.map((head) => [head, reachOf(head, under.get(head)!, band, flow, ceiling, above)]))
  return { above, below, top, reach, headOver: headsOver(downwards, above, ceiling, band), cuts: cutsOf(flow) }
}

/**
 * Columns that begin level with a heading set across the text, beside it and beside each other, begin an article: what stands above
 * them does not go on in them.
 */
function freeUnderSideways(
  flow: FlowPage,
  above: Map<FlowNode, FlowNode>,
  below: Map<FlowNode, FlowNode>,
  ceiling: ReadonlyMap<FlowNode, HeadStack>
): void {
  const { em } = flow
  for (const { place } of flow.heads.filter((head) => head.isSideways)) {
    const level = flow.nodes.filter(
      (node) => node.part === 0 && !ceiling.has(node) && node.view.block.role !== 'credit' && beginsLevel(node, place, above, flow)
    )
    const group: FlowNode[] = level.filter((node) => distance(node.place, place) < 12 * em)
    for (let grown = true; grown; ) {
      const next = level.find((node) => !group.includes(node) && group.some((member) => standsLevel(member, node, em)))
      if (next) group.push(next)
      grown = next !== undefined
    }
    for (const node of group) {
      const upper = above.get(node)
      if (!upper) continue
      above.delete(node)
      if (below.get(upper) === node) below.delete(upper)
    }
  }
}

/** Its first line, or the picture over it, stands level with the beginning of the heading, and the text above it ends there. */
function beginsLevel(node: FlowNode, head: Flow, above: ReadonlyMap<FlowNode, FlowNode>, flow: FlowPage): boolean {
  const upper = above.get(node)
  const top = [node.place.top, topOfStack(node.place, flow)].find((each) => Math.abs(each - head.top) < 2.5 * flow.em)
  return top !== undefined && (!upper || upper.place.bottom < Math.max(head.top, top) + 0.5 * flow.em)
}

/** A last column that begins beside a heading, under a white strip over the whole page, does not go on from what stands above it. */
function freeBesideHeads(flow: FlowPage, above: Map<FlowNode, FlowNode>, below: Map<FlowNode, FlowNode>): void {
  const cuts = cutsOf(flow)
  for (const [node, upper] of [...above]) {
    const isBeside = flow.heads.some(
      ({ place, isSideways }) =>
        !isSideways &&
        place.end <= node.place.start + flow.em &&
        node.place.start - place.end < 6 * flow.em &&
        Math.abs(node.place.top - place.top) < 2 * flow.em
    )
    if (!isBeside || !cuts.some((cut) => upper.place.bottom < cut && node.place.top > cut)) continue
    above.delete(node)
    if (below.get(upper) === node) below.delete(upper)
  }
}

/** White that still lies within a column; a quotation set large has white of its own round it. */
function widestGap(upper: Flow, lower: Flow, flow: FlowPage): number {
  return (insetsBetween(upper, lower, flow).length > 0 ? 7 : 4) * flow.em
}

function reachOf(
  head: HeadStack,
  under: ReadonlySet<FlowNode>,
  bands: ReadonlyMap<FlowNode, HeadStack>,
  flow: FlowPage,
  ceiling: ReadonlyMap<FlowNode, HeadStack>,
  above: ReadonlyMap<FlowNode, FlowNode>
): HeadReach {
  const band = new Set(flow.nodes.filter((node) => bands.get(node) === head))
  const all = [...under, ...band]
  const beside = piecesBeside(head, flow, ceiling, above)
  const start = Math.min(...[...beside].map((node) => node.place.start))
  const top = Math.min(...[...beside].filter((node) => node.place.start < start + flow.em).map((node) => node.place.top))
  return {
    under,
    band,
    ...(all.length > 0 ? { place: around(all.map((node) => node.place)) } : {}),
    beside,
    ...(beside.size > 0 ? { corner: { start, top } } : {})
  }
}

function topsOf(downwards: readonly FlowNode[], above: ReadonlyMap<FlowNode, FlowNode>, flow: FlowPage): Map<FlowNode, number> {
  const top = new Map<FlowNode, number>()
  for (const node of downwards) {
    const upper = above.get(node)
    const isNear = upper && node.place.top - upper.place.bottom < 20 * flow.em && !isRuledOff(upper.place, node.place, flow.rules)
    top.set(node, isNear ? (top.get(upper) ?? upper.place.top) : topOfStack(node.place, flow))
  }
  return top
}

function headsOver(
  downwards: readonly FlowNode[],
  above: ReadonlyMap<FlowNode, FlowNode>,
  ceiling: ReadonlyMap<FlowNode, HeadStack>,
  band: ReadonlyMap<FlowNode, HeadStack>
): Map<FlowNode, HeadStack> {
  const over = new Map<FlowNode, HeadStack>()
  for (const node of downwards) {
    const upper = above.get(node)
    const head = upper ? over.get(upper) : (ceiling.get(node) ?? band.get(node))
    if (head) over.set(node, head)
  }
  return over
}

function cutsOf(flow: FlowPage): number[] {
  const places = [
    ...flow.nodes.map((node) => node.place),
    ...flow.heads.map((head) => head.place),
    ...flow.extras.map((extra) => extra.place),
    ...flow.pictures,
    ...flow.barriers
  ]
  const sorted = places.sort((a, b) => a.top - b.top)
  const cuts: number[] = []
  let reach = sorted[0]?.bottom ?? 0
  for (const place of sorted) {
    if (place.top - reach > 0.8 * flow.em) cuts.push((place.top + reach) / 2)
    reach = Math.max(reach, place.bottom)
  }
  return cuts
}

/** Whether a white strip across the whole page lies between two places. */
export function crossesCut(a: Flow, b: Flow, space: Space): boolean {
  return space.cuts.some((cut) => (a.bottom < cut && b.top > cut) || (b.bottom < cut && a.top > cut))
}

function nearestAbove<T>(node: FlowNode, others: readonly T[], placeOf: (other: T) => Flow, share: number): T | undefined {
  let nearest: T | undefined
  for (const other of others) {
    const place = placeOf(other)
    if (
      place.bottom > node.place.top + (node.place.bottom - node.place.top) * 0.3 ||
      place.top >= node.place.top ||
      overlapAlong(place, node.column) < share
    )
      continue
    if (!nearest || place.bottom > placeOf(nearest).bottom) nearest = other
  }
  return nearest
}

/** Pictures, extras and headings set sideways, from the foot of the page. */
const insetsUpwards = memoize((flow: FlowPage): readonly Flow[] => {
  const sideways = flow.heads.filter((head) => head.isSideways).map((head) => head.place)
  return [...flow.pictures, ...sideways, ...flow.extras.map((extra) => extra.place)].sort((a, b) => b.bottom - a.bottom)
})

/** Pictures, extras and headings set sideways right above a piece belong to its column. */
function topOfStack(place: Flow, flow: FlowPage): number {
  let top = place.top
  for (const other of insetsUpwards(flow))
    if (overlapAlong(other, place) > 0.5 && other.bottom <= top + flow.em && top - other.bottom < 3.5 * flow.em) top = other.top
  return top
}

function isBarred(upper: Flow, lower: Flow, flow: FlowPage): boolean {
  return flow.barriers.some(
    (barrier) =>
      barrier.top >= upper.bottom - flow.em &&
      barrier.bottom <= lower.top + flow.em &&
      overlapAlong(barrier, lower) > 0.3 &&
      overlapAlong(barrier, upper) > 0.1
  )
}

/** White between two pieces of a column, pictures and extras not counted. */
export function emptyGap(upper: Flow, lower: Flow, flow: FlowPage): number {
  return Math.max(0, lower.top - upper.bottom - filled(upper, lower, flow))
}

/** How much of the way down is taken by pictures and extras. */
export function filled(upper: Flow, lower: Flow, flow: FlowPage): number {
  const between = insetsBetween(upper, lower, flow)
  return between.length === 0 ? 0 : around(between).bottom - around(between).top + 2 * flow.em
}

/** Pictures and extras between two pieces of a column. */
export function insetsBetween(upper: Flow, lower: Flow, flow: FlowPage): Flow[] {
  return [...flow.pictures, ...flow.extras.map((extra) => extra.place)].filter(
    (place) => place.top >= upper.bottom - flow.em && place.bottom <= lower.top + flow.em && overlapAlong(place, lower) > 0.3
  )
}

function piecesUnder(head: HeadStack, flow: FlowPage, ceiling: ReadonlyMap<FlowNode, HeadStack>): Set<FlowNode> {
  return new Set(flow.nodes.filter((node) => ceiling.get(node) === head && emptyGap(head.place, node.place, flow) < 14 * flow.em))
}

/** Columns that begin level with those under a heading, side by side with them, and have no heading of their own; the most level first. */
function bandsOf(
  flow: FlowPage,
  under: ReadonlyMap<HeadStack, ReadonlySet<FlowNode>>,
  top: ReadonlyMap<FlowNode, number>,
  covered: ReadonlySet<FlowNode>
): Map<FlowNode, HeadStack> {
  const owner = new Map<FlowNode, HeadStack>()
  for (const [head, nodes] of under) for (const node of nodes) owner.set(node, head)
  const free = flow.nodes.filter((node) => !covered.has(node) && node.part === 0)
  const near = free.flatMap((node) =>
    flow.nodes.flatMap((other) => {
      const off = Math.min(Math.abs(top.get(node)! - top.get(other)!), Math.abs(node.place.top - other.place.top))
      return other !== node && off < 0.45 * flow.em && standsBeside(node, other, flow) ? [{ node, other, off }] : []
    })
  )
  near.sort((a, b) => a.off - b.off)
  const bands = new Map<FlowNode, HeadStack>()
  for (let grown = true; grown; ) {
    const next = near.find(({ node, other }) => !owner.has(node) && owner.has(other))
    if (next) {
      const head = owner.get(next.other)!
      owner.set(next.node, head)
      bands.set(next.node, head)
    }
    grown = next !== undefined
  }
  return bands
}

function standsBeside(a: FlowNode, b: FlowNode, flow: FlowPage): boolean {
  if (overlapAlong(a.place, b.place) > 0 || distance(a.place, b.place) >= 3.5 * flow.em) return false
  // A rule that is no higher than the text parts columns, one that reaches up beside the heading parts articles.
  const top = Math.min(a.place.top, b.place.top) - 0.8 * flow.em
  return !isRuledOff(
    a.place,
    b.place,
    flow.rules.filter((rule) => rule.top < top || rule.end - rule.start > rule.bottom - rule.top)
  )
}

function standsUnder(text: Flow, head: Flow, em: number): boolean {
  return overlapAlong(text, head) > 0.5 && text.top > head.bottom - em && text.top - head.bottom < 4 * em
}

function standsLevel(a: FlowNode, b: FlowNode, em: number): boolean {
  return overlapAcross(a.place, b.place) > 0.3 && distance(a.place, b.place) < 3 * em
}

function isClose(upper: FlowNode, lower: FlowNode, flow: FlowPage): boolean {
  return lower.place.top - upper.place.bottom < 1.5 * flow.em && !isRuledOff(upper.place, lower.place, flow.rules)
}

/** The columns beside a heading set across the text, or a narrow one, and those beside them. */
function piecesBeside(
  head: HeadStack,
  flow: FlowPage,
  ceiling: ReadonlyMap<FlowNode, HeadStack>,
  above: ReadonlyMap<FlowNode, FlowNode>
): Set<FlowNode> {
  const { em } = flow
  const group = new Set<FlowNode>()
  if (!head.isSideways && width(head.place) > 14 * em) return group
  const free = flow.nodes.filter((node) => !ceiling.has(node) && node.view.block.role === 'paragraph')
  const edge = free.filter(
    (node) =>
      (overlapAcross(node.place, head.place) > 0.5 && distance(node.place, head.place) < (head.isSideways ? 12 : 7) * em) ||
      (head.isSideways && node.part === 0 && !above.has(node) && standsUnder(node.place, head.place, em))
  )
  while (edge.length > 0) {
    const member = edge.pop()!
    if (group.has(member)) continue
    group.add(member)
    for (const other of free)
      if (!group.has(other) && (standsLevel(member, other, em) || (above.get(other) === member && isClose(member, other, flow))))
        edge.push(other)
  }
  return group
}
