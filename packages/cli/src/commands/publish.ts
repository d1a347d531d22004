import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { encodeGrey, type OutputFile, type PreviousSite, type SiteIssue, writeSite } from '@broadsheet/export'
import { openScan } from '@broadsheet/ocr'
import { type Command, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { exists, listFolder, readIfThere, sha256, type Workbench, writeWhole } from '../files.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { print, say } from '../terminal.ts'
import { bundleIssue, calendarDate, today } from './bundle.ts'

interface Options {
  readonly to: string
  readonly from: string
  readonly baseUrl?: string
  readonly title?: string
  readonly language?: string
  readonly formats: readonly ('pdf' | 'epub')[]
  readonly bags: boolean
  readonly date: string
  readonly json?: boolean
  readonly quiet?: boolean
}

export function addPublish(program: Command): void {
  program
    .command('publish')
    .description('a static site of issues: pages, articles, search, downloads, bags; feed, sitemap and IIIF with --base-url')
    .argument('[issues...]', 'issue folders of the output, or the output itself', ['output'])
    .option('--to <folder>', 'where the site goes', 'site')
    .option('--from <scans>', 'folder of issue folders that holds the scans', 'scans')
    .option('--base-url <address>', 'where the site will stand: gives it a feed, a sitemap and IIIF manifests', address)
    .option('--title <name>', 'name of the archive; the newspaper’s unless given')
    .option('--language <tag>', 'of the site’s own words; the first issue’s unless given')
    .addOption(
      new Option('--formats <list>', 'downloads, of pdf and epub, or none').default(['pdf', 'epub'], 'pdf,epub').argParser(formats)
    )
    .option('--no-bags', 'make no BagIt bags')
    .option('--date <date>', 'bagging date', calendarDate, today())
    .option('--json', 'the outcome as JSON')
    .option('-q, --quiet', 'nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet publish output --to site\n  broadsheet publish output/my-issue --to site --base-url https://archive.example\n\nRun it again after new issues: what is the same is not touched, and issues that are there already stay.\nThe site works from a disk: open site/index.html.'
    )
    .action(perform)
}

async function perform(paths: readonly string[], options: Options): Promise<void> {
  const folders = await findIssues(paths)
  const report = { issues: folders.length, made: 0, written: 0, unchanged: 0, bags: 0, notes: [] as string[] }
  const workbench: Workbench = { folder: await makeWorkbench(options.to) }
  try {
    const previous = previousSite(options.to)
    const issues = loadIssues(folders, options.from, (note) => report.notes.push(note))
    const { baseUrl, title, language } = options
    const given = { ...(baseUrl && { baseUrl }), ...(title && { title }), ...(language && { language }) }
    for await (const file of writeSite({ issues }, { formats: options.formats, previous, ...given })) {
      if (await writeChanged(workbench, options.to, file)) report.written++
      else report.unchanged++
      if (/^issues\/[^/]+\/state\.json$/.test(file.path)) report.made++
    }
    if (options.bags)
      for (const folder of folders) report.bags += (await bagIssue(folder, options, (note) => report.notes.push(note))) ? 1 : 0
  } finally {
    await rm(workbench.folder, { recursive: true, force: true })
  }
  if (options.json) return print(`${JSON.stringify({ site: options.to, ...report })}\n`)
  if (options.quiet) return
  for (const note of report.notes) say(`${pc.yellow('note')} ${plain(note)}`)
  await print(
    `${plain(options.to)}: ${report.issues} issues (${report.made} new or changed), ${report.written} files written, ${report.unchanged} unchanged, ${report.bags} bags made\nOpen ${plain(join(options.to, 'index.html'))}\n`
  )
}

async function makeWorkbench(to: string): Promise<string> {
  await mkdir(to, { recursive: true })
  return mkdtemp(join(to, '.publish-'))
}

/** The issue folders that are named, or lie in a folder that is named; sorted by name, each once. */
async function findIssues(paths: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const inside = (await listFolder(path).catch(() => [] as string[])).map((name) => join(path, name))
    const issues: string[] = []
    for (const folder of [path, ...inside]) if (await isIssueFolder(folder)) issues.push(folder)
    if (issues.length === 0) throw new Failure(`${plain(path)}: no issue that broadsheet run has written`, exitCodes.fileAccess)
    for (const folder of issues) found.set(resolve(folder), folder)
  }
  return [...found.values()].sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
}

async function* loadIssues(folders: readonly string[], from: string, note: (text: string) => void): AsyncGenerator<SiteIssue> {
  for (const folder of folders) {
    const { issue, pages } = await loadIssue(folder)
    const images = new Map(pages.flatMap(({ page }) => (page.image ? [[page.id, page.image] as const] : [])))
    const imageOf = async (id: string): Promise<Uint8Array | undefined> => {
      const image = images.get(id)
      if (!image) return undefined
      const path = join((await exists(join(from, issue.id))) ? join(from, issue.id) : from, basename(image.href))
      const bytes = await readIfThere(path)
      if (!bytes) note(`${path}: the scan is not there, so the page is published without; name its folder with --from`)
      else if (sha256(bytes) !== image.sha256)
        note(`${path}: not the scan that was read (its digest differs), so the page is published without`)
      else return readable(bytes, basename(image.href), image.sheet ?? 0)
      return undefined
    }
    yield { issue, pages, imageOf }
  }
}

/** What a site or a PDF can take as it is; sheets of a PDF and JPEG 2000 are decoded first. */
async function readable(bytes: Buffer, name: string, sheet: number): Promise<Uint8Array> {
  if (!isForReaderOnly(bytes)) return bytes
  const scans = await openScan(bytes, name)
  return encodeGrey(await scans[sheet]!.readGrey())
}

function isForReaderOnly(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString('latin1')
  return (
    bytes.subarray(0, 1024).includes('%PDF-') ||
    start.startsWith('\u0000\u0000\u0000\u000cjP') ||
    start.startsWith('\u00ff\u004f\u00ff\u0051')
  )
}

function previousSite(to: string): PreviousSite {
  return {
    read: async (path) => (await readIfThere(join(to, path)))?.toString('utf8'),
    issues: () => listFolder(join(to, 'issues')).catch(() => [])
  }
}

/** Writes a file unless it stands there already with the same content. */
async function writeChanged(workbench: Workbench, to: string, file: OutputFile): Promise<boolean> {
  const path = join(to, file.path)
  const old = await readFile(path).catch(() => undefined)
  if (old?.equals(Buffer.from(file.content as Uint8Array))) return false
  await writeWhole(workbench, path, file.content)
  return true
}

/** A bag of the issue as one file, unless there is one of the same state. The mark beside it says of which. */
async function bagIssue(folder: string, options: Options, note: (text: string) => void): Promise<boolean> {
  const target = join(options.to, 'bags')
  const name = basename(resolve(folder))
  const mark = join(target, `.${name}.sha256`)
  const digest = await folderDigest(folder)
  if ((await exists(join(target, `${name}.zip`))) && (await readIfThere(mark))?.toString('utf8') === digest) return false
  await mkdir(target, { recursive: true })
  try {
    await bundleIssue(folder, { to: target, as: 'zip', from: options.from, scans: true, date: options.date, replace: true, quiet: true })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    note(`${name}: no bag was made. ${error.message}`)
    return false
  }
  await writeWhole({ folder: target }, mark, digest)
  return true
}

async function folderDigest(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const lines: string[] = []
  for (const path of paths.sort()) lines.push(`${path.slice(folder.length)} ${sha256(await readFile(path))}`)
  return sha256(lines.join('\n'))
}

function address(text: string): string {
  if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(text))
    throw new InvalidArgumentError('Expected an address such as https://archive.example/papers.')
  return text.replace(/\/+$/, '')
}

function formats(text: string): ('pdf' | 'epub')[] {
  if (text === 'none') return []
  return text.split(',').map((name) => {
    if (name !== 'pdf' && name !== 'epub') throw new InvalidArgumentError('Expected pdf, epub, pdf,epub or none.')
    return name
  })
}
