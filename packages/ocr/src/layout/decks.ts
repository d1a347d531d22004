import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared } from './blob.ts'
import type { Block } from './blocks.ts'
import { isDown } from './down-heads.ts'

/** Widest blank between two pieces of one line, in its type; how much their sizes may differ, and how much of their height is level. */
const widestBlank = 2.2
const sameSize = 1.12
const level = 0.75
/** Farthest from a headline down to its deck, in the deck's type, and how much larger its type is. */
const farthestDeck = 2.5
const larger = 1.15

/**
 * Pieces of one line of a deck that a wide blank parts, put together:
 *
 * ```
 *    HEADLINE
 *  aaaa   bbbb       one deck, read before C and D
 * CCCCC DDDDD
 * ```
 */
export function groupDecks(blocks: readonly Block[]): Block[][] {
  const headings = blocks.filter((block) => block.kind === 'heading' && !isDown(block))
  const pieces = headings.filter((block) => block.lines.length === 1)
  const groups = newGroups(pieces.length)
  for (const [i, a] of pieces.entries())
    for (let k = i + 1; k < pieces.length; k++) if (areOne(a, pieces[k]!, headings)) joinGroups(groups, i, k)
  return membersOf(groups, pieces).map((group) => group.sort((a, b) => a.x0 - b.x0))
}

function areOne(a: Block, b: Block, headings: readonly Block[]): boolean {
  const [small, large] = a.em < b.em ? [a.em, b.em] : [b.em, a.em]
  const blank = -shared(a.x0, a.x1, b.x0, b.x1)
  if (large > sameSize * small || blank < 0 || blank > widestBlank * large) return false
  if (shared(a.y0, a.y1, b.y0, b.y1) < level * Math.max(heightOf(a), heightOf(b))) return false
  return headings.some((over) => over.em > larger * large && isOver(over, a, large) && isOver(over, b, large))
}

/** Whether a headline stands right above most of a piece. */
function isOver(over: Block, piece: Blob, em: number): boolean {
  const gap = piece.y0 - over.y1
  return gap > -0.5 * em && gap < farthestDeck * em && shared(over.x0, over.x1, piece.x0, piece.x1) > 0.6 * (piece.x1 - piece.x0)
}
