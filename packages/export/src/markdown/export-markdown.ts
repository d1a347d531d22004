import type { Article, Issue, Page } from '@broadsheet/document'
import type { Root } from 'mdast'
import { openArchive, type Pages } from '../archive.ts'
import type { OutputFile } from '../output-file.ts'
import { slugs } from '../slug.ts'
import { wordsFor } from '../words.ts'
import { articleFrontMatter, articleTree, type MarkdownContext } from './article.ts'
import { doubtsOf } from './doubts.ts'
import { flavors, type MarkdownFlavor } from './flavor.ts'
import { type FrontMatter, writeFrontMatter } from './front-matter.ts'
import { issueFrontMatter, issueTree } from './issue.ts'
import { pageFrontMatter, pageTree } from './page.ts'
import { stringifyMarkdown } from './stringify.ts'

export interface MarkdownOptions {
  /** What the files will be read with; `plain` (the default) suits git forges, VitePress, Obsidian and pandoc alike. */
  readonly flavor?: MarkdownFlavor
  /** Where a page's scan lies, as a URL relative to the issue's folder; without it no link to a scan is written. */
  readonly scanHref?: (page: Page) => string | undefined
}

/**
 * The Markdown archive of an issue: `index.md`, `articles/<id>.md`, `pages/<page>/index.md`; paths relative to the
 * issue's folder, names by `slugs`. The text of an article is its parts' text, character for character (`portable`),
 * one paragraph one line; `readMarkdown` gives the article back. Fields of the front matter: `data/front-matter.schema.json`.
 */
export function exportMarkdown(issue: Issue, pages: Pages, options: MarkdownOptions = {}): OutputFile[] {
  return [...eachMarkdownFile(issue, pages, options)]
}

/** The same files one by one, with a page or two in memory. */
export function* eachMarkdownFile(issue: Issue, pages: Pages, options: MarkdownOptions = {}): Generator<OutputFile, void, undefined> {
  const flavor = options.flavor ?? 'plain'
  const context = createContext(issue, pages, options)
  const file = (path: string, fields: FrontMatter, tree: Root): OutputFile => ({ path, content: writeFile(fields, tree, flavor) })
  yield file(flavors[flavor].index, issueFrontMatter(context), issueTree(context))
  for (const article of issue.articles) yield articleFile(context, article, flavor)
  for (const page of issue.pages) yield file(context.pagePath(page.id), pageFrontMatter(context, page), pageTree(context, page))
}

function articleFile(context: MarkdownContext, article: Article, flavor: MarkdownFlavor): OutputFile {
  const doubts = doubtsOf(context.archive, article)
  const content = writeFile(articleFrontMatter(context, article, doubts), articleTree(context, article, doubts), flavor)
  return { path: context.articlePath(article.id), content }
}

function writeFile(fields: FrontMatter, tree: Root, flavor: MarkdownFlavor): string {
  return stringifyMarkdown({ ...tree, children: [{ type: 'yaml', value: writeFrontMatter(fields) }, ...tree.children] }, flavor)
}

function createContext(issue: Issue, pages: Pages, options: MarkdownOptions): MarkdownContext {
  const flavor = flavors[options.flavor ?? 'plain']
  const archive = openArchive(issue, pages)
  const articleNames = slugs(issue.articles.map((article) => article.id))
  const pageNames = slugs([
    ...issue.pages.map((page) => page.id),
    ...archive.pages.ids,
    ...issue.articles.flatMap((article) => article.pages)
  ])
  const prefix = flavor.dateInName ? `${issue.date ?? '0001-01-01'}-` : ''
  return {
    archive,
    words: wordsFor(issue.language),
    titleInBody: flavor.titleInBody,
    scanHref: options.scanHref ?? (() => undefined),
    pagePath: (page) => `pages/${pageNames.get(page)!}/index.md`,
    articlePath: (article) => `${flavor.articles}/${prefix}${articleNames.get(article)!}.md`
  }
}
