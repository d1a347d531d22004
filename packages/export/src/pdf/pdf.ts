import { createHash } from 'node:crypto'
import { type Article, type BlockRef, type Box, type CleanPage, type Issue, locate, unionBoxes } from '@broadsheet/document'
import { type PDFContext, PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { languageTag } from '../publish/markup.ts'
import { articleTitle, issueTitle, pageLabel } from '../publish/titles.ts'
import { wordingFor } from '../publish/wording.ts'
import { writeRun, writeStepBack } from './content.ts'
import { type ImageStream, readImageStream } from './image-stream.ts'
import { type Bookmark, writeOutline } from './outline.ts'
import { orientationMatrix, pageFrame, pointsPerPixel } from './page-frame.ts'
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
  return writePdf(issue, [page], async () => options.image, `${issueTitle(issue)} ${label}`)
}

/**
 * The pages of an issue in one PDF/A-2u, with bookmarks for pages and articles and the printed page labels. Pages without
 * an image are left out; an image used by several pages is stored once.
 *
 * @throws Error when no page has an image
 */
export function writeIssuePdf(issue: Issue, pages: readonly CleanPage[], options: IssuePdfOptions): Promise<Uint8Array> {
  return writePdf(issue, pages, options.imageOf, issueTitle(issue))
}

async function writePdf(
  issue: Issue,
  pages: readonly CleanPage[],
  imageOf: IssuePdfOptions['imageOf'],
  title: string
): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const context = document.context
  const font = createTextFont(context)
  const images = new Map<string, DrawnImage>()
  const drawn: DrawnPage[] = []
  for (const page of pages) {
    const scan = page.page.image
    if (!scan) continue
    const key = JSON.stringify([scan.sha256 || scan.href || page.page.id, scan.sheet ?? 0])
    let image = images.get(key)
    if (!image) {
      const bytes = await imageOf(page.page.id)
      if (!bytes) continue
      image = embedImage(context, await readImageStream(bytes, scan.sheet))
      images.set(key, image)
    }
    drawn.push(drawPage(document, page, image, font, drawn.length))
  }
  if (drawn.length === 0) throw new Error(`Expected a page with a scan but ${issue.id} has none: no PDF can be made of text alone`)
  font.finish()
  const identifier = drawn.length === pages.length && pages.length === 1 ? `${issue.id}-${pages[0]!.page.id}` : issue.id
  describe(document, { title, identifier, issue }, await srgbProfile())
  const marked = drawn.map((page) => page.marked)
  document.catalog.set(PDFName.of('StructTreeRoot'), writeStructure(context, issue, marked))
  const outline = writeOutline(context, bookmarksOf(issue, drawn))
  if (outline) document.catalog.set(PDFName.of('Outlines'), outline)
  document.catalog.set(
    PDFName.of('PageLabels'),
    context.obj({ Nums: drawn.flatMap((page, index) => [index, { P: PDFHexString.fromText(pageLabel(issue, page.clean.page.id)) }]) })
  )
  context.trailerInfo.ID = fileId(context, issue, drawn)
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false })
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

interface DrawnPage {
  readonly clean: CleanPage
  readonly ref: PDFRef
  readonly frame: Box
  readonly scale: number
  readonly marked: MarkedPage
}

function drawPage(document: PDFDocument, clean: CleanPage, image: DrawnImage, font: TextFont, index: number): DrawnPage {
  const context = document.context
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
  const content = `${[scale, 0, 0, scale, 0, 0].map(decimal).join(' ')} cm\n${drawImage(image, scan, frame)}${text.join('')}`
  const page = document.addPage([round(frame.width * scale), round(frame.height * scale)])
  page.node.set(PDFName.of('Resources'), context.obj({ XObject: { Im0: image.ref }, Font: { F0: font.ref } }))
  page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)))
  page.node.set(PDFName.of('StructParents'), PDFNumber.of(index))
  page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
  return { clean, ref: page.ref, frame, scale, marked: { id: clean.page.id, ref: page.ref, blocks } }
}

/** The scan is scenery to whoever has the text read aloud. */
function drawImage({ stream }: DrawnImage, scan: { readonly width: number; readonly height: number }, frame: Box): string {
  const turned = orientationMatrix(stream.orientation, scan.width / stream.used.width, scan.height / stream.used.height)
  const left = -frame.x
  const bottom = frame.y + frame.height - scan.height / stream.used.height
  const matrix = [...turned.slice(0, 4), turned[4]! + left, turned[5]! + bottom]
  return `/Artifact BMC\nq ${matrix.map(decimal).join(' ')} cm /Im0 Do Q\nEMC\n`
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const decimal = (value: number): string => String(Math.round(value * 1e6) / 1e6)

function bookmarksOf(issue: Issue, pages: readonly DrawnPage[]): Bookmark[] {
  const ofPage = new Map<string, Bookmark[]>(pages.map((page) => [page.clean.page.id, []]))
  for (const article of issue.articles) {
    const place = firstPlace(article, pages)
    if (!place) continue
    const { page, box } = place
    const bookmark = { title: articleTitle(article, issue.language), page: page.ref, children: [], ...pointOf(page, box) }
    ofPage.get(page.clean.page.id)!.push(bookmark)
  }
  if (pages.length === 1) return ofPage.get(pages[0]!.clean.page.id)!
  return pages.map((page) => {
    const title = wordingFor(issue.language).page(pageLabel(issue, page.clean.page.id))
    return { title, page: page.ref, ...pointOf(page, page.frame), children: ofPage.get(page.clean.page.id)! }
  })
}

function firstPlace(article: Article, pages: readonly DrawnPage[]): { page: DrawnPage; box: Box } | undefined {
  for (const ref of article.parts.flatMap((part): readonly BlockRef[] => part.blocks)) {
    const page = pages.find((candidate) => candidate.clean.page.id === ref.page)
    const block = page?.clean.blocks.find((candidate) => candidate.id === ref.block)
    if (page && block)
      return { page, box: unionBoxes(locate(page.clean.page, block, 0, Number.MAX_SAFE_INTEGER).map((place) => place.box)) ?? page.frame }
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

function describe(document: PDFDocument, description: Parameters<typeof writeXmp>[0], icc: Uint8Array): void {
  const context = document.context
  const { catalog } = document
  document.setTitle(description.title)
  document.setProducer(producer)
  catalog.set(
    PDFName.of('Metadata'),
    context.register(context.stream(Buffer.from(writeXmp(description)), { Type: 'Metadata', Subtype: 'XML' }))
  )
  const output = context.register(context.flateStream(icc, { N: 3 }))
  const intent = {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: output
  }
  catalog.set(PDFName.of('OutputIntents'), context.obj([intent]))
  catalog.set(PDFName.of('Lang'), PDFString.of(languageTag(description.issue.language)))
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }))
}

/** Made of what the file holds, so that the same file has the same number. */
function fileId(context: PDFContext, issue: Issue, pages: readonly DrawnPage[]): ReturnType<PDFContext['obj']> {
  const hash = createHash('sha256').update(JSON.stringify([issue.id, issue.title, issue.date ?? '']))
  for (const { clean } of pages) hash.update(JSON.stringify([clean.page.id, clean.page.image!.sha256, clean.blocks]))
  const id = PDFHexString.of(hash.digest('hex').slice(0, 32))
  return context.obj([id, id])
}
