import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'

interface Part extends Blob {
  readonly blocks: readonly Block[]
}

/** Goods side by side, each with its name and price, and what stands above and below all of them. */
export interface Goods<Item> {
  readonly above: readonly Item[]
  /** From left to right, each from top to bottom. */
  readonly cells: readonly (readonly Block[])[]
  readonly below: readonly Item[]
}

/** Fewest goods side by side; sizes of type within one row, and by how much rows differ: a table's rows are of one size. */
const fewestCells = 3
const sameSize = 1.35
const otherSize = 1.25

/**
 * Goods of an advert: rows of short lines that stand below each other, all names in one size, all prices in another.
 *
 * ```
 *        SALE             read: SALE, apples, 3.98, eggs, 19.9, meat, 12.8, all shops
 * apples   eggs   meat
 *  3.98    19.9   12.8
 *      all shops
 * ```
 */
export function findGoods<Item extends Part>(items: readonly Item[]): Goods<Item> | undefined {
  if (items.length < fewestCells || items.some((item) => item.blocks.length > 3)) return undefined
  const rows = rowsOf(items.flatMap((item) => item.blocks).filter((block) => block.lines.length === 1))
  for (let from = 0; from < rows.length - 1; from++) {
    if (rows[from]!.length < fewestCells) continue
    let to = from
    while (to + 1 < rows.length && standBelow(rows[from]!, rows[to + 1]!)) to++
    const found = rows.slice(from, to + 1)
    if (found.length < 2 || !differ(found)) continue
    const goods = split(items, found)
    if (goods) return goods
  }
  return undefined
}

/** Rows from top to bottom, each from left to right. */
function rowsOf(blocks: readonly Block[]): Block[][] {
  const rows: Block[][] = []
  for (const block of [...blocks].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const row = rows.at(-1)
    const fits = row?.every((other) => shared(other.y0, other.y1, block.y0, block.y1) > 0.4 * Math.min(heightOf(other), heightOf(block)))
    if (row && fits) row.push(block)
    else rows.push([block])
  }
  return rows.map((row) => row.sort((a, b) => a.x0 - b.x0))
}

/** Whether each piece of the one row has one of the other below its middle. */
function standBelow(row: readonly Block[], next: readonly Block[]): boolean {
  if (row.length !== next.length || !isEven(next) || !isEven(row)) return false
  return row.every((block, index) => {
    const other = next[index]!
    return Math.abs(block.x0 + block.x1 - other.x0 - other.x1) / 2 < 0.35 * Math.max(widthOf(block), widthOf(other))
  })
}

function isEven(row: readonly Block[]): boolean {
  const sizes = row.map((block) => block.em)
  return Math.max(...sizes) < sameSize * Math.min(...sizes)
}

function differ(rows: readonly (readonly Block[])[]): boolean {
  const sizes = rows.map((row) => row.reduce((sum, block) => sum + block.em, 0) / row.length)
  return Math.max(...sizes) > otherSize * Math.min(...sizes)
}

/** Goods, where all else stands wholly above or below them. */
function split<Item extends Part>(items: readonly Item[], rows: readonly (readonly Block[])[]): Goods<Item> | undefined {
  const cells = rows[0]!.map((_, index) => rows.map((row) => row[index]!))
  const goods = new Set(rows.flat())
  const area = unite([...goods])
  const rest = items.filter((item) => !item.blocks.every((block) => goods.has(block)))
  if (rest.some((item) => item.blocks.some((block) => goods.has(block)))) return undefined
  const above = rest.filter((item) => item.y1 <= area.y0 + 2)
  const below = rest.filter((item) => item.y0 >= area.y1 - 2)
  return above.length + below.length === rest.length ? { above, cells, below } : undefined
}
