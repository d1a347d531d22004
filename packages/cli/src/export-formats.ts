import { blockText, type CleanPage, type Issue, orientationOf, rawPageText } from '@broadsheet/document'
import {
  cutTiles,
  eachMarkdownFile,
  eachPage,
  type GlyphChoice,
  imageInfo,
  type MarkdownFlavor,
  type OutputFile,
  type OutputStream,
  type PageSource,
  slugs,
  streamEpub,
  streamIssuePdf,
  streamMets,
  streamTei,
  type TileSet,
  uprightPages,
  writeAlto,
  writeAnnotations,
  writeDublinCore,
  writeHocr,
  writeManifest,
  writePagePdf,
  writePageXml
} from '@broadsheet/export'
import { InvalidArgumentError } from 'commander'
import { openIssue } from './load.ts'
import { plain } from './plain.ts'
import { createScanReader, scanFolder } from './scan-files.ts'

export interface FormatOptions {
  /** Folder of issue folders that holds the scans. */
  readonly from: string
  readonly altoVersion: '4.4' | '3.1' | '2.1'
  /** Of ALTO and PAGE-XML. */
  readonly glyphs: GlyphChoice
  readonly flavor: MarkdownFlavor
  /** Where an IIIF manifest will stand, without the issue. */
  readonly baseUrl: string
}

/** An issue with everything a format may need. */
export interface FormatSource {
  readonly issue: Issue
  readonly pages: PageSource
  /** File names of pages, unique on every disk. */
  readonly names: ReadonlyMap<string, string>
  readonly options: FormatOptions
  /** A page's scan in viewable form; undefined for a page without. */
  readonly scanOf: (page: CleanPage) => Promise<Uint8Array | undefined>
}

interface Format {
  readonly about: string
  /** A file a page: written page by page, so that memory holds one. */
  readonly page?: (page: CleanPage, source: FormatSource) => Files
  /** What goes through the issue: its articles, which run over pages. */
  readonly issue?: (source: FormatSource) => Files
}

type File = OutputFile | OutputStream
type Files = Iterable<File> | AsyncIterable<File>

const perPage =
  (ending: string, write: (page: CleanPage, source: FormatSource) => string): NonNullable<Format['page']> =>
  (page, source) => [{ path: `pages/${source.names.get(page.page.id)!}/${ending}`, content: write(page, source) }]

const alto = perPage('alto.xml', (page, { options }) => writeAlto(page, { version: options.altoVersion, glyphs: options.glyphs }))

const formats: Readonly<Record<string, Format>> = {
  md: {
    about: 'Markdown, a file an article',
    issue: ({ issue, pages, options }) => eachMarkdownFile(issue, pages, { flavor: options.flavor })
  },
  txt: {
    about: 'clean text, a line a block',
    page: perPage('clean.txt', (page) => page.blocks.map((block) => `${blockText(block)}\n`).join('\n'))
  },
  raw: { about: 'the raw reading', page: perPage('raw.txt', (page) => rawPageText(page.page)) },
  alto: { about: 'ALTO 4.4, or 3.1, 2.1 with --alto-version', page: alto },
  page: { about: 'PAGE-XML 2019', page: perPage('page.xml', (page, { options }) => writePageXml(page, { glyphs: options.glyphs })) },
  hocr: { about: 'hOCR', page: perPage('page.hocr', (page) => writeHocr(page)) },
  mets: {
    about: 'METS with ALTO beside it',
    page: alto,
    issue: ({ issue, pages }) => [{ path: 'mets.xml', open: () => streamMets(issue, pages) }]
  },
  tei: { about: 'TEI P5', issue: ({ issue, pages }) => [{ path: 'tei.xml', open: () => streamTei(issue, pages) }] },
  dc: { about: 'Dublin Core', issue: ({ issue }) => [{ path: 'dc.xml', content: writeDublinCore(issue) }] },
  pdf: { about: 'searchable PDF/A, a page and the issue', page: pagePdf, issue: issuePdf },
  epub: { about: 'EPUB 3', issue: issueEpub },
  iiif: { about: 'IIIF Presentation 3 with level-0 tiles (needs --base-url)', issue: iiifFiles }
}

/** What can be asked for, a line each. */
export function describeFormats(): string {
  return Object.entries(formats)
    .map(([name, format]) => `  ${name.padEnd(6)} ${format.about}`)
    .join('\n')
}

export const formatNames: readonly string[] = Object.keys(formats)

/** The names in `alto,tei`, or all of them for `all`. */
export function formatList(text: string): readonly string[] {
  const names = text === 'all' ? formatNames : [...new Set(text.split(','))]
  const unknown = names.find((name) => !Object.hasOwn(formats, name))
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected ${formatNames.join(', ')} but received ${plain(unknown)}.`)
  return names
}

/** An issue folder of the output, opened for writing formats of it. */
export async function openSource(folder: string, options: FormatOptions): Promise<FormatSource> {
  const { issue, pages } = await openIssue(folder)
  const read = createScanReader(await scanFolder(options.from, issue))
  return {
    issue,
    pages,
    names: slugs(issue.pages.map((page) => page.id)),
    options,
    scanOf: async ({ page }) => page.image && read(page.image)
  }
}

/** The files of the formats named: those of a page with one page in memory, then those of the issue. No path comes twice. */
export async function* formatFiles(names: readonly string[], source: FormatSource): AsyncGenerator<File> {
  const seen = new Set<string>()
  for await (const file of allFiles(names, source)) {
    if (seen.has(file.path)) continue
    seen.add(file.path)
    yield file
  }
}

async function* allFiles(names: readonly string[], source: FormatSource): AsyncGenerator<File> {
  const chosen = names.map((name) => formats[name]!)
  const pageWriters = new Set(chosen.flatMap((format) => format.page ?? []))
  if (pageWriters.size > 0) for (const page of eachPage(source.pages)) for (const write of pageWriters) yield* write(page, source)
  for (const { issue } of chosen) if (issue) yield* issue(source)
}

async function* pagePdf(page: CleanPage, { issue, names, scanOf }: FormatSource): AsyncGenerator<OutputFile> {
  const image = await scanOf(page)
  if (image) yield { path: `pages/${names.get(page.page.id)!}/page.pdf`, content: await writePagePdf(page, issue, { image }) }
}

async function* issuePdf(source: FormatSource): AsyncGenerator<OutputStream> {
  const { issue, pages, scanOf } = source
  if (!(await hasScan(source))) return
  const imageOf = (id: string): Promise<Uint8Array | undefined> => scanOf(pages.get(id)!)
  yield { path: `${slugs([issue.id]).get(issue.id)!}.pdf`, open: () => streamIssuePdf(issue, pages, { imageOf }) }
}

async function hasScan({ pages, scanOf }: FormatSource): Promise<boolean> {
  for (const page of eachPage(pages)) if (await scanOf(page)) return true
  return false
}

function issueEpub({ issue, pages }: FormatSource): OutputStream[] {
  return [{ path: `${slugs([issue.id]).get(issue.id)!}.epub`, open: () => streamEpub(issue, pages) }]
}

async function* iiifFiles({ issue, pages, options, scanOf }: FormatSource): AsyncGenerator<OutputFile> {
  const baseUrl = `${options.baseUrl.replace(/\/+$/, '')}/${encodeURIComponent(issue.id)}`
  const tiles = new Map<string, Omit<TileSet, 'files'>>()
  for (const clean of eachPage(uprightPages(pages))) {
    const { page } = clean
    const bytes = await scanOf(clean)
    if (!page.image || !bytes) continue
    const { files, ...set } = await cutTiles(bytes, page.id, page.image, orientationOf(page))
    yield* files
    yield { path: `${set.folder}/info.json`, content: `${JSON.stringify(imageInfo(set, `${baseUrl}/${set.folder}`), null, 1)}\n` }
    tiles.set(page.id, set)
  }
  yield writeManifest(issue, pages, { baseUrl, tiles })
  yield* writeAnnotations(issue, pages, { baseUrl })
}
