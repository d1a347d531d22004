import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import tar from 'tar-stream'
import { createListing } from './archive-folder.ts'
import { error } from './finding.ts'
import type { Limits, StoredFiles } from './stored-files.ts'

/** A bundle in a tar: listed in one pass, read in another; never unpacked. */
export async function openTarFiles(path: string, limits: Limits, declaration: RegExp): Promise<StoredFiles> {
  const listing = createListing(limits, declaration)
  let broken: string | undefined
  try {
    for await (const entry of entriesOf(path)) {
      const { name, size, type } = entry.header
      listing.add(name, size ?? 0, type === 'file' || type === 'contiguous-file' ? 'file' : type === 'directory' ? 'folder' : 'other')
      entry.resume()
    }
  } catch (cause) {
    broken = (cause as Error).message
  }
  if (broken === undefined && !(await hasEnd(path))) broken = 'it has no end, so it was cut off'
  const { files, folders, findings, inside } = listing.finish()
  if (broken) findings.push(error('format', `The tar cannot be read to its end: ${broken}.`))
  return {
    files,
    folders,
    findings,
    read: async (wanted, each) => {
      if (wanted.size === 0) return
      const left = new Set(wanted)
      for await (const entry of entriesOf(path)) {
        const name = entry.header.type === 'file' || entry.header.type === 'contiguous-file' ? inside(entry.header.name) : undefined
        if (name !== undefined && left.delete(name)) await each(name, entry)
        else entry.resume()
        if (left.size === 0) break
      }
    }
  }
}

/** A tar ends in two blocks of zeros; some writers lay down one. */
async function hasEnd(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, Math.max(0, size - 512))
    return bytesRead === 512 && buffer.every((byte) => byte === 0)
  } finally {
    await file.close()
  }
}

type TarEntry = AsyncIterable<Uint8Array> & { header: tar.Header; resume: () => void }

async function* entriesOf(path: string): AsyncIterable<TarEntry> {
  const file: Readable = createReadStream(path, { highWaterMark: 1 << 18 })
  const extract = tar.extract()
  file.on('error', (cause) => extract.destroy(cause))
  file.pipe(extract)
  try {
    for await (const entry of extract) yield entry as unknown as TarEntry
  } finally {
    file.destroy()
  }
}
