import type { CleanPage, Issue } from '@broadsheet/document'

/** A block that is in no article and not among its page's furniture, or in more than one place. */
export interface Misplaced {
  readonly page: string
  readonly block: string
  /** How often it was found; it should be once. */
  readonly times: number
}

/**
 * The law of grouping: every block of every page stands exactly once, in one part of one article or in its page's furniture.
 * Empty when it holds.
 */
export function checkGrouping(issue: Issue, pages: readonly CleanPage[]): Misplaced[] {
  const times = new Map<string, Misplaced>()
  const at = (page: string, block: string): string => JSON.stringify([page, block])
  for (const { page, blocks } of pages)
    for (const block of blocks) times.set(at(page.id, block.id), { page: page.id, block: block.id, times: 0 })
  const count = (page: string, block: string): void => {
    const key = at(page, block)
    times.set(key, { page, block, times: (times.get(key)?.times ?? -1000) + 1 })
  }
  for (const article of issue.articles) for (const part of article.parts) for (const { page, block } of part.blocks) count(page, block)
  for (const page of issue.pages) for (const { block } of page.furniture) count(block.page, block.block)
  return [...times.values()].filter((place) => place.times !== 1)
}
