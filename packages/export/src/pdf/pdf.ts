import { createHash } from 'node:crypto'
import { type Article, type BlockRef, type Box, type CleanPage, type Issue, locate, orientationOf, unionBoxes } from '@broadsheet/document'
import { PDFContext, PDFHexString, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { eachPage, type Pages, pageSource } from '../archive.ts'
import { languageTag } from '../publish/markup.ts'
import { articleTitle, issueTitle, pageLabel } from '../publish/titles.ts'
import { wordingFor } from '../publish/wording.ts'
import { uprightPages } from '../upright.ts'
import { writeRun, writeStepBack } from './content.ts'
import { type ImageStream, readImageStream } from './image-stream.ts'
import { type Bookmark, writeOutline } from './outline.ts'
import { orientationMatrix, pageFrame, pointsPerPixel } from './page-frame.ts'
import { createPdfStream } from './pdf-stream.ts'
import { type MarkedPage, structureType, writeStructure } from './structure.ts'
import { createTextFont, type TextFont } from './text-font.ts'
import { type LaidRun, layText } from './text-layer.ts'
import { producer, writeXmp } from './xmp.ts'

export interface PagePdfOptions {
  /** The scan: JPEG, JPEG 2000, PNG, TIFF or WebP. Best the archival image, else one of the same proportions. */
  readonly image: Uint8Array
}

export interface IssuePdfOptions {
  /** The scan of a page, asked for one after the other; undefined leaves the page out. */
  readonly imageOf: (pageId: string) => Promise<Uint8Array | undefined>
}

/**
 * One page as a searchable PDF/A-2u: the scan, and over it, invisible, the clean text where it was read, block by block in
 * reading order. Same input, same bytes.
 *
 * @throws Error when the page has no image: without a scan there is nothing to lay the text on (and no font to set it in)
 */
export function writePagePdf(page: CleanPage, issue: Issue, options: PagePdfOptions): Promise<Uint8Array> {
  const label = wordingFor(issue.language).page(pageLabel(issue, page.page.id))
  const names = { title: `${issueTitle(issue)} ${label}`, identifier: `${issue.id}-${page.page.id}` }
  return whole(streamPdf(issue, [page], async () => options.image, names))
}

/**
 * The pages of an issue in one PDF/A-2u, with bookmarks for pages and articles and the printed page labels. Pages without
 * an image are left out; an image used by several pages is stored once.
 *
 * @throws Error when no page has an image
 */
export function writeIssuePdf(issue: Issue, pages: Pages, options: IssuePdfOptions): Promise<Uint8Array> {
  return whole(streamIssuePdf(issue, pages, options))
}

/** The same piece by piece, with one page and its scan in memory. */
export function streamIssuePdf(issue: Issue, pages: Pages, options: IssuePdfOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { ids } = pageSource(pages)
  const identifier = ids.length === 1 ? `${issue.id}-${ids[0]!}` : issue.id
  return streamPdf(issue, pages, options.imageOf, { title: issueTitle(issue), identifier })
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const piece of pieces) chunks.push(piece)
  return Buffer.concat(chunks)
}

async function* streamPdf(
  issue: Issue,
  pages: Pages,
  imageOf: IssuePdfOptions['imageOf'],
  names: { readonly title: string; readonly identifier: string }
): AsyncGenerator<Uint8Array, void, undefined> {
  const context = PDFContext.create()
  const file = createPdfStream(context)
  const tree = context.nextRef()
  const font = createTextFont(context)
  const images = new Map<string, DrawnImage>()
  const drawn: DrawnPage[] = []
  const digest = createHash('sha256').update(JSON.stringify([issue.id, issue.title, issue.date ?? '']))
  const articles = articlesByPage(issue)
  for (const clean of eachPage(uprightPages(pages))) {
    const scan = clean.page.image
    if (!scan) continue
    const key = JSON.stringify([scan.sha256 || scan.href || clean.page.id, scan.sheet ?? 0])
    let image = images.get(key)
    if (!image) {
      const bytes = await imageOf(clean.page.id)
      if (!bytes) continue
      image = embedImage(context, await readImageStream(bytes, scan.sheet))
      images.set(key, image)
    }
    drawn.push(drawPage({ context, tree, font }, clean, image, drawn.length, articles.get(clean.page.id) ?? []))
    digest.update(JSON.stringify([clean.page.id, scan.sha256, clean.blocks]))
    yield* file.flush()
  }
  if (drawn.length === 0) throw new Error(`Expected a page with a scan but ${issue.id} has none: no PDF can be made of text alone`)
  font.finish()
  context.assign(tree, context.obj({ Type: 'Pages', Kids: drawn.map((page) => page.ref), Count: drawn.length }))
  const structure = writeStructure(
    context,
    issue,
    drawn.map((page) => page.marked)
  )
  let step = structure.next()
  for (; !step.done; step = structure.next()) yield* file.flush()
  const outline = writeOutline(context, bookmarksOf(issue, drawn))
  const root = {
    Type: 'Catalog',
    Pages: tree,
    StructTreeRoot: step.value,
    ...(outline && { Outlines: outline }),
    PageLabels: { Nums: drawn.flatMap((page, index) => [index, { P: PDFHexString.fromText(pageLabel(issue, page.marked.id)) }]) },
    ...describe(context, { ...names, issue }, await srgbProfile())
  }
  const info = { Title: PDFHexString.fromText(names.title), Producer: PDFHexString.fromText(producer) }
  // Made of what the file holds, so that the same file has the same number.
  const id = PDFHexString.of(digest.digest('hex').slice(0, 32))
  yield* file.finish({
    Root: context.register(context.obj(root)),
    Info: context.register(context.obj(info)),
    ID: context.obj([id, id])
  })
}

interface DrawnImage {
  readonly ref: PDFRef
  readonly stream: Omit<ImageStream, 'bytes'>
}

function embedImage(context: PDFContext, { bytes, ...stream }: ImageStream): DrawnImage {
  const entries = Object.fromEntries(Object.entries(stream.entries).map(([key, value]) => [key, literal(value)]))
  const dictionary = { Type: 'XObject', Subtype: 'Image', Width: stream.width, Height: stream.height, ...entries }
  return { ref: context.register(context.stream(bytes, dictionary as Parameters<PDFContext['stream']>[1])), stream }
}

function literal(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return PDFHexString.of(value.toString('hex'))
  return Array.isArray(value) ? value.map(literal) : value
}

/** What is remembered of a page that stands in the file. */
interface DrawnPage {
  readonly ref: PDFRef
  readonly frame: Box
  readonly scale: number
  readonly marked: MarkedPage
  /** Where articles begin on it: boxes by block. */
  readonly places: ReadonlyMap<string, Box>
}

interface Sheets {
  readonly context: PDFContext
  readonly tree: PDFRef
  readonly font: TextFont
}

function drawPage(sheets: Sheets, clean: CleanPage, image: DrawnImage, index: number, articles: readonly Article[]): DrawnPage {
  const { context, tree, font } = sheets
  const scan = clean.page.image!
  const frame = pageFrame(scan)
  const scale = pointsPerPixel(scan)
  const laid = layText(clean).filter(({ runs }) => runs.length > 0)
  const blocks = laid.map(({ block }, mcid) => ({ block: block.id, role: block.role, mcid }))
  const row: LaidRun[] = []
  const text = laid.map(({ block, runs }, mcid) => {
    let lines = ''
    for (const run of runs) lines += writeStepBack(row, run, frame, font.encode) + writeRun(run, frame, font.encode)
    return `/${structureType(block.role)} <</MCID ${mcid}>> BDC\nBT\n3 Tr\n${lines}ET\nEMC\n`
  })
  const content = `${[scale, 0, 0, scale, 0, 0].map(decimal).join(' ')} cm\n${drawImage(image, scan, frame, orientationOf(clean.page))}${text.join('')}`
  const page = {
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, round(frame.width * scale), round(frame.height * scale)],
    Resources: { XObject: { Im0: image.ref }, Font: { F0: font.ref } },
    Contents: context.register(context.flateStream(content)),
    StructParents: index,
    Tabs: 'S'
  }
  const ref = context.register(context.obj(page))
  return { ref, frame, scale, marked: { id: clean.page.id, ref, blocks }, places: articlePlaces(clean, articles, frame) }
}

/**
 * The scan is scenery to whoever has the text read aloud. Its pixels are drawn as they are stored, and turned: as the page's
 * reading found that they stand, or, of a page that others read, as the file says.
 */
function drawImage({ stream }: DrawnImage, scan: { readonly width: number; readonly height: number }, frame: Box, known?: number): string {
  const [a, b, c, d, e, f] = orientationMatrix(known ?? stream.orientation, scan.width, scan.height)
  // The coding may pad the stored picture on the right and below.
  const { width, height } = stream.used
  const below = 1 - 1 / height
  const left = e + c * below - frame.x
  const bottom = f + d * below + frame.y + frame.height - scan.height
  const matrix = [a / width, b / width, c / height, d / height, left, bottom]
  return `/Artifact BMC\nq ${matrix.map(decimal).join(' ')} cm /Im0 Do Q\nEMC\n`
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const decimal = (value: number): string => String(Math.round(value * 1e6) / 1e6)

function articlesByPage(issue: Issue): Map<string, Article[]> {
  const pages = new Map<string, Article[]>()
  for (const article of issue.articles)
    for (const page of new Set(article.parts.flatMap((part) => part.blocks.map((ref) => ref.page))))
      pages.set(page, [...(pages.get(page) ?? []), article])
  return pages
}

/** Where each article has its first text on a page. */
function articlePlaces(clean: CleanPage, articles: readonly Article[], frame: Box): Map<string, Box> {
  const blocks = new Map(clean.blocks.map((block) => [block.id, block]))
  const places = new Map<string, Box>()
  for (const article of articles) {
    const refs = article.parts.flatMap((part): readonly BlockRef[] => part.blocks)
    const first = refs.find((ref) => ref.page === clean.page.id && blocks.has(ref.block))
    if (!first) continue
    const found = locate(clean.page, blocks.get(first.block)!, 0, Number.MAX_SAFE_INTEGER)
    places.set(first.block, unionBoxes(found.map((place) => place.box)) ?? frame)
  }
  return places
}

function bookmarksOf(issue: Issue, pages: readonly DrawnPage[]): Bookmark[] {
  const byId = new Map(pages.map((page) => [page.marked.id, page]))
  const ofPage = new Map<string, Bookmark[]>(pages.map((page) => [page.marked.id, []]))
  for (const article of issue.articles) {
    const place = firstPlace(article, byId)
    if (!place) continue
    const { page, box } = place
    const bookmark = { title: articleTitle(article, issue.language), page: page.ref, children: [], ...pointOf(page, box) }
    ofPage.get(page.marked.id)!.push(bookmark)
  }
  if (pages.length === 1) return ofPage.get(pages[0]!.marked.id)!
  return pages.map((page) => {
    const title = wordingFor(issue.language).page(pageLabel(issue, page.marked.id))
    return { title, page: page.ref, ...pointOf(page, page.frame), children: ofPage.get(page.marked.id)! }
  })
}

function firstPlace(article: Article, pages: ReadonlyMap<string, DrawnPage>): { page: DrawnPage; box: Box } | undefined {
  for (const ref of article.parts.flatMap((part): readonly BlockRef[] => part.blocks)) {
    const page = pages.get(ref.page)
    const box = page?.places.get(ref.block)
    if (page && box) return { page, box }
  }
  return undefined
}

function pointOf(page: DrawnPage, box: Box): { left: number; top: number } {
  return { left: (box.x - page.frame.x) * page.scale, top: (page.frame.y + page.frame.height - box.y) * page.scale }
}

let profile: Promise<Uint8Array> | undefined

/** The sRGB profile that sharp brings. */
function srgbProfile(): Promise<Uint8Array> {
  profile ??= sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
    .withIccProfile('srgb')
    .png()
    .toBuffer()
    .then((png) => sharp(png).metadata())
    .then(({ icc }) => icc!)
  return profile
}

/** What the catalogue says of the whole file. */
function describe(context: PDFContext, description: Parameters<typeof writeXmp>[0], icc: Uint8Array): Record<string, unknown> {
  const intent = {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(context.flateStream(icc, { N: 3 }))
  }
  return {
    Metadata: context.register(context.stream(Buffer.from(writeXmp(description)), { Type: 'Metadata', Subtype: 'XML' })),
    OutputIntents: [intent],
    Lang: PDFString.of(languageTag(description.issue.language)),
    MarkInfo: { Marked: true },
    ViewerPreferences: { DisplayDocTitle: true }
  }
}
