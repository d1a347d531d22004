import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { blockText, type CleanPage, type Issue, rawPageText } from '@broadsheet/document'
import {
  cutTiles,
  exportMarkdown,
  imageInfo,
  type MarkdownFlavor,
  type OutputFile,
  slugs,
  type TileSet,
  writeAlto,
  writeAnnotations,
  writeDublinCore,
  writeEpub,
  writeHocr,
  writeIssuePdf,
  writeManifest,
  writeMets,
  writePagePdf,
  writePageXml,
  writeTei
} from '@broadsheet/export'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { writeWhole } from '../files.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { readScanFile, scanFolder, viewableScan } from '../scan-files.ts'
import { print, say } from '../terminal.ts'

interface Options {
  readonly format: readonly string[]
  readonly to: string
  readonly from: string
  readonly altoVersion: '4.4' | '3.1' | '2.1'
  readonly flavor: MarkdownFlavor
  readonly baseUrl: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** An issue with everything a format may need. */
interface Source {
  readonly issue: Issue
  readonly pages: readonly CleanPage[]
  /** File names of pages, unique on every disk. */
  readonly names: ReadonlyMap<string, string>
  readonly options: Options
  /** A page's scan in viewable form; undefined for a page without. */
  readonly scanOf: (page: string) => Promise<Uint8Array | undefined>
}

interface Format {
  readonly about: string
  readonly write: (source: Source) => OutputFile[] | AsyncIterable<OutputFile>
}

const perPage =
  (ending: string, write: (page: CleanPage, source: Source) => string): Format['write'] =>
  (source) =>
    source.pages.map((page) => ({ path: `pages/${source.names.get(page.page.id)!}/${ending}`, content: write(page, source) }))

const formats: Readonly<Record<string, Format>> = {
  md: {
    about: 'Markdown, a file an article',
    write: ({ issue, pages, options }) => exportMarkdown(issue, pages, { flavor: options.flavor })
  },
  txt: {
    about: 'clean text, a line a block',
    write: perPage('clean.txt', (page) => page.blocks.map((block) => `${blockText(block)}\n`).join('\n'))
  },
  raw: { about: 'the raw reading', write: perPage('raw.txt', (page) => rawPageText(page.page)) },
  alto: {
    about: 'ALTO 4.4, or 3.1, 2.1 with --alto-version',
    write: perPage('alto.xml', (page, { options }) => writeAlto(page, { version: options.altoVersion }))
  },
  page: { about: 'PAGE-XML 2019', write: perPage('page.xml', (page) => writePageXml(page)) },
  hocr: { about: 'hOCR', write: perPage('page.hocr', (page) => writeHocr(page)) },
  mets: {
    about: 'METS with ALTO beside it',
    write: (source) => [
      ...(formats.alto!.write(source) as OutputFile[]),
      { path: 'mets.xml', content: writeMets(source.issue, source.pages) }
    ]
  },
  tei: { about: 'TEI P5', write: ({ issue, pages }) => [{ path: 'tei.xml', content: writeTei(issue, pages) }] },
  dc: { about: 'Dublin Core', write: ({ issue }) => [{ path: 'dc.xml', content: writeDublinCore(issue) }] },
  pdf: { about: 'searchable PDF/A, a page and the issue', write: pdfFiles },
  epub: { about: 'EPUB 3', write: epubFiles },
  iiif: { about: 'IIIF Presentation 3 with level-0 tiles (needs --base-url)', write: iiifFiles }
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('an issue in other formats, all saying the same text')
    .argument('<issue>', 'an issue folder of the output')
    .option('-f, --format <list>', `${Object.keys(formats).join(', ')}, or all`, formatList, ['md'])
    .option('--to <folder>', 'where the files go', 'export')
    .option('--from <scans>', 'folder of issue folders that holds the scans (pdf, iiif)', 'scans')
    .addOption(new Option('--alto-version <version>', 'of ALTO').choices(['4.4', '3.1', '2.1']).default('4.4'))
    .addOption(new Option('--flavor <name>', 'of Markdown').choices(['plain', 'hugo', 'vitepress', 'obsidian', 'jekyll']).default('plain'))
    .option('--base-url <address>', 'where an IIIF manifest will stand', 'https://example.org')
    .option('--json', 'the list of files as JSON')
    .option('-q, --quiet', 'nothing but errors')
    .addHelpText(
      'after',
      `\nFormats:\n${Object.entries(formats)
        .map(([name, format]) => `  ${name.padEnd(6)} ${format.about}`)
        .join(
          '\n'
        )}\n\nExamples:\n  broadsheet export output/my-issue -f alto,mets --to export\n  broadsheet export output/my-issue -f pdf,epub --from scans`
    )
    .action(perform)
}

function formatList(text: string): readonly string[] {
  const names = text === 'all' ? Object.keys(formats) : text.split(',')
  const unknown = names.find((name) => !Object.hasOwn(formats, name))
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected ${Object.keys(formats).join(', ')} but received ${plain(unknown)}.`)
  return names
}

async function perform(folder: string, options: Options): Promise<void> {
  if (!(await isIssueFolder(folder)))
    throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
  const source = await openSource(folder, options)
  const target = join(options.to, source.issue.id)
  await mkdir(target, { recursive: true })
  const written = new Set<string>()
  for (const name of options.format)
    for await (const file of formats[name]!.write(source)) {
      await writeWhole({ folder: target }, join(target, file.path), file.content)
      written.add(file.path)
    }
  if (options.json) await print(`${JSON.stringify({ folder: target, files: [...written].sort() }, null, 2)}\n`)
  else if (!options.quiet) say(`${plain(target)}: ${written.size} files`)
}

async function openSource(folder: string, options: Options): Promise<Source> {
  const { issue, pages } = await loadIssue(folder)
  const scans = await scanFolder(options.from, issue)
  const images = new Map(pages.flatMap(({ page }) => (page.image ? [[page.id, page.image] as const] : [])))
  return {
    issue,
    pages,
    names: slugs(pages.map(({ page }) => page.id)),
    options,
    scanOf: async (page) => {
      const image = images.get(page)
      return image && viewableScan(await readScanFile(scans, image), image)
    }
  }
}

async function* pdfFiles({ issue, pages, names, scanOf }: Source): AsyncGenerator<OutputFile> {
  for (const page of pages) {
    const image = await scanOf(page.page.id)
    if (image) yield { path: `pages/${names.get(page.page.id)!}/page.pdf`, content: await writePagePdf(page, issue, { image }) }
  }
  if (pages.some((page) => page.page.image))
    yield { path: `${issue.id}.pdf`, content: await writeIssuePdf(issue, pages, { imageOf: scanOf }) }
  else say('note: no page has a scan, and without one there is nothing to make a PDF of')
}

async function* epubFiles({ issue, pages }: Source): AsyncGenerator<OutputFile> {
  yield { path: `${issue.id}.epub`, content: await writeEpub(issue, pages) }
}

async function* iiifFiles({ issue, pages, options, scanOf }: Source): AsyncGenerator<OutputFile> {
  const baseUrl = `${options.baseUrl.replace(/\/+$/, '')}/${encodeURIComponent(issue.id)}`
  const tiles = new Map<string, Omit<TileSet, 'files'>>()
  for (const { page } of pages) {
    const bytes = page.image && (await scanOf(page.id))
    if (!page.image || !bytes) continue
    const { files, ...set } = await cutTiles(bytes, page.id, page.image)
    yield* files
    yield { path: `${set.folder}/info.json`, content: `${JSON.stringify(imageInfo(set, `${baseUrl}/${set.folder}`), null, 1)}\n` }
    tiles.set(page.id, set)
  }
  yield writeManifest(issue, pages, { baseUrl, tiles })
  yield* writeAnnotations(issue, pages, { baseUrl })
}
