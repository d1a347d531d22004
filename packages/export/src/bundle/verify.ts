import { open, stat } from 'node:fs/promises'
import { error, type Finding, type VerifyReport } from './finding.ts'
import { openFolderFiles } from './folder-files.ts'
import { defaultLimits, type StoredFiles } from './stored-files.ts'
import { openTarFiles } from './tar-files.ts'
import { type VerifyOptions, verifyBag } from './verify-bag.ts'
import { isOcflObject, verifyOcfl } from './verify-ocfl.ts'
import { openZipFiles } from './zip-files.ts'

const declaration = /^(?:bagit\.txt|0=ocfl_object_1\.\d+|manifest-[a-z0-9-]+\.txt)$/i

/**
 * Checks a bundle, ours or another's: a BagIt bag or an OCFL object, as folder, `.tar` or `.zip`. What is wrong with it is in the report.
 *
 * @throws Error with one line when `path` cannot be read at all.
 */
export async function verifyBundle(path: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const store = await openStore(path, options)
  if (!store) return unknown('It is neither a folder nor a tar nor a zip.')
  const format = options.format ?? formatOf(store)
  if (format === 'ocfl') return verifyOcfl(store, options)
  if (format === 'bagit') return verifyBag(store, options)
  return unknown('It is neither a bag (bagit.txt) nor an OCFL object (0=ocfl_object_1.1).', store.findings)
}

function formatOf(store: StoredFiles): VerifyReport['format'] {
  if (isOcflObject(store)) return 'ocfl'
  return [...store.files.keys()].some((path) => /^(?:bagit\.txt|(?:tag)?manifest-[^/]*\.txt)$/.test(path)) ? 'bagit' : 'unknown'
}

async function openStore(path: string, options: VerifyOptions): Promise<StoredFiles | undefined> {
  const limits = { ...defaultLimits, ...options.limits }
  const stats = await stat(path)
  if (stats.isDirectory()) return openFolderFiles(path, limits)
  if (!stats.isFile()) return undefined
  const start = await firstBytes(path, 512)
  if (start.subarray(0, 2).toString('latin1') === 'PK') return openZipFiles(path, limits, declaration)
  if (start.subarray(257, 262).toString('latin1') === 'ustar') return openTarFiles(path, limits, declaration)
  return undefined
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A damaged archive may only look like nothing we know: what was found on the way says so. */
function unknown(message: string, findings: readonly Finding[] = []): VerifyReport {
  return { format: 'unknown', ok: false, files: 0, bytes: 0, findings: [...findings, error('format', message)] }
}
