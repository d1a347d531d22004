import type { Block } from '@broadsheet/document'
import type { Context } from '../rule.ts'

/** Running text by its role: what joins, spaces and doubts are about. */
export function isProse(block: Block): boolean {
  return block.role === 'paragraph' || block.role === 'other'
}

/** Blocks whose words belong to somebody: set as headings and signs are, with blanks of their own. */
const display = new Set(['heading', 'kicker', 'deck', 'crosshead', 'caption'])

export function isDisplay(block: Block): boolean {
  return display.has(block.role)
}

/** Yields what `find` finds in each block that `concerns` it. */
export function* inBlocks<T>(
  context: Context,
  concerns: (block: Block) => boolean,
  find: (block: Block, text: string) => Iterable<T>
): Generator<T> {
  for (const block of context.blocks) if (concerns(block)) yield* find(block, context.textOf(block))
}
