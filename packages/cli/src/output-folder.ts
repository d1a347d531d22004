import { readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readIfThere, sha256, type Workbench, writeWhole } from './files.ts'

/** A file of the output: posix path below the folder. */
export interface OutputFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** What writing an issue's folder did. */
export interface WriteReport {
  readonly written: number
  readonly unchanged: number
  readonly removed: number
  /** Files that a person has edited since: left as they are. */
  readonly conflicts: readonly string[]
}

/** Path → digests of every content that we have given the file (two while a run is under way). */
type Ledger = Record<string, readonly string[]>

/**
 * Brings an issue's folder to exactly `files`. Equal files are not touched, files of an earlier run that are no longer
 * made are removed, and a file whose content is not one that we wrote is left alone and reported, unless `force`.
 *
 * The ledger names the new digests before the first file is written, so that a run killed half-way leaves no file that
 * the next one would take for a person's work.
 */
export async function writeFolder(
  workbench: Workbench,
  folder: string,
  ledgerPath: string,
  files: readonly OutputFile[],
  force: boolean
): Promise<WriteReport> {
  const ledger = await readLedger(ledgerPath)
  const wanted = new Map(files.map((file) => [file.path, { ...file, digest: sha256(file.content) }]))
  const pending: Ledger = { ...ledger }
  for (const [path, file] of wanted) pending[path] = [...new Set([...(ledger[path] ?? []), file.digest])]
  await writeLedger(workbench, ledgerPath, pending)
  const report = { written: 0, unchanged: 0, removed: 0, conflicts: [] as string[] }
  for (const [path, file] of wanted) {
    const outcome = await writeOne(workbench, join(folder, path), file, pending[path]!, force)
    if (outcome === 'conflict') report.conflicts.push(path)
    else report[outcome]++
  }
  for (const path of Object.keys(ledger).filter((path) => !wanted.has(path))) {
    const outcome = await removeOne(folder, path, ledger[path]!, force)
    if (outcome === 'conflict') report.conflicts.push(path)
    else report.removed += outcome === 'removed' ? 1 : 0
  }
  await writeLedger(workbench, ledgerPath, Object.fromEntries([...wanted].map(([path, file]) => [path, [file.digest]])))
  return report
}

async function readLedger(path: string): Promise<Ledger> {
  const bytes = await readIfThere(path)
  try {
    return bytes ? (JSON.parse(bytes.toString('utf8')) as Ledger) : {}
  } catch {
    // A damaged ledger is as good as none: files are compared by content, and unknown ones count as a person's.
    return {}
  }
}

async function writeLedger(workbench: Workbench, path: string, ledger: Ledger): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(ledger).sort(([a], [b]) => (a < b ? -1 : 1)))
  const content = `${JSON.stringify(sorted, null, 1)}\n`
  const now = await readIfThere(path)
  if (now?.toString('utf8') !== content) await writeWhole(workbench, path, content)
}

async function writeOne(
  workbench: Workbench,
  path: string,
  file: OutputFile & { digest: string },
  ours: readonly string[],
  force: boolean
): Promise<'written' | 'unchanged' | 'conflict'> {
  const now = await readIfThere(path)
  const digest = now && sha256(now)
  if (digest === file.digest) return 'unchanged'
  if (digest !== undefined && !ours.includes(digest) && !force) return 'conflict'
  await writeWhole(workbench, path, file.content)
  return 'written'
}

async function removeOne(folder: string, path: string, ours: readonly string[], force: boolean): Promise<'removed' | 'gone' | 'conflict'> {
  const now = await readIfThere(join(folder, path))
  if (!now) return 'gone'
  if (!ours.includes(sha256(now)) && !force) return 'conflict'
  await rm(join(folder, path), { force: true })
  await removeEmpty(folder, dirname(path))
  return 'removed'
}

async function removeEmpty(root: string, folder: string): Promise<void> {
  if (folder === '.' || folder === '') return
  if ((await readdir(join(root, folder)).catch(() => ['?'])).length > 0) return
  await rmdir(join(root, folder))
  await removeEmpty(root, dirname(folder))
}
