import { createReadStream } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, extname, join, relative, sep } from 'node:path'
import type { Issue, PageImage } from '@broadsheet/document'
import { type BundleEntry, eachPage, type IssueState } from '@broadsheet/export'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, listFolder, sha256 } from './files.ts'
import { openIssue } from './load.ts'
import { plain } from './plain.ts'
import { checkScan, scanFolder } from './scan-files.ts'

export interface EntryOptions {
  /** Folder of issue folders that holds the scans. */
  readonly from: string
  readonly scans: boolean
  /** Something worth a line to the person who bundles. */
  readonly note: (text: string) => void
}

/** A reading of the output: what was seen, before any cleaning. */
const readingFile = /^pages\/[^/]+\/(?:page\.json|raw\.txt)$/

/** The files of an issue for a bundle: its folder of the output as it lies there, and everything in its folder of scans. */
export async function issueEntries(folder: string, options: EntryOptions): Promise<{ readonly issue: Issue; readonly state: IssueState }> {
  const { issue, pages } = await openIssue(folder)
  const images: PageImage[] = []
  for (const { page } of eachPage(pages)) if (page.image) images.push(page.image)
  const output = await folderEntries(folder)
  const { sources, remarks } = options.scans ? await scanEntries(issue, images, options) : { sources: [], remarks: [] }
  const reading = [...sources, ...output.filter((entry) => readingFile.test(entry.path))]
  const rest = [...remarks, ...output.filter((entry) => !readingFile.test(entry.path))]
  const paths = distinctPaths(
    [...reading, ...rest].map((entry) => entry.path),
    options.note
  )
  const stored = (entry: BundleEntry): BundleEntry => ({ ...entry, path: paths.get(entry.path)! })
  return { issue, state: { reading: reading.map(stored), rest: rest.map(stored) } }
}

/** Every file below a folder, as it lies there. Hidden ones are somebody's work in progress. */
export async function folderEntries(folder: string, prefix = ''): Promise<BundleEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(paths.map(async (path) => fileEntry(`${prefix}${relative(folder, path).split(sep).join('/')}`, path)))
}

async function fileEntry(name: string, path: string): Promise<BundleEntry> {
  return { path: name, size: (await stat(path)).size, source: () => createReadStream(path, { highWaterMark: 1 << 20 }) }
}

/**
 * The scans (their digests compared with what was read), pages that came as text or OCR, old OCR beside scans: the
 * sources; description, decisions and the rest: the remarks.
 */
async function scanEntries(
  issue: Issue,
  images: readonly PageImage[],
  { from }: EntryOptions
): Promise<{ readonly sources: BundleEntry[]; readonly remarks: BundleEntry[] }> {
  const folder = await scanFolder(from, issue)
  if (!(await exists(folder)))
    throw new Failure(
      `${plain(folder)}: the scans are not there; name their folder with --from, or leave them out with --no-scans`,
      exitCodes.fileAccess
    )
  for (const image of new Map(images.map((image) => [image.href, image])).values()) await checkScan(folder, image)
  const names = await regularFiles(folder)
  const entries = await Promise.all(names.map((name) => fileEntry(`scans/${name}`, join(folder, name))))
  const isSource = (_: BundleEntry, index: number): boolean => sourceEndings.has(extname(names[index]!).toLowerCase())
  return { sources: entries.filter(isSource), remarks: entries.filter((entry, index) => !isSource(entry, index)) }
}

const sourceEndings = new Set('png jpg jpeg webp tif tiff jp2 j2k jpx pdf txt xml hocr html json'.split(' ').map((ending) => `.${ending}`))

async function regularFiles(folder: string): Promise<string[]> {
  const files: string[] = []
  for (const name of await listFolder(folder)) if (!name.startsWith('.') && (await lstat(join(folder, name))).isFile()) files.push(name)
  return files
}

/**
 * Paths for the bundle: as they are, but where two files or folders have a name that is one on some file systems (case,
 * normalisation form), all after the first carry a digest of their own name.
 */
function distinctPaths(paths: readonly string[], note: (text: string) => void): Map<string, string> {
  const first = new Map<string, string>()
  const noted = new Set<string>()
  const store = (path: string): string => {
    let folder = ''
    for (const name of path.split('/')) {
      const key = `${folder}/${name.normalize('NFC').toLowerCase()}`
      const holder = first.get(key) ?? name
      first.set(key, holder)
      const ending = extname(name)
      const own = holder === name ? name : `${basename(name, ending)}-${sha256(name).slice(0, 8)}${ending}`
      const place = `${folder}/${own}`
      if (own !== name && !noted.has(place)) note(`${path}: its name is another’s on some file systems; it is kept as ${place.slice(1)}`)
      if (own !== name) noted.add(place)
      folder = place
    }
    return folder.slice(1)
  }
  return new Map([...paths].sort((a, b) => (a < b ? -1 : 1)).map((path) => [path, store(path)]))
}

/** What an issue's bundle depends on, in one digest. Scans were compared with their own digests already; here their sizes do. */
export async function stateDigest(state: IssueState): Promise<string> {
  const lines: string[] = []
  for (const entry of [...state.reading, ...state.rest]) {
    const isScan = entry.path.startsWith('scans/') && !/\.(?:txt|xml|hocr|html|json|jsonl|yaml)$/i.test(entry.path)
    lines.push(`${JSON.stringify(entry.path)} ${isScan ? entry.size : await entryDigest(entry)}`)
  }
  return sha256(lines.sort().join('\n'))
}

async function entryDigest(entry: BundleEntry): Promise<string> {
  if (typeof entry.source !== 'function') return sha256(entry.source)
  const chunks: Uint8Array[] = []
  for await (const chunk of entry.source()) chunks.push(chunk)
  return sha256(Buffer.concat(chunks))
}
