import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import type { Decision } from '@broadsheet/document'
import type { Answer } from '@broadsheet/normalize'
import { answersEnding, readAnswers } from './ask/answers-file.ts'
import { type IssueConfig, readIssueConfig, readYaml } from './config.ts'
import { readDecisions } from './decisions.ts'
import { exitCodes } from './exit-codes.ts'
import { describeErrorOf, Failure } from './failure.ts'
import { listFolder, readIfThere, sha256 } from './files.ts'
import { findLanguageFile, type LanguageFile } from './language-file.ts'
import type { OldReading } from './old-reading.ts'
import { plain } from './plain.ts'

/** What a run will do, before it does any of it. */
export interface Plan {
  readonly issues: readonly PlannedIssue[]
  /** Folders that cannot be an issue and pages that cannot be reached by their name, each with one line of advice. */
  readonly failures: readonly string[]
  /** What was passed over, and why. */
  readonly notes: readonly string[]
}

export interface PlannedIssue {
  readonly id: string
  readonly folder: string
  readonly config: IssueConfig
  readonly files: readonly PlannedFile[]
  /** A reviewer's decisions by page id. */
  readonly decisions: Readonly<Record<string, readonly Decision[]>>
  /** What a language model said of its pages earlier, by page id. */
  readonly answers: Readonly<Record<string, readonly Answer[]>>
  /** The house profile the issue names, as its file states it. */
  readonly profile?: unknown
  /** What the archive taught, where the issue names it. */
  readonly languageModel?: LanguageFile
}

/** One file of a page or of several (multi-page TIFF, PDF). */
export interface PlannedFile {
  /** Unique within the issue; the first sheet's page id, `-2` and so on follow. */
  readonly pageId: string
  readonly path: string
  readonly name: string
  readonly kind: 'scan' | 'text' | 'ocr'
  /** Whether a sheet scanned across its fold is taken apart into its two pages: `auto` when absent. */
  readonly split?: 'auto' | 'never'
  /** An older reading that the new one is weighed against: `p01.old.txt` beside `p01.tif`. */
  readonly old?: OldReading
}

const kinds: Readonly<Record<string, PlannedFile['kind']>> = Object.fromEntries([
  ...['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'jp2', 'j2k', 'jpx', 'pdf'].map((ending) => [`.${ending}`, 'scan']),
  ['.txt', 'text'],
  ...['xml', 'hocr', 'html', 'json'].map((ending) => [`.${ending}`, 'ocr'])
])

/** Finds the issues under `root`: its folders, or itself when pages lie in it. Reads names and `broadsheet.yaml`, nothing else. */
export async function planScans(root: string): Promise<Plan> {
  const entries = await listFolder(root).catch((error) => {
    if (error.code !== 'ENOTDIR') throw error
    throw new Failure(
      `${plain(root)}: a file, not a folder; name the folder it lies in, or clean it with broadsheet clean`,
      exitCodes.fileAccess
    )
  })
  const own = entries.includes('broadsheet.yaml') || entries.some((name) => !name.startsWith('.') && extname(name).toLowerCase() in kinds)
  const failures: string[] = []
  const folders = own ? [resolve(root)] : await subfolders(root, entries, failures)
  if (folders.length === 0)
    throw new Failure(
      `${plain(root)}: no issue found; put each issue in a folder of its own (scans/<issue-id>/p01.jpg)`,
      exitCodes.fileAccess
    )
  const issues: PlannedIssue[] = []
  const notes: string[] = []
  for (const folder of folders) {
    try {
      issues.push(await planIssue(folder, notes, failures))
    } catch (error) {
      failures.push(error instanceof Failure ? error.message : plain(describeErrorOf(folder, error)))
    }
  }
  return { issues: distinctIssues(issues, failures), failures, notes }
}

async function subfolders(root: string, entries: readonly string[], failures: string[]): Promise<string[]> {
  const folders: string[] = []
  for (const name of entries) {
    if (name.startsWith('.') || name === 'profiles') continue
    const status = await statusOf(join(root, name))
    if (!status) failures.push(`${plain(join(root, name))}: ${namelessAdvice}`)
    else if (status.isDirectory()) folders.push(resolve(root, name))
  }
  return folders
}

async function planIssue(folder: string, notes: string[], failures: string[]): Promise<PlannedIssue> {
  const names = await listFolder(folder)
  const config = await readIssueConfig(folder)
  const files = withSplit(await planFiles(folder, names, notes, failures), config?.split)
  if (files.length === 0)
    throw new Failure(
      `${plain(folder)}: no pages; put scans (.png .jpg .tif .webp .jp2 .pdf) or raw text (.txt) into it`,
      exitCodes.fileAccess
    )
  const profile = await loadProfile(folder, config?.profile)
  const languageModel = await findLanguageFile(folder, config?.languageModel)
  return {
    id: config?.id ?? safeName(basename(folder)),
    folder,
    config: config ?? { title: basename(folder), language: 'zh-Hans' },
    files,
    decisions: await readDecisions(folder),
    answers: await readAnswers(folder),
    ...(profile === undefined ? {} : { profile }),
    ...(languageModel ? { languageModel } : {})
  }
}

/** `profiles/<name>.yaml` beside the issue folders. */
async function loadProfile(folder: string, name: string | undefined): Promise<unknown> {
  if (name === undefined) return undefined
  const path = join(folder, '..', 'profiles', `${name}.yaml`)
  const bytes = await readIfThere(path)
  if (!bytes)
    throw new Failure(
      `${plain(path)}: the profile that ${plain(basename(folder))} names is not there; make one with broadsheet profile`,
      exitCodes.invalidConfig
    )
  return readYaml(bytes.toString('utf8'), path)
}

type FoundFile = Omit<PlannedFile, 'pageId'>

async function planFiles(folder: string, names: readonly string[], notes: string[], failures: string[]): Promise<PlannedFile[]> {
  const found: FoundFile[] = []
  for (const name of [...names].sort(byNumber)) {
    if (
      name.startsWith('.') ||
      name === 'broadsheet.yaml' ||
      name.endsWith('.decisions.jsonl') ||
      name.endsWith(answersEnding) ||
      /^readme\b/i.test(name)
    )
      continue
    const path = join(folder, name)
    const kind = kinds[extname(name).toLowerCase()]
    const status = await statusOf(path)
    if (kind && status?.isFile()) found.push({ path, name, kind })
    else if (kind && !status) failures.push(`${plain(path)}: ${namelessAdvice}`)
    else notes.push(`${plain(path)}: passed over; ${status ? describeStray(status) : namelessAdvice}`)
  }
  return withPageIds(withoutOldText(found, notes))
}

/** A name that is not UTF-8 is listed with marks in it that name nothing; and what is listed may be gone by now. */
async function statusOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}

const namelessAdvice = 'not there under this name; if the name is not UTF-8, rename it'

function describeStray(status: Stats): string {
  if (status.isSymbolicLink()) return 'links are not followed'
  if (!status.isFile() && !status.isDirectory()) return 'neither a file nor a folder'
  return status.isDirectory() ? 'a folder inside an issue' : 'not a kind of file that holds a page'
}

/**
 * `p01.txt` beside `p01.jpg` is the old OCR of the same page, not a page of its own: it waits for `reocr`. As `p01.old.txt` it is
 * weighed against the new reading whenever the scan is read.
 */
function withoutOldText(files: readonly FoundFile[], notes: string[]): FoundFile[] {
  const scans = new Set(files.filter((file) => file.kind === 'scan').map((file) => stemOf(file.name)))
  const old = new Map<string, OldReading>()
  for (const { kind, name, path } of files) {
    const stem = stemOf(name).replace(/\.old$/, '')
    if (kind !== 'scan' && stem !== stemOf(name) && scans.has(stem)) old.set(stem, { path, name })
  }
  const olds = new Set([...old.values()].map((one) => one.path))
  return files.flatMap((file) => {
    const known = old.get(stemOf(file.name))
    if (file.kind === 'scan') return [known ? { ...file, old: known } : file]
    if (olds.has(file.path)) return []
    if (scans.has(stemOf(file.name).replace(/\.old$/, '')) && !scans.has(stemOf(file.name))) {
      notes.push(
        `${plain(file.path)}: passed over; ${plain(old.get(stemOf(file.name).replace(/\.old$/, ''))!.name)} is the old reading that is weighed`
      )
      return []
    }
    if (!scans.has(stemOf(file.name))) return [file]
    notes.push(`${plain(file.path)}: the old OCR of a page that is scanned; broadsheet reocr compares the two`)
    return []
  })
}

/** Kinds of file with several pages in one: the second of `p01.tif` is `p01-2`. */
const manySheets = /\.(tiff?|pdf|xml|hocr|html|json)$/i

/** The name without its ending; with the ending where another page has that id, or might turn out to have it. */
function withPageIds(files: readonly FoundFile[]): PlannedFile[] {
  const taken = new Set<string>()
  const withSheets = new Set<string>()
  const isFree = (id: string): boolean => !taken.has(id.toLowerCase()) && !withSheets.has(id.toLowerCase().replace(/-[1-9]\d*$/, ''))
  return files.map((file) => {
    const stem = safeName(stemOf(file.name))
    const marked = `${stem}-${sha256(file.name).slice(0, 8)}`
    const pageId = [stem, `${stem}-${extname(file.name).slice(1).toLowerCase()}`].find(isFree) ?? marked
    taken.add(pageId.toLowerCase())
    if (manySheets.test(file.name)) withSheets.add(pageId.toLowerCase())
    return { pageId, ...file }
  })
}

/** A scan whose second page would bear the name of another file is not taken apart, nor is any where the issue says so. */
function withSplit(files: readonly PlannedFile[], split: PlannedFile['split']): PlannedFile[] {
  const ids = new Set(files.map((file) => file.pageId.toLowerCase()))
  const isWhole = (file: PlannedFile): boolean => split === 'never' || ids.has(`${file.pageId.toLowerCase()}-2`)
  return files.map((file) => (file.kind === 'scan' && isWhole(file) ? { ...file, split: 'never' } : file))
}

const stemOf = (name: string): string => name.slice(0, name.length - extname(name).length)

/** p2 before p10, p01.tif before p01-2.tif. Ties by code unit, so that the order is the same everywhere. */
function byNumber(a: string, b: string): number {
  const parts = (name: string): string[] =>
    stemOf(name)
      .toLowerCase()
      .match(/\d+|\D+/g) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!]
    if (x === y) continue
    const numbers = /^\d/.test(x) && /^\d/.test(y)
    if (numbers && Number(x) !== Number(y)) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0)
}

/**
 * A name that is safe as a file name on every system and as a part of an id: NFC, at most 80 bytes, no separators, marks or
 * control characters. A name that had to be altered carries a digest of the original, so that two never meet.
 */
export function safeName(name: string): string {
  const normal = name.normalize('NFC')
  let safe = normal.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '')
  while (Buffer.byteLength(safe) > 80) safe = [...safe].slice(0, -1).join('')
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe)
  return safe === normal && safe !== '' && !reserved ? safe : `${safe || 'page'}-${sha256(name).slice(0, 8)}`
}

function distinctIssues(issues: readonly PlannedIssue[], failures: string[]): PlannedIssue[] {
  const taken = new Map<string, string>()
  return issues.filter((issue) => {
    const key = issue.id.normalize('NFC').toLowerCase()
    const other = taken.get(key)
    if (other === undefined) taken.set(key, issue.folder)
    else
      failures.push(
        `${plain(issue.folder)}: its id “${plain(issue.id)}” is that of ${plain(other)} too; give one of them another id in broadsheet.yaml`
      )
    return other === undefined
  })
}
