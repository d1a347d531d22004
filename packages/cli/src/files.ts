import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Lower-case hex SHA-256. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A folder on the disk of the output where files are made before they get their final names. */
export interface Workbench {
  readonly folder: string
}

/**
 * A file is under its final name whole or not at all: written to the workbench, synced, renamed, the folder synced.
 * The rename is what other processes see.
 */
export async function writeWhole(workbench: Workbench, path: string, content: Content): Promise<void> {
  await writeUnless(workbench, path, content, async () => false)
}

export type Content = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/**
 * As `writeWhole`, unless the finished file need not be put there after all: `refuse` is asked with where it was made.
 *
 * @returns whether it was put there
 */
export async function writeUnless(
  workbench: Workbench,
  path: string,
  content: Content,
  refuse: (temporary: string) => Promise<boolean>
): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = join(workbench.folder, `${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    const file = await open(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o644)
    try {
      for await (const piece of isWhole(content) ? [content] : content) await file.writeFile(piece)
      if (await refuse(temporary)) {
        await rm(temporary)
        return false
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
  return true
}

const isWhole = (content: Content): content is string | Uint8Array => typeof content === 'string' || content instanceof Uint8Array

/** Windows cannot open a folder to sync it; its rename is durable by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file's bytes, or undefined when there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whether something is at `path`. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

/** Names in a folder, sorted by code unit, so that every machine sees the same order. */
export async function listFolder(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort()
}
