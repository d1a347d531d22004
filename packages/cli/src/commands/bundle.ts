import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { CleanPage, Issue } from '@broadsheet/document'
import {
  type BagInfo,
  type BundleEntry,
  type BundleSink,
  createFolderSink,
  createTarSink,
  createZipSink,
  roCrate,
  writeBag
} from '@broadsheet/export'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { exists, sha256 } from '../files.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { print } from '../terminal.ts'

type Form = 'folder' | 'tar' | 'zip'

interface Options {
  readonly to: string
  readonly as: Form
  readonly from: string
  readonly scans: boolean
  readonly date: string
  readonly sourceOrganization?: string
  readonly contactName?: string
  readonly contactEmail?: string
  readonly externalDescription?: string
  readonly replace?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

export function addBundle(program: Command): void {
  program
    .command('bundle')
    .description('a BagIt bag of an issue for preservation: scans, raw reading, changes, decisions, clean text')
    .argument('<issue>', 'an issue folder of the output')
    .option('--to <folder>', 'where the bag goes', 'bags')
    .addOption(new Option('--as <form>', 'a folder, or one file').choices(['folder', 'tar', 'zip']).default('folder'))
    .option('--from <scans>', 'folder of issue folders that holds the scans', 'scans')
    .option('--no-scans', 'leave the scans out')
    .option('--date <date>', 'bagging date', calendarDate, today())
    .option('--source-organization <name>', 'for bag-info.txt')
    .option('--contact-name <name>', 'for bag-info.txt')
    .option('--contact-email <address>', 'for bag-info.txt')
    .option('--external-description <text>', 'for bag-info.txt')
    .option('--replace', 'replace a bag of that name')
    .option('--json', 'the outcome as JSON')
    .option('-q, --quiet', 'nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet bundle output/my-issue --to bags\n  broadsheet bundle output/my-issue --as tar --date 2026-01-31\n\nThe same issue and the same --date (or SOURCE_DATE_EPOCH) give the same bytes.'
    )
    .action(perform)
}

async function perform(folder: string, options: Options): Promise<void> {
  if (!(await isIssueFolder(folder)))
    throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
  const { issue, pages } = await loadIssue(folder)
  const entries = [...(await outputEntries(folder)), ...(options.scans ? await scanEntries(issue, pages, options.from) : [])]
  const target = join(options.to, options.as === 'folder' ? issue.id : `${issue.id}.${options.as}`)
  const sink = await openSink(target, issue.id, options)
  const summary = await writeBag(sink, entries, { info: bagInfo(issue, options), derive: roCrate(issue, { date: options.date }) })
  if (options.json) return print(`${JSON.stringify({ bag: target, ...summary })}\n`)
  if (!options.quiet)
    await print(
      `${plain(target)}: ${summary.files} files, ${(summary.bytes / 2 ** 20).toFixed(1)} MB\nCheck: broadsheet verify ${plain(target)}\n`
    )
}

function openSink(target: string, id: string, options: Options): Promise<BundleSink> {
  const replace = options.replace ?? false
  if (options.as === 'folder') return createFolderSink(target, { replace })
  return (options.as === 'tar' ? createTarSink : createZipSink)(target, { folder: id, date: options.date, replace })
}

function bagInfo(issue: Issue, options: Options): BagInfo {
  const more: [string, string][] = []
  if (options.contactName) more.push(['Contact-Name', options.contactName])
  if (options.contactEmail) more.push(['Contact-Email', options.contactEmail])
  const organization = options.sourceOrganization ?? issue.publisher
  return {
    identifier: issue.id,
    description: options.externalDescription ?? [issue.title, issue.date, issue.edition].filter(Boolean).join(', '),
    baggingDate: options.date,
    ...(organization ? { sourceOrganization: organization } : {}),
    ...(more.length > 0 ? { more } : {})
  }
}

/** Every file of the issue's folder, as it lies there. */
async function outputEntries(folder: string): Promise<BundleEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return fileEntry(
          resolve(path)
            .slice(resolve(folder).length + 1)
            .replaceAll('\\', '/'),
          path
        )
      })
  )
}

async function fileEntry(name: string, path: string): Promise<BundleEntry> {
  return { path: name, size: (await stat(path)).size, source: () => createReadStream(path) }
}

/** The scans the pages were read from (their digests compared), the issue's description and its reviewers' decisions. */
async function scanEntries(issue: Issue, pages: readonly CleanPage[], from: string): Promise<BundleEntry[]> {
  const folder = (await exists(join(from, issue.id))) ? join(from, issue.id) : from
  if (!(await exists(folder)))
    throw new Failure(
      `${plain(folder)}: the scans are not there; name their folder with --from, or leave them out with --no-scans`,
      exitCodes.fileAccess
    )
  const images = new Map(pages.flatMap(({ page }) => (page.image ? [[basename(page.image.href), page.image.sha256] as const] : [])))
  const entries: BundleEntry[] = []
  for (const [name, digest] of images) {
    const path = join(folder, name)
    if (!(await exists(path)))
      throw new Failure(
        `${plain(path)}: the scan is not there; name the folder of the scans with --from, or leave them out with --no-scans`,
        exitCodes.fileAccess
      )
    if (sha256(await readFile(path)) !== digest)
      throw new Failure(`${plain(path)}: not the scan that was read (its digest differs); run broadsheet run again`, exitCodes.fileAccess)
    entries.push(await fileEntry(`scans/${name}`, path))
  }
  for (const name of await readdir(folder))
    if (name === 'broadsheet.yaml' || name.endsWith('.decisions.jsonl') || name.endsWith('.txt'))
      entries.push(await fileEntry(`scans/${name}`, join(folder, name)))
  return entries
}

function calendarDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Expected a calendar date such as 2026-01-31.')
  return text
}

/** Of the clock, or of SOURCE_DATE_EPOCH (reproducible-builds.org) where that is set. */
export function today(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH
  return (epoch && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date()).toISOString().slice(0, 10)
}

export { calendarDate, perform as bundleIssue }
