import { createHash } from 'node:crypto'
import type { CleanPage, Issue } from '@broadsheet/document'
import { writeEpub } from '../epub/epub.ts'
import { writeAnnotations, writeManifest } from '../iiif/manifest.ts'
import { cutTiles, imageInfo, type TileSet } from '../iiif/tiles.ts'
import type { OutputFile } from '../output-file.ts'
import { writeIssuePdf } from '../pdf/pdf.ts'
import { writeFeed } from '../publish/feed.ts'
import { writeSitemap } from '../publish/sitemap.ts'
import { slug } from '../slug.ts'
import { software } from '../software.ts'
import { compareIssues, type IssueEntry, writeHome, writeSearchPage, writeYears, yearOf } from './archive-pages.ts'
import { siteAssets } from './assets.ts'
import { type Download, writeIssuePages } from './issue-pages.ts'
import { type IssueView, issueView } from './issue-view.ts'
import type { SiteFrame } from './layout.ts'
import { type SearchDocument, type SearchSegment, writeSearchIndex } from './search-index.ts'

export interface SiteIssue {
  readonly issue: Issue
  readonly pages: readonly CleanPage[]
  /** The scan of a page; undefined when it is not at hand. Asked for one after the other, and only when it is needed. */
  readonly imageOf: (pageId: string) => Promise<Uint8Array | undefined>
}

export interface SiteArchive {
  readonly issues: Iterable<SiteIssue> | AsyncIterable<SiteIssue>
}

export interface SiteOptions {
  /** Name of the archive; the newspaper's unless given. */
  readonly title?: string
  /** BCP 47 language of the site's own words; the first issue's unless given. */
  readonly language?: string
  /** Where the site will stand, without a slash at the end. Without it there are no feed, sitemap and IIIF manifests, which need addresses. */
  readonly baseUrl?: string
  /** Files to download with every issue; both unless given. */
  readonly formats?: readonly ('pdf' | 'epub')[]
  /**
   * Reads a file of the site as it was last written, if there is one. An issue that is still the same is then not made
   * again: its files are not in the result and stay as they are.
   */
  readonly previous?: (path: string) => Promise<string | undefined>
}

type Tiles = Omit<TileSet, 'files'>

/** What is remembered of an issue, so that it need not be made again: `issues/<id>/state.json`. */
interface IssueState {
  readonly fingerprint: string
  readonly tiles: readonly (readonly [page: string, tiles: Tiles])[]
  readonly downloads: readonly Download[]
}

/**
 * A static site of an archive: calendar, issues, pages with their scans, articles beside their place on the scan, full-text
 * search, downloads. It needs no server: it works from a disk (`file://`) and below any address, and asks no one else for
 * anything. Files come one by one, an issue after the other; memory holds one issue and the text of all.
 *
 * Same input, same bytes. No two files have the same path.
 */
export async function* writeSite(archive: SiteArchive, options: SiteOptions = {}): AsyncGenerator<OutputFile, void, undefined> {
  const entries: IssueEntry[] = []
  const documents = new Map<string, { entry: IssueEntry; documents: SearchDocument[] }[]>()
  const seen = new Set<string>()
  let frame: SiteFrame | undefined
  for await (const item of archive.issues) {
    const { issue } = item
    frame ??= {
      title: options.title ?? (issue.title || issue.id),
      language: options.language ?? issue.language,
      ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl })
    }
    const folder = slug(issue.id).toLowerCase()
    if (seen.has(folder)) throw new Error(`Expected issues with different ids but received ${issue.id} twice`)
    seen.add(folder)
    const view = yield* writeIssue(frame, item, options)
    const entry = entryOf(view)
    entries.push(entry)
    const year = yearOf(entry)
    documents.set(year, [...(documents.get(year) ?? []), { entry, documents: searchDocuments(view) }])
  }
  frame ??= { title: options.title ?? software.name, language: options.language ?? 'en' }
  entries.sort(compareIssues)
  yield writeHome(frame, entries)
  yield* writeYears(frame, entries)
  yield writeSearchPage(frame)
  yield* writeSearchIndex(segmentsOf(documents))
  yield* await siteAssets()
  if (options.baseUrl !== undefined) yield* [writeFeed(frame.title, options.baseUrl, entries), ...writeSitemap(options.baseUrl, entries)]
}

async function* writeIssue(frame: SiteFrame, item: SiteIssue, options: SiteOptions): AsyncGenerator<OutputFile, IssueView, undefined> {
  const { issue, pages } = item
  const folder = `issues/${slug(issue.id)}`
  const statePath = `${folder}/state.json`
  const fingerprint = fingerprintOf(frame, item, options)
  const known = parseState(await options.previous?.(statePath))
  if (known?.fingerprint === fingerprint) return issueView(issue, pages, new Map(known.tiles))
  const scans = new Set<string>()
  const tiles = new Map<string, Tiles>()
  for (const page of pages) {
    const bytes = page.page.image && (await item.imageOf(page.page.id))
    if (!bytes) continue
    scans.add(page.page.id)
    const { files, ...set } = await cutTiles(bytes, page.page.id, page.page.image!)
    tiles.set(page.page.id, set)
    yield* files.map((file) => ({ path: `${folder}/${file.path}`, content: file.content }))
  }
  const view = issueView(issue, pages, tiles)
  const downloads: Download[] = []
  for await (const { label, file } of writeDownloads(item, scans, options)) {
    const path = `${folder}/${file.path}`
    downloads.push({ path, label })
    yield { path, content: file.content }
  }
  if (options.baseUrl !== undefined)
    for (const file of writeIiif(item, `${options.baseUrl}/${folder}`, tiles)) {
      const path = `${folder}/${file.path}`
      if (file.path === 'manifest.json') downloads.push({ path, label: 'IIIF' })
      yield { path, content: file.content }
    }
  yield* writeIssuePages(frame, view, downloads)
  const state: IssueState = { fingerprint, tiles: [...tiles], downloads }
  // Last: an issue that was cut short is made again.
  yield { path: statePath, content: `${JSON.stringify(state)}\n` }
  return view
}

/** Everything an issue's files depend on. */
function fingerprintOf(frame: SiteFrame, { issue, pages }: SiteIssue, options: SiteOptions): string {
  const hash = createHash('sha256').update(JSON.stringify([software, frame, options.formats ?? '', issue]))
  for (const page of pages) hash.update(JSON.stringify(page))
  return hash.digest('hex')
}

function parseState(text: string | undefined): IssueState | undefined {
  try {
    const state = JSON.parse(text ?? 'null') as IssueState | null
    return state && typeof state.fingerprint === 'string' && Array.isArray(state.tiles) ? state : undefined
  } catch {
    return undefined
  }
}

async function* writeDownloads(
  item: SiteIssue,
  scans: ReadonlySet<string>,
  options: SiteOptions
): AsyncGenerator<{ label: string; file: OutputFile }> {
  const { issue, pages } = item
  const name = slug(issue.id)
  const formats = options.formats ?? ['pdf', 'epub']
  if (formats.includes('pdf') && scans.size > 0)
    yield { label: 'PDF', file: { path: `${name}.pdf`, content: await writeIssuePdf(issue, pages, item) } }
  if (formats.includes('epub')) {
    const first = pages.find((page) => scans.has(page.page.id))
    const cover = first && (await item.imageOf(first.page.id))
    yield { label: 'EPUB', file: { path: `${name}.epub`, content: await writeEpub(issue, pages, { ...(cover && { cover }) }) } }
  }
}

function* writeIiif({ issue, pages }: SiteIssue, baseUrl: string, tiles: ReadonlyMap<string, Tiles>): Generator<OutputFile> {
  const options = { baseUrl, tiles }
  yield writeManifest(issue, pages, options)
  yield* writeAnnotations(issue, pages, options)
  for (const set of tiles.values())
    yield { path: `${set.folder}/info.json`, content: `${JSON.stringify(imageInfo(set, `${baseUrl}/${set.folder}`), null, 1)}\n` }
}

function entryOf(view: IssueView): IssueEntry {
  const { issue } = view.archive
  const cover = view.pages.find((page) => page.tiles)?.tiles?.thumbnail
  return {
    id: issue.id,
    title: issue.title,
    path: view.home,
    pages: issue.pages.length,
    articles: issue.articles.length,
    ...(issue.date !== undefined && { date: issue.date }),
    ...(issue.edition !== undefined && { edition: issue.edition }),
    ...(cover && { thumbnail: { ...cover, path: `${view.folder}/${cover.path}` } })
  }
}

function searchDocuments(view: IssueView): SearchDocument[] {
  const titles = new Map(view.pages.map((page) => [page.page.id, page.title]))
  const articles = view.articles.map(({ article, title, path }) => ({
    title,
    href: path.split('/').map(encodeURIComponent).join('/'),
    source: [view.title, ...article.pages.map((page) => titles.get(page) ?? '')].filter((part) => part !== '').join(' · '),
    text: article.parts
      .filter((part) => part.text !== title)
      .map((part) => part.text)
      .join('\n')
  }))
  const furniture = view.pages
    .filter((page) => page.page.furniture.length > 0)
    .map((page) => ({
      title: page.title,
      href: page.path.split('/').map(encodeURIComponent).join('/'),
      source: view.title,
      text: page.page.furniture.map((piece) => piece.text).join('\n')
    }))
  return [...furniture, ...articles].reverse()
}

function segmentsOf(years: ReadonlyMap<string, readonly { entry: IssueEntry; documents: readonly SearchDocument[] }[]>): SearchSegment[] {
  return [...years]
    .sort(([a], [b]) => (a === 'undated' ? -1 : b === 'undated' ? 1 : a < b ? -1 : 1))
    .map(([name, issues]) => ({
      name,
      documents: [...issues].sort((a, b) => compareIssues(a.entry, b.entry)).flatMap((issue) => issue.documents)
    }))
}
