import { type Article, articleId, type CleanPage, type Issue, type IssuePage, uprightPage } from '@broadsheet/document'
import type { Profile } from '../profile/index.ts'
import { assembleArticle } from './assemble.ts'
import { contradictionsOf, factsOf, type PageFacts } from './folio-facts.ts'
import { groupPage } from './group-page.ts'
import { type JumpLinks, linkJumps, type Piece } from './jump-links.ts'
import { isFurniture } from './page-group.ts'
import { type PageView, viewPage } from './view.ts'

export interface GroupOptions {
  readonly issue: Pick<Issue, 'id' | 'title' | 'date' | 'edition' | 'language'>
  readonly profile?: Profile
}

/**
 * Makes an issue of its cleaned pages: which blocks are one article, on however many pages, and what belongs to the page.
 * Every block of every page stands exactly once, in an article or in its page's furniture (`checkGrouping`).
 *
 * Ids are `<issue>-<page>-i<number>`: the page an article begins on, and its place there. A share that turns out to be the
 * continuation of an article on another page keeps its number, unused, so that ids stay when pages are added.
 */
export function groupArticles(pages: readonly CleanPage[], options: GroupOptions): Issue {
  const { issue } = options
  const views = pages.map(({ page, blocks }) => viewPage(uprightPage(page), blocks))
  const facts = views.map(factsOf)
  const pieces = views.flatMap((view) => groupPage(view).map((group, index): Piece => ({ page: view.page.id, number: index + 1, group })))
  const jumps = linkJumps(pieces, facts)
  const contradictions = [...contradictionsOf(facts, issue), ...jumps.contradictions]
  return {
    ...issue,
    pages: views.map((view, index) => issuePage(view, facts[index]!)),
    articles: articlesOf(issue.id, pieces, jumps),
    ...(contradictions.length > 0 ? { contradictions } : {})
  }
}

function articlesOf(issue: string, pieces: readonly Piece[], { links, jumps }: JumpLinks): Article[] {
  const next = new Map(links.map((link) => [link.from, link]))
  const continued = new Set(links.map((link) => link.to))
  return pieces
    .filter((piece) => !continued.has(piece))
    .map((head) => {
      const shares = [head]
      const chain = []
      for (let link = next.get(head); link; link = next.get(link.to)) {
        shares.push(link.to)
        chain.push(link)
      }
      const found = shares.flatMap((share) => jumps.get(share) ?? [])
      const article = assembleArticle(articleId(issue, head.page, head.number), shares, chain)
      return found.length > 0 ? { ...article, jumps: found } : article
    })
}

function issuePage(view: PageView, { label, section }: PageFacts): IssuePage {
  return {
    id: view.page.id,
    ...(label ? { label } : {}),
    ...(section ? { section } : {}),
    furniture: view.blocks
      .filter(isFurniture)
      .map(({ block, text }) => ({ role: block.role, text, block: { page: view.page.id, block: block.id } })),
    state: { stage: 'cleaned' }
  }
}
