import { heightOf } from './blob.ts'
import type { Item } from './order-context.ts'

/** Rows of a table, from top to bottom: at least three rows of at least three short lines each that stand beside each other. */
export function tableRows(items: readonly Item[]): Item[][] | undefined {
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
