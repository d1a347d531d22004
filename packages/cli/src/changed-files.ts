import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputFile, OutputStream } from '@broadsheet/export'
import { type Workbench, writeUnless, writeWhole } from './files.ts'

/** Writes files below a folder, a few at a time, and none that stands there already with the same content. */
export interface ChangedFiles {
  /** Returns when there is room for another; an error of one file is thrown by a later call. */
  readonly add: (file: OutputFile | OutputStream) => Promise<void>
  /** Waits until everything that was added is on the disk. */
  readonly settle: () => Promise<void>
  readonly count: () => { readonly written: number; readonly unchanged: number }
}

/** Writing waits for the disk; this many wait together. */
const together = 16

export function createChangedFiles(workbench: Workbench, folder: string): ChangedFiles {
  const count = { written: 0, unchanged: 0 }
  const pending = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  const write = async (file: OutputFile | OutputStream): Promise<void> => {
    const path = join(folder, file.path)
    const written = 'open' in file ? writeStream(workbench, path, file.open()) : writeChanged(workbench, path, file.content)
    if (await written) count.written++
    else count.unchanged++
  }
  const check = (): void => {
    if (failure) throw failure.error
  }
  return {
    add: async (file) => {
      // A stream may use what its maker uses for the next file: it is written out first.
      if ('open' in file) return write(file)
      const work: Promise<void> = write(file)
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => pending.delete(work))
      pending.add(work)
      while (pending.size >= together) await Promise.race(pending)
      check()
    },
    settle: async () => {
      await Promise.all(pending)
      check()
    },
    count: () => count
  }
}

async function writeChanged(workbench: Workbench, path: string, content: string | Uint8Array): Promise<boolean> {
  const old = await readFile(path).catch(() => undefined)
  if (old && Buffer.compare(old, typeof content === 'string' ? Buffer.from(content) : content) === 0) return false
  await writeWhole(workbench, path, content)
  return true
}

async function writeStream(workbench: Workbench, path: string, content: ReturnType<OutputStream['open']>): Promise<boolean> {
  return writeUnless(workbench, path, content, (made) => sameBytes(made, path))
}

const chunk = 1 << 20

/** Compares two files piece by piece. */
async function sameBytes(made: string, path: string): Promise<boolean> {
  const other = await open(path).catch(() => undefined)
  if (!other) return false
  const file = await open(made)
  try {
    const [{ size }, { size: otherSize }] = await Promise.all([file.stat(), other.stat()])
    if (size !== otherSize) return false
    const [left, right] = [Buffer.alloc(chunk), Buffer.alloc(chunk)]
    for (let at = 0; at < size; at += chunk) {
      const length = Math.min(chunk, size - at)
      await Promise.all([file.read(left, 0, length, at), other.read(right, 0, length, at)])
      if (!left.subarray(0, length).equals(right.subarray(0, length))) return false
    }
    return true
  } finally {
    await Promise.all([file.close(), other.close()])
  }
}

/** Removes files of an earlier time, paths below `folder`; what is gone already is no fault. */
export async function removeFiles(folder: string, paths: Iterable<string>): Promise<number> {
  let removed = 0
  for (const path of paths) {
    await rm(join(folder, path), { force: true })
    removed++
  }
  return removed
}
