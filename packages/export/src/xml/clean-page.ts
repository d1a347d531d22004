import { type CleanPage, type Page, replay } from '@broadsheet/document'

/** What a page format is written from: a cleaned page, or a page as it was read. */
export type PageLike = CleanPage | Page

const cache = new WeakMap<Page, CleanPage>()

/** The page as it was read, as a clean page without changes. */
export function rawPage(page: Page): CleanPage {
  let clean = cache.get(page)
  if (!clean) {
    clean = { page, changes: [], blocks: replay(page, []) }
    cache.set(page, clean)
  }
  return clean
}

export function asCleanPage(page: PageLike): CleanPage {
  return 'blocks' in page ? page : rawPage(page)
}
