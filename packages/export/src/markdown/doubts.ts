import { type Article, type Block, type Box, type Change, locate, locateSpan, memoize, offsetOf, unionBoxes } from '@broadsheet/document'
import { type Archive, blockOf } from '../archive.ts'

/** A place of an article that waits for a person: a proposed change or a flag. */
export interface Doubt {
  readonly page: string
  readonly change: Change
  /** Number of the part, from 1. */
  readonly part: number
  /** The words round the place, as they stand in the clean text. */
  readonly context: string
  /** Where it is on the archival image; absent where no boxes exist. */
  readonly box?: Box
}

const contextLength = 12

/** Proposed changes and flags (not the rejected) in the blocks of an article, in reading order. */
export function doubtsOf(archive: Archive, article: Article): Doubt[] {
  return article.parts.flatMap((part, index) =>
    part.blocks.flatMap((ref) => {
      const block = blockOf(archive, ref)
      return block ? blockDoubts(archive, ref.page, block, index + 1) : []
    })
  )
}

function blockDoubts(archive: Archive, pageId: string, block: Block, part: number): Doubt[] {
  const clean = archive.pages.get(pageId)!
  return openChanges(clean.changes)
    .flatMap((change) => {
      const offset = placeIn(block, change)
      return offset === undefined ? [] : [{ change, offset }]
    })
    .sort((a, b) => a.offset - b.offset || (a.change.id < b.change.id ? -1 : 1))
    .map(({ change, offset }) => {
      const text = block.pieces.map((piece) => piece.text).join('')
      const length = Math.max(change.to - change.from, 1)
      const box = unionBoxes(locateSpan(clean.page, change).map((location) => location.box))
      return { page: pageId, change, part, context: around(text, offset, offset + length), ...(box ? { box } : {}) }
    })
}

const openChanges = memoize((changes: readonly Change[]): readonly Change[] =>
  changes.filter((change) => change.status === 'proposed' || (change.kind === 'flag' && change.status === 'applied'))
)

/** Where a change stands in a block's text: at its raw position, or at the end for a join behind the last character. */
function placeIn(block: Block, change: Change): number | undefined {
  const at = offsetOf(block, { region: change.region, at: change.from })
  if (at !== undefined) return at
  if (change.from === 0) return undefined
  const before = offsetOf(block, { region: change.region, at: change.from - 1 })
  return before === undefined ? undefined : before + 1
}

function around(text: string, from: number, to: number): string {
  const start = Math.max(0, from - contextLength)
  const end = Math.min(text.length, to + contextLength)
  // Never cut a pair of surrogates.
  const first = isLow(text, start) ? start - 1 : start
  const last = isLow(text, end) ? end + 1 : end
  return `${first > 0 ? '…' : ''}${text.slice(first, last)}${last < text.length ? '…' : ''}`
}

function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** The smallest box round the text of a block on its page. */
export function blockBox(archive: Archive, page: string, block: Block): Box | undefined {
  const clean = archive.pages.get(page)
  if (!clean) return undefined
  const length = block.pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  return unionBoxes(locate(clean.page, block, 0, length).map((location) => location.box))
}
