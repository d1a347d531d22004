import { parseDateline } from './dateline.ts'
import { type Draft, partsOf } from './draft.ts'
import { around, type FlowNode, type FlowPage } from './flow-nodes.ts'
import type { CostTable } from './flow-order.ts'
import { distance, type Flow, isRuledOff } from './space.ts'

/**
 * Text that no heading leads to: where it begins in a sentence, or is short, it is rather a lost piece of an article than one of its
 * own. It goes behind the piece it most likely follows, else to the nearest article; the article is the less sure for it.
 */
export function houseOrphans(drafts: readonly Draft[], flow: FlowPage, table: CostTable): Draft[] {
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
