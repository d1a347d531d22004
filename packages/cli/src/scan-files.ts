import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Issue, PageImage } from '@broadsheet/document'
import { encodeGrey } from '@broadsheet/export'
import { openScan } from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, sha256 } from './files.ts'
import { plain } from './plain.ts'

/** The folder of an issue's scans: `<from>/<issue id>`, or `from` itself. */
export async function scanFolder(from: string, issue: Issue): Promise<string> {
  const own = join(from, issue.id)
  return (await exists(own)) ? own : from
}

/**
 * The very scan a page was read from, as it lies on the disk.
 *
 * @throws Failure when it is not there, or is another file of that name.
 */
export async function readScanFile(folder: string, image: PageImage): Promise<Buffer> {
  const path = join(folder, basename(image.href))
  const advice = 'name the folder of the scans with --from'
  if (!(await exists(path))) throw new Failure(`${plain(path)}: the scan is not there; ${advice}`, exitCodes.fileAccess)
  const bytes = await readFile(path)
  if (sha256(bytes) !== image.sha256)
    throw new Failure(
      `${plain(path)}: not the scan that was read (its digest differs); ${advice}, or run broadsheet run again`,
      exitCodes.fileAccess
    )
  return bytes
}

/** A scan in a form that a PDF, a browser and an image library can take: sheets of a PDF and JPEG 2000 are decoded first. */
export async function viewableScan(bytes: Buffer, image: PageImage): Promise<Uint8Array> {
  if (!needsDecoding(bytes)) return bytes
  const scans = await openScan(bytes, basename(image.href))
  return encodeGrey(await scans[image.sheet ?? 0]!.readGrey())
}

function needsDecoding(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString('latin1')
  return (
    bytes.subarray(0, 1024).includes('%PDF-') ||
    start.startsWith('\u0000\u0000\u0000\u000cjP') ||
    start.startsWith('\u00ff\u004f\u00ff\u0051')
  )
}
