import type { Block, BlockRef, CleanPage, Issue, IssuePage } from '@broadsheet/document'

/** An issue with its pages at hand: what every writer looks things up in. */
export interface Archive {
  readonly issue: Issue
  readonly pages: ReadonlyMap<string, CleanPage>
  readonly issuePages: ReadonlyMap<string, IssuePage>
  readonly blocks: ReadonlyMap<string, ReadonlyMap<string, Block>>
}

/** @throws Error when two pages share an id. */
export function openArchive(issue: Issue, pages: readonly CleanPage[]): Archive {
  const byId = new Map(pages.map((page) => [page.page.id, page]))
  if (byId.size !== pages.length)
    throw new Error(`Expected pages with different ids but received ${pages.map((page) => page.page.id).join(', ')}`)
  return {
    issue,
    pages: byId,
    issuePages: new Map(issue.pages.map((page) => [page.id, page])),
    blocks: new Map(pages.map((page) => [page.page.id, new Map(page.blocks.map((block) => [block.id, block]))]))
  }
}

/** The block a reference names; undefined when its page was not given or has no such block. */
export function blockOf(archive: Archive, ref: BlockRef): Block | undefined {
  return archive.blocks.get(ref.page)?.get(ref.block)
}

/** What a page is called in print, or its id. */
export function pageLabel(archive: Archive, page: string): string {
  return archive.issuePages.get(page)?.label ?? page
}
