import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { WriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A name beside `path` that no reader takes for finished. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.tmp-${randomUUID().slice(0, 8)}-${basename(path).slice(0, 100)}`)
}

/** Makes a file or folder durable: its data, or its list of names. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

/**
 * Gives a finished temporary file or folder its final name.
 *
 * @throws Error when the name is taken and `replace` is not set.
 */
export async function publish(temporary: string, final: string, replace: boolean): Promise<void> {
  if (await exists(final)) {
    if (!replace) throw new Error(`${final} exists already; nothing was written.`)
    const old = temporaryPath(final)
    await rename(final, old)
    await rename(temporary, final)
    await rm(old, { recursive: true, force: true })
  } else await rename(temporary, final)
  await syncPath(dirname(final))
}

/** Gives a stream up, and waits until its file is closed: only then can it be removed. */
export async function closeFile(file: WriteStream): Promise<void> {
  if (file.closed) return
  const closed = once(file, 'close')
  file.destroy()
  await closed
}
