import { around, type FlowNode, type FlowPage, type HeadStack } from './flow-nodes.ts'
import { parseJump } from './jump.ts'
import { distance, type Flow, isRuledOff, overlapAcross, overlapAlong, width } from './space.ts'

/** What it costs to read one piece after another. 0 is certain, `Infinity` impossible; the parts are named below. */
export interface FlowCosts {
  afterNode(before: FlowNode, node: FlowNode): number
  afterHead(head: HeadStack, node: FlowNode): number
  /** To begin an article without a heading. */
  alone(node: FlowNode): number
}

const price = {
  below: 0.1,
  nextColumn: 0.5,
  lowerLeft: 1.7,
  underHead: 0,
  besideUnderHead: 0.3,
  besideHead: 0.8,
  untitled: 2.6,
  untitledInSentence: 1,
  /** Into a column that stands under another heading. */
  otherHead: 1,
  /** A printed rule between. */
  ruled: 1.2,
  ruledColumn: 0.3,
  /** Advertisements and the like between. */
  barred: 2,
  /** A picture between, or a white strip across the whole page. */
  overPicture: 0.3,
  acrossCut: 0.7,
  /** Another piece would be the natural one: right there, or further off. */
  passedOver: 1.1,
  passedOverFar: 0.3,
  /** After a credit or a jump line that ends an article. */
  closed: 1.5,
  /** A sentence that goes on, or does not. */
  sentenceGoesOn: -0.6,
  sentenceBroken: 0.8,
  startsInSentence: 0.6
} as const

export function flowCosts(flow: FlowPage): FlowCosts {
  const space = surveySpace(flow)
  return {
    afterNode(before, node) {
      if (node.part > 0) return before.view === node.view && before.part === node.part - 1 ? -10 : Number.POSITIVE_INFINITY
      const place = Math.min(below(before, node, flow, space), nextColumn(before, node, flow, space), lowerLeft(before, node, flow, space))
      return place === Number.POSITIVE_INFINITY ? place : place + words(before, node)
    },
    afterHead(head, node) {
      if (node.part > 0) return Number.POSITIVE_INFINITY
      const place = Math.min(underHead(head, node, flow, space), besideHead(head, node, flow, space))
      return place + (node.begins === false ? 0.2 : 0)
    },
    alone: (node) =>
      node.part > 0
        ? Number.POSITIVE_INFINITY
        : price.untitled + (node.begins === false ? price.untitledInSentence : 0) + (node.view.block.role === 'credit' ? 0.5 : 0)
  }
}

function words(before: FlowNode, node: FlowNode): number {
  const role = before.view.block.role
  if (role === 'jump-line') return parseJump(before.view.text)?.direction === 'to' ? price.closed : 0
  if (role === 'credit') return node.view.block.role === 'credit' ? 0.1 : price.closed
  if (node.view.block.role !== 'paragraph') return before.isOpen && node.view.block.role === 'crosshead' ? 0.3 : 0
  if (before.isOpen) return node.begins === true ? price.sentenceBroken : node.begins === false ? price.sentenceGoesOn : 0
  return node.begins === false ? price.startsInSentence : 0
}

/** What stands right above and below every piece, and where its column begins. */
interface Space {
  readonly above: ReadonlyMap<FlowNode, FlowNode>
  readonly below: ReadonlyMap<FlowNode, FlowNode>
  /** The heading right above, with nothing but pictures and extras between. */
  readonly ceiling: ReadonlyMap<FlowNode, HeadStack>
  /** The heading whose columns a piece stands level with, and has none of its own. */
  readonly band: ReadonlyMap<FlowNode, HeadStack>
  /** White strips across the whole page. */
  readonly cuts: readonly number[]
  /** Where the column begins that the piece stands in: the top of the pieces, pictures and extras stacked above it. */
  readonly top: ReadonlyMap<FlowNode, number>
}

function surveySpace(flow: FlowPage): Space {
  const above = new Map<FlowNode, FlowNode>()
  const belowOf = new Map<FlowNode, FlowNode>()
  const ceiling = new Map<FlowNode, HeadStack>()
  const inColumn = [...flow.nodes].sort((a, b) => a.place.top - b.place.top)
  for (const node of inColumn) {
    const head = nearestAbove(
      node,
      flow.heads.filter((head) => !head.isSideways),
      (head) => head.place,
      0.15
    )
    const upper = nearestAbove(
      node,
      flow.nodes.filter((other) => other !== node),
      (other) => other.column,
      0.3
    )
    if (upper && (!head || upper.place.bottom >= head.place.bottom - flow.em)) {
      if (!isBarred(upper.place, node.place, flow) && emptyGap(upper.place, node.place, flow) < 4 * flow.em) {
        above.set(node, upper)
        const known = belowOf.get(upper)
        if (!known || known.place.top > node.place.top) belowOf.set(upper, node)
      }
    } else if (head && !isBarred(head.place, node.place, flow)) ceiling.set(node, head)
  }
  const top = new Map<FlowNode, number>()
  for (const node of inColumn) {
    const upper = above.get(node)
    top.set(
      node,
      upper && node.place.top - upper.place.bottom < 20 * flow.em ? (top.get(upper) ?? upper.place.top) : topOfStack(node.place, flow)
    )
  }
  const space = { above, below: belowOf, ceiling, top, cuts: cutsOf(flow) }
  return { ...space, band: bandsOf(flow, space) }
}

/** The middles of the white strips that run across the whole page. */
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

function crossesCut(a: Flow, b: Flow, space: Space): boolean {
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

/** Pictures, extras and headings set sideways right above a piece belong to its column. */
function topOfStack(place: Flow, flow: FlowPage): number {
  let top = place.top
  const sideways = flow.heads.filter((head) => head.isSideways).map((head) => head.place)
  const stack = [...flow.pictures, ...sideways, ...flow.extras.map((extra) => extra.place)].sort((a, b) => b.bottom - a.bottom)
  for (const other of stack)
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

function below(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  if (overlapAlong(before.column, node.column) < 0.4 || node.place.top < before.place.bottom - 0.6 * flow.em)
    return Number.POSITIVE_INFINITY
  if (space.above.get(node) !== before && !isSameRegion(before, node)) return Number.POSITIVE_INFINITY
  const gap = emptyGap(before.place, node.place, flow)
  const detour =
    (filled(before.place, node.place, flow) > 0 ? price.overPicture : 0) +
    (crossesCut(before.place, node.place, space) ? price.acrossCut : 0)
  return price.below + detour + Math.min(1.5, gap / (8 * flow.em)) + (isRuledOff(before.place, node.place, flow.rules) ? price.ruled : 0)
}

function isSameRegion(before: FlowNode, node: FlowNode): boolean {
  return before.view.index + 1 === node.view.index && before.view.block.id.split('@')[0] === node.view.block.id.split('@')[0]
}

/** White between two pieces of a column, pictures and extras not counted. */
function emptyGap(upper: Flow, lower: Flow, flow: FlowPage): number {
  return Math.max(0, lower.top - upper.bottom - filled(upper, lower, flow))
}

/** How much of the way down is taken by pictures and extras. */
function filled(upper: Flow, lower: Flow, flow: FlowPage): number {
  const between = [...flow.pictures, ...flow.extras.map((extra) => extra.place)].filter(
    (place) => place.top >= upper.bottom - flow.em && place.bottom <= lower.top + flow.em && overlapAlong(place, lower) > 0.3
  )
  return between.length === 0 ? 0 : around(between).bottom - around(between).top + 2 * flow.em
}

function nextColumn(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  const { em } = flow
  const gap = node.place.start - before.column.end
  if (gap < -0.6 * em || node.place.top > before.place.bottom + 2 * em) return Number.POSITIVE_INFINITY
  const top = space.top.get(node)!
  const start = space.top.get(before)!
  if (top > before.place.bottom + em || node.place.bottom < start - em) return Number.POSITIVE_INFINITY
  const skipped = flow.nodes.some(
    (other) =>
      other !== before &&
      other !== node &&
      other.place.start >= before.column.end - em &&
      other.column.end <= node.place.start + em &&
      overlapAcross(other.place, node.place) > 0.3 &&
      overlapAcross(other.place, before.place) > 0
  )
  const wide = Math.max(0, gap - 2.5 * em) / (12 * em)
  const level = Math.min(2.2, offLevel(start, top, node.place.top) / (5 * em))
  const ownHead = headOver(node, space)
  const otherHead = ownHead && ownHead !== headOver(before, space) ? price.otherHead : 0
  return (
    price.nextColumn +
    Math.min(1.5, wide) +
    level +
    (skipped ? price.passedOver * 1.5 : 0) +
    passedOver(space.above.get(node), before, node, flow) +
    passedOver(space.below.get(before), node, before, flow) +
    (crossesCut(before.place, node.place, space) ? price.acrossCut : 0) +
    otherHead +
    (isRuledOff(before.place, node.place, flow.rules) ? price.ruledColumn : 0)
  )
}

/** How far a column's beginning lies from where its neighbour's begins; a picture set into the head of the column spans the way. */
function offLevel(start: number, top: number, textTop: number): number {
  return top <= start && start <= textTop ? 0 : Math.min(Math.abs(top - start), Math.abs(textTop - start))
}

/** What it costs to leave the natural neighbour of a piece for another. */
function passedOver(natural: FlowNode | undefined, chosen: FlowNode, node: FlowNode, flow: FlowPage): number {
  if (!natural || natural === chosen) return 0
  return distance(natural.place, node.place) < 3 * flow.em ? price.passedOver : price.passedOverFar
}

function topNode(node: FlowNode, space: Space): FlowNode {
  let at = node
  for (let count = 0; count < 200; count++) {
    const upper = space.above.get(at)
    if (!upper) return at
    at = upper
  }
  return at
}

/** The heading over a piece's column, or over a column level with it. */
function headOver(node: FlowNode, space: Space): HeadStack | undefined {
  const top = topNode(node, space)
  return space.ceiling.get(top) ?? space.band.get(top)
}

/** Back to the left, further down: under a picture or a crosshead that spans the columns. */
function lowerLeft(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  if (node.place.end > before.place.start + flow.em || node.place.top < before.place.bottom - flow.em) return Number.POSITIVE_INFINITY
  const away = Math.min(2, (node.place.top - before.place.bottom) / (10 * flow.em))
  return (
    price.lowerLeft +
    away +
    (crossesCut(before.place, node.place, space) ? price.acrossCut : 0) +
    (before.isOpen && node.begins !== true ? 0 : 0.8)
  )
}

function underHead(head: HeadStack, node: FlowNode, flow: FlowPage, space: Space): number {
  const under = piecesUnder(head, flow, space)
  if (under.length === 0) return Number.POSITIVE_INFINITY
  const band = flow.nodes.filter((other) => space.band.get(other) === head)
  const whole = around([...band, ...under].map((other) => other.place))
  const offset = Math.min(0.45, ((node.place.start - whole.start) / Math.max(1, width(whole))) * 0.6)
  if (under.includes(node)) {
    const gap = Math.max(0, node.place.top - head.place.bottom - filled(head.place, node.place, flow) - 4 * flow.em) / (6 * flow.em)
    return price.underHead + offset + Math.min(1, gap) + (isRuledOff(head.place, node.place, flow.rules) ? price.ruled : 0)
  }
  return band.includes(node) ? price.besideUnderHead + offset : Number.POSITIVE_INFINITY
}

function piecesUnder(head: HeadStack, flow: FlowPage, space: Pick<Space, 'ceiling'>): FlowNode[] {
  return flow.nodes.filter((other) => space.ceiling.get(other) === head && other.place.top - head.place.bottom < 14 * flow.em)
}

/** Columns that begin level with those under a heading, side by side with them, and have no heading of their own. */
function bandsOf(flow: FlowPage, space: Omit<Space, 'band'>): Map<FlowNode, HeadStack> {
  const bands = new Map<FlowNode, HeadStack>()
  const free = flow.nodes.filter((node) => !space.ceiling.has(node) && !space.above.has(node) && node.part === 0)
  const members = flow.heads.map((head) => ({ head, nodes: piecesUnder(head, flow, space) }))
  for (let grown = true; grown; ) {
    const joins = members.flatMap(({ head, nodes }) =>
      free.flatMap((node) => {
        if (bands.has(node)) return []
        const off = Math.min(
          Number.POSITIVE_INFINITY,
          ...nodes.filter((other) => standsBeside(node, other, flow)).map((other) => offBy(node, other, space))
        )
        return off < 0.45 * flow.em ? [{ head, nodes, node, off }] : []
      })
    )
    const best = joins.sort((a, b) => a.off - b.off)[0]
    if (best) {
      bands.set(best.node, best.head)
      best.nodes.push(best.node)
    }
    grown = best !== undefined
  }
  return bands
}

function offBy(a: FlowNode, b: FlowNode, space: Pick<Space, 'top'>): number {
  return Math.min(Math.abs(space.top.get(a)! - space.top.get(b)!), Math.abs(a.place.top - b.place.top))
}

function standsBeside(a: FlowNode, b: FlowNode, flow: FlowPage): boolean {
  return overlapAlong(a.place, b.place) === 0 && distance(a.place, b.place) < 3.5 * flow.em && !isRuledOff(a.place, b.place, flow.rules)
}

/** Beside a heading set across the text, or a narrow one: the leftmost of the columns that stand level with it. */
function besideHead(head: HeadStack, node: FlowNode, flow: FlowPage, space: Space): number {
  const { em } = flow
  if (!head.isSideways && width(head.place) > 14 * em) return Number.POSITIVE_INFINITY
  const next = flow.nodes.filter(
    (other) =>
      !space.ceiling.has(other) &&
      overlapAcross(other.place, head.place) > 0.5 &&
      distance(other.place, head.place) < 7 * em &&
      other.view.block.role === 'paragraph'
  )
  if (next.length === 0) return Number.POSITIVE_INFINITY
  const group = [...next]
  for (let grown = true; grown; ) {
    grown = false
    for (const other of flow.nodes) {
      if (group.includes(other) || space.ceiling.has(other) || other.view.block.role !== 'paragraph') continue
      if (group.some((member) => overlapAcross(member.place, other.place) > 0.3 && distance(member.place, other.place) < 3 * em)) {
        group.push(other)
        grown = true
      }
    }
  }
  if (!group.includes(node)) return Number.POSITIVE_INFINITY
  const leftmost = Math.min(...group.map((other) => other.place.start))
  const highest = Math.min(...group.filter((other) => other.place.start < leftmost + em).map((other) => other.place.top))
  const offset = (node.place.start - leftmost) / (10 * em) + (node.place.top - highest) / (20 * em)
  return (head.isSideways ? price.besideHead : price.besideHead + 0.6) + Math.min(2, offset)
}
