import { createHash } from 'node:crypto'
import { type Issue, type IssuePage, orientationOf, type Page } from '@broadsheet/document'
import { type Archive, openArchive, type Pages } from '../archive.ts'
import { openSheet, uprightPart } from '../iiif/open-sheet.ts'
import type { OutputFile } from '../output-file.ts'
import { attributes, calendarDate, escapeMarkup, languageTag } from '../publish/markup.ts'
import { articleTitle, issueTitle, pageLabel } from '../publish/titles.ts'
import { wordingFor } from '../publish/wording.ts'
import { slugs } from '../slug.ts'
import { wordsFor } from '../words.ts'
import { articleMarkup, articleTurns } from './article.ts'
import { styleSheet, xhtml } from './document.ts'
import { type Book, writePackage } from './package.ts'
import { zipEpub } from './zip.ts'

export interface EpubOptions {
  /** Scan for the cover, usually of page 1: any image, scaled down to 1,600 pixels. */
  readonly cover?: Uint8Array
  /** The page that this is the scan of: just its part of a sheet is shown, upright. */
  readonly coverPage?: Page
  /** Set in columns from the right; off unless asked for, since many readers do it badly. */
  readonly vertical?: boolean
  /** `YYYY-MM-DDThh:mm:ssZ`; the day of the issue unless given. */
  readonly modified?: string
}

/** A content document of the book. */
export interface Chapter {
  readonly path: string
  readonly title: string
  /** Its markup, made when the book comes to it. */
  readonly body: () => string
  /** Pages of the paper that begin in it. */
  readonly pageBreaks: readonly { readonly page: string; readonly anchor: string }[]
  readonly kind: 'cover' | 'article' | 'furniture'
}

/**
 * An issue as EPUB 3.3: a chapter an article, page turns marked and listed, and what belongs to no article behind them, so
 * that the book says everything the pages say. Same input, same bytes.
 */
export async function writeEpub(issue: Issue, pages: Pages, options: EpubOptions = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of streamEpub(issue, pages, options)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The same piece by piece, with a chapter and a page or two in memory. */
export async function* streamEpub(issue: Issue, pages: Pages, options: EpubOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
  const archive = openArchive(issue, pages)
  const language = languageTag(issue.language)
  const cover = options.cover && (await coverImage(options.cover, options.coverPage))
  const chapters = [coverChapter(issue, cover !== undefined), ...articleChapters(archive), ...furnitureChapters(archive)]
  const vertical = options.vertical ?? false
  const day = calendarDate(issue.date)
  const modified = options.modified ?? `${day ?? '2000-01-01'}T00:00:00Z`
  const book = {
    issue,
    language,
    identifier: bookIdentifier(issue),
    modified,
    chapters,
    vertical,
    cover: cover !== undefined,
    ...(day && { day })
  }
  yield* zipEpub(bookFiles(book, cover))
}

function* bookFiles(book: Book, cover: Uint8Array | undefined): Generator<OutputFile, void, undefined> {
  const { issue, language, chapters, vertical } = book
  yield { path: 'META-INF/container.xml', content: container }
  yield { path: 'EPUB/package.opf', content: writePackage(book) }
  const navigable = xhtml({ title: wordingFor(language).contents, language, body: navigation(issue, chapters) })
  yield { path: 'EPUB/nav.xhtml', content: navigable }
  yield { path: 'EPUB/style.css', content: styleSheet }
  if (cover) yield { path: 'EPUB/cover.jpg', content: cover }
  for (const { path, title, body, kind } of chapters)
    yield { path: `EPUB/${path}`, content: xhtml({ title, language, body: body(), vertical: vertical && kind !== 'cover' }) }
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

/** Derived from the issue's id (RFC 9562, version 8): the same issue is the same book, in every edition of ours. */
function bookIdentifier(issue: Issue): string {
  const hash = createHash('sha256').update(`broadsheet issue ${issue.id}`, 'utf16le').digest('hex')
  const variant = ((Number.parseInt(hash[16]!, 16) & 3) | 8).toString(16)
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

async function coverImage(bytes: Uint8Array, page: Page | undefined): Promise<Buffer> {
  const size = { width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true } as const
  const { image } = await openSheet(bytes, page?.image?.sheet)
  const upright = await uprightPart(image, page?.image?.crop, page && orientationOf(page))
  return upright.resize(size).flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer()
}

function coverChapter(issue: Issue, hasImage: boolean): Chapter {
  const image = hasImage ? `<p class="cover"><img src="cover.jpg"${attributes({ alt: issueTitle(issue) })}/></p>\n` : ''
  const lines = [issue.date, issue.edition, issue.publisher].filter((line) => line !== undefined && line !== '')
  const body = `<section epub:type="titlepage">\n${image}<h1>${escapeMarkup(issue.title)}</h1>\n${lines.map((line) => `<p>${escapeMarkup(line!)}</p>`).join('\n')}\n</section>`
  return { path: 'cover.xhtml', title: issueTitle(issue), body: () => body, pageBreaks: [], kind: 'cover' }
}

function articleChapters(archive: Archive): Chapter[] {
  const names = slugs(archive.issue.articles.map((article) => article.id))
  return archive.issue.articles.map((article) => {
    const title = articleTitle(article, archive.issue.language)
    const path = `a-${names.get(article.id)!}.xhtml`
    return { path, title, body: () => articleMarkup(archive, article), pageBreaks: articleTurns(article), kind: 'article' }
  })
}

function furnitureChapters({ issue }: Archive): Chapter[] {
  const names = slugs(issue.pages.map((page) => page.id))
  return issue.pages.filter((page) => page.furniture.length > 0).map((page) => furnitureChapter(issue, page, names.get(page.id)!))
}

function furnitureChapter(issue: Issue, page: IssuePage, name: string): Chapter {
  const label = wordingFor(issue.language).page(pageLabel(issue, page.id))
  const title = `${label} ${wordsFor(issue.language).furniture}`
  const lines = page.furniture.map((piece) => `<p class="${piece.role}">${escapeMarkup(piece.text)}</p>`)
  const anchor = `<span${attributes({ 'epub:type': 'pagebreak', role: 'doc-pagebreak', id: 'page', 'aria-label': label })}></span>`
  const body = `<section class="furniture">\n<h1>${escapeMarkup(title)}${anchor}</h1>\n${lines.join('\n')}\n</section>`
  return { path: `p-${name}.xhtml`, title, body: () => body, pageBreaks: [{ page: page.id, anchor: 'page' }], kind: 'furniture' }
}

/**
 * Where each page of the paper begins in the book: at the first article that starts on it, else at its furniture, else where
 * an article comes over to it. In the order of the book, which is what a list of pages must have.
 */
function pagePlaces(issue: Issue, chapters: readonly Chapter[]): { readonly href: string; readonly page: string }[] {
  const marks = chapters.flatMap((chapter) =>
    chapter.pageBreaks.map((mark, index) => ({ page: mark.page, href: `${chapter.path}#${mark.anchor}`, begins: index === 0 }))
  )
  const wanted = new Set(
    issue.pages.flatMap(
      ({ id }) => (marks.find((mark) => mark.page === id && mark.begins) ?? marks.find((mark) => mark.page === id))?.href ?? []
    )
  )
  return marks.filter(({ href }) => wanted.has(href))
}

function navigation(issue: Issue, chapters: readonly Chapter[]): string {
  const { contents } = wordingFor(issue.language)
  const item = (href: string, title: string): string => `<li><a${attributes({ href })}>${escapeMarkup(title)}</a></li>`
  const toc = chapters.map((chapter) => item(chapter.path, chapter.title))
  const pageList = pagePlaces(issue, chapters).map(({ href, page }) => item(href, pageLabel(issue, page)))
  const pages =
    pageList.length > 0
      ? `\n<nav epub:type="page-list" hidden="hidden">\n<h2>${escapeMarkup(wordsFor(issue.language).pages)}</h2>\n<ol>\n${pageList.join('\n')}\n</ol>\n</nav>`
      : ''
  return `<nav epub:type="toc" id="toc" role="doc-toc">\n<h1>${escapeMarkup(contents)}</h1>\n<ol>\n${toc.join('\n')}\n</ol>\n</nav>${pages}`
}
