import { type BlockRef, rawText, textRegions } from '@broadsheet/document'
import type { OutputFile } from '../output-file.ts'
import { attributes, escapeMarkup, languageTag } from '../publish/markup.ts'
import { articlePlaces } from '../publish/places.ts'
import { wordsFor } from '../words.ts'
import type { ArticleView, IssueView, PageView } from './issue-view.ts'
import { relative, type SiteFrame, writeHtml } from './layout.ts'
import { blockMarkup, changesMarkup, partMarkup, placeAttributes } from './text-markup.ts'
import { viewerMarkup, viewerScripts, viewSwitch, writePageData } from './viewer.ts'

/** Other forms of the issue that lie in its folder. */
export interface Download {
  readonly path: string
  readonly label: string
}

/** All HTML of an issue: its front, its pages, its articles; and the data of the viewer. */
export function* writeIssuePages(frame: SiteFrame, view: IssueView, downloads: readonly Download[]): Generator<OutputFile> {
  yield front(frame, view, downloads)
  for (const [index, page] of view.pages.entries()) {
    yield onePage(frame, view, page, view.pages[index - 1], view.pages[index + 1])
    if (page.tiles) yield writePageData(view, page)
  }
  for (const article of view.articles) yield oneArticle(frame, view, article)
}

function front(frame: SiteFrame, view: IssueView, downloads: readonly Download[]): OutputFile {
  const { issue } = view.archive
  const to = (path: string): string => relative(view.home, path)
  const pages = view.pages.map((page) => {
    const articles = (view.articlesOf.get(page.page.id) ?? []).filter(({ article }) => article.pages[0] === page.page.id)
    const list = articles
      .map((article) => `<li><a${attributes({ href: to(article.path) })}>${escapeMarkup(article.title)}</a></li>`)
      .join('\n')
    return `<section class="page-card">\n<h2><a${attributes({ href: to(page.path) })}>${thumbnail(view, page, view.home)}<span>${escapeMarkup(page.title)}</span></a></h2>\n<ul>\n${list}\n</ul>${page.page.state.message ? `\n<p class="failed">${escapeMarkup(page.page.state.message)}</p>` : ''}\n</section>`
  })
  const lines = [issue.date, issue.edition, issue.publisher, issue.rights].filter((line) => line !== undefined && line !== '')
  const links = downloads.map(({ path, label }) => `<li><a${attributes({ href: to(path) })}>${escapeMarkup(label)}</a></li>`)
  const downloadList =
    links.length > 0 ? `\n<h2>${escapeMarkup(view.words.downloads)}</h2>\n<ul class="downloads">${links.join('')}</ul>` : ''
  const main = `<h1>${escapeMarkup(issue.title || issue.id)}</h1>\n<p class="source">${lines.map((line) => escapeMarkup(line!)).join(' · ')}</p>\n<div class="cards">\n${pages.join('\n')}\n</div>${downloadList}`
  return {
    path: view.home,
    content: writeHtml(frame, { path: view.home, title: view.title, trail: [], main, kind: 'issue', language: issue.language })
  }
}

/** The page in small; decoration beside its name. */
export function thumbnail(view: IssueView, page: PageView, from: string): string {
  if (!page.tiles) return '<span class="no-scan"></span>'
  const { path, width, height } = page.tiles.thumbnail
  return `<img${attributes({ src: relative(from, `${view.folder}/${path}`), width, height, alt: '', loading: 'lazy' })}>`
}

function onePage(
  frame: SiteFrame,
  view: IssueView,
  page: PageView,
  previous: PageView | undefined,
  next: PageView | undefined
): OutputFile {
  const { words } = view
  const step = (to: PageView | undefined, rel: string, label: string): string =>
    to ? `<a${attributes({ rel, href: relative(page.path, to.path) })}>${escapeMarkup(label)}</a>` : ''
  const articles = (view.articlesOf.get(page.page.id) ?? []).map((article) => articleOnPage(view, article, page))
  const grade = page.page.state.grade ? `<p class="grade">${escapeMarkup(words.grade)} ${page.page.state.grade}</p>` : ''
  const text = `<div class="text">
<div class="bar">${viewSwitch(words)}<nav class="steps"${attributes({ 'aria-label': wordsFor(view.archive.issue.language).pages })}>${step(previous, 'prev', words.previous)} ${step(next, 'next', words.next)}</nav></div>
<h1>${escapeMarkup(page.title)}</h1>${grade}${page.page.state.message ? `\n<p class="failed">${escapeMarkup(page.page.state.message)}</p>` : ''}
<div class="reading">
${articles.join('\n')}
${furniture(view, page)}
</div>
${rawReading(view, page)}
</div>`
  const main = `<div class="split">\n${viewerMarkup(view, [page], page.path, undefined)}\n${text}\n</div>`
  return {
    path: page.path,
    content: writeHtml(frame, {
      path: page.path,
      title: `${page.title} ${view.title}`,
      trail: [{ title: view.title, path: view.home }],
      main,
      kind: 'page',
      language: view.archive.pages.get(page.page.id)?.page.language ?? view.archive.issue.language,
      scripts: page.tiles ? [...viewerScripts, page.data] : [],
      ...(previous && { previous: previous.path }),
      ...(next && { next: next.path })
    })
  }
}

function articleOnPage(view: IssueView, { article, anchor, title, path }: ArticleView, page: PageView): string {
  const parts = article.parts.map((part) => partMarkup(view.archive, part, { level: 2, only: page.page.id })).filter((part) => part !== '')
  const refs = article.parts.flatMap((part): readonly BlockRef[] => part.blocks).filter((ref) => ref.page === page.page.id)
  const open = `<p class="open"><a${attributes({ href: relative(page.path, path) })}>${escapeMarkup(view.words.openArticle)}<span class="hidden"> ${escapeMarkup(title)}</span></a></p>`
  return `<article${attributes({ id: anchor, tabindex: -1, 'aria-label': title })}>\n${parts.join('\n')}\n${changesMarkup(view.archive, refs)}${open}\n</article>`
}

function furniture(view: IssueView, page: PageView): string {
  if (page.page.furniture.length === 0) return ''
  const pieces = page.page.furniture.map((piece) => blockMarkup(view.archive, piece.block, piece.role))
  return `<section class="furniture">\n<h2>${escapeMarkup(wordsFor(view.archive.issue.language).furniture)}</h2>\n${pieces.join('\n')}\n</section>`
}

/** The page as it was read, before anything was joined, split or mended. */
function rawReading(view: IssueView, page: PageView): string {
  const clean = view.archive.pages.get(page.page.id)
  if (!clean) return ''
  const regions = textRegions(clean.page).map((region) => {
    const boxes = region.box ? [region.box] : []
    const place =
      boxes.length === 0
        ? ''
        : `<a class="place" href="#scan"${placeAttributes([{ page: page.page.id, boxes }])}${attributes({ 'aria-label': view.words.onScan })}></a>`
    return `<p>${place}${escapeMarkup(rawText(region))}</p>`
  })
  return `<section class="as-read"${attributes({ 'aria-label': view.words.raw })}>\n${regions.join('\n')}\n</section>`
}

function oneArticle(frame: SiteFrame, view: IssueView, { article, title, path }: ArticleView): OutputFile {
  const { words } = view
  const pages = article.pages.flatMap((id) => view.pageOf.get(id) ?? [])
  const titled = article.parts.some((part) => part.role === 'heading')
  const parts = article.parts.map((part) => partMarkup(view.archive, part, { level: 1 }))
  const refs = article.parts.flatMap((part): readonly BlockRef[] => part.blocks)
  const source = pages.map((page) => `<a${attributes({ href: relative(path, page.path) })}>${escapeMarkup(page.title)}</a>`)
  const language = languageTag(view.archive.pages.get(article.pages[0] ?? '')?.page.language ?? view.archive.issue.language)
  const text = `<div class="text">
<div class="bar">${viewSwitch(words)}</div>
<article${placeAttributes(articlePlaces(view.archive, article))}>${titled ? '' : `\n<h1 class="untitled">${escapeMarkup(title)}</h1>`}
${parts.filter((part) => part !== '').join('\n')}
${changesMarkup(view.archive, refs)}
</article>
<p class="source">${escapeMarkup(view.title)} · ${source.join(' · ')}</p>
</div>`
  const main = `<div class="split">\n${viewerMarkup(
    view,
    pages,
    path,
    `a-${path
      .split('/')
      .pop()!
      .replace(/\.html$/, '')}`
  )}\n${text}\n</div>`
  const [first] = pages
  const trail = [{ title: view.title, path: view.home }, ...(first ? [{ title: first.title, path: first.path }] : [])]
  const withTiles = pages.filter((page) => page.tiles)
  const scripts = withTiles.length > 0 ? [...viewerScripts, ...withTiles.map((page) => page.data)] : []
  return { path, content: writeHtml(frame, { path, title, trail, main, kind: 'article', language, scripts }) }
}
