import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import tar from 'tar-stream'
import { checkSize, refuseExisting, type SinkOptions } from './folder-sink.ts'
import type { BundleSink } from './sink.ts'
import { closeFile, publish, syncPath, temporaryPath } from './temporary.ts'

export interface ArchiveSinkOptions extends SinkOptions {
  /** Folder that everything in the archive lies in. */
  readonly folder: string
  /** Time of every entry, ISO 8601 date; default 2000-01-01. */
  readonly date?: string
}

/** A POSIX (pax) tar with fixed owner, mode and time: the same entries give the same bytes. Memory: one chunk. */
export async function createTarSink(path: string, options: ArchiveSinkOptions): Promise<BundleSink> {
  await refuseExisting(path, options)
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryPath(path)
  const pack = tar.pack()
  const file = createWriteStream(temporary, { flags: 'wx' })
  const done = finished(pack.pipe(file))
  done.catch(() => undefined)
  const mtime = new Date(`${options.date ?? '2000-01-01'}T00:00:00Z`)
  return {
    add: async (name, size, content) => {
      const entry = pack.entry({ name: `${options.folder}/${name}`, size, mtime, mode: 0o644, uid: 0, gid: 0, uname: '', gname: '' })
      // A broken entry raises its error on the stream as well as here.
      entry.on('error', () => undefined)
      let written = 0
      for await (const chunk of content) {
        written += chunk.length
        if (written > size) break
        if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), done])
      }
      checkSize(name, size, written)
      const ended = once(entry, 'finish')
      entry.end(undefined)
      await Promise.race([ended, done])
    },
    commit: async () => {
      pack.finalize()
      await done
      await syncPath(temporary)
      await publish(temporary, path, options.replace ?? false)
    },
    abort: async () => {
      pack.destroy()
      await closeFile(file)
      await rm(temporary, { force: true })
    }
  }
}
