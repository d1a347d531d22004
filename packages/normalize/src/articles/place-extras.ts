import { areaOf, type Draft, partsOf } from './draft.ts'
import { around, type Extra, type FlowPage } from './flow-nodes.ts'
import { distance, type Flow, overlapAlong } from './space.ts'

/** Tables, captions and notes: to the heading right over them, else to the article they stand in. */
export function placeExtras(drafts: Draft[], flow: FlowPage): void {
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
    const touch = Math.min(...partsOf(draft).map((part) => distance(part, place)))
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
