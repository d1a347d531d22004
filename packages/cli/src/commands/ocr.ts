import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, extname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Page, rawPageText } from '@broadsheet/document'
import { drawOverlay, openScan } from '@broadsheet/ocr'
import { type Command, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { describeErrorOf, exitCodeOf } from '../failure.ts'
import { type FileReading, placesOf } from '../file-reading.ts'
import { engineChoice, engineOptions } from '../options.ts'
import type { EngineChoice } from '../page-task.ts'
import type { PlannedFile } from '../plan.ts'
import { openEngines, readPages } from '../read-file.ts'
import { complain, print, say } from '../terminal.ts'

type Format = 'text' | 'json' | 'hocr' | 'alto' | 'page'

interface Options {
  readonly engine: EngineChoice['name']
  readonly recording?: string
  readonly language: string
  readonly format: Format
  readonly to?: string
  readonly overlay?: string
  readonly split: 'auto' | 'never'
  readonly quiet?: boolean
}

// What only some formats need is loaded with them: it takes longer to load than a line to read.
const exporters = (): Promise<typeof import('@broadsheet/export')> => import('@broadsheet/export')

const writers: Readonly<Record<Format, { readonly ending: string; readonly write: (page: Page) => string | Promise<string> }>> = {
  text: { ending: '.txt', write: rawPageText },
  json: { ending: '.json', write: (page) => `${JSON.stringify(page)}\n` },
  hocr: { ending: '.hocr', write: async (page) => (await exporters()).writeHocr(page) },
  alto: { ending: '.alto.xml', write: async (page) => (await exporters()).writeAlto(page) },
  page: { ending: '.page.xml', write: async (page) => (await exporters()).writePageXml(page) }
}

export function addOcr(program: Command): void {
  const command = program
    .command('ocr')
    .description('read scans, no cleaning: text, our JSON, hOCR, ALTO or PAGE-XML')
    .argument('<files...>', 'scans')
    .option('-l, --language <tag>', 'what the page is in', 'zh-Hans')
    .addOption(new Option('-f, --format <name>', 'what to write').choices(Object.keys(writers)).default('text'))
    .option('--to <folder>', 'a file a page there, instead of stdout')
    .option('--overlay <file>', 'draw regions, lines and order over the scan (PNG)')
    .addOption(new Option('--split <when>', 'take a sheet scanned across its fold apart').choices(['auto', 'never']).default('auto'))
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet ocr page.tif\n  broadsheet ocr page.jpg --format alto --to ocr/\n  broadsheet ocr page.png --overlay seen.png > page.txt'
    )
  for (const option of engineOptions()) command.addOption(option)
  command.action(perform)
}

async function perform(paths: readonly string[], options: Options): Promise<void> {
  const engines = openEngines(engineChoice(options), availableParallelism())
  let failures = 0
  try {
    for (const path of paths)
      await readOne(path, options, engines).catch((error) => {
        failures++
        complain(describeErrorOf(path, error))
        process.exitCode = paths.length === 1 ? exitCodeOf(error) : exitCodes.partial
      })
  } finally {
    await engines.close()
  }
  if (failures === paths.length && paths.length > 1) process.exitCode = exitCodes.fileAccess
}

async function readOne(path: string, options: Options, engines: ReturnType<typeof openEngines>): Promise<void> {
  const name = basename(path)
  const file: PlannedFile = { pageId: name.slice(0, name.length - extname(name).length), path, name, kind: 'scan', split: options.split }
  const bytes = await readFile(path)
  const show = process.stderr.isTTY && !options.quiet
  const { pages, failures } = await readPages(file, bytes, {
    language: options.language,
    engines,
    onProgress: (done, total) => {
      if (show) process.stderr.write(`\r${name}: ${done} of ${total} lines\u001b[K${done === total ? '\n' : ''}`)
    }
  })
  for (const page of pages) {
    if (!page.regions.some((region) => region.type === 'text'))
      complain(`${path}${pages.length > 1 ? ` (${page.id})` : ''}: no text was found on it`)
    await writeOne(page, options)
  }
  for (const { message } of failures) complain(describeErrorOf(path, new Error(`${name} ${message}`)))
  if (failures.length > 0) process.exitCode = exitCodes.partial
  if (options.overlay) await writeOverlay(bytes, file, { pages, failures }, options.overlay)
}

async function writeOne(page: Page, options: Options): Promise<void> {
  const writer = writers[options.format]
  const text = await writer.write(page)
  if (!options.to) return print(text)
  await mkdir(options.to, { recursive: true })
  await writeFile(join(options.to, `${page.id}${writer.ending}`), text)
}

async function writeOverlay(bytes: Uint8Array, file: PlannedFile, reading: FileReading, target: string): Promise<void> {
  const scans = await openScan(bytes, file.name, { split: file.split ?? 'auto' })
  const places = placesOf(reading)
  for (const [index, page] of reading.pages.entries()) {
    const place = places[index]!
    const path = place === 0 ? target : target.replace(/(\.\w+)?$/, `-${place + 1}$1`)
    const scan = scans.find(({ sheet, crop }) => sheet === (page.image?.sheet ?? 0) && isDeepStrictEqual(crop, page.image?.crop))
    await writeFile(path, await drawOverlay(scan ?? scans[place]!, page))
    say(`${path} written`)
  }
}
