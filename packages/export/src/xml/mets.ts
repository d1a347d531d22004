import type { Article, ArticlePart, BlockRef, Box, CleanPage, Issue, PageImage, TextRole } from '@broadsheet/document'
import { type Archive, eachPage, openArchive, type Pages, pageLabel } from '../archive.ts'
import { slugs } from '../slug.ts'
import { software } from '../software.ts'
import { articleElements, issueElements, writeElements } from './dublin-core.ts'
import { type PrintedBlock, printedBlocks } from './printed-blocks.ts'
import { createXmlWriter, type XmlWriter, xmlId } from './xml-writer.ts'

export interface MetsOptions {
  /** CREATEDATE, ISO 8601 date; left out without it. */
  readonly date?: string
  /** Where a page's scan and ALTO are, as URLs relative to the METS file. Default `pages/<page>/alto.xml` and the scan's own name. */
  readonly scanHref?: (page: CleanPage['page']) => string
  readonly altoHref?: (page: CleanPage['page']) => string
}

/** What METS says of a page; of the page itself nothing is kept. */
interface MetsPage {
  readonly image?: Pick<PageImage, 'href' | 'sha256' | 'crop'> & { readonly url: string }
  readonly altoUrl: string
  /** Ids of the ALTO blocks that a block of the clean text stands in. */
  readonly areas: ReadonlyMap<string, readonly string[]>
}

interface MetsContext {
  readonly archive: Archive
  readonly options: MetsOptions
  readonly pages: ReadonlyMap<string, MetsPage>
  readonly xml: XmlWriter
}

const mimeTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  jp2: 'image/jp2',
  webp: 'image/webp',
  pdf: 'application/pdf'
}

const blockTypes: Partial<Readonly<Record<TextRole, string>>> = {
  heading: 'HEADING',
  kicker: 'OVERLINE',
  deck: 'SUBHEADLINE',
  crosshead: 'CROSSHEADING',
  credit: 'BYLINE',
  dateline: 'DATELINE',
  caption: 'CAPTION',
  table: 'TABLE',
  'jump-line': 'JUMPLINE',
  paragraph: 'PARAGRAPH'
}

/**
 * METS 1.12 of an issue: files (scans and ALTO), the physical structure (pages), the logical structure (issue, articles,
 * their parts, each pointing to its ALTO blocks on whatever page), Dublin Core for issue and articles, and links from
 * articles to the pages they run over. A jump is an article with parts on two pages.
 */
export function writeMets(issue: Issue, pages: Pages, options: MetsOptions = {}): string {
  return [...streamMets(issue, pages, options)].join('')
}

/** The same piece by piece; each page is opened once. */
export function* streamMets(issue: Issue, pages: Pages, options: MetsOptions = {}): Generator<string, void, undefined> {
  const archive = openArchive(issue, pages)
  const xml = createXmlWriter()
  const context: MetsContext = { archive, options, xml, pages: lookThrough(archive, options) }
  xml.open('mets', {
    xmlns: 'http://www.loc.gov/METS/',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    OBJID: issue.id,
    TYPE: 'Newspaper',
    LABEL: [issue.title, issue.date, issue.edition].filter(Boolean).join(' ')
  })
  writeHeader(context)
  writeDescription(context, 'dmd-issue', issueElements(issue))
  for (const article of issue.articles) {
    writeDescription(context, dmdId(article), articleElements(issue, article))
    yield xml.take()
  }
  writeFiles(context)
  writePhysical(context)
  yield* writeLogical(context)
  writeLinks(context)
  xml.close()
  yield xml.finish()
}

function lookThrough(archive: Archive, options: MetsOptions): Map<string, MetsPage> {
  const folders = slugs(archive.issue.pages.map((page) => page.id))
  const pages = new Map<string, MetsPage>()
  for (const clean of eachPage(archive.pages)) {
    const { page } = clean
    pages.set(page.id, {
      altoUrl: options.altoHref?.(page) ?? `pages/${folders.get(page.id)}/alto.xml`,
      areas: partsByBlock(printedBlocks(clean)),
      ...(page.image?.href && { image: { ...page.image, url: imageUrl(page, page.image, options) } })
    })
  }
  return pages
}

function imageUrl(page: CleanPage['page'], image: PageImage, options: MetsOptions): string {
  return options.scanHref?.(page) ?? encodeURIComponent(image.href.replace(/\p{Surrogate}/gu, '\ufffd'))
}

const pageKey = (page: string): string => xmlId(page)
const altoId = (page: string): string => `alto-${pageKey(page)}`
const imageId = (page: string): string => `image-${pageKey(page)}`
const physicalId = (page: string): string => `phys-${pageKey(page)}`
const logicalId = (article: Article): string => `log-${xmlId(article.id)}`
const dmdId = (article: Article): string => `dmd-${xmlId(article.id)}`

function partsByBlock(blocks: readonly PrintedBlock[]): Map<string, string[]> {
  const parts = new Map<string, string[]>()
  for (const block of blocks) parts.set(block.block, [...(parts.get(block.block) ?? []), block.id])
  return parts
}

function writeHeader({ xml, options }: MetsContext): void {
  xml.open('metsHdr', options.date ? { CREATEDATE: `${options.date}T00:00:00Z` } : {})
  xml.open('agent', { ROLE: 'CREATOR', TYPE: 'OTHER', OTHERTYPE: 'SOFTWARE' })
  xml.element('name', {}, `${software.name} ${software.version}`)
  xml.close()
  xml.close()
}

function writeDescription({ xml }: MetsContext, id: string, elements: readonly (readonly [string, string | undefined])[]): void {
  xml.open('dmdSec', { ID: id })
  xml.open('mdWrap', { MDTYPE: 'DC' })
  xml.open('xmlData')
  writeElements(xml, elements)
  xml.close()
  xml.close()
  xml.close()
}

function writeFiles({ xml, archive, pages }: MetsContext): void {
  const known = archive.issue.pages.flatMap(({ id }) => (pages.has(id) ? [{ id, ...pages.get(id)! }] : []))
  const images = known.flatMap(({ id, image }) => (image ? [{ id, image }] : []))
  xml.open('fileSec')
  if (images.length > 0) {
    xml.open('fileGrp', { USE: 'IMAGE' })
    for (const { id, image } of images) {
      const ending = /\.([A-Za-z0-9]+)$/.exec(image.href)?.[1]?.toLowerCase() ?? ''
      writeFile(xml, imageId(id), mimeTypes[ending] ?? 'application/octet-stream', image.url, image.sha256)
    }
    xml.close()
  }
  xml.open('fileGrp', { USE: 'FULLTEXT' })
  for (const { id, altoUrl } of known) writeFile(xml, altoId(id), 'text/xml', altoUrl)
  xml.close()
  xml.close()
}

function writeFile(xml: XmlWriter, id: string, type: string, href: string, sha256?: string): void {
  xml.open('file', { ID: id, MIMETYPE: type, ...(sha256 ? { CHECKSUM: sha256, CHECKSUMTYPE: 'SHA-256' } : {}) })
  xml.element('FLocat', { LOCTYPE: 'URL', 'xlink:href': href })
  xml.close()
}

function writePhysical({ xml, archive, pages }: MetsContext): void {
  xml.open('structMap', { TYPE: 'PHYSICAL' })
  xml.open('div', { TYPE: 'physSequence', ID: 'phys-issue', DMDID: 'dmd-issue' })
  for (const [index, { id }] of archive.issue.pages.entries()) {
    const page = pages.get(id)
    xml.open('div', { TYPE: 'page', ID: physicalId(id), ORDER: index + 1, ORDERLABEL: pageLabel(archive, id) })
    if (page?.image) writeImagePointer(xml, imageId(id), page.image.crop)
    if (page) xml.element('fptr', { FILEID: altoId(id) })
    xml.close()
  }
  xml.close()
  xml.close()
}

/** The scan, or the part of it that is the page. */
function writeImagePointer(xml: XmlWriter, id: string, crop: Box | undefined): void {
  if (!crop) {
    xml.element('fptr', { FILEID: id })
    return
  }
  xml.open('fptr')
  const coords = [crop.x, crop.y, crop.x + crop.width, crop.y + crop.height].map(Math.round).join(',')
  xml.element('area', { FILEID: id, SHAPE: 'RECT', COORDS: coords })
  xml.close()
}

function* writeLogical(context: MetsContext): Generator<string, void, undefined> {
  const { xml, archive } = context
  const { issue } = archive
  xml.open('structMap', { TYPE: 'LOGICAL' })
  xml.open('div', { TYPE: 'ISSUE', ID: 'log-issue', DMDID: 'dmd-issue', LABEL: issue.title })
  for (const [index, article] of issue.articles.entries()) {
    xml.open('div', { TYPE: 'ARTICLE', ID: logicalId(article), DMDID: dmdId(article), ORDER: index + 1, LABEL: article.heading })
    for (const part of article.parts) writePart(context, part)
    xml.close()
    yield xml.take()
  }
  for (const page of issue.pages) writeFurniture(context, page.id)
  xml.close()
  xml.close()
}

function writeFurniture(context: MetsContext, id: string): void {
  const page = context.archive.issuePages.get(id)
  if (!page || page.furniture.length === 0) return
  const { xml } = context
  xml.open('div', { TYPE: 'PAGE_FURNITURE', LABEL: pageLabel(context.archive, id) })
  for (const item of page.furniture) writePart(context, { role: item.role, text: item.text, blocks: [item.block] })
  xml.close()
}

function writePart(context: MetsContext, part: ArticlePart): void {
  const { xml } = context
  xml.open('div', { TYPE: blockTypes[part.role] ?? part.role.toUpperCase() })
  for (const ref of part.blocks) writeArea(context, ref)
  xml.close()
}

function writeArea({ xml, pages }: MetsContext, ref: BlockRef): void {
  const ids = pages.get(ref.page)?.areas.get(ref.block) ?? []
  for (const id of ids) {
    xml.open('fptr')
    xml.element('area', { FILEID: altoId(ref.page), BETYPE: 'IDREF', BEGIN: id })
    xml.close()
  }
}

function writeLinks({ xml, archive }: MetsContext): void {
  const { issue } = archive
  if (issue.pages.length === 0) return
  xml.open('structLink')
  for (const page of issue.pages) xml.element('smLink', { 'xlink:from': 'log-issue', 'xlink:to': physicalId(page.id) })
  for (const article of issue.articles)
    for (const page of article.pages)
      if (archive.issuePages.has(page)) xml.element('smLink', { 'xlink:from': logicalId(article), 'xlink:to': physicalId(page) })
  xml.close()
}
