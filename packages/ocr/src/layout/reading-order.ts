import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import { placeInsets, standsByItself } from './captions.ts'
import { groupDecks } from './decks.ts'
import { findDownHead, groupDownHeads, isDown, rightToLeft } from './down-heads.ts'
import { findFolio } from './folios.ts'
import { findGoods } from './goods.ts'
import { nameplateFirst } from './nameplate.ts'
import { findPullQuotes } from './pull-quotes.ts'
import type { Rule } from './rules.ts'
import { findBylines, headingSpan } from './spans.ts'

/** Blocks in reading order, with how sure each one's place is. */
export interface OrderedBlock {
  readonly block: Block
  readonly confidence: number
  /** The first below a rule that runs across all of its part of the page. */
  readonly opensSection?: boolean
}

interface OrderContext {
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
  /** The picture was turned: on a vertical page, lines that run across follow each other from left to right of the turned picture. */
  readonly turned: boolean
  readonly em: number
}

/** A thing to be put in order: a block, or a printed box with all it holds. */
interface CutContext extends OrderContext {
  /** How far each block reaches: headings over their columns. */
  readonly spans: Spans
  readonly columnRules: readonly Rule[]
  /** Headlines that run across, of the whole page. */
  readonly headings: readonly Blob[]
  readonly forks: Forks
}

interface Item extends Blob {
  readonly blocks: readonly Block[]
  readonly heading: boolean
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

/** Places where two ways to cut were nearly as good: how plausible the second is, in the order they are come upon; and the one where it is taken. */
interface Forks {
  readonly found: number[]
  readonly taken?: number
}

function orderTaking(blocks: readonly Block[], page: OrderContext, forks: Forks): OrderedBlock[] {
  const quotes = findPullQuotes(blocks, page.rules, page.em)
  const context = { ...page, rules: page.rules.filter((rule) => !quotes.some((quote) => quote.rules.includes(rule))) }
  const folio = findFolio(blocks, context)
  const frames = findFrames(context.rules, context.em)
  const alone = new Map(
    blocks
      .filter((block) => block.kind === 'caption' && !page.turned)
      .map((block) => [block, standsByItself(block, blocks, { ...context, frames })] as const)
  )
  const isInset = (block: Block): boolean =>
    (block.kind === 'caption' && !alone.get(block)) || quotes.some((quote) => quote.block === block)
  const running = blocks.filter((block) => !isInset(block) && !folio.includes(block))
  const insets = blocks.filter((block) => isInset(block) && !folio.includes(block))
  const columnRules = findColumnRules(context)
  const bylines = page.turned ? [] : findBylines(running, context)
  const spans = new Map<Block, Reach>()
  for (const block of running) {
    const reaches = reachesOver(block) || bylines.includes(block)
    const area = alone.get(block) ?? (reaches ? headingSpan(block, { ...context, blocks: running, bylines }) : block)
    spans.set(block, { ...area, heading: block.kind === 'heading' && !isPierced(block, columnRules, context.em) })
  }
  const items = intoItems(running, frames, spans, context)
  const headings = running.filter((block) => block.kind === 'heading' && !isDown(block))
  const ordered = cut(items, { ...context, spans, columnRules, headings, forks }, 1, 0)
  const placed = placeInsets(ordered, insets, { ...context, frames })
  return [...inOneStrip(folio, context.turned), ...(page.turned ? placed : nameplateFirst(placed, context.rules, context.em))]
}

/** Whether a block is a heading that may reach over columns: an upright stroke heads nothing. */
function reachesOver(block: Block): boolean {
  return block.kind === 'heading' && heightOf(block) < 3 * widthOf(block)
}

function inOneStrip(folio: readonly Block[], turned: boolean): OrderedBlock[] {
  return [...folio].sort((a, b) => (turned ? a.y0 - b.y0 : a.x0 - b.x0)).map((block) => ({ block, confidence: 0.9 }))
}

/** Closed boxes of four rules, smallest first. */
export function findFrames(rules: readonly Rule[], em: number): Blob[] {
  const across = rules.filter((rule) => rule.across && widthOf(rule) > 4 * em)
  const upright = rules.filter((rule) => !rule.across && heightOf(rule) > 2 * em)
  const near = 1.2 * em
  const frames: Blob[] = []
  for (const left of upright)
    for (const right of upright) {
      if (right.x0 - left.x1 < 4 * em || Math.abs(left.y0 - right.y0) > near || Math.abs(left.y1 - right.y1) > near) continue
      const closes = (y: number): boolean =>
        across.some(
          (rule) =>
            Math.abs((rule.y0 + rule.y1) / 2 - y) < near && Math.abs(rule.x0 - left.x0) < near && Math.abs(rule.x1 - right.x1) < near
        )
      if (closes((left.y0 + right.y0) / 2) && closes((left.y1 + right.y1) / 2)) frames.push(unite([left, right]))
    }
  return frames.sort((a, b) => widthOf(a) * heightOf(a) - widthOf(b) * heightOf(b))
}

/** How far a block reaches, and whether it heads what is below it. */
interface Reach extends Blob {
  readonly heading: boolean
}

type Spans = ReadonlyMap<Block, Reach>

/** Whether a rule between columns runs through a line: no headline, but rows of two columns that a fold or a stain joined. */
function isPierced(block: Block, columnRules: readonly Rule[], em: number): boolean {
  return (
    block.lines.length === 1 &&
    columnRules.some((rule) => crosses(rule.x0, rule.x1, block.x0, block.x1, em) && crosses(block.y0, block.y1, rule.y0, rule.y1, 3 * em))
  )
}

function toItem(block: Block, spans: Spans): Item {
  const { x0, x1, y0, y1, heading } = spans.get(block) ?? { ...block, heading: block.kind === 'heading' }
  return { ...block, x0, x1, y0, y1, blocks: [block], heading }
}

function intoItems(blocks: readonly Block[], frames: readonly Blob[], spans: Spans, { em, turned }: OrderContext): Item[] {
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
function toItems(blocks: readonly Block[], spans: Spans, turned: boolean): Item[] {
  const heads = (turned ? [] : [...groupDownHeads(blocks), ...groupDecks(blocks)]).filter(
    (group) => group.length > 1 && group.length < blocks.length
  )
  const taken = new Set(heads.flat())
  return [
    ...heads.map((group) => ({ ...unite(group), blocks: group, heading: group.some((block) => block.kind === 'heading') })),
    ...blocks.filter((block) => !taken.has(block)).map((block) => toItem(block, spans))
  ]
}

/** Whether a block is a table's title or note: directly above or below it, no wider, nothing else beside it there. */
function belongsTo(table: Block, block: Block, blocks: readonly Block[], em: number): boolean {
  if (block.kind === 'table' || block.lines.length > 3 || block.x0 < table.x0 - em || block.x1 > table.x1 + em) return false
  const gap = block.y0 < table.y0 ? table.y0 - block.y1 : block.y0 - table.y1
  if (gap > 3 * em || gap < -em) return false
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

/** Whether an item is all lines that run downwards. */
function isUpright(item: Item): boolean {
  return item.blocks.every(isDown)
}

/** Rows of a table, from top to bottom: at least three rows of at least three short lines each that stand beside each other. */
function tableRows(items: readonly Item[]): Item[][] | undefined {
  if (items.length < 9 || items.some((item) => item.blocks.length > 1)) return undefined
  const lines = items.map((item) => item.blocks[0]!.lines.length)
  if (lines.filter((count) => count === 1).length < 0.9 * items.length || Math.max(...lines) > 2) return undefined
  const rows: Item[][] = []
  for (const item of [...items].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const row = rows.at(-1)
    const middle = (item.y0 + item.y1) / 2
    if (
      row &&
      middle < Math.max(...row.map((other) => other.y1)) - 0.15 * heightOf(item) &&
      middle > Math.min(...row.map((other) => other.y0))
    )
      row.push(item)
    else rows.push([item])
  }
  const full = rows.filter((row) => row.length >= 3).length
  if (full < 3 || full < 0.7 * rows.length) return undefined
  return rows.map((row) => row.sort((a, b) => a.x0 - b.x0))
}

function openItem(item: Item, context: CutContext, confidence: number, depth: number): OrderedBlock[] {
  if (item.blocks.length === 1) return [{ block: item.blocks[0]!, confidence }]
  const inside = toItems(item.blocks, context.spans, context.turned)
  const rules = context.rules.filter((rule) => rule.x0 > item.x0 && rule.x1 < item.x1 && rule.y0 > item.y0 && rule.y1 < item.y1)
  const headings = context.headings.filter((heading) => item.blocks.some((block) => block === heading))
  return cut(inside, { ...context, rules, headings }, confidence, depth + 1)
}

/** Farthest from a heading down to text of its own, in ems. */
const farthestBelow = 9

interface Cut {
  readonly parts: readonly (readonly Item[])[]
  readonly score: number
  readonly confidence: number
  /** Along a rule across. */
  readonly ruled?: boolean
  /** Through slight pieces, with no other sign for it. */
  readonly doubtful?: boolean
}

/**
 * By how much a cut may be better than one the other way that is plausible too; so much more makes it e times as likely.
 * On 75 made pages 3 of the 50 second orders that were kept were the better ones.
 */
const plausibleMargin = 16
const evenMargin = 5

/** The best cut: the other way where that is the fork taken. It is less sure where the other way was nearly as good. */
function bestCut(items: readonly Item[], context: CutContext): Cut | undefined {
  const ways = [rowCuts(items, context), columnCuts(items, context)].map(bestOf)
  const best = bestOf(ways.filter((way) => way !== undefined))
  const other = ways.find((way) => way !== best)
  if (!best || !other || best.score - other.score > plausibleMargin) return best
  const chance = 1 / (1 + Math.exp((best.score - other.score) / evenMargin))
  const { forks } = context
  const index = forks.found.push(chance) - 1
  return index === forks.taken ? other : { ...best, confidence: Math.min(best.confidence, 1 - chance) }
}

/** The first of the best. */
function bestOf(cuts: readonly Cut[]): Cut | undefined {
  return cuts.reduce<Cut | undefined>((best, next) => (best && best.score >= next.score ? best : next), undefined)
}

/** Cuts from side to side, between what is above and below. */
function rowCuts(items: readonly Item[], { rules, columnRules, em }: CutContext): Cut[] {
  const area = unite(items)
  const width = widthOf(area)
  return findGaps(items, 'y', em)
    .map(({ from, to, doubtful }) => {
      const middle = (from + to) / 2
      const above = items.filter((item) => (item.y0 + item.y1) / 2 < middle)
      const below = items.filter((item) => (item.y0 + item.y1) / 2 >= middle)
      const along = rules.filter(
        (rule) => rule.across && (rule.y0 + rule.y1) / 2 > from - 0.6 * em && (rule.y0 + rule.y1) / 2 < to + 0.6 * em
      )
      const crossed = columnRules.some(
        (rule) => crosses(rule.x0, rule.x1, area.x0, area.x1, 2 * em) && crosses(from, to, rule.y0, rule.y1, 3 * em)
      )
      const ruled = crossed ? 0 : coverage(along, area.x0, area.x1, true)
      const heads = below.filter((item) => item.heading && item.y0 < to + 1.5 * em)
      const headed = Math.max(0, ...heads.map(widthOf)) / width
      const onlyHeads = above.every((item) => item.heading) ? 1 : 0
      const gap = (to - from) / em
      const base = crossed ? -10 : ruled > 0.8 ? 40 + 10 * ruled : headed > 0.45 || headsBeside(above, below, em) ? 22 : 0
      return {
        parts: [above, below],
        doubtful: doubtful && base <= 0,
        score: base + onlyHeads * 3 + headed * 4 + ruled * 6 + Math.min(5, gap),
        confidence: base > 0 || onlyHeads ? 0.97 : 0.85,
        ruled: ruled > 0.8
      }
    })
    .filter((found) => !found.doubtful)
}

/** Whether headings alone stand above text that begins beside them: set in the middle of a measure whose middle holds a picture. */
function headsBeside(above: readonly Item[], below: readonly Item[], em: number): boolean {
  const heads = above.filter((item) => item.heading && !isUpright(item))
  if (heads.length === 0 || heads.length < above.length) return false
  const { x0, x1, y1 } = unite(heads)
  const first = below.filter((item) => item.y0 < y1 + farthestBelow * em)
  return first.length > 0 && !below.some((item) => shared(item.x0, item.x1, x0, x1) > em) && !first.some((item) => item.heading)
}

/** Rules between columns: they end at rules across. What runs through several of them is a fold or the edge of a sheet. */
function findColumnRules({ rules, em }: OrderContext): Rule[] {
  const across = rules.filter((rule) => rule.across)
  return rules.filter((rule) => {
    const through = across.filter(
      (other) => crosses(rule.x0, rule.x1, other.x0, other.x1, 2 * em) && crosses(other.y0, other.y1, rule.y0, rule.y1, 2 * em)
    )
    return !rule.across && through.length < 2
  })
}

/** Whether `from`…`to` lies between two ends, at least `margin` inside both. */
function crosses(from: number, to: number, start: number, end: number, margin: number): boolean {
  return from > start + margin && to < end - margin
}

/** Cuts from top to bottom, between columns. */
function columnCuts(items: readonly Item[], { rules, em, turned }: CutContext): Cut[] {
  const area = unite(items)
  const height = heightOf(area)
  return findGaps(items, 'x', em)
    .filter(({ from, to }) => to - from > 0.4 * em)
    .map(({ from, to, doubtful }) => {
      const middle = (from + to) / 2
      const left = items.filter((item) => (item.x0 + item.x1) / 2 < middle)
      const right = items.filter((item) => (item.x0 + item.x1) / 2 >= middle)
      const along = rules.filter(
        (rule) => !rule.across && (rule.x0 + rule.x1) / 2 > from - 0.3 * em && (rule.x0 + rule.x1) / 2 < to + 0.3 * em
      )
      const ruled = coverage(along, area.y0, area.y1, false)
      if (isTable(left, right)) return { parts: [left, right], score: 1, confidence: 0.8 }
      const base = goesOn(left, right, along) ? 2 : ruled > 0.8 ? 39 + 10 * ruled : ruled > 0.5 ? 26 : 14
      // A headline that runs downwards is read before its article, on whichever side it stands.
      const headed = !turned && right.every(isUpright) && right.some((item) => item.heading) && !beginsWithHeading(left)
      return {
        parts: headed ? [right, left] : [left, right],
        score: base + Math.min(4, (to - from) / em) - (doubtful ? doubtfulCost : 0),
        confidence: doubtful ? 0.8 : headed ? 0.9 : 0.97
      }
    })
    .filter(({ parts }) => height > 0 && parts[0]!.length > 0 && parts[1]!.length > 0)
}

/** Whether what begins highest is a headline that runs across. */
function beginsWithHeading(items: readonly Item[]): boolean {
  const first = items.reduce((top, item) => (item.y0 < top.y0 ? item : top))
  return first.heading && !isUpright(first)
}

/**
 * Whether the right side begins with text whose heading stands on the left, where a second article follows below the first: read
 * down to the foot, the left side would come between the columns of one heading.
 */
function goesOn(left: readonly Item[], right: readonly Item[], rules: readonly Rule[]): boolean {
  const first = right.reduce((top, item) => (item.y0 < top.y0 ? item : top))
  if (coverage(rules, first.y0, first.y1, false) > 0.5) return false
  if (first.heading || first.blocks.length > 1 || !right.some((item) => item.heading)) return false
  return left.some((item) => item.heading && item.y0 > first.y1 && left.some((other) => !other.heading && other.y1 <= item.y0))
}

/** Whether most short lines on the one side have a fellow on the other at the same height, three at least: cells of a table's rows. */
function isTable(left: readonly Item[], right: readonly Item[]): boolean {
  const cells = (items: readonly Item[]): Item[] => items.filter((item) => item.blocks.length === 1 && item.blocks[0]!.lines.length === 1)
  const near = cells(left)
  const far = cells(right)
  if (near.length < 3 || far.length < 3 || near.length < 0.8 * left.length || far.length < 0.8 * right.length) return false
  const fellows = near.filter((a) => far.some((b) => shared(a.y0, a.y1, b.y0, b.y1) > 0.6 * Math.min(heightOf(a), heightOf(b))))
  return fellows.length >= 3 && fellows.length >= 0.6 * near.length
}

/** What a cut through small pieces is worth less than a clean one. */
const doubtfulCost = 9
/** A single line is slight beside so much more text. */
const slightShare = 0.05

interface Gap {
  readonly from: number
  readonly to: number
  /** White but for slight pieces: a bit of false ink, a line drawn from one column into the next. */
  readonly doubtful: boolean
}

/** Columns may reach into each other by so much, in ems, where the sheet is bent. */
const bent = 0.35

/** White stretches along an axis, also those that nothing but slight pieces reach into, and such as are white where a bent sheet is flattened. */
function findGaps(items: readonly Item[], axis: 'x' | 'y', em: number): Gap[] {
  const interval = (item: Item): [number, number] => (axis === 'x' ? [item.x0, item.x1] : [item.y0, item.y1])
  const clean = gaps(items.map(interval)).map(([from, to]) => ({ from, to, doubtful: false }))
  const isKnown = ([from, to]: readonly [number, number]): boolean =>
    clean.some((gap) => shared(gap.from, gap.to, from, to) > 0.5 * (to - from))
  const narrower = items.map(interval).map(([from, to]): [number, number] => [from + bent * em, to - bent * em])
  const overlapping = axis === 'x' ? gaps(narrower).filter((gap) => !isKnown(gap) && areColumns(items, gap)) : []
  const flattened = overlapping.map(([from, to]): [number, number] => [from - bent * em, to + bent * em])
  const sure = withoutSlight(items)
  const wide = sure.length === items.length || sure.length < 2 ? [] : gaps(sure.map(interval)).filter((gap) => !isKnown(gap))
  return [...clean, ...[...flattened, ...wide].map(([from, to]) => ({ from, to, doubtful: true }))]
}

/** Fewest lines on either side of a place where columns reach into each other, and the share of its height over which the lower stands beside the other. */
const fewestBeside = 4
const leastBeside = 0.6

function areColumns(items: readonly Item[], [from, to]: readonly [number, number]): boolean {
  const isLeft = (item: Item): boolean => item.x0 + item.x1 < from + to
  const sides = [items.filter(isLeft), items.filter((item) => !isLeft(item))]
  const lines = sides.map((side) => side.reduce((sum, { blocks }) => sum + blocks.reduce((all, block) => all + block.lines.length, 0), 0))
  if (Math.min(...lines) < fewestBeside) return false
  const [left, right] = sides.map((side) => unite(side)) as [Blob, Blob]
  return shared(left.y0, left.y1, right.y0, right.y1) > leastBeside * Math.min(heightOf(left), heightOf(right))
}

/** Leaves out single lines among much text: never one that stands above or below all of it, as a byline under its headline does. */
function withoutSlight(items: readonly Item[]): Item[] {
  const weight = (item: Item): number =>
    item.blocks.reduce((sum, { lines }) => sum + lines.reduce((all, line) => all + widthOf(line), 0), 0)
  const total = items.reduce((sum, item) => sum + weight(item), 0)
  const isSlight = (item: Item): boolean =>
    !item.heading && item.blocks.length === 1 && item.blocks[0]!.lines.length === 1 && weight(item) < slightShare * total
  const sure = items.filter((item) => !isSlight(item))
  const isAmong = (item: Item): boolean => sure.some((other) => other.y0 < item.y1 - 1) && sure.some((other) => other.y1 > item.y0 + 1)
  return items.filter((item) => !isSlight(item) || !isAmong(item))
}

/** White stretches between intervals. */
function gaps(intervals: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...intervals].sort((a, b) => a[0] - b[0])
  const found: [number, number][] = []
  let end = sorted[0]![1]
  for (const [from, to] of sorted) {
    if (from > end) found.push([end, from])
    end = Math.max(end, to)
  }
  return found
}

/** Share of `from`…`to` that rules cover. */
function coverage(rules: readonly Rule[], from: number, to: number, across: boolean): number {
  const stretches = rules
    .map((rule) => (across ? ([rule.x0, rule.x1] as const) : ([rule.y0, rule.y1] as const)))
    .sort((a, b) => a[0] - b[0])
  let covered = 0
  let end = from
  for (const [start, stop] of stretches) {
    covered += Math.max(0, Math.min(stop, to) - Math.max(start, end))
    end = Math.max(end, stop)
  }
  return to > from ? covered / (to - from) : 0
}

/**
 * Where nothing can be cut: an item comes before those below it that share its width, and before those wholly to its right with
 * nothing between that spans both (Breuel 2003).
 */
function byPrecedence(items: readonly Item[]): Item[] {
  const waiting = [...items].sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
  const ordered: Item[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((item) => !waiting.some((other) => other !== item && precedes(other, item, items)))
    ordered.push(...waiting.splice(Math.max(0, next), 1))
  }
  return ordered
}

function precedes(a: Item, b: Item, items: readonly Item[]): boolean {
  if (shared(a.x0, a.x1, b.x0, b.x1) > 0) return (a.y0 + a.y1) / 2 < (b.y0 + b.y1) / 2
  if (a.x1 > b.x0) return false
  const [top, bottom] = [Math.min(a.y0, b.y0), Math.max(a.y1, b.y1)]
  return !items.some(
    (item) =>
      item !== a &&
      item !== b &&
      item.y0 > top &&
      item.y1 < bottom &&
      item.x0 < a.x1 &&
      item.x1 > b.x0 &&
      item.y0 >= Math.min(a.y1, b.y1) - 1
  )
}
