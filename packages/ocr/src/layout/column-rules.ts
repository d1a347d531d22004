import type { Block } from './blocks.ts'
import type { OrderContext } from './order-context.ts'
import type { Rule } from './rules.ts'

/**
 * Rules between columns: they end at rules across. What runs through several of them is a fold or the edge of a sheet, and so is a piece
 * that goes on where it ends and runs through one.
 */
export function findColumnRules({ rules, em }: Pick<OrderContext, 'rules' | 'em'>): Rule[] {
  const across = rules.filter((rule) => rule.across)
  const columns = rules.filter((rule) => !rule.across)
  const crossed = new Map(
    columns.map((rule) => [
      rule,
      across.filter(
        (other) => crosses(rule.x0, rule.x1, other.x0, other.x1, 2 * em) && crosses(other.y0, other.y1, rule.y0, rule.y1, 2 * em)
      ).length
    ])
  )
  const folds = columns.filter((rule) => crossed.get(rule)! >= 2)
  const isPiece = (rule: Rule): boolean =>
    crossed.get(rule)! > 0 && folds.some((fold) => Math.abs(fold.x0 + fold.x1 - rule.x0 - rule.x1) < 2 * em)
  return columns.filter((rule) => !folds.includes(rule) && !isPiece(rule))
}

/** Whether a rule between columns runs through a line: no headline, but rows of two columns that a fold or a stain joined. */
export function isPierced(block: Block, columnRules: readonly Rule[], em: number): boolean {
  return (
    block.lines.length === 1 &&
    columnRules.some((rule) => crosses(rule.x0, rule.x1, block.x0, block.x1, em) && crosses(block.y0, block.y1, rule.y0, rule.y1, 3 * em))
  )
}

/** Whether `from`…`to` lies between two ends, at least `margin` inside both. */
export function crosses(from: number, to: number, start: number, end: number, margin: number): boolean {
  return from > start + margin && to < end - margin
}

/** Share of `from`…`to` that rules cover. */
export function coverage(rules: readonly Rule[], from: number, to: number, across: boolean): number {
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
