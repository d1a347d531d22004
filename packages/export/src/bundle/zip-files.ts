import { type Entry, open as openZip, type ZipFile } from 'yauzl'
import { createListing } from './archive-folder.ts'
import { error } from './finding.ts'
import type { Limits, StoredFiles } from './stored-files.ts'

/**
 * A bundle in a zip, read by its central directory and never unpacked. Entries that grow more than `maxRatio` times are
 * not opened.
 */
export async function openZipFiles(path: string, limits: Limits, declaration: RegExp): Promise<StoredFiles> {
  const listing = createListing(limits, declaration)
  const bombs = new Set<string>()
  const fault = await eachEntry(path, async (entry) => {
    const name = entry.fileName
    const unixType = (entry.externalFileAttributes >>> 16) & 0o170000
    const kind = name.endsWith('/') ? 'folder' : unixType === 0 || unixType === 0o100000 ? 'file' : 'other'
    if (entry.uncompressedSize > 65536 && entry.uncompressedSize > limits.maxRatio * Math.max(1, entry.compressedSize)) bombs.add(name)
    listing.add(name, entry.uncompressedSize, kind)
  })
  const { files, folders, findings, inside } = listing.finish()
  if (fault) findings.push(error('format', `The zip cannot be read: ${fault}.`))
  for (const name of bombs) {
    findings.push(error('unsafe', `It would grow more than ${limits.maxRatio} times; it was not opened.`, inside(name) ?? name))
    files.delete(inside(name) ?? name)
  }
  return {
    files,
    folders,
    findings,
    read: async (wanted, each) => {
      const seen = new Set<string>()
      const broken = await eachEntry(path, async (entry, zip) => {
        const name = inside(entry.fileName)
        if (name === undefined || !wanted.has(name) || !files.has(name) || seen.has(name)) return
        seen.add(name)
        await each(name, await openEntryStream(zip, entry))
      })
      if (broken) throw new Error(broken)
    }
  }
}

/** Calls `each` for every entry in turn; gives the message when the zip is damaged. */
function eachEntry(path: string, each: (entry: Entry, zip: ZipFile) => Promise<void>): Promise<string | undefined> {
  return new Promise((resolve) => {
    openZip(
      path,
      { lazyEntries: true, autoClose: true, decodeStrings: true, validateEntrySizes: true, strictFileNames: false },
      (cause, zip) => {
        if (cause || !zip) return resolve(cause?.message ?? 'it is damaged')
        const stop = (problem: unknown): void => {
          zip.close()
          resolve(problem instanceof Error ? problem.message : String(problem))
        }
        zip.on('error', stop)
        zip.on('end', () => resolve(undefined))
        zip.on('entry', (entry: Entry) => each(entry, zip).then(() => zip.readEntry(), stop))
        zip.readEntry()
      }
    )
  })
}

function openEntryStream(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (cause, stream) =>
      cause || !stream ? reject(cause ?? new Error('it cannot be opened')) : resolve(stream as AsyncIterable<Uint8Array>)
    )
  )
}
