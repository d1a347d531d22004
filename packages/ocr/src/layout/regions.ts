import type { TextRole } from '@broadsheet/document'
import type { TextLine } from './lines.ts'
import type { Pieces } from './pieces.ts'

/** A region on the straight picture. */
export interface TextRegionFound {
  readonly role: TextRole
  readonly lines: readonly TextLine[]
  readonly edge: number
  readonly column?: number
  readonly orderConfidence: number
}

export interface RegionContext {
  readonly em: number
  readonly latin: boolean
}

/** Puts lines together to regions, in reading order. */
export function buildRegions(pieces: Pieces, _context: RegionContext): TextRegionFound[] {
  return [...pieces.lines]
    .sort((a, b) => a.y0 - b.y0)
    .map((line) => ({ role: 'paragraph', lines: [line], edge: line.x0, orderConfidence: 0.5 }))
}
