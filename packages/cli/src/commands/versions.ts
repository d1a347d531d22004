import { patchTexts } from '@broadsheet/compare'
import {
  type BundleEntry,
  createFolderSink,
  diffOcflVersions,
  listOcflVersions,
  readOcflVersion,
  verifyBundle
} from '@broadsheet/export/bundle'
import type { Command } from 'commander'
import pc from 'picocolors'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { exists } from '../files.ts'
import { plain } from '../plain.ts'
import { print } from '../terminal.ts'

interface Options {
  readonly to?: string
  readonly json?: boolean
}

export function addVersions(program: Command): void {
  program
    .command('versions')
    .description('the versions of an issue in an OCFL object: list them, tell two apart, take one out')
    .argument('<object>', 'an OCFL object, as broadsheet bundle --ocfl writes it')
    .argument('[from]', 'a version (v1), or with --to the one to take out')
    .argument('[to]', 'another version: what is different, files and the text of every page')
    .option('--to <folder>', 'take a version out into a new folder')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet versions bags/my-issue.ocfl\n  broadsheet versions bags/my-issue.ocfl v1 v2\n  broadsheet versions bags/my-issue.ocfl v1 --to my-issue-as-read\n\nExit code of a comparison: 0 the same, 1 different.'
    )
    .action(perform)
}

async function perform(path: string, from: string | undefined, to: string | undefined, options: Options): Promise<void> {
  await checkObject(path)
  if (options.to !== undefined) return takeOut(path, from, options.to)
  if (from === undefined) return list(path, options)
  if (to === undefined) throw new Failure('Expected two versions to compare, or --to <folder> to take one out', exitCodes.usage)
  for (const version of [from, to]) await checkVersion(path, version)
  await compare(path, from, to, options)
}

/** Nothing is read out of an object before all of it was found sound: not through a link, not from outside. */
async function checkObject(path: string): Promise<void> {
  if (!(await exists(path))) throw new Failure(`${plain(path)}: there is no such folder`, exitCodes.fileAccess)
  const report = await verifyBundle(path)
  if (report.format !== 'ocfl')
    throw new Failure(`${plain(path)}: not an OCFL object; make one with broadsheet bundle --ocfl`, exitCodes.fileAccess)
  if (!report.ok) throw new Failure(`${plain(path)}: not a sound OCFL object; broadsheet verify tells what is wrong`, exitCodes.different)
}

async function checkVersion(path: string, version: string): Promise<void> {
  const versions = (await listOcflVersions(path)).map((one) => one.version)
  if (!versions.includes(version))
    throw new Failure(`Expected a version of ${versions.join(', ')} but received ${plain(version)}`, exitCodes.usage)
}

async function list(path: string, options: Options): Promise<void> {
  const versions = await listOcflVersions(path)
  if (options.json) return print(`${JSON.stringify(versions, null, 2)}\n`)
  await print(versions.map(({ version, created, message }) => `${version}  ${plain(created)}  ${plain(message ?? '')}\n`).join(''))
}

async function takeOut(path: string, version: string | undefined, to: string): Promise<void> {
  if (version !== undefined) await checkVersion(path, version)
  if (await exists(to)) throw new Failure(`${plain(to)}: exists already; name a new folder`, exitCodes.fileAccess)
  const entries = await readOcflVersion(path, version)
  const sink = await createFolderSink(to)
  try {
    for (const entry of entries) await sink.add(entry.path, entry.size!, open(entry))
    await sink.commit()
  } catch (error) {
    await sink.abort()
    throw error
  }
  await print(`${plain(to)}: ${entries.length} files\n`)
}

async function compare(path: string, from: string, to: string, options: Options): Promise<void> {
  const files = await diffOcflVersions(path, from, to)
  if (files.added.length + files.altered.length + files.removed.length > 0) process.exitCode = exitCodes.different
  const [left, right] = [pageTexts(await readOcflVersion(path, from)), pageTexts(await readOcflVersion(path, to))]
  const patches: { readonly page: string; readonly patch: string }[] = []
  for (const page of [...new Set([...left.keys(), ...right.keys()])]) {
    const [before, after] = [await textOf(left.get(page)), await textOf(right.get(page))]
    const names = { leftName: `${from}/${left.get(page)?.path ?? page}`, rightName: `${to}/${right.get(page)?.path ?? page}` }
    const patch = patchTexts(before, after, names)
    if (patch !== '') patches.push({ page, patch })
  }
  if (options.json) return print(`${JSON.stringify({ from, to, ...files, pages: patches }, null, 2)}\n`)
  const marks = [
    ['+', files.added, pc.green],
    ['~', files.altered, pc.yellow],
    ['-', files.removed, pc.red]
  ] as const
  for (const [mark, paths, color] of marks) for (const file of paths) await print(`${color(mark)} ${plain(file)}\n`)
  for (const { patch } of patches) await print(`\n${patch.split('\n').map(plain).join('\n')}`)
}

/** The text of each page in a version: clean where there is a clean one, else as it was read. */
function pageTexts(entries: readonly BundleEntry[]): Map<string, BundleEntry> {
  const texts = new Map<string, BundleEntry>()
  for (const entry of entries) {
    const [, page, name] = /^pages\/([^/]+)\/(clean|raw)\.txt$/.exec(entry.path) ?? []
    if (page !== undefined && (name === 'clean' || !texts.has(page))) texts.set(page, entry)
  }
  return texts
}

async function textOf(entry: BundleEntry | undefined): Promise<string> {
  if (!entry) return ''
  const chunks: Uint8Array[] = []
  for await (const chunk of open(entry)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function open(entry: BundleEntry): AsyncIterable<Uint8Array> {
  if (typeof entry.source !== 'function') throw new Error(`Expected a stored file at ${entry.path}`)
  return entry.source()
}
