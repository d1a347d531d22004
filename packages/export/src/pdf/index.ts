import type { CleanPage, Issue } from '@broadsheet/document'
import type { Pages } from '../archive.ts'
import type { IssuePdfOptions, PagePdfOptions } from './pdf.ts'

// The library that writes PDF is two fifths of all modules there are to load, and most commands write none: it is loaded with the first.

/**
 * One page as a searchable PDF/A-2u: the scan, and over it, invisible, the clean text where it was read, block by block in
 * reading order. Same input, same bytes.
 *
 * @throws Error when the page has no image: without a scan there is nothing to lay the text on (and no font to set it in)
 */
export async function writePagePdf(page: CleanPage, issue: Issue, options: PagePdfOptions): Promise<Uint8Array> {
  return (await import('./pdf.ts')).writePagePdf(page, issue, options)
}

/**
 * The pages of an issue in one PDF/A-2u, with bookmarks for pages and articles and the printed page labels. Pages without
 * an image are left out; an image used by several pages is stored once.
 *
 * @throws Error when no page has an image
 */
export async function writeIssuePdf(issue: Issue, pages: Pages, options: IssuePdfOptions): Promise<Uint8Array> {
  return (await import('./pdf.ts')).writeIssuePdf(issue, pages, options)
}

/** The same piece by piece, with one page and its scan in memory. */
export async function* streamIssuePdf(issue: Issue, pages: Pages, options: IssuePdfOptions): AsyncGenerator<Uint8Array, void, undefined> {
  yield* (await import('./pdf.ts')).streamIssuePdf(issue, pages, options)
}

export type { IssuePdfOptions, PagePdfOptions }
