import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BundleSink } from './sink.ts'
import { exists, publish, syncPath, temporaryPath } from './temporary.ts'

export interface SinkOptions {
  /** Whether something of that name may be put out of the way. */
  readonly replace?: boolean
}

/**
 * A folder, written beside its final place and renamed when whole; every file and folder synced first.
 *
 * @throws Error at once when `path` exists and `replace` is not set.
 */
export async function createFolderSink(path: string, options: SinkOptions = {}): Promise<BundleSink> {
  await refuseExisting(path, options)
  const temporary = temporaryPath(path)
  const folders = new Set([temporary])
  await mkdir(temporary, { recursive: true })
  return {
    add: async (name, size, content) => {
      const file = join(temporary, ...name.split('/'))
      for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
      await mkdir(dirname(file), { recursive: true })
      await writeStream(file, size, content)
    },
    commit: async () => {
      for (const folder of folders) await syncPath(folder)
      await publish(temporary, path, options.replace ?? false)
    },
    abort: () => rm(temporary, { recursive: true, force: true })
  }
}

export async function refuseExisting(path: string, options: SinkOptions): Promise<void> {
  if (!options.replace && (await exists(path))) throw new Error(`${path} exists already; nothing was written.`)
}

async function writeStream(file: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx')
  let written = 0
  try {
    for await (const chunk of content) {
      await handle.writeFile(chunk)
      written += chunk.length
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  checkSize(file, size, written)
}

/** @throws Error when a file changed while it was being read. */
export function checkSize(name: string, expected: number, written: number): void {
  if (expected !== written) throw new Error(`Expected ${expected} bytes for ${name} but received ${written}: it changed while being read`)
}
