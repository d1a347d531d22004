import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type PreviousSite, type SiteIssue, writeSite } from '@broadsheet/export'
import { type Command, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import { issueEntries, stateDigest } from '../bundle-entries.ts'
import { createChangedFiles, removeFiles } from '../changed-files.ts'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { exists, listFolder, readIfThere, type Workbench, writeWhole } from '../files.ts'
import { isIssueFolder, openIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { createScanReader, scanFolder } from '../scan-files.ts'
import { print, say } from '../terminal.ts'
import { bundleIssue, calendarDate, today } from './bundle.ts'
import { address } from './export.ts'

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
  const report = { issues: folders.length, made: 0, written: 0, unchanged: 0, removed: 0, bags: 0, notes: [] as string[] }
  const note = (text: string): void => {
    report.notes.push(text)
  }
  const workbench: Workbench = { folder: await makeWorkbench(options.to) }
  try {
    const files = createChangedFiles(workbench, options.to)
    const { baseUrl, title, language } = options
    const given = { ...(baseUrl && { baseUrl }), ...(title && { title }), ...(language && { language }) }
    const previous = previousSite(options.to)
    for await (const file of writeSite(
      { issues: loadIssues(folders, options.from, note) },
      { formats: options.formats, previous, ...given }
    )) {
      const state = 'content' in file && /^issues\/[^/]+\/state\.json$/.test(file.path) ? String(file.content) : undefined
      // The state says that all other files of the issue are there: it comes after them.
      if (state !== undefined) {
        await files.settle()
        report.removed += await removeFiles(options.to, staleFiles(await previous.read(file.path), state))
        report.made++
      }
      await files.add(file)
    }
    await files.settle()
    Object.assign(report, files.count())
    if (options.bags) for (const folder of folders) report.bags += (await bagIssue(folder, options, note)) ? 1 : 0
  } finally {
    await rm(workbench.folder, { recursive: true, force: true })
  }
  if (options.json) return print(`${JSON.stringify({ site: options.to, ...report })}\n`)
  if (options.quiet) return
  for (const text of report.notes) say(`${pc.yellow('note')} ${plain(text)}`)
  await print(
    `${plain(options.to)}: ${count(report.issues, 'issue')} (${report.made} new or changed), ${count(report.written, 'file')} written, ${report.unchanged} unchanged, ${report.removed} removed, ${count(report.bags, 'bag')} made\nOpen ${plain(join(options.to, 'index.html'))}\n`
  )
}

/** Files of an issue that its last state names and its new one does not; none outside its own folder, whatever the state says. */
function staleFiles(before: string | undefined, now: string): string[] {
  const [old, current] = [before, now].map((text) => {
    try {
      const { entry, files } = JSON.parse(text ?? '{}') as { entry?: { path?: string }; files?: readonly string[] }
      return { folder: entry?.path?.replace(/index\.html$/, '') ?? '', files: Array.isArray(files) ? files.map(String) : [] }
    } catch {
      return { folder: '', files: [] }
    }
  }) as [{ files: string[] }, { folder: string; files: string[] }]
  const kept = new Set(current.files)
  return old.files.filter(
    (path) => !kept.has(path) && path.startsWith(current.folder) && current.folder !== '' && !/(?:^|\/)\.\.?(?:\/|$)/.test(path)
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

/** An issue at a time, with its scans at hand. A page whose scan is not there, or is another, is published without, and said so once. */
async function* loadIssues(folders: readonly string[], from: string, note: (text: string) => void): AsyncGenerator<SiteIssue> {
  for (const folder of folders) {
    const { issue, pages } = await openIssue(folder)
    const read = createScanReader(await scanFolder(from, issue))
    const lacking = new Set<string>()
    const imageOf = async (id: string): Promise<Uint8Array | undefined> => {
      const image = pages.get(id)?.page.image
      if (!image || lacking.has(id)) return undefined
      try {
        return await read(image)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        lacking.add(id)
        note(`${error.message}; until then the page is published without`)
        return undefined
      }
    }
    yield { issue, pages, imageOf }
  }
}

function previousSite(to: string): PreviousSite {
  return {
    read: async (path) => (await readIfThere(join(to, path)))?.toString('utf8'),
    issues: () => listFolder(join(to, 'issues')).catch(() => [])
  }
}

/** A bag of the issue as one file, unless there is one of the same state. The mark beside it says of which. */
async function bagIssue(folder: string, options: Options, note: (text: string) => void): Promise<boolean> {
  const target = join(options.to, 'bags')
  try {
    const { issue, state } = await issueEntries(folder, { from: options.from, scans: true, note })
    const mark = join(target, `.${issue.id}.sha256`)
    const digest = await stateDigest(state)
    if ((await exists(join(target, `${issue.id}.zip`))) && (await readIfThere(mark))?.toString('utf8') === digest) return false
    await mkdir(target, { recursive: true })
    await bundleIssue(folder, { ...bagOptions, to: target, from: options.from, date: options.date })
    await writeWhole({ folder: target }, mark, digest)
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    note(`${basename(resolve(folder))}: no bag was made. ${error.message}`)
    return false
  }
}

const bagOptions = {
  as: 'zip',
  formats: [],
  scans: true,
  replace: true,
  quiet: true,
  altoVersion: '4.4',
  glyphs: 'all',
  flavor: 'plain',
  baseUrl: 'https://example.org'
} as const

function formats(text: string): ('pdf' | 'epub')[] {
  if (text === 'none') return []
  return text.split(',').map((name) => {
    if (name !== 'pdf' && name !== 'epub') throw new InvalidArgumentError('Expected pdf, epub, pdf,epub or none.')
    return name
  })
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
