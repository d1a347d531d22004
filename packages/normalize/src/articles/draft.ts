import { around, type FlowNode, type FlowPage, type HeadStack } from './flow-nodes.ts'
import { type Flow, toFlow } from './space.ts'
import type { BlockView } from './view.ts'

/** An article while it is put together. */
export interface Draft {
  readonly head?: HeadStack
  readonly nodes: readonly FlowNode[]
  readonly extras: BlockView[]
  /** Pieces that were put here for want of anything better. */
  readonly orphans?: readonly FlowNode[]
}

export function partsOf(draft: Draft): Flow[] {
  return [...draft.nodes.map((node) => node.place), ...(draft.head ? [draft.head.place] : [])]
}

export function areaOf(draft: Draft, flow: FlowPage): Flow | undefined {
  const places = [
    ...draft.nodes.map((node) => node.place),
    ...(draft.head ? [draft.head.place] : []),
    ...(draft.nodes.length === 0 ? draft.extras.map((view) => toFlow(view.box!, flow.page.vertical)) : [])
  ]
  return places.length === 0 ? undefined : around(places)
}

export function blocksOf(draft: Draft): BlockView[] {
  const flowing = [...new Set(draft.nodes.flatMap((node) => node.views))]
  const late = draft.extras.filter((view) => view.block.role === 'caption')
  const early = draft.extras.filter((view) => view.block.role !== 'caption')
  return [...(draft.head?.lines ?? []), ...flowing, ...early, ...late]
}
