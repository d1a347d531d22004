import { type Blob, shared, unite } from './blob.ts'
import type { Block } from './blocks.ts'
import { groupDecks } from './decks.ts'
import { groupDownHeads, isDown } from './down-heads.ts'
import type { Item, OrderContext, Spans } from './order-context.ts'

export function intoItems(blocks: readonly Block[], frames: readonly Blob[], spans: Spans, { em, turned }: OrderContext): Item[] {
  const items: Item[] = []
  let rest = [...blocks]
  for (const frame of frames) {
    const inside = rest.filter((block) => holds(frame, block))
    if (inside.length === 0 || inside.length === blocks.length) continue
    rest = rest.filter((block) => !inside.includes(block))
    items.push({ ...frame, blocks: inside, heading: false })
  }
  for (const table of rest.filter((block) => block.kind === 'table')) {
    const whole = rest.filter((block) => block === table || belongsTo(table, block, rest, em))
    if (whole.length === 1) continue
    rest = rest.filter((block) => !whole.includes(block))
    items.push({ ...unite(whole), blocks: whole, heading: false })
  }
  return [...items, ...toItems(rest, spans, turned)]
}

/** A block each; headlines that run down, and pieces of one deck, as one. */
export function toItems(blocks: readonly Block[], spans: Spans, turned: boolean): Item[] {
  const heads = (turned ? [] : [...groupDownHeads(blocks), ...groupDecks(blocks)]).filter(
    (group) => group.length > 1 && group.length < blocks.length
  )
  const taken = new Set(heads.flat())
  return [
    ...heads.map((group) => ({ ...unite(group), blocks: group, heading: group.some((block) => block.kind === 'heading') })),
    ...blocks.filter((block) => !taken.has(block)).map((block) => toItem(block, spans))
  ]
}

function toItem(block: Block, spans: Spans): Item {
  const { x0, x1, y0, y1, heading } = spans.get(block) ?? { ...block, heading: block.kind === 'heading' }
  return { ...block, x0, x1, y0, y1, blocks: [block], heading }
}

/** Whether a block is a table's title or note: directly above or below it, no wider, nothing else beside it there; light type below it stands on a panel of its own. */
function belongsTo(table: Block, block: Block, blocks: readonly Block[], em: number): boolean {
  if (block.kind === 'table' || block.lines.length > 3 || block.x0 < table.x0 - em || block.x1 > table.x1 + em) return false
  const gap = block.y0 < table.y0 ? table.y0 - block.y1 : block.y0 - table.y1
  if (gap > 3 * em || gap < -em) return false
  if (block.y0 > table.y0 && block.lines.every((line) => line.reversed === true)) return false
  return !blocks.some(
    (other) =>
      other !== block &&
      other !== table &&
      shared(other.x0, other.x1, table.x0, table.x1) > 0 &&
      shared(other.y0, other.y1, Math.min(block.y0, table.y0), Math.max(block.y1, table.y1)) > 0
  )
}

function holds(frame: Blob, block: Blob): boolean {
  const x = (block.x0 + block.x1) / 2
  const y = (block.y0 + block.y1) / 2
  return x > frame.x0 && x < frame.x1 && y > frame.y0 && y < frame.y1
}

/** Whether an item is all lines that run downwards. */
export function isUpright(item: Item): boolean {
  return item.blocks.every(isDown)
}
