import type { Article, IssuePage } from '@broadsheet/document'
import { type Archive, openArchive, type Pages } from '../archive.ts'
import type { TileSet } from '../iiif/tiles.ts'
import { articleTitle, issueTitle, pageLabel } from '../publish/titles.ts'
import { type Wording, wordingFor } from '../publish/wording.ts'
import { slug, slugs } from '../slug.ts'

/** An issue with the addresses of everything the site makes of it. */
export interface IssueView {
  readonly archive: Archive
  readonly words: Wording
  readonly title: string
  /** `issues/<id>`, from the site's root. */
  readonly folder: string
  readonly home: string
  readonly pages: readonly PageView[]
  readonly pageOf: ReadonlyMap<string, PageView>
  readonly articles: readonly ArticleView[]
  readonly articlesOf: ReadonlyMap<string, readonly ArticleView[]>
}

export interface PageView {
  readonly page: IssuePage
  readonly title: string
  readonly path: string
  /** The script with its tiles and outlines. */
  readonly data: string
  /** Absent when the page has no scan. */
  readonly tiles?: Omit<TileSet, 'files'>
}

export interface ArticleView {
  readonly article: Article
  readonly title: string
  readonly path: string
  /** The element with its text, on every page it runs over. */
  readonly anchor: string
}

export function issueView(issue: Archive['issue'], cleanPages: Pages, tiles: ReadonlyMap<string, Omit<TileSet, 'files'>>): IssueView {
  const archive = openArchive(issue, cleanPages)
  const words = wordingFor(issue.language)
  const folder = `issues/${slug(issue.id)}`
  const pageNames = slugs(issue.pages.map((page) => page.id))
  const articleNames = slugs(issue.articles.map((article) => article.id))
  const pages = issue.pages.map((page): PageView => {
    const pageTiles = tiles.get(page.id)
    const name = pageNames.get(page.id)!
    const title = [words.page(pageLabel(issue, page.id)), page.section].filter(Boolean).join(' ')
    return {
      page,
      title,
      path: `${folder}/pages/${name}.html`,
      data: `${folder}/data/${name}.js`,
      ...(pageTiles && { tiles: pageTiles })
    }
  })
  const articles = issue.articles.map((article): ArticleView => {
    const name = articleNames.get(article.id)!
    return { article, title: articleTitle(article, issue.language), path: `${folder}/articles/${name}.html`, anchor: `a-${name}` }
  })
  const articlesOf = new Map<string, ArticleView[]>(issue.pages.map((page) => [page.id, []]))
  for (const view of articles) for (const page of new Set(view.article.pages)) articlesOf.get(page)?.push(view)
  const pageOf = new Map(pages.map((page) => [page.page.id, page]))
  return { archive, words, title: issueTitle(issue) || issue.id, folder, home: `${folder}/index.html`, pages, pageOf, articles, articlesOf }
}
