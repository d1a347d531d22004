import type { Article, ArticlePart, BlockRef, Box, Issue, Page, TextRole } from '@broadsheet/document'
import { furnitureRoles } from '@broadsheet/document'
import { type Archive, blockOf, eachPage, openArchive, type Pages, pageLabel } from '../archive.ts'
import { software } from '../software.ts'
import { teiRuns } from './tei-text.ts'
import { createXmlWriter, type XmlWriter, xmlId } from './xml-writer.ts'

export interface TeiOptions {
  /** ISO 8601 date of publication of the file; left out without it. */
  readonly date?: string
  /** URL of a page's scan, relative to the file; default its name. */
  readonly scanHref?: (page: Page) => string
}

interface TeiContext {
  readonly archive: Archive
  readonly xml: XmlWriter
  /** Where the text being written last was. */
  place: { page?: string; column?: number }
}

/**
 * TEI P5 of an issue: a `div` an article with `pb`, `cb` and `lb` where the paper has them; `choice` of `sic` (as read)
 * and `corr` for every applied change; `unclear` for doubts; the facsimile with a zone for every region and line; page
 * furniture as `fw` after the articles. The text without `sic` is the clean text.
 */
export function writeTei(issue: Issue, pages: Pages, options: TeiOptions = {}): string {
  return [...streamTei(issue, pages, options)].join('')
}

/** The same piece by piece, with a page or two in memory. */
export function* streamTei(issue: Issue, pages: Pages, options: TeiOptions = {}): Generator<string, void, undefined> {
  const archive = openArchive(issue, pages)
  const xml = createXmlWriter()
  const context: TeiContext = { archive, xml, place: {} }
  xml.open('TEI', { xmlns: 'http://www.tei-c.org/ns/1.0' })
  writeHeader(context, options)
  yield* writeFacsimile(context, options)
  xml.open('text', { 'xml:lang': issue.language })
  xml.open('body')
  for (const article of issue.articles) {
    writeArticle(context, article)
    yield xml.take()
  }
  for (const page of issue.pages) {
    writeFurniture(context, page.id)
    yield xml.take()
  }
  if (issue.articles.length === 0 && !issue.pages.some((page) => page.furniture.length > 0)) emptyDiv(xml)
  xml.close()
  xml.close()
  xml.close()
  yield xml.finish()
}

function emptyDiv(xml: XmlWriter): void {
  xml.open('div')
  xml.element('p')
  xml.close()
}

function writeHeader({ archive, xml }: TeiContext, options: TeiOptions): void {
  const { issue } = archive
  const title = [issue.title, issue.date, issue.edition].filter(Boolean).join(' ')
  xml.open('teiHeader')
  xml.open('fileDesc')
  xml.open('titleStmt')
  xml.element('title', {}, title)
  xml.close()
  xml.open('publicationStmt')
  xml.element('publisher', {}, issue.publisher ?? software.name)
  if (options.date) xml.element('date', { when: options.date })
  xml.element('idno', {}, issue.id)
  xml.open('availability')
  xml.element('p', {}, issue.rights ?? 'Not stated.')
  xml.close()
  xml.close()
  xml.open('sourceDesc')
  xml.open('bibl')
  xml.element('title', { level: 'j' }, issue.title)
  if (issue.edition) xml.element('edition', {}, issue.edition)
  if (issue.date) xml.element('date', { when: issue.date }, issue.date)
  xml.close()
  xml.close()
  xml.close()
  xml.open('encodingDesc')
  xml.open('appInfo')
  xml.open('application', { ident: software.name.toLowerCase(), version: software.version })
  xml.element('label', {}, software.name)
  xml.close()
  xml.close()
  xml.open('editorialDecl')
  xml.open('correction')
  xml.element('p', {}, 'Damage of the optical recognition is corrected and kept in sic; misprints of the newspaper are only marked.')
  xml.close()
  xml.close()
  xml.close()
  xml.open('profileDesc')
  xml.open('langUsage')
  xml.element('language', { ident: issue.language })
  xml.close()
  xml.close()
  xml.close()
}

const surfaceId = (page: string): string => `surface-${xmlId(page)}`
const zoneId = (page: string, id: string): string => `zone-${xmlId(page)}-${xmlId(id)}`
const lineZoneId = (page: string, region: string, line: string): string => `line-${xmlId(page)}-${xmlId(region)}-${xmlId(line)}`

function* writeFacsimile({ archive, xml }: TeiContext, options: TeiOptions): Generator<string, void, undefined> {
  let begun = false
  for (const { page } of eachPage(archive.pages)) {
    const { image } = page
    if (!image) continue
    if (!begun) xml.open('facsimile')
    begun = true
    xml.open('surface', { 'xml:id': surfaceId(page.id), ...corners({ x: 0, y: 0, width: image.width, height: image.height }) })
    const url = options.scanHref?.(page) ?? encodeURIComponent(image.href.replace(/\p{Surrogate}/gu, '\ufffd'))
    if (image.href !== '') xml.element('graphic', { url, width: `${image.width}px`, height: `${image.height}px` })
    if (image.crop) xml.element('zone', { ...corners(image.crop), type: 'page' })
    for (const region of page.regions) writeZone(xml, page, region)
    xml.close()
    yield xml.take()
  }
  if (begun) xml.close()
}

function writeZone(xml: XmlWriter, page: Page, region: Page['regions'][number]): void {
  if (!region.box) return
  xml.open('zone', { 'xml:id': zoneId(page.id, region.id), ...corners(region.box), type: region.type })
  if (region.type === 'text')
    for (const line of region.lines)
      if (line.box) xml.element('zone', { 'xml:id': lineZoneId(page.id, region.id, line.id), ...corners(line.box), type: 'line' })
  xml.close()
}

function corners(box: Box): Record<'ulx' | 'uly' | 'lrx' | 'lry', number> {
  return {
    ulx: Math.round(box.x),
    uly: Math.round(box.y),
    lrx: Math.round(box.x + box.width),
    lry: Math.round(box.y + box.height)
  }
}

interface TeiElement {
  readonly name: string
  readonly type?: string
}

const elements: Partial<Readonly<Record<TextRole, TeiElement>>> = {
  heading: { name: 'head', type: 'main' },
  kicker: { name: 'head', type: 'kicker' },
  deck: { name: 'head', type: 'deck' },
  crosshead: { name: 'p', type: 'crosshead' },
  credit: { name: 'p', type: 'credit' },
  dateline: { name: 'p', type: 'dateline' },
  caption: { name: 'p', type: 'caption' },
  table: { name: 'p', type: 'table' },
  note: { name: 'p', type: 'note' },
  'jump-line': { name: 'p', type: 'jump-line' },
  paragraph: { name: 'p' }
}

function writeArticle(context: TeiContext, article: Article): void {
  const { xml } = context
  xml.open('div', { type: 'article', 'xml:id': xmlId(article.id) })
  // `head` is allowed at the beginning of a div only; a heading further down is a paragraph that says what it is.
  let begun = false
  for (const part of article.parts) {
    const element = elements[part.role] ?? { name: 'p', type: part.role }
    const name = begun ? 'p' : element.name
    if (name === 'p') begun = true
    writePart(context, part, name, element.type ?? undefined)
  }
  if (!begun) xml.element('p')
  xml.close()
}

function writePart(context: TeiContext, part: ArticlePart, name: string, type: string | undefined): void {
  const { xml, archive } = context
  xml.openMixed(name, name === 'p' ? { rend: type } : { type })
  const blocks = part.blocks.map((ref) => ({ ref, block: blockOf(archive, ref) }))
  if (blocks.length > 0 && blocks.every(({ block }) => block)) {
    let at = 0
    for (const { ref, block } of blocks) {
      const text = block!.pieces.map((piece) => piece.text).join('')
      const found = part.text.indexOf(text, at)
      if (found > at) xml.text(part.text.slice(at, found))
      at = Math.max(at, found) + text.length
      writeBlock(context, ref, block!)
    }
    if (at < part.text.length) xml.text(part.text.slice(at))
  } else xml.text(part.text)
  xml.close()
}

function writeBlock(context: TeiContext, ref: BlockRef, block: NonNullable<ReturnType<typeof blockOf>>): void {
  const { xml, archive } = context
  const clean = archive.pages.get(ref.page)!
  for (const run of teiRuns(clean, block)) {
    if (run.kind === 'line') {
      turnTo(context, ref.page, run.column)
      xml.element('lb', { break: 'no', ...facs(clean.page, run.region, run.line) })
      continue
    }
    if (run.flag) xml.openMixed('unclear', { reason: run.flag.rule.replace(/\s+/g, '-'), cert: certainty(run.flag.confidence) })
    if (run.kind === 'text') xml.text(run.text)
    else {
      xml.openMixed('choice')
      xml.element('sic', {}, run.change.before)
      xml.element('corr', { cert: certainty(run.change.confidence), type: run.change.rule.replace(/\s+/g, '-') }, run.text)
      xml.close()
    }
    if (run.flag) xml.close()
  }
}

function turnTo(context: TeiContext, page: string, column: number | undefined): void {
  const { xml, archive, place } = context
  if (place.page !== page) {
    const hasImage = archive.pages.get(page)?.page.image !== undefined
    xml.element('pb', { n: pageLabel(archive, page), ...(hasImage ? { facs: `#${surfaceId(page)}` } : {}), break: 'no' })
    context.place = { page, ...(column === undefined ? {} : { column }) }
  } else if (column !== undefined && place.column !== column) {
    xml.element('cb', { n: column + 1, break: 'no' })
    context.place = { page, column }
  }
}

function facs(page: Page, region: string, line: string): { facs?: string } {
  if (!page.image) return {}
  const found = page.regions.find((candidate) => candidate.id === region)
  if (!found?.box || found.type !== 'text' || !found.lines.find((candidate) => candidate.id === line)?.box) return {}
  return { facs: `#${lineZoneId(page.id, region, line)}` }
}

function certainty(confidence: number): 'high' | 'medium' | 'low' {
  return confidence >= 0.9 ? 'high' : confidence >= 0.6 ? 'medium' : 'low'
}

function writeFurniture(context: TeiContext, pageId: string): void {
  const page = context.archive.issuePages.get(pageId)
  if (!page || page.furniture.length === 0) return
  const { xml } = context
  xml.open('div', { type: 'furniture', n: pageLabel(context.archive, pageId) })
  for (const item of page.furniture) {
    xml.openMixed('fw', { type: furnitureRoles.has(item.role) ? item.role : 'other', place: 'page' })
    const block = blockOf(context.archive, item.block)
    if (block) writeBlock(context, item.block, block)
    else xml.text(item.text)
    xml.close()
  }
  xml.element('p')
  xml.close()
}
