import { blocksOf, type Draft } from './draft.ts'
import type { FlowNode, HeadStack } from './flow-nodes.ts'
import type { CostTable, Order } from './flow-order.ts'
import type { Alternative, PageGroup } from './page-group.ts'

/** The article whose next piece another may be: by its pieces, by its heading where it has none, with its rank on the page. */
export type Owners = ReadonlyMap<FlowNode | HeadStack, { readonly draft: Draft; readonly rank: number }>

export function ownersOf(drafts: readonly Draft[]): Owners {
  return new Map(
    drafts.flatMap((draft, rank) => {
      const ends: readonly (FlowNode | HeadStack)[] = draft.head && draft.nodes.length === 0 ? [draft.head] : draft.nodes
      return ends.map((end) => [end, { draft, rank }] as const)
    })
  )
}

export function settle(draft: Draft, owners: Owners, order: Order, table: CostTable): PageGroup {
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
