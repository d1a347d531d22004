import { around, type FlowNode, type FlowPage, type HeadStack } from './flow-nodes.ts'
import { parseJump } from './jump.ts'
import { indexPlaces } from './place-index.ts'
import { distance, type Flow, isRuledOff, overlapAcross, overlapAlong, width } from './space.ts'
import { crossesCut, emptyGap, filled, insetsBetween, type Space, surveySpace } from './space-survey.ts'

/** What it costs to read one piece after another. 0 is certain, `Infinity` impossible; the parts are named below. */
export interface FlowCosts {
  /** Pieces that the node may come after; `afterNode` is `Infinity` for all others. In the order of the page. */
  mayPrecede(node: FlowNode): readonly FlowNode[]
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
  const between = strips(flow)
  return {
    mayPrecede: flow.nodes.length > mostFarAway ? placesBefore(flow, space) : () => flow.nodes,
    afterNode(before, node) {
      if (node.part > 0) return before.view === node.view && before.part === node.part - 1 ? -10 : Number.POSITIVE_INFINITY
      const place = Math.min(
        below(before, node, flow, space),
        nextColumn(before, node, flow, space, between),
        lowerLeft(before, node, flow, space)
      )
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

/** On a large page: the piece above, those of the same block, the columns to the left, and what stands a little higher to the right. */
function placesBefore(flow: FlowPage, space: Space): (node: FlowNode) => readonly FlowNode[] {
  const { nodes, em } = flow
  const columns = nodes.map(({ column, place }): Flow => ({ ...column, top: place.top, bottom: place.bottom }))
  const whole = around(columns)
  const rank = new Map(nodes.map((node, index) => [node, index]))
  const byBlock = new Map<number, FlowNode[]>()
  for (const node of nodes) byBlock.set(node.view.index, [...(byBlock.get(node.view.index) ?? []), node])
  const index = indexPlaces(nodes, (node) => columns[rank.get(node)!]!, 12 * em)
  return (node) => {
    const { start, end, top } = node.place
    const left = { start: start - 31 * em, end: start + em, top: top - 3 * em, bottom: whole.bottom }
    const right = { start: end - em, end: whole.end, top: top - 21 * em, bottom: top + em }
    const above = space.above.get(node)
    const sameBlock = [-1, 0].flatMap((step) => byBlock.get(node.view.index + step) ?? [])
    const found = new Set([...(above ? [above] : []), ...sameBlock, ...index.near(left), ...index.near(right)])
    return [...found].sort((a, b) => rank.get(a)! - rank.get(b)!)
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

function below(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  const isRightAbove = space.above.get(node) === before
  // A line torn apart in its middle ends one piece and begins the next: they overlap by that line.
  const overlap = isRightAbove ? 1.4 * flow.em : 0.6 * flow.em
  if (overlapAlong(before.column, node.column) < 0.4 || node.place.top < before.place.bottom - overlap) return Number.POSITIVE_INFINITY
  if (!isRightAbove && !isSameRegion(before, node)) return Number.POSITIVE_INFINITY
  const gap = emptyGap(before.place, node.place, flow)
  const detour =
    (filled(before.place, node.place, flow) > 0 ? price.overPicture : 0) +
    (crossesCut(before.place, node.place, space) ? price.acrossCut : 0)
  const rules = rulesBesideInsets(before.place, node.place, flow)
  return price.below + detour + Math.min(1.5, gap / (8 * flow.em)) + (isRuledOff(before.place, node.place, rules) ? price.ruled : 0)
}

/** The rules of the page but for those that frame a picture or a quotation between the two. */
function rulesBesideInsets(upper: Flow, lower: Flow, flow: FlowPage): readonly Flow[] {
  const insets = insetsBetween(upper, lower, flow)
  const near = 2.5 * flow.em
  return insets.length === 0
    ? flow.rules
    : flow.rules.filter(
        (rule) =>
          !insets.some(
            (inset) =>
              width(rule) < width(inset) + near &&
              rule.top > inset.top - near &&
              rule.bottom < inset.bottom + near &&
              overlapAlong(rule, inset) > 0.5
          )
      )
}

function isSameRegion(before: FlowNode, node: FlowNode): boolean {
  return before.view.index + 1 === node.view.index && before.view.block.id.split('@')[0] === node.view.block.id.split('@')[0]
}

/** The pieces between where a column ends and a piece further on, level with that piece. */
type Strips = (columnEnd: number, node: FlowNode) => readonly FlowNode[]

/** All pieces of a column ask for the same strip; the strips of one piece are kept until another asks. */
function strips({ index, em }: FlowPage): Strips {
  let asking: FlowNode | undefined
  let known = new Map<number, readonly FlowNode[]>()
  return (columnEnd, node) => {
    if (asking !== node) [asking, known] = [node, new Map()]
    const found =
      known.get(columnEnd) ??
      index
        .near({ start: columnEnd - em, end: node.place.start + em, top: node.place.top, bottom: node.place.bottom })
        .filter(
          ({ place, column }) =>
            place.start >= columnEnd - em && column.end <= node.place.start + em && overlapAcross(place, node.place) > 0.3
        )
    known.set(columnEnd, found)
    return found
  }
}

function nextColumn(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space, between: Strips): number {
  const { em } = flow
  const gap = node.place.start - before.column.end
  if (gap < -0.6 * em || gap > 30 * em || node.place.top > before.place.bottom + 2 * em) return Number.POSITIVE_INFINITY
  const top = space.top.get(node)!
  const start = space.top.get(before)!
  const byHead = besideHeadOf(before, node, flow, space)
  const isOffLevel = top > before.place.bottom + em || node.place.bottom < start - em
  if (isOffLevel && byHead === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  const skipped = between(before.column.end, node).some(
    (other) => other !== before && other !== node && overlapAcross(other.place, before.place) > 0
  )
  const wide = Math.max(0, gap - 2.5 * em) / (12 * em)
  const level = Math.min(2.2, offLevel(start, top, node.place.top) / (5 * em), byHead)
  const ownHead = space.headOver.get(node)
  const otherHead = ownHead && ownHead !== space.headOver.get(before) ? price.otherHead : 0
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

/** A last column that begins beside the heading that the columns before it stand under, or under a heading set across beside them. */
function besideHeadOf(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  if (space.headOver.get(node) || space.above.get(node) || isRuledOff(before.place, node.place, flow.rules)) return Number.POSITIVE_INFINITY
  const head = space.headOver.get(before)?.place
  const isLevel =
    head !== undefined &&
    head.end <= node.place.start + flow.em &&
    node.place.top > head.top - 2 * flow.em &&
    node.place.top < head.bottom + flow.em
  const isUnder = flow.heads.some(
    ({ isSideways, place }) =>
      isSideways &&
      overlapAlong(place, node.place) > 0.5 &&
      node.place.top > place.bottom - flow.em &&
      node.place.top < place.bottom + 3 * flow.em &&
      overlapAcross(before.place, place) > 0.3
  )
  // The first column stands under the heading set across, the next ones begin level with it.
  const wasUnder = flow.heads.some(
    ({ isSideways, place }) =>
      isSideways &&
      overlapAlong(place, before.place) > 0.5 &&
      before.place.top > place.bottom - flow.em &&
      before.place.top < place.bottom + 8 * flow.em &&
      Math.abs(node.place.top - place.top) < 2.5 * flow.em
  )
  return isLevel || wasUnder ? 0.3 : isUnder ? 0.2 : Number.POSITIVE_INFINITY
}

/** What it costs to leave the natural neighbour of a piece for another. */
function passedOver(natural: FlowNode | undefined, chosen: FlowNode, node: FlowNode, flow: FlowPage): number {
  if (!natural || natural === chosen) return 0
  return distance(natural.place, node.place) < 3 * flow.em ? price.passedOver : price.passedOverFar
}

/** On a page of more pieces than this, text is not looked for further down than it is likely to be. */
const mostFarAway = 500

/** Back to the left, further down: under a picture or a crosshead that spans the columns. */
function lowerLeft(before: FlowNode, node: FlowNode, flow: FlowPage, space: Space): number {
  if (node.place.end > before.place.start + flow.em || node.place.top < before.place.bottom - flow.em) return Number.POSITIVE_INFINITY
  const away = Math.min(2, (node.place.top - before.place.bottom) / (10 * flow.em))
  if (away >= 2 && flow.nodes.length > mostFarAway) return Number.POSITIVE_INFINITY
  return (
    price.lowerLeft +
    away +
    (crossesCut(before.place, node.place, space) ? price.acrossCut : 0) +
    (before.isOpen && node.begins !== true ? 0 : 0.8)
  )
}

function underHead(head: HeadStack, node: FlowNode, flow: FlowPage, space: Space): number {
  const { under, band, place } = space.reach.get(head)!
  if (!place) return Number.POSITIVE_INFINITY
  const offset = Math.min(0.45, ((node.place.start - place.start) / Math.max(1, width(place))) * 0.6)
  if (under.has(node)) {
    const gap = Math.max(0, emptyGap(head.place, node.place, flow) - 4 * flow.em) / (6 * flow.em)
    return price.underHead + offset + Math.min(1, gap) + (isRuledOff(head.place, node.place, flow.rules) ? price.ruled : 0)
  }
  return band.has(node) ? price.besideUnderHead + offset : Number.POSITIVE_INFINITY
}

/** Beside a heading set across the text, or a narrow one: the leftmost of the columns that stand level with it. */
function besideHead(head: HeadStack, node: FlowNode, flow: FlowPage, space: Space): number {
  const { beside, corner } = space.reach.get(head)!
  if (!corner || !beside.has(node)) return Number.POSITIVE_INFINITY
  const offset = (node.place.start - corner.start) / (10 * flow.em) + (node.place.top - corner.top) / (20 * flow.em)
  return (head.isSideways ? price.besideHead : price.besideHead + 0.6) + Math.min(2, offset)
}
