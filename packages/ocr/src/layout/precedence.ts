import { shared } from './blob.ts'
import type { Item } from './order-context.ts'

/**
 * Where nothing can be cut: an item comes before those below it that share its width, and before those wholly to its right with
 * nothing between that spans both (Breuel 2003).
 */
export function byPrecedence(items: readonly Item[]): Item[] {
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
