import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Issue } from '@broadsheet/document'
import {
  type BagInfo,
  type BundleEntry,
  type BundleSink,
  createFolderSink,
  createTarSink,
  createZipSink,
  type IssueState,
  roCrate,
  writeBag,
  writeIssueVersions
} from '@broadsheet/export'
import { type Command, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import { folderEntries, issueEntries } from '../bundle-entries.ts'
import { createChangedFiles } from '../changed-files.ts'
import { exitCodes } from '../exit-codes.ts'
import { type FormatOptions, formatFiles, formatList, formatNames, openSource } from '../export-formats.ts'
import { Failure } from '../failure.ts'
import { isIssueFolder } from '../load.ts'
import { plain, shellWord } from '../plain.ts'
import { ownCommand, ownVersion, print, say } from '../terminal.ts'
import { address } from './export.ts'

type Form = 'folder' | 'tar' | 'zip'

export interface BundleOptions extends FormatOptions {
  readonly to: string
  readonly as: Form
  readonly ocfl?: boolean
  readonly objectId?: string
  readonly formats: readonly string[]
  readonly scans: boolean
  readonly scansAt?: string
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
    .description('an issue for preservation: a BagIt bag, or the next version of an OCFL object')
    .argument('<issue>', 'an issue folder of the output')
    .option('--to <folder>', 'where the bag goes', 'bags')
    .addOption(new Option('--as <form>', 'a bag as a folder, or as one file').choices(['folder', 'tar', 'zip']).default('folder'))
    .option('--ocfl', 'the next version of the OCFL object <issue>.ocfl: raw reading, cleaned, read again, …')
    .option('--object-id <uri>', 'of the OCFL object; urn:broadsheet:<issue> unless given', objectId)
    .addOption(
      new Option('--formats <list>', `put other formats in too, of ${formatNames.join(', ')}, or all`)
        .argParser(formatList)
        .default([], 'none')
    )
    .option('--from <scans>', 'folder of issue folders that holds the scans', 'scans')
    .option('--no-scans', 'leave the scans out')
    .option('--scans-at <address>', 'leave the scans out and say in fetch.txt that they are there', address)
    .option('--date <date>', 'bagging date', calendarDate, today())
    .option('--source-organization <name>', 'for bag-info.txt')
    .option('--contact-name <name>', 'for bag-info.txt')
    .option('--contact-email <address>', 'for bag-info.txt')
    .option('--external-description <text>', 'for bag-info.txt')
    .addOption(new Option('--alto-version <version>', 'of ALTO').choices(['4.4', '3.1', '2.1']).default('4.4'))
    .addOption(
      new Option('--glyphs <which>', 'of ALTO and PAGE-XML: of all words, of those with a doubtful character, of none')
        .choices(['all', 'doubtful', 'none'])
        .default('all')
    )
    .addOption(new Option('--flavor <name>', 'of Markdown').choices(['plain', 'hugo', 'vitepress', 'obsidian', 'jekyll']).default('plain'))
    .option('--base-url <address>', 'where an IIIF manifest will stand', address, 'https://example.org')
    .option('--replace', 'replace a bag of that name')
    .option('--json', 'the outcome as JSON')
    .option('-q, --quiet', 'nothing but errors')
    .addHelpText(
      'after',
      `
A bag holds everything in the issue's folders of the output and of the scans: scans, raw reading, changes, decisions, clean text.

Examples:
  broadsheet bundle output/my-issue --to bags
  broadsheet bundle output/my-issue --as tar --formats alto,mets,pdf --date 2026-01-31
  broadsheet bundle output/my-issue --ocfl                  and after every later run again
  broadsheet versions bags/my-issue.ocfl v1 v2              what was different

The same issue and the same --date (or SOURCE_DATE_EPOCH) give the same bytes.`
    )
    .action(async (folder: string, options: BundleOptions) => {
      await bundleIssue(folder, options)
    })
}

/** Makes the bundle. @throws Failure where something it needs is not there. */
export async function bundleIssue(folder: string, options: BundleOptions): Promise<void> {
  if (!(await isIssueFolder(folder)))
    throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
  const note = (text: string): void => {
    if (!options.quiet) say(`${pc.yellow('note')} ${plain(text)}`)
  }
  const { issue, state } = await issueEntries(folder, { ...options, note })
  await withFormats(folder, options, async (formats) => {
    const whole = { reading: referred(state.reading, options), rest: [...state.rest, ...formats] }
    if (options.ocfl) await bundleVersions(issue, whole, options)
    else await bundleBag(issue, whole, options)
  })
}

async function bundleBag(issue: Issue, { reading, rest }: IssueState, options: BundleOptions): Promise<void> {
  const target = join(options.to, options.as === 'folder' ? issue.id : `${issue.id}.${options.as}`)
  const sink = await openSink(target, issue.id, options)
  const derive = roCrate(issue, { date: options.date })
  const summary = await writeBag(sink, [...reading, ...rest], { info: bagInfo(issue, options), derive })
  if (options.json) return print(`${JSON.stringify({ bag: target, ...summary })}\n`)
  if (!options.quiet)
    await print(
      `${plain(target)}: ${summary.files} files, ${(summary.bytes / 2 ** 20).toFixed(1)} MB\nCheck: ${ownCommand()} verify ${shellWord(target)}\n`
    )
}

async function bundleVersions(issue: Issue, state: IssueState, options: BundleOptions): Promise<void> {
  if (options.scansAt !== undefined)
    throw new Failure('--scans-at is for bags; an OCFL object holds its files, or leave them out with --no-scans', exitCodes.usage)
  const target = join(options.to, `${issue.id}.ocfl`)
  await mkdir(dirname(target), { recursive: true })
  const versions = await writeIssueVersions(target, state, {
    id: options.objectId ?? `urn:broadsheet:${encodeURIComponent(issue.id)}`,
    created: `${options.date}T00:00:00Z`,
    user: userOf(options)
  })
  if (options.json) return print(`${JSON.stringify({ object: target, versions })}\n`)
  if (options.quiet) return
  for (const { version, added, altered, removed } of versions)
    await print(`${plain(target)} ${version}: ${added.length} files added, ${altered.length} altered, ${removed.length} removed\n`)
  if (versions.length === 0) await print(`${plain(target)}: nothing is new\n`)
  await print(`Look: broadsheet versions ${plain(target)}\n`)
}

/** Who made the version: the contact that was named, else the program. */
function userOf(options: BundleOptions): { readonly name: string; readonly address?: string } {
  const name = options.contactName ?? options.sourceOrganization
  if (name === undefined) return { name: `Broadsheet ${ownVersion()}`, address: 'pkg:npm/%40broadsheet/cli' }
  return { name, ...(options.contactEmail ? { address: `mailto:${options.contactEmail}` } : {}) }
}

/** Scans that are elsewhere: named with their address, not held. */
function referred(entries: readonly BundleEntry[], { scansAt }: BundleOptions): readonly BundleEntry[] {
  if (scansAt === undefined) return entries
  return entries.map((entry) =>
    entry.path.startsWith('scans/') ? { ...entry, fetch: `${scansAt}/${encodeURIComponent(entry.path.slice('scans/'.length))}` } : entry
  )
}

/** Other formats are written to a folder beside the bundle first: they may be larger than the memory. */
async function withFormats(folder: string, options: BundleOptions, use: (entries: BundleEntry[]) => Promise<void>): Promise<void> {
  if (options.formats.length === 0) return use([])
  await mkdir(options.to, { recursive: true })
  const temporary = await mkdtemp(join(options.to, '.formats-'))
  try {
    const files = createChangedFiles({ folder: temporary }, join(temporary, 'formats'))
    for await (const file of formatFiles(options.formats, await openSource(folder, options))) await files.add(file)
    await files.settle()
    await use(await folderEntries(join(temporary, 'formats'), 'formats/'))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function openSink(target: string, id: string, options: BundleOptions): Promise<BundleSink> {
  const replace = options.replace ?? false
  if (options.as === 'folder') return createFolderSink(target, { replace })
  return (options.as === 'tar' ? createTarSink : createZipSink)(target, { folder: id, date: options.date, replace })
}

function bagInfo(issue: Issue, options: BundleOptions): BagInfo {
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

export function calendarDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Expected a calendar date such as 2026-01-31.')
  return text
}

function objectId(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(text)) throw new InvalidArgumentError('Expected a URI such as ark:/12345/x or urn:nbn:….')
  return text
}

/** Of the clock, or of SOURCE_DATE_EPOCH (reproducible-builds.org) where that is set. */
export function today(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH
  return (epoch && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date()).toISOString().slice(0, 10)
}
