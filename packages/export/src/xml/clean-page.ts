import { type CleanPage, memoize, type Page, replay } from '@broadsheet/document'

/** What a page format is written from: a cleaned page, or a page as it was read. */
export type PageLike = CleanPage | Page

/** The page as it was read, as a clean page without changes. */
export const rawPage: (page: Page) => CleanPage = memoize((page) => ({ page, changes: [], blocks: replay(page, []) }))

export function asCleanPage(page: PageLike): CleanPage {
  return 'blocks' in page ? page : rawPage(page)
}
