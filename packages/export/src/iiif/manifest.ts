import type { Article, Box, Issue } from '@broadsheet/document'
import { type Archive, eachPage, openArchive, type PageSource, type Pages } from '../archive.ts'
import type { OutputFile } from '../output-file.ts'
import { pageFrame } from '../pdf/page-frame.ts'
import { portable } from '../portable.ts'
import { calendarDate, languageTag } from '../publish/markup.ts'
import { articlePlaces } from '../publish/places.ts'
import { articleTitle, issueTitle, pageLabel } from '../publish/titles.ts'
import { wordingFor } from '../publish/wording.ts'
import { slugs } from '../slug.ts'
import { uprightPages } from '../upright.ts'
import { wordsFor } from '../words.ts'
import { annotationPage, isVertical } from './annotations.ts'
import { imageInfo, type TileSet } from './tiles.ts'

export interface ManifestOptions {
  /** Where the issue's folder will stand on the web, without a slash at the end: `https://archive.example/issues/x`. */
  readonly baseUrl: string
  /** Tiles by page id. A page without has a canvas, but no picture on it. */
  readonly tiles?: ReadonlyMap<string, Omit<TileSet, 'files'>>
  /** Other forms of the issue, paths below its folder. */
  readonly renderings?: readonly { readonly path: string; readonly format: string; readonly label: string }[]
  /** The same page for machines: ALTO, PAGE-XML; path below the issue's folder. */
  readonly seeAlso?: (pageId: string) => readonly { readonly path: string; readonly format: string; readonly profile?: string }[]
}

type Json = Record<string, unknown>

/**
 * An issue as IIIF Presentation 3: `manifest.json`, pages as canvases, articles as ranges of their places on the pages.
 * The text lies beside it, one annotation page a canvas (see `writeAnnotations`).
 *
 * @throws Error when `baseUrl` is no address of http or https
 */
export function writeManifest(issue: Issue, pages: Pages, options: ManifestOptions): OutputFile {
  if (!/^https?:\/\/[^\s]+[^/\s]$/.test(options.baseUrl))
    throw new Error(`Expected an http or https address without a slash at the end but received ${options.baseUrl}`)
  const archive = openArchive(issue, uprightPages(pages))
  const language = languageTag(issue.language)
  const day = calendarDate(issue.date)
  const { canvases, vertical } = lookThrough(archive.pages)
  const manifest: Json = {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: `${options.baseUrl}/manifest.json`,
    type: 'Manifest',
    label: { [language]: [portable(issueTitle(issue)) || issue.id] },
    metadata: metadata(issue, language),
    ...(day && { navDate: `${day}T00:00:00Z` }),
    ...rightsOf(issue, language),
    ...(vertical && { viewingDirection: 'right-to-left' }),
    behavior: ['individuals'],
    ...(options.renderings && {
      rendering: options.renderings.map((form) => linked(form.path, form.format, form.label, language, options))
    }),
    items: [...canvases.values()].flatMap((one) => (one.hasImage ? canvas(archive, one, language, options) : [])),
    ...ranges(archive, canvases, language, options)
  }
  return { path: 'manifest.json', content: `${JSON.stringify(manifest, null, 1)}\n` }
}

/** What the manifest says of a page; of the page itself nothing is kept. */
interface Canvas {
  readonly id: string
  readonly name: string
  readonly frame: Box
  readonly hasImage: boolean
}

/** `vertical`: all pages with a scan are set in vertical lines. */
function lookThrough(pages: PageSource): { readonly canvases: ReadonlyMap<string, Canvas>; readonly vertical: boolean } {
  const names = slugs(pages.ids)
  const canvases = new Map<string, Canvas>()
  let vertical: boolean | undefined
  for (const clean of eachPage(pages)) {
    const { id, image } = clean.page
    const frame = pageFrame(image ?? { href: '', width: 1, height: 1, sha256: '' })
    canvases.set(id, { id, name: names.get(id)!, frame, hasImage: image !== undefined })
    if (image) vertical = vertical !== false && isVertical(clean)
  }
  return { canvases, vertical: vertical === true }
}

/** The text of the pages, one file a page: `annotations/<page>.json`. */
export function* writeAnnotations(issue: Issue, pages: Pages, options: ManifestOptions): Generator<OutputFile, void, undefined> {
  const source = uprightPages(pages)
  const names = slugs(source.ids)
  for (const page of eachPage(source)) {
    if (!page.page.image) continue
    const name = names.get(page.page.id)!
    const ids = { page: `${options.baseUrl}/annotations/${name}.json`, canvas: canvasId(options, name) }
    const content = annotationPage(page, ids, languageTag(page.page.language ?? issue.language))
    yield { path: `annotations/${name}.json`, content: `${JSON.stringify(content, null, 1)}\n` }
  }
}

function canvasId(options: ManifestOptions, name: string): string {
  return `${options.baseUrl}/canvas/${name}`
}

function metadata(issue: Issue, language: string): Json[] {
  const chinese = language.startsWith('zh')
  const entries: [label: string, value: string | undefined][] = [
    [chinese ? '日期' : 'Date', issue.date],
    [chinese ? '版次' : 'Edition', issue.edition],
    [chinese ? '出版' : 'Publisher', issue.publisher]
  ]
  return entries
    .filter(([, value]) => value)
    .map(([label, value]) => ({ label: { [language]: [label] }, value: { none: [portable(value!)] } }))
}

/** `rights` may only be an address of a licence or rights statement; any other wording is a statement to be shown. */
function rightsOf(issue: Issue, language: string): Json {
  if (!issue.rights) return {}
  if (/^https?:\/\/(creativecommons\.org|rightsstatements\.org)\/\S+$/.test(issue.rights))
    return { rights: issue.rights.replace(/^https/, 'http') }
  return {
    requiredStatement: { label: { [language]: [language.startsWith('zh') ? '权利' : 'Rights'] }, value: { none: [portable(issue.rights)] } }
  }
}

function linked(path: string, format: string, label: string, language: string, options: ManifestOptions): Json {
  return { id: `${options.baseUrl}/${path}`, type: format.startsWith('image/') ? 'Image' : 'Text', format, label: { [language]: [label] } }
}

function canvas(archive: Archive, { id, name, frame }: Canvas, language: string, options: ManifestOptions): Json {
  const canvasUrl = canvasId(options, name)
  const { width, height } = frame
  const tiles = options.tiles?.get(id)
  const seeAlso = options.seeAlso?.(id) ?? []
  return {
    id: canvasUrl,
    type: 'Canvas',
    label: { [language]: [wordingFor(language).page(portable(pageLabel(archive.issue, id)))] },
    width,
    height,
    ...(tiles && { thumbnail: [thumbnail(tiles, options)] }),
    ...(seeAlso.length > 0 && {
      seeAlso: seeAlso.map(({ path, ...rest }) => ({ id: `${options.baseUrl}/${path}`, type: 'Dataset', ...rest }))
    }),
    items: [{ id: `${canvasUrl}/painting`, type: 'AnnotationPage', items: tiles ? [painting(canvasUrl, tiles, options)] : [] }],
    annotations: [
      { id: `${options.baseUrl}/annotations/${name}.json`, type: 'AnnotationPage', label: { [language]: [wordsFor(language).articles] } }
    ]
  }
}

function thumbnail(tiles: Omit<TileSet, 'files'>, options: ManifestOptions): Json {
  const { path, width, height } = tiles.thumbnail
  return { id: `${options.baseUrl}/${path}`, type: 'Image', format: mediaType(tiles), width, height }
}

const mediaType = (tiles: Pick<TileSet, 'format'>): string => (tiles.format === 'png' ? 'image/png' : 'image/jpeg')

function painting(canvasUrl: string, tiles: Omit<TileSet, 'files'>, options: ManifestOptions): Json {
  const { id, type, profile } = imageInfo(tiles, `${options.baseUrl}/${tiles.folder}`)
  const body = { ...thumbnail(tiles, options), width: tiles.width, height: tiles.height, service: [{ id, type, profile }] }
  return { id: `${canvasUrl}/painting/1`, type: 'Annotation', motivation: 'painting', body, target: canvasUrl }
}

function ranges(archive: Archive, canvases: ReadonlyMap<string, Canvas>, language: string, options: ManifestOptions): Json {
  const names = slugs(archive.issue.articles.map((article) => article.id))
  const items = archive.issue.articles.flatMap((article) => {
    const targets = articlePlaces(archive, article).flatMap(({ page, boxes }) => {
      const { name, frame } = canvases.get(page)!
      return boxes.map((box) => `${canvasId(options, name)}#xywh=${box.x - frame.x},${box.y - frame.y},${box.width},${box.height}`)
    })
    return range(article, names.get(article.id)!, targets, language, options) ?? []
  })
  if (items.length === 0) return {}
  const { articles } = wordsFor(language)
  return { structures: [{ id: `${options.baseUrl}/range/articles`, type: 'Range', label: { [language]: [articles] }, items }] }
}

function range(article: Article, name: string, targets: readonly string[], language: string, options: ManifestOptions): Json | undefined {
  if (targets.length === 0) return undefined
  return {
    id: `${options.baseUrl}/range/${name}`,
    type: 'Range',
    label: { [language]: [portable(articleTitle(article, language))] },
    items: targets.map((id) => ({ id, type: 'Canvas' }))
  }
}
