import { type CleanPage, memoize, type Orientation, orientationOf, type Page, uprightPage } from '@broadsheet/document'
import { type PageSource, type Pages, pageSource } from './archive.ts'

/** Degrees by which text is turned counter-clockwise on the stored picture; undefined where it stands upright or is mirrored. */
export function textAngle(page: Page): number | undefined {
  return angles[orientationOf(page) ?? 1]
}

const angles: Partial<Readonly<Record<Orientation, number>>> = { 3: 180, 6: 90, 8: 270 }

/** A cleaned page as it is shown: its boxes on the scan stood upright (see `uprightPage`). */
export const uprightClean: (clean: CleanPage) => CleanPage = memoize((clean) => {
  const page = uprightPage(clean.page)
  return page === clean.page ? clean : { ...clean, page }
})

export function uprightPages(pages: Pages): PageSource {
  const source = pageSource(pages)
  return {
    ids: source.ids,
    get: (id) => {
      const page = source.get(id)
      return page && uprightClean(page)
    }
  }
}
