import { createHash } from 'node:crypto'
import { type Issue, orientationOf } from '@broadsheet/document'
import { eachPage, type Pages, pageSource } from '../archive.ts'
import { streamEpub } from '../epub/epub.ts'
import { writeAnnotations, writeManifest } from '../iiif/manifest.ts'
import { cutTiles, imageInfo, type TileSet } from '../iiif/tiles.ts'
import type { OutputFile, OutputStream } from '../output-file.ts'
import { streamIssuePdf } from '../pdf/index.ts'
import { writeFeed } from '../publish/feed.ts'
import { writeSitemap } from '../publish/sitemap.ts'
import { slug } from '../slug.ts'
import { software } from '../software.ts'
import { uprightPages } from '../upright.ts'
import { wordsFor } from '../words.ts'
import { compareIssues, type IssueEntry, writeHome, writeSearchPage, writeYears, yearOf } from './archive-pages.ts'
import { siteAssets } from './assets.ts'
import { type Download, writeIssuePages } from './issue-pages.ts'
import { type IssueView, issueView } from './issue-view.ts'
import type { SiteFrame } from './layout.ts'
import { type SearchDocument, type SearchSegment, writeSearchIndex } from './search-index.ts'

export interface SiteIssue {
  readonly issue: Issue
  readonly pages: Pages
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
   * The site as it stands, where there is one. An issue that is still the same is not made again (its files are not in the
   * result), and issues that are not in the archive now stay in the calendar, the feed and the search.
   */
  readonly previous?: PreviousSite
}

/** A file of the site. */
export type SiteFile = OutputFile | OutputStream

/** How to look at a site that was written before. */
export interface PreviousSite {
  /** A text file by its path from the site's root; undefined when it is not there. */
  readonly read: (path: string) => Promise<string | undefined>
  /** Names of the folders below `issues/`. */
  readonly issues: () => Promise<readonly string[]>
}

type Tiles = Omit<TileSet, 'files'>

/** What is remembered of an issue, so that it need not be made again: `issues/<id>/state.json`. */
interface IssueState {
  readonly fingerprint: string
  readonly entry: IssueEntry
  readonly documents: readonly SearchDocument[]
  /** Pages whose scan could not be had: when it can, the issue is made again. */
  readonly lacking?: readonly string[]
  /** Every file made for the issue, from the site's root. */
  readonly files?: readonly string[]
}

/**
 * A static site of an archive: calendar, issues, pages with their scans, articles beside their place on the scan, full-text
 * search, downloads. It needs no server: it works from a disk (`file://`) and below any address, and asks no one else for
 * anything. Files come one by one, an issue after the other, downloads piece by piece; memory holds a page or two, what the
 * record says of the issue, and the text of all.
 *
 * Same input, same bytes. No two files have the same path.
 */
export async function* writeSite(archive: SiteArchive, options: SiteOptions = {}): AsyncGenerator<SiteFile, void, undefined> {
  const states = new Map<string, IssueState>()
  let frame: SiteFrame | undefined
  for await (const item of archive.issues) {
    frame ??= frameOf(item.issue, options)
    const folder = slug(item.issue.id)
    if ([...states.keys()].some((other) => other.toLowerCase() === folder.toLowerCase()))
      throw new Error(`Expected issues with different ids but received ${item.issue.id} twice`)
    states.set(folder, yield* writeIssue(frame, item, options))
  }
  for (const folder of (await options.previous?.issues()) ?? []) {
    const state = states.has(folder) ? undefined : parseState(await options.previous!.read(`issues/${folder}/state.json`))
    if (state) states.set(folder, state)
  }
  frame ??= frameOf(undefined, options)
  yield* writeArchive(
    frame,
    [...states.values()].sort((a, b) => compareIssues(a.entry, b.entry)),
    options
  )
}

function frameOf(issue: Issue | undefined, options: SiteOptions): SiteFrame {
  const title = options.title ?? (issue?.title || software.name)
  return {
    title,
    language: options.language ?? issue?.language ?? 'en',
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl })
  }
}

/** What lists, finds and announces all issues. */
async function* writeArchive(
  frame: SiteFrame,
  states: readonly IssueState[],
  options: SiteOptions
): AsyncGenerator<OutputFile, void, undefined> {
  const entries = states.map((state) => state.entry)
  yield writeHome(frame, entries)
  yield* writeYears(frame, entries)
  yield writeSearchPage(frame)
  yield* writeSearchIndex(segmentsOf(states))
  yield* await siteAssets()
  if (options.baseUrl !== undefined) yield* [writeFeed(frame.title, options.baseUrl, entries), ...writeSitemap(options.baseUrl, entries)]
}

async function* writeIssue(frame: SiteFrame, item: SiteIssue, options: SiteOptions): AsyncGenerator<SiteFile, IssueState, undefined> {
  const folder = `issues/${slug(item.issue.id)}`
  const statePath = `${folder}/state.json`
  const fingerprint = fingerprintOf(frame, item, options)
  const known = parseState(await options.previous?.read(statePath))
  if (known?.fingerprint === fingerprint && !(await canHave(item, known.lacking ?? []))) return known
  const files: string[] = []
  const made = makeIssue(frame, item, folder, options)
  let next = await made.next()
  for (; !next.done; next = await made.next()) {
    files.push(next.value.path)
    yield next.value
  }
  const state: IssueState = { fingerprint, ...next.value, files: files.sort() }
  // Last: an issue that was cut short is made again.
  yield { path: statePath, content: `${JSON.stringify(state)}\n` }
  return state
}

async function canHave({ imageOf }: SiteIssue, pages: readonly string[]): Promise<boolean> {
  for (const page of pages) if (await imageOf(page)) return true
  return false
}

async function* makeIssue(
  frame: SiteFrame,
  item: SiteIssue,
  folder: string,
  options: SiteOptions
): AsyncGenerator<SiteFile, Omit<IssueState, 'fingerprint' | 'files'>, undefined> {
  const { issue } = item
  const pages = uprightPages(item.pages)
  const { tiles, lacking } = yield* writeTiles(item, folder)
  const downloads: Download[] = []
  for await (const { label, file } of writeDownloads(item, tiles, options)) {
    const path = `${folder}/${file.path}`
    if (label !== undefined) downloads.push({ path, label })
    yield { ...file, path }
  }
  const view = issueView(issue, pages, tiles)
  yield* writeIssuePages(frame, view, downloads)
  return { entry: entryOf(view), documents: searchDocuments(view), ...(lacking.length > 0 && { lacking }) }
}

/** `lacking`: pages that have a scan which is not at hand. */
async function* writeTiles(
  { pages, imageOf }: SiteIssue,
  folder: string
): AsyncGenerator<OutputFile, { readonly tiles: Map<string, Tiles>; readonly lacking: readonly string[] }, undefined> {
  const tiles = new Map<string, Tiles>()
  const lacking: string[] = []
  for (const { page } of eachPage(uprightPages(pages))) {
    const bytes = page.image && (await imageOf(page.id))
    if (page.image && !bytes) lacking.push(page.id)
    if (!bytes) continue
    const { files, ...set } = await cutTiles(bytes, page.id, page.image!, orientationOf(page))
    tiles.set(page.id, set)
    yield* files.map((file) => ({ path: `${folder}/${file.path}`, content: file.content }))
  }
  return { tiles, lacking }
}

/** Everything an issue's files depend on. */
function fingerprintOf(frame: SiteFrame, { issue, pages }: SiteIssue, options: SiteOptions): string {
  const hash = createHash('sha256').update(JSON.stringify([software, frame, options.formats ?? '', issue]))
  for (const page of eachPage(pageSource(pages))) hash.update(JSON.stringify(page))
  return hash.digest('hex')
}

function parseState(text: string | undefined): IssueState | undefined {
  try {
    const state = JSON.parse(text ?? 'null') as IssueState | null
    return state && typeof state.fingerprint === 'string' && typeof state.entry?.path === 'string' && Array.isArray(state.documents)
      ? state
      : undefined
  } catch {
    return undefined
  }
}

/** The issue in other forms; those with a label are offered to the reader. */
async function* writeDownloads(
  item: SiteIssue,
  tiles: ReadonlyMap<string, Tiles>,
  options: SiteOptions
): AsyncGenerator<{ readonly label?: string; readonly file: SiteFile }> {
  const { issue } = item
  const pages = uprightPages(item.pages)
  const name = slug(issue.id)
  const formats = options.formats ?? ['pdf', 'epub']
  if (formats.includes('pdf') && tiles.size > 0)
    yield { label: 'PDF', file: { path: `${name}.pdf`, open: () => streamIssuePdf(issue, pages, item) } }
  if (formats.includes('epub')) {
    const first = pages.ids.find((id) => tiles.has(id))
    const cover = first === undefined ? undefined : await item.imageOf(first)
    const coverPage = first === undefined ? undefined : pages.get(first)?.page
    const front = { ...(cover && { cover }), ...(coverPage && { coverPage }) }
    yield { label: 'EPUB', file: { path: `${name}.epub`, open: () => streamEpub(issue, pages, front) } }
  }
  if (options.baseUrl === undefined) return
  const baseUrl = `${options.baseUrl}/issues/${name}`
  yield { label: 'IIIF', file: writeManifest(issue, pages, { baseUrl, tiles }) }
  for (const file of writeAnnotations(issue, pages, { baseUrl })) yield { file }
  for (const set of tiles.values())
    yield { file: { path: `${set.folder}/info.json`, content: `${JSON.stringify(imageInfo(set, `${baseUrl}/${set.folder}`), null, 1)}\n` } }
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
      title: `${page.title} ${wordsFor(view.archive.issue.language).furniture}`,
      href: page.path.split('/').map(encodeURIComponent).join('/'),
      source: view.title,
      text: page.page.furniture.map((piece) => piece.text).join('\n')
    }))
  return [...articles, ...furniture].reverse()
}

/** By year, undated first; the search shows the last first. */
function segmentsOf(states: readonly IssueState[]): SearchSegment[] {
  const years = new Map<string, SearchDocument[]>()
  for (const { entry, documents } of states) years.set(yearOf(entry), [...(years.get(yearOf(entry)) ?? []), ...documents])
  return [...years].map(([name, documents]) => ({ name, documents }))
}
