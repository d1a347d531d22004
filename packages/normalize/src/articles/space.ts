import { type Box, memoize } from '@broadsheet/document'
import type { BlockView, PageView } from './view.ts'

/**
 * A box in reading directions: `start` to `end` along a line, `top` to `bottom` from line to line. For text set from top to
 * bottom the page is turned, so that one set of rules serves both.
 */
export interface Flow {
  readonly start: number
  readonly end: number
  readonly top: number
  readonly bottom: number
}

/** Turns a box of the scan into reading directions. */
export function toFlow(box: Box, vertical: boolean): Flow {
  return vertical
    ? { start: box.y, end: box.y + box.height, top: -(box.x + box.width), bottom: -box.x }
    : { start: box.x, end: box.x + box.width, top: box.y, bottom: box.y + box.height }
}

const flows = new WeakMap<BlockView, Flow>()

/** The place of a block. A view belongs to one page, so that its place is worked out once. */
export function flowOf(view: BlockView, page: PageView): Flow | undefined {
  const known = flows.get(view)
  if (known || !view.box) return known
  const flow = toFlow(view.box, page.vertical)
  flows.set(view, flow)
  return flow
}

/** The places of a block's pieces, one for every region it stands in, in text order. */
export function piecesOf(view: BlockView, page: PageView): Flow[] {
  return view.boxes.map((box) => toFlow(box, page.vertical))
}

export const width = (flow: Flow): number => flow.end - flow.start
export const depth = (flow: Flow): number => flow.bottom - flow.top

/** How much of the narrower's extent along the line lies within the other's, 0 to 1. */
export function overlapAlong(a: Flow, b: Flow): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared <= 0 ? 0 : shared / Math.max(1, Math.min(width(a), width(b)))
}

/** How much of the shallower's depth lies within the other's, 0 to 1. */
export function overlapAcross(a: Flow, b: Flow): number {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return shared <= 0 ? 0 : shared / Math.max(1, Math.min(depth(a), depth(b)))
}

/** The distance between two boxes, 0 where they touch or overlap; the larger of the two directions. */
export function distance(a: Flow, b: Flow): number {
  const along = Math.max(0, Math.max(a.start, b.start) - Math.min(a.end, b.end))
  const across = Math.max(0, Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom))
  return Math.max(along, across)
}

/** Whether a printed rule of the page runs between two boxes, across the way from one to the other. */
export function isRuledOff(a: Flow, b: Flow, rules: readonly Flow[]): boolean {
  const gap = overlapAlong(a, b) > 0 ? across(a, b) : along(a, b)
  if (!gap) return false
  const isBelow = overlapAlong(a, b) > 0
  return rules.some((rule) => {
    // A rule that leans has a thick box; its middle tells where it runs.
    const middle = isBelow ? (rule.top + rule.bottom) / 2 : (rule.start + rule.end) / 2
    const [from, to] = isBelow ? [gap.top, gap.bottom] : [gap.start, gap.end]
    const shared = isBelow
      ? Math.min(rule.end, gap.end) - Math.max(rule.start, gap.start)
      : Math.min(rule.bottom, gap.bottom) - Math.max(rule.top, gap.top)
    return middle >= from && middle <= to && shared >= (isBelow ? width(gap) : depth(gap)) * 0.6
  })
}

function across(a: Flow, b: Flow): Flow | undefined {
  const [upper, lower] = a.top < b.top ? [a, b] : [b, a]
  if (upper.bottom > lower.top) return undefined
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end), top: upper.bottom, bottom: lower.top }
}

function along(a: Flow, b: Flow): Flow | undefined {
  const [left, right] = a.start < b.start ? [a, b] : [b, a]
  if (left.end > right.start) return undefined
  return { start: left.end, end: right.start, top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom) }
}

/** The printed rules of a page; strokes within its pictures are none. */
export const rulesOf: (page: PageView) => readonly Flow[] = memoize((page) => {
  const pictures = picturesOf(page)
  return flowsOf(page, ['separator']).filter((rule) => !pictures.some((picture) => isInside(rule, picture)))
})

function isInside(rule: Flow, picture: Flow): boolean {
  const [along, across] = [0.05 * width(picture), 0.05 * depth(picture)]
  return (
    rule.start > picture.start + along &&
    rule.end < picture.end - along &&
    rule.top > picture.top + across &&
    rule.bottom < picture.bottom - across
  )
}

/** The pictures of a page. Pieces of one picture, which touch or nearly touch and are equally wide, are one. */
export const picturesOf: (page: PageView) => readonly Flow[] = memoize((page) => {
  const texts = page.blocks.flatMap((view) => flowOf(view, page) ?? [])
  return mergePieces(flowsOf(page, ['image', 'graphic']), texts, 2 * (page.bodyEm ?? 0))
})

function flowsOf(page: PageView, types: readonly string[]): Flow[] {
  return page.page.regions.flatMap((region) => (types.includes(region.type) && region.box ? [toFlow(region.box, page.vertical)] : []))
}

function mergePieces(pieces: readonly Flow[], texts: readonly Flow[], gap: number): Flow[] {
  const merged: Flow[] = []
  for (const piece of [...pieces].sort((a, b) => a.top - b.top)) {
    const at = merged.findIndex(
      (other) =>
        piece.top - other.bottom < gap &&
        Math.abs(piece.start - other.start) < gap &&
        Math.abs(piece.end - other.end) < gap &&
        !texts.some((text) => overlapAlong(text, piece) > 0.5 && text.top > other.bottom - gap / 4 && text.bottom < piece.top + gap / 4)
    )
    if (at < 0) merged.push(piece)
    else merged[at] = joinFlows(merged[at]!, piece)
  }
  return merged
}

function joinFlows(a: Flow, b: Flow): Flow {
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom)
  }
}

/** Shreds of one line of large type: level, of about one size, and no further apart than half a character. */
export function standInRow(a: BlockView, b: BlockView, here: Flow, there: Flow): boolean {
  const em = Math.max(a.em ?? 0, b.em ?? 0)
  const gap = Math.max(here.start, there.start) - Math.min(here.end, there.end)
  return overlapAcross(here, there) > 0.6 && Math.min(a.size, b.size) > 0.6 * Math.max(a.size, b.size) && gap > -0.5 * em && gap < 0.5 * em
}

/** Shreds of a line of large type set across the text: one under the other, of about one size, not a character apart. */
export function standInLine(a: BlockView, b: BlockView, here: Flow, there: Flow): boolean {
  const em = Math.max(a.em ?? 0, b.em ?? 0)
  const gap = Math.max(here.top, there.top) - Math.min(here.bottom, there.bottom)
  return overlapAlong(here, there) > 0.6 && Math.min(a.size, b.size) > 0.6 * Math.max(a.size, b.size) && gap > -0.5 * em && gap < em
}

/** From the top; what stands in one row, from its start. For sorting. */
export function byRow(a: Flow, b: Flow): number {
  return overlapAcross(a, b) > 0.6 && overlapAlong(a, b) < 0.1 ? a.start - b.start : a.top - b.top
}
