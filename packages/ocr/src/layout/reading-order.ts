import { type Blob, heightOf, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import { placeInsets, standsByItself } from './captions.ts'
import { findColumnRules, isPierced } from './column-rules.ts'
import { bestCut, rowCuts } from './cuts.ts'
import { findDownHead, isDown, rightToLeft } from './down-heads.ts'
import { findFolio, findFoot } from './folios.ts'
import { findFrames } from './frames.ts'
import { findGoods } from './goods.ts'
import { nameplateFirst } from './nameplate.ts'
import type { CutContext, Forks, Item, OrderContext, Reach } from './order-context.ts'
import { intoItems, isUpright, toItems } from './order-items.ts'
import { byPrecedence } from './precedence.ts'
import { findPullQuotes } from './pull-quotes.ts'
import type { Rule } from './rules.ts'
import { findBylines, headingSpan } from './spans.ts'
import { reachTogether } from './stacks.ts'
import { tableRows } from './table-rows.ts'

/** Blocks in reading order, with how sure each one's place is. */
export interface OrderedBlock {
  readonly block: Block
  readonly confidence: number
  /** The first below a rule that runs across all of its part of the page. */
  readonly opensSection?: boolean
}

/**
 * Puts blocks in the order a person reads them, by cutting the page (recursive XY-cut; Nagy and Seth 1984): first along rules and
 * above headlines that run across, then between columns from left to right, then wherever else white runs through. Printed boxes
 * are read as one. Captions and pull quotes do not interrupt: they follow the article they stand with.
 */
export function orderBlocks(blocks: readonly Block[], page: OrderContext): OrderedBlock[] {
  return orderTaking(blocks, page, { found: [] })
}

/** Blocks in an order that was plausible too, and how plausible: 0 to 1, the first order has what is left. */
export interface OtherOrder {
  readonly blocks: readonly Block[]
  readonly confidence: number
}

/** Most orders kept beside the first. */
const mostOthers = 2

/** The orders that come of cutting otherwise where two ways to cut were nearly as good, the most plausible first. */
export function otherOrders(blocks: readonly Block[], page: OrderContext): OtherOrder[] {
  const forks: Forks = { found: [] }
  const first = orderTaking(blocks, page, forks)
  return forks.found
    .map((chance, index) => ({ chance, index }))
    .sort((a, b) => b.chance - a.chance || a.index - b.index)
    .slice(0, mostOthers)
    .map(({ chance, index }) => ({
      blocks: orderTaking(blocks, page, { found: [], taken: index }).map(({ block }) => block),
      confidence: chance
    }))
    .filter((other) => other.blocks.some((block, index) => block !== first[index]!.block))
}

function orderTaking(blocks: readonly Block[], page: OrderContext, forks: Forks): OrderedBlock[] {
  const quotes = findPullQuotes(blocks, page.rules, page.em)
  const context = { ...page, rules: page.rules.filter((rule) => !quotes.some((quote) => quote.rules.includes(rule))) }
  const folio = findFolio(blocks, context)
  const foot = folio.length > 0 ? [] : findFoot(blocks, context)
  const isSetApart = (block: Block): boolean => folio.includes(block) || foot.includes(block)
  const frames = findFrames(context.rules, context.em)
  const alone = new Map(
    blocks
      .filter((block) => block.kind === 'caption' && !page.turned)
      .map((block) => [block, standsByItself(block, blocks, { ...context, frames })] as const)
  )
  const isInset = (block: Block): boolean =>
    (block.kind === 'caption' && !alone.get(block)) || quotes.some((quote) => quote.block === block)
  const running = blocks.filter((block) => !isInset(block) && !isSetApart(block))
  const insets = blocks.filter((block) => isInset(block) && !isSetApart(block))
  const columnRules = findColumnRules(context)
  const boxes = frames.filter((frame) => !frames.some((other) => isWithin(other, frame, context.em)))
  const dividers = columnRules.filter((rule) => !boxes.some((frame) => isSide(rule, frame, context.em)))
  const parting = page.turned ? context.rules : context.rules.filter((rule) => rule.across || columnRules.includes(rule))
  const bylines = page.turned ? [] : findBylines(running, context)
  const spans = new Map<Block, Reach>()
  for (const block of running) {
    const reaches = reachesOver(block) || bylines.includes(block)
    const area = alone.get(block) ?? (reaches ? headingSpan(block, { ...context, rules: parting, blocks: running, bylines }) : block)
    spans.set(block, { ...area, heading: block.kind === 'heading' && !isPierced(block, columnRules, context.em) })
  }
  if (!page.turned) reachTogether(running, spans, { ...context, rules: parting })
  const items = intoItems(running, frames, spans, context)
  const headings = running.filter((block) => block.kind === 'heading' && !isDown(block))
  const ordered = cut(items, { ...context, spans, columnRules, dividers, headings, forks }, 1, 0)
  const placed = placeInsets(ordered, insets, { ...context, frames })
  const body = page.turned ? placed : nameplateFirst(placed, context.rules, context.em)
  return [...inOneStrip(folio, context.turned), ...body, ...inOneStrip(foot, context.turned)]
}

/** Whether a block is a heading that may reach over columns: an upright stroke heads nothing. */
function reachesOver(block: Block): boolean {
  return block.kind === 'heading' && heightOf(block) < 3 * widthOf(block)
}

/** Whether a box is the same as a larger one, but that a rule beside it was taken for its side. */
function isWithin(box: Blob, larger: Blob, em: number): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1.2 * em
  const isSame = near(box.x0, larger.x0) && near(box.x1, larger.x1) && near(box.y0, larger.y0) && near(box.y1, larger.y1)
  return isSame && widthOf(box) < widthOf(larger)
}

/** Whether a rule is the left or the right side of a printed box. */
function isSide(rule: Rule, frame: Blob, em: number): boolean {
  const isLevel = Math.abs(rule.y0 - frame.y0) < 1.2 * em && Math.abs(rule.y1 - frame.y1) < 1.2 * em
  return isLevel && (rule.x0 === frame.x0 || rule.x1 === frame.x1)
}

function inOneStrip(folio: readonly Block[], turned: boolean): OrderedBlock[] {
  return [...folio].sort((a, b) => (turned ? a.y0 - b.y0 : a.x0 - b.x0)).map((block) => ({ block, confidence: 0.9 }))
}

function cut(items: readonly Item[], context: CutContext, confidence: number, depth: number): OrderedBlock[] {
  if (items.length === 0) return []
  if (items.length === 1) return openItem(items[0]!, context, confidence, depth)
  const table = tableRows(items)
  if (table) return table.flatMap((row) => row.flatMap((item) => openItem(item, context, confidence, depth + 1)))
  const goods = context.turned ? undefined : findGoods(items)
  if (goods)
    return [
      ...cut(goods.above, context, confidence, depth + 1),
      ...goods.cells.flat().map((block) => ({ block, confidence: Math.min(confidence, 0.85) })),
      ...cut(goods.below, context, confidence, depth + 1)
    ]
  if (!context.turned && items.every(isUpright))
    return rightToLeft(items.flatMap((item) => item.blocks)).map((block) => ({ block, confidence }))
  const isRuled = rowCuts(items, context).some(({ ruled }) => ruled)
  const head = context.turned || isRuled ? undefined : findDownHead(items, context)
  if (head) {
    const rest = items.filter((item) => item !== head)
    return [...openItem(head, context, Math.min(confidence, 0.9), depth + 1), ...cut(rest, context, confidence, depth + 1)]
  }
  const best = depth > 60 ? undefined : bestCut(items, context)
  if (!best) return byPrecedence(items).flatMap((item) => openItem(item, context, Math.min(confidence, 0.5), depth + 1))
  const sure = Math.min(confidence, best.confidence)
  const parts = best.parts.map((part) => cut(part, context, sure, depth + 1))
  return best.ruled ? parts.flatMap(openSection) : parts.flat()
}

function openSection(part: readonly OrderedBlock[]): OrderedBlock[] {
  return part.map((ordered, index) => (index === 0 ? { ...ordered, opensSection: true } : ordered))
}

function openItem(item: Item, context: CutContext, confidence: number, depth: number): OrderedBlock[] {
  if (item.blocks.length === 1) return [{ block: item.blocks[0]!, confidence }]
  const inside = toItems(item.blocks, context.spans, context.turned)
  const rules = context.rules.filter((rule) => rule.x0 > item.x0 && rule.x1 < item.x1 && rule.y0 > item.y0 && rule.y1 < item.y1)
  const headings = context.headings.filter((heading) => item.blocks.some((block) => block === heading))
  return cut(inside, { ...context, rules, headings }, confidence, depth + 1)
}
