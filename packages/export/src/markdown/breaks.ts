import { type Article, type Block, type BlockRef, blockText, isReadPiece, textRegions } from '@broadsheet/document'
import { type Archive, blockOf } from '../archive.ts'
import type { Marker } from './markers.ts'

type Break = Extract<Marker, { kind: 'page' | 'column' }>

interface Place {
  readonly page: string
  readonly column?: number
  /** Offset in the part's text at which it begins. */
  readonly at: number
}

/** For every part of an article, the page and column breaks to be marked before it; `at` tells where inside it they fall. */
export function breaksIn(archive: Archive, article: Article): Break[][] {
  const columns = new Map(article.pages.map((page) => [page, columnsOf(archive, page)]))
  let last: Place | undefined
  return article.parts.map((part) => {
    const breaks: Break[] = []
    for (const place of placesOf(archive, part.text, part.blocks, columns)) {
      if (place.page !== last?.page) breaks.push({ kind: 'page', page: place.page, at: place.at })
      else if (place.column !== undefined && place.column !== last.column)
        breaks.push({ kind: 'column', page: place.page, column: place.column, at: place.at })
      last = place
    }
    return breaks
  })
}

function columnsOf(archive: Archive, page: string): Map<string, number> {
  const clean = archive.pages.get(page)
  return new Map(
    clean ? textRegions(clean.page).flatMap((region) => (region.column === undefined ? [] : [[region.id, region.column]])) : []
  )
}

function placesOf(archive: Archive, text: string, refs: readonly BlockRef[], columns: ReadonlyMap<string, Map<string, number>>): Place[] {
  let at = 0
  return refs.flatMap((ref) => {
    const block = blockOf(archive, ref)
    if (!block) return [{ page: ref.page, at: Math.min(at, text.length) }]
    // A part of several blocks may have a blank between them: look for the block's own text from here on.
    const found = text.indexOf(blockText(block), at)
    const start = found < 0 ? at : found
    at = start + blockText(block).length
    return regionStarts(block).map(({ region, offset }) => {
      const column = columns.get(ref.page)?.get(region)
      return { page: ref.page, at: Math.min(start + offset, text.length), ...(column === undefined ? {} : { column }) }
    })
  })
}

function regionStarts(block: Block): { region: string; offset: number }[] {
  const starts: { region: string; offset: number }[] = []
  let offset = 0
  for (const piece of block.pieces) {
    if (isReadPiece(piece) && starts.at(-1)?.region !== piece.region) starts.push({ region: piece.region, offset })
    offset += piece.text.length
  }
  return starts
}
