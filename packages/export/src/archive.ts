import { type Block, type BlockRef, type CleanPage, type Issue, type IssuePage, memoize } from '@broadsheet/document'

/**
 * The pages of an issue, in its order. `get` may open a page from a disk every time it is asked, so that an issue of any
 * length can be written with a page or two in memory.
 */
export interface PageSource {
  readonly ids: readonly string[]
  /** Undefined for a page that is not there. */
  readonly get: (id: string) => CleanPage | undefined
}

/** Pages at hand, or a source of them. */
export type Pages = readonly CleanPage[] | PageSource

/** @throws Error when two pages share an id. */
export function pageSource(pages: Pages): PageSource {
  if (!isList(pages)) return pages
  const ids = pages.map((page) => page.page.id)
  const byId = new Map(pages.map((page) => [page.page.id, page]))
  if (byId.size !== pages.length) throw new Error(`Expected pages with different ids but received ${ids.join(', ')}`)
  return { ids, get: (id) => byId.get(id) }
}

const isList = (pages: Pages): pages is readonly CleanPage[] => Array.isArray(pages)

/** One page after the other. */
export function* eachPage(pages: PageSource): Generator<CleanPage> {
  for (const id of pages.ids) {
    const page = pages.get(id)
    if (page) yield page
  }
}

/** An issue and where its pages are: what every writer looks things up in. */
export interface Archive {
  readonly issue: Issue
  readonly pages: PageSource
  readonly issuePages: ReadonlyMap<string, IssuePage>
}

/** @throws Error when two pages share an id. */
export function openArchive(issue: Issue, pages: Pages): Archive {
  return { issue, pages: pageSource(pages), issuePages: new Map(issue.pages.map((page) => [page.id, page])) }
}

const blocksById = memoize((page: CleanPage): ReadonlyMap<string, Block> => new Map(page.blocks.map((block) => [block.id, block])))

/** The block a reference names; undefined when its page was not given or has no such block. */
export function blockOf(archive: Archive, ref: BlockRef): Block | undefined {
  const page = archive.pages.get(ref.page)
  return page && blocksById(page).get(ref.block)
}

/** What a page is called in print, or its id. */
export function pageLabel(archive: Archive, page: string): string {
  return archive.issuePages.get(page)?.label ?? page
}
