import { type Article, type Block, type BlockRef, type Box, locate, type Page, unionBoxes } from '@broadsheet/document'
import { type Archive, blockOf } from '../archive.ts'

/** Where something stands in an issue: boxes of one page, in reading order, one for every region it touches. */
export interface Place {
  readonly page: string
  readonly boxes: readonly Box[]
}

/** Where an article stands, page by page in its own order. Pages without boxes have none. */
export function articlePlaces(archive: Archive, article: Article): Place[] {
  return placesOf(
    archive,
    article.parts.flatMap((part): readonly BlockRef[] => part.blocks)
  )
}

/** Where these blocks stand. */
export function placesOf(archive: Archive, refs: readonly BlockRef[]): Place[] {
  const places = new Map<string, Box[]>()
  for (const ref of refs) {
    const block = blockOf(archive, ref)
    const page = archive.pages.get(ref.page)?.page
    if (!block || !page) continue
    places.set(ref.page, [...(places.get(ref.page) ?? []), ...blockBoxes(page, block)])
  }
  return [...places].filter(([, boxes]) => boxes.length > 0).map(([page, boxes]) => ({ page, boxes }))
}

/** A box for every region a block touches, holding just the lines that are its own. */
export function blockBoxes(page: Page, block: Block): Box[] {
  const byRegion = new Map<string, Box[]>()
  for (const place of locate(page, block, 0, Number.MAX_SAFE_INTEGER))
    byRegion.set(place.region, [...(byRegion.get(place.region) ?? []), place.box])
  return [...byRegion.values()].flatMap((boxes) => wholeBox(unionBoxes(boxes)) ?? [])
}

/** The smallest box of whole pixels that holds `box`. */
export function wholeBox(box: Box | undefined): Box | undefined {
  if (!box) return undefined
  const [x, y] = [Math.floor(box.x), Math.floor(box.y)]
  return { x, y, width: Math.max(1, Math.ceil(box.x + box.width) - x), height: Math.max(1, Math.ceil(box.y + box.height) - y) }
}
