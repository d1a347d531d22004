import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, unite } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** Widest white between two lines of one headline that runs down, in the larger type of the two. */
const widestBetween = 1.3
/** How far below the top of its part of the page such a headline begins, and least height, in ems. */
const lowestTop = 4
const lowest = 3.5
/** A headline set in the middle of its column begins lower: by this share of its height. */
const lowestShare = 0.6

/** Lines that run down, as blocks, put together with those beside them: the lines of one headline, its kicker and deck. */
export function groupDownHeads(blocks: readonly Block[]): Block[][] {
  const upright = blocks.filter(isDown)
  const groups = newGroups(upright.length)
  for (const [i, a] of upright.entries())
    for (let k = i + 1; k < upright.length; k++) {
      const b = upright[k]!
      const apart = -shared(a.x0, a.x1, b.x0, b.x1)
      const level = shared(a.y0, a.y1, b.y0, b.y1)
      const below = apart < 0 && -level < widestBetween * Math.max(a.em, b.em)
      if (below || (apart < widestBetween * Math.max(a.em, b.em) && level > 0.5 * Math.min(heightOf(a), heightOf(b))))
        joinGroups(groups, i, k)
    }
  return membersOf(groups, upright).map(rightToLeft)
}

/** Whether a block is of lines that run down on a page whose lines run across. */
export function isDown(block: Block): boolean {
  return block.lines.every((line) => line.upright === true)
}

/** From the rightmost line to the leftmost; pieces of one line from top to bottom. */
export function rightToLeft(blocks: readonly Block[]): Block[] {
  const columns: Block[][] = []
  for (const block of [...blocks].sort((a, b) => b.x0 + b.x1 - a.x0 - a.x1)) {
    const column = columns.at(-1)
    const middle = (block.x0 + block.x1) / 2
    if (column && middle > unite(column).x0) column.push(block)
    else columns.push([block])
  }
  return columns.flatMap((column) => column.sort((a, b) => a.y0 - b.y0))
}

interface Part extends Blob {
  readonly blocks: readonly Block[]
  readonly heading: boolean
}

/**
 * The headline of a part of the page that runs down at its right side, its text standing at its left without another headline:
 *
 * ```
 * AAAA BBBB 上      read 上 first, then A and B, then what stands below it
 * AAAA BBBB 下
 * AAAA BBBB CC
 * ```
 */
export function findDownHead<Item extends Part>(
  items: readonly Item[],
  { rules, headings, em }: { readonly rules: readonly Rule[]; readonly headings: readonly Blob[]; readonly em: number }
): Item | undefined {
  const area = unite(items)
  return items.find((head) => {
    if (
      !head.heading ||
      !head.blocks.every(isDown) ||
      heightOf(head) < lowest * em ||
      head.y0 - area.y0 > Math.max(lowestTop * em, lowestShare * heightOf(head))
    )
      return false
    const left = items.filter((item) => item !== head && item.x1 <= head.x0 + 0.5 * em)
    const top = Math.min(...left.map((item) => item.y0))
    const first = left.filter((item) => item.y0 < Math.max(top, area.y0) + lowestTop * em)
    if (!left.some((item) => !item.heading) || first.some((item) => item.heading)) return false
    if (items.some((item) => item !== head && item.y1 <= head.y0 + em && shared(item.x0, item.x1, head.x0, head.x1) > 0)) return false
    return !isParted(unite(left), head, area, rules) && !areParted(left, rules, em) && !hasHeadingAbove(unite(left), headings, rules, em)
  })
}

/** Whether a rule parts two articles: those between the columns of one may end where the headline ends. */
function isParted(left: Blob, head: Blob, area: Blob, rules: readonly Rule[]): boolean {
  const between = rules.filter((rule) => !rule.across && rule.x0 >= left.x1 - 2 && rule.x1 <= head.x0 + 2)
  return between.some((rule) => shared(rule.y0, rule.y1, area.y0, area.y1) > 0.8 * heightOf(area))
}

/** How far from the white between columns their rule may lie, in ems: lines of a bent sheet reach over it. */
const besideWhite = 0.6

/** Whether rules part the columns of two articles: of one article, either all columns have rules between them or none. */
function areParted(items: readonly Blob[], rules: readonly Rule[], em: number): boolean {
  const area = unite(items)
  const ruled = whiteBetween(items).map(([from, to]) =>
    rules.some(
      (rule) =>
        !rule.across &&
        (rule.x0 + rule.x1) / 2 > from - besideWhite * em &&
        (rule.x0 + rule.x1) / 2 < to + besideWhite * em &&
        shared(rule.y0, rule.y1, area.y0, area.y1) > 0.8 * heightOf(area)
    )
  )
  return ruled.includes(true) && ruled.includes(false)
}

/** White from top to bottom, from left to right. */
function whiteBetween(items: readonly Blob[]): [number, number][] {
  const found: [number, number][] = []
  let end = Infinity
  for (const { x0, x1 } of [...items].sort((a, b) => a.x0 - b.x0)) {
    if (x0 > end) found.push([end, x0])
    end = end === Infinity ? x1 : Math.max(end, x1)
  }
  return found
}

/** Whether a headline stands right above the text at the left, with no rule between. */
function hasHeadingAbove(left: Blob, headings: readonly Blob[], rules: readonly Rule[], em: number): boolean {
  return headings.some((heading) => {
    const gap = left.y0 - heading.y1
    if (gap < -em || gap > 5 * em || heading.y0 >= left.y0 || shared(heading.x0, heading.x1, left.x0, left.x1) <= 0) return false
    return !rules.some((rule) => {
      const y = (rule.y0 + rule.y1) / 2
      return rule.across && y > (heading.y0 + heading.y1) / 2 && y < left.y0 + 0.5 * em && shared(rule.x0, rule.x1, left.x0, left.x1) > em
    })
  })
}
