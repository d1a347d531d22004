import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import type { Issue, PageImage } from '@broadsheet/document'
import { encodeGrey } from '@broadsheet/export'
import { openScan, type Scan } from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, listFolder, readIfThere, sha256 } from './files.ts'
import { plain } from './plain.ts'
import { planScans } from './plan.ts'

/** The folder of an issue's scans: `<from>/<issue id>`, the folder below `from` whose broadsheet.yaml gives that id, or `from` itself. */
export async function scanFolder(from: string, issue: Issue): Promise<string> {
  const own = join(from, issue.id)
  if (await exists(own)) return own
  const folders = await listFolder(from).catch(() => [])
  if (folders.length === 0) return from
  const plan = await planScans(from).catch(() => undefined)
  return plan?.issues.find((planned) => planned.id === issue.id)?.folder ?? from
}

/** Where the scan of an image lies. */
function scanPath(folder: string, image: PageImage): string {
  return join(folder, basename(image.href))
}

/**
 * Checks that a scan is there, and is the very file that was read. Reads it as a stream: it may be larger than the memory.
 * Of an image that other people's OCR only names nothing is known, and nothing is checked.
 *
 * @throws Failure when it is not there, or is another file of that name.
 */
export async function checkScan(folder: string, image: PageImage): Promise<void> {
  if (!isKnown(image)) return
  const path = scanPath(folder, image)
  if (!(await exists(path))) throw missing(path)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  if (hash.digest('hex') !== image.sha256) throw another(path)
}

/** Whether we have seen the file: pages read from ALTO and its like name an image that may never have been here. */
function isKnown(image: PageImage): boolean {
  return image.sha256 !== ''
}

/**
 * Reads the scans of pages in a form that a PDF, a browser and an image library can take: sheets of a PDF and JPEG 2000 are
 * decoded. Asked for one page after the other, it opens a file of many sheets once. Undefined for an image that the page
 * only names and that is not there.
 *
 * @throws Failure (when called) where a scan is not there, or is another file of that name.
 */
export function createScanReader(folder: string): (image: PageImage) => Promise<Uint8Array | undefined> {
  let last: { readonly href: string; readonly bytes: Buffer; scans?: readonly Scan[] } | undefined
  return async (image) => {
    if (last?.href !== image.href) {
      const bytes = await readScanFile(folder, image)
      if (!bytes) return undefined
      last = { href: image.href, bytes }
    }
    if (!needsDecoding(last.bytes)) return last.bytes
    last.scans ??= await openScan(last.bytes, basename(image.href))
    return encodeGrey(await last.scans[image.sheet ?? 0]!.readGrey())
  }
}

async function readScanFile(folder: string, image: PageImage): Promise<Buffer | undefined> {
  const path = scanPath(folder, image)
  const bytes = image.href === '' ? undefined : await readIfThere(path)
  if (!isKnown(image)) return bytes
  if (!bytes) throw missing(path)
  if (sha256(bytes) !== image.sha256) throw another(path)
  return bytes
}

function missing(path: string): Failure {
  return new Failure(`${plain(path)}: the scan is not there; name the folder of the scans with --from`, exitCodes.fileAccess)
}

function another(path: string): Failure {
  const advice = 'name the folder of the scans with --from, or run broadsheet run again'
  return new Failure(`${plain(path)}: not the scan that was read (its digest differs); ${advice}`, exitCodes.fileAccess)
}

function needsDecoding(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString('latin1')
  return (
    bytes.subarray(0, 1024).includes('%PDF-') ||
    start.startsWith('\u0000\u0000\u0000\u000cjP') ||
    start.startsWith('\u00ff\u004f\u00ff\u0051')
  )
}
