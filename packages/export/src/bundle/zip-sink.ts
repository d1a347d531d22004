import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { checkSize, refuseExisting } from './folder-sink.ts'
import type { BundleSink } from './sink.ts'
import type { ArchiveSinkOptions } from './tar-sink.ts'
import { closeFile, publish, syncPath, temporaryPath } from './temporary.ts'

/**
 * A zip (zip64 where needed) with fixed times and modes. Nothing is compressed: scans are already, and deflate gives other
 * bytes on other machines. Memory: one chunk, and a few hundred bytes an entry for the directory at its end.
 */
export async function createZipSink(path: string, options: ArchiveSinkOptions): Promise<BundleSink> {
  await refuseExisting(path, options)
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryPath(path)
  const zip = new ZipFile()
  const file = createWriteStream(temporary, { flags: 'wx' })
  const done = finished(zip.outputStream.pipe(file))
  done.catch(() => undefined)
  const failed = new Promise<never>((_, reject) => zip.on('error', reject))
  failed.catch(() => undefined)
  const mtime = localDate(options.date ?? '2000-01-01')
  return {
    add: async (name, size, content) => {
      let written = 0
      const counted = Readable.from(
        count(content, (length) => (written += length)),
        { objectMode: false }
      )
      const ended = finished(counted)
      zip.addReadStreamLazy(`${options.folder}/${name}`, { mtime, mode: 0o100644, compress: false, forceDosTimestamp: true }, (callback) =>
        callback(null, counted)
      )
      await Promise.race([ended, failed, done])
      checkSize(name, size, written)
    },
    commit: async () => {
      zip.end()
      await Promise.race([done, failed])
      await syncPath(temporary)
      await publish(temporary, path, options.replace ?? false)
    },
    abort: async () => {
      await closeFile(file)
      await rm(temporary, { force: true })
    }
  }
}

/** Zip keeps local time without a zone: midnight here is the same two bytes in every zone. */
function localDate(date: string): Date {
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(Math.max(1980, year), month - 1, day)
}

async function* count(content: AsyncIterable<Uint8Array>, add: (length: number) => void): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    add(chunk.length)
    yield chunk
  }
}
