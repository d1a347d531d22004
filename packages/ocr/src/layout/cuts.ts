import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import { coverage, crosses } from './column-rules.ts'
import type { CutContext, Item } from './order-context.ts'
import { isUpright } from './order-items.ts'
import type { Rule } from './rules.ts'
import { findGaps } from './white-gaps.ts'

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
export function bestCut(items: readonly Item[], context: CutContext): Cut | undefined {
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
export function rowCuts(items: readonly Item[], { rules, columnRules, dividers, pictures, turned, em }: CutContext): Cut[] {
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
      const headed = Math.max(0, ...heads.filter((head) => isUnderAny(head, above)).map(widthOf)) / width
      const gap = (to - from) / em
      const onlyHeads = above.every((item) => item.heading) ? 1 : 0
      const isHeaded =
        headed > 0.45 ||
        headsBeside(above, below, em) ||
        (!turned && gap > 1 && areOnPanel(above) && !areOnPanel(below)) ||
        (!turned && (headsDown(below, to, em) || headsAll(above, below, to, pictures, em)))
      const isBroken = !turned && !doubtful && gap > leastBand && !onlyHeads && partsRows({ from, to }, dividers, area, em)
      const base = crossed
        ? -10
        : ruled > 0.8
          ? 40 + 10 * ruled
          : isBroken
            ? brokenScore
            : isHeaded && !tearsText(above, below, em)
              ? 22
              : 0
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

/**
 * Whether a headline stands below anything at all: what is higher but wholly beside it is a column of its own, as a credit above the
 * picture in the last column is. Other headlines begin a row with it.
 */
function isUnderAny(head: Item, above: readonly Item[]): boolean {
  return above.some((item) => item.heading || shared(item.x0, item.x1, head.x0, head.x1) > 0)
}

/** What white across is worth at which rules between columns end, and least height of it in ems: more than a rule from top to bottom. */
const brokenScore = 52
const leastBand = 1
/** How far from such white a rule ends or begins, and its least length, in ems. */
const nearBand = 1.5
const leastRule = 3

interface Band {
  readonly from: number
  readonly to: number
}

/** Whether rules between columns end at white across, or begin there, and none runs through: rows of articles have rules of their own. */
function partsRows({ from, to }: Band, dividers: readonly Rule[], { x0, x1 }: Blob, em: number): boolean {
  const inside = dividers.filter((rule) => crosses(rule.x0, rule.x1, x0, x1, 2 * em))
  if (inside.some((rule) => rule.y0 < from - 0.3 * em && rule.y1 > to + 0.3 * em)) return false
  return inside.some((rule) => {
    const ends = rule.y1 > from - nearBand * em && rule.y0 < from - leastRule * em
    const begins = rule.y0 < to + nearBand * em && rule.y1 > to + leastRule * em
    return (ends && rule.y1 < to + 0.5 * em) || (begins && rule.y0 > from - 0.5 * em)
  })
}

/** How far below a headline and its decks text begins that they head, in ems, and how far below each other such columns begin. */
const nearText = 4
const levelText = 2.2

/**
 * Whether one headline alone stands above columns of text that begin level right below it, on both its sides or from its own left side on:
 * with nothing else at its height, it heads them all.
 */
function headsAll(above: readonly Item[], below: readonly Item[], to: number, pictures: readonly Blob[], em: number): boolean {
  if (below.length === 0 || !above.some((item) => item.heading) || above.some((item) => !isOfHead(item, above))) return false
  const heads = unite(above)
  const first = below.filter((item) => item.y0 < to + levelText * em)
  if (first.length === 0 || to - heads.y1 > nearText * em || first.some((item) => item.heading)) return false
  const headings = above.filter((item) => item.heading)
  const isStack = Math.max(...headings.map((item) => item.x0)) < Math.min(...headings.map((item) => item.x1))
  const [row, all] = [unite(first), unite(below)]
  if (!isStack || row.x0 > all.x0 + em || row.x1 < all.x1 - em) return false
  const isUnder = [...first, ...pictures].some(
    (item) => item.y0 < to + levelText * em && item.y0 > heads.y1 - em && shared(item.x0, item.x1, heads.x0, heads.x1) > em
  )
  return (
    isUnder &&
    !pictures.some(
      (picture) => shared(picture.y0, picture.y1, heads.y0, heads.y1) > em && shared(picture.x0, picture.x1, all.x0, all.x1) > em
    )
  )
}

/** Whether all is light type on dark ground: a strip across its part of the page. */
function areOnPanel(items: readonly Item[]): boolean {
  return items.every((item) => item.blocks.every((block) => block.lines.every((line) => line.reversed === true)))
}

/** Whether an item is a headline that runs across, or a piece of one that looks like text: level with it and no higher. */
function isOfHead(item: Item, above: readonly Item[]): boolean {
  if (item.heading) return !isUpright(item)
  return above.some(
    (head) => head.heading && heightOf(item) < 1.2 * heightOf(head) && shared(head.y0, head.y1, item.y0, item.y1) > 0.6 * heightOf(item)
  )
}

/** Farthest apart two lines of one column stand, in ems, and how much of its width the narrower shares. */
const nextLine = 0.9
const sameColumn = 0.7

/** Whether text stands as close above as the lines of one column do. */
function tearsText(above: readonly Item[], below: readonly Item[], em: number): boolean {
  const texts = (items: readonly Item[]): Item[] => items.filter((item) => !item.heading && item.blocks.length === 1 && !isUpright(item))
  const under = texts(below)
  return texts(above).some((item) =>
    under.some(
      (next) =>
        next.y0 - item.y1 < nextLine * em &&
        shared(next.x0, next.x1, item.x0, item.x1) > sameColumn * Math.min(widthOf(next), widthOf(item)) &&
        Math.min(widthOf(next), widthOf(item)) > 2 * em
    )
  )
}

/**
 * Whether a headline that runs down begins right below white across, and text without a headline of its own stands at its left, or at
 * its right where nothing stands at its left.
 */
function headsDown(below: readonly Item[], to: number, em: number): boolean {
  return below.some((head) => {
    if (!head.heading || !isUpright(head) || head.y0 > to + 2 * em) return false
    const level = below.filter((item) => item !== head && shared(item.y0, item.y1, head.y0, head.y1) > 0)
    const left = level.filter((item) => item.x1 <= head.x0 + 0.5 * em)
    const beside = left.length > 0 ? left : level.filter((item) => item.x0 >= head.x1 - 0.5 * em)
    const first = beside.filter((item) => item.y0 < to + 2 * em)
    return first.length > 0 && !first.some((item) => item.heading)
  })
}

/** Farthest from a heading down to text of its own, in ems. */
const farthestBelow = 9

/** Whether headings alone stand above text that begins beside them: set in the middle of a measure whose middle holds a picture. */
function headsBeside(above: readonly Item[], below: readonly Item[], em: number): boolean {
  const heads = above.filter((item) => item.heading && !isUpright(item))
  if (heads.length === 0 || heads.length < above.length) return false
  const { x0, x1, y1 } = unite(heads)
  const first = below.filter((item) => item.y0 < y1 + farthestBelow * em)
  return first.length > 0 && !below.some((item) => shared(item.x0, item.x1, x0, x1) > em) && !first.some((item) => item.heading)
}

/** What a cut through small pieces is worth less than a clean one. */
const doubtfulCost = 9

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
