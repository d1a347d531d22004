import type { TextRole } from './page.ts'
import type { RawPosition } from './raw.ts'

/**
 * What a piece of the page says, while being cleaned and after: the unit that becomes a paragraph, a heading, a folio.
 * Its id is the region it starts in (`r7`), or `r7@12` when it starts inside one after a split.
 */
export interface Block {
  readonly id: string
  readonly role: TextRole
  readonly pieces: readonly Piece[]
}

export type Piece = ReadPiece | WrittenPiece

/** Characters as they were read: raw text of `region` from offset `at`. */
export interface ReadPiece {
  readonly text: string
  readonly region: string
  readonly at: number
}

/** Characters written by a change. */
export interface WrittenPiece {
  readonly text: string
  readonly change: string
}

export function isReadPiece(piece: Piece): piece is ReadPiece {
  return 'region' in piece
}

/** The clean text of a block. */
export function blockText(block: Block): string {
  let text = ''
  for (const piece of block.pieces) text += piece.text
  return text
}

/** The id of the block that starts at a raw position. */
export function blockId(start: RawPosition): string {
  return start.at === 0 ? start.region : `${start.region}@${start.at}`
}

/** A stretch of a block's text that was read off one region without a break. */
export interface RawSpan {
  readonly region: string
  readonly from: number
  readonly to: number
}

/**
 * The raw stretches under `[from, to)` of a block's text, in text order. Characters written by a change have none.
 */
export function rawSpans(block: Block, from: number, to: number): RawSpan[] {
  const spans: RawSpan[] = []
  let start = 0
  for (const piece of block.pieces) {
    const end = start + piece.text.length
    if (isReadPiece(piece) && from < end && to > start) {
      const first = Math.max(from, start) - start
      const last = Math.min(to, end) - start
      spans.push({ region: piece.region, from: piece.at + first, to: piece.at + last })
    }
    start = end
  }
  return spans
}

/** Where an offset of a block's text stands in the raw reading; undefined inside written characters. */
export function rawPositionAt(block: Block, offset: number): RawPosition | undefined {
  let start = 0
  for (const piece of block.pieces) {
    const end = start + piece.text.length
    if (offset < end) return isReadPiece(piece) && offset >= start ? { region: piece.region, at: piece.at + offset - start } : undefined
    start = end
  }
  return undefined
}

/** The offset in a block's text of a raw position; undefined when it was replaced or is not in this block. */
export function offsetOf(block: Block, position: RawPosition): number | undefined {
  let start = 0
  for (const piece of block.pieces) {
    if (isReadPiece(piece) && piece.region === position.region && position.at >= piece.at && position.at < piece.at + piece.text.length)
      return start + position.at - piece.at
    start += piece.text.length
  }
  return undefined
}
