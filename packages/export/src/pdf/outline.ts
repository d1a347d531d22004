import { type PDFContext, PDFHexString, type PDFRef } from '@cantoo/pdf-lib'

/** A bookmark: where it leads, and what hangs below it. */
export interface Bookmark {
  readonly title: string
  readonly page: PDFRef
  /** PDF units from the lower edge of the page. */
  readonly top: number
  readonly left: number
  readonly children: readonly Bookmark[]
}

/** Writes an outline tree (ISO 32000-1, 12.3.3), all of it open; undefined when there is nothing to list. */
export function writeOutline(context: PDFContext, bookmarks: readonly Bookmark[]): PDFRef | undefined {
  if (bookmarks.length === 0) return undefined
  const root = context.nextRef()
  const items = writeItems(context, root, bookmarks)
  context.assign(root, context.obj({ Type: 'Outlines', First: items[0]!, Last: items[items.length - 1]!, Count: countAll(bookmarks) }))
  return root
}

function writeItems(context: PDFContext, parent: PDFRef, bookmarks: readonly Bookmark[]): PDFRef[] {
  const refs = bookmarks.map(() => context.nextRef())
  for (const [index, bookmark] of bookmarks.entries()) {
    const children = writeItems(context, refs[index]!, bookmark.children)
    const previous = refs[index - 1]
    const next = refs[index + 1]
    const item = {
      Title: PDFHexString.fromText(bookmark.title),
      Parent: parent,
      Dest: [bookmark.page, 'XYZ', Math.round(bookmark.left), Math.round(bookmark.top), null],
      ...(previous && { Prev: previous }),
      ...(next && { Next: next }),
      ...(children.length > 0 && { First: children[0]!, Last: children[children.length - 1]!, Count: countAll(bookmark.children) })
    }
    context.assign(refs[index]!, context.obj(item))
  }
  return refs
}

function countAll(bookmarks: readonly Bookmark[]): number {
  return bookmarks.reduce((count, bookmark) => count + 1 + countAll(bookmark.children), 0)
}
