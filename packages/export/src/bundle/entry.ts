import { pathFault } from './paths.ts'

/** A file that goes into a bundle. */
export interface BundleEntry {
  /** Posix path inside the payload: `pages/p01/page.json`. */
  readonly path: string
  /** Its bytes, or a function that opens them as a stream; it may be called more than once. */
  readonly source: Uint8Array | string | (() => AsyncIterable<Uint8Array>)
  /** Bytes, where known; a stream without it is read once more for a `.tar`, which must say the size beforehand. */
  readonly size?: number
  /**
   * Where the file can be had (an address without blanks): a bag lists and digests it, names the address in fetch.txt and
   * does not hold it. Other bundles hold every file.
   */
  readonly fetch?: string
}

const chunkSize = 1 << 16

/** The bytes of an entry, chunk by chunk; text as UTF-8. */
export function openEntry(entry: BundleEntry): AsyncIterable<Uint8Array> {
  return typeof entry.source === 'function' ? entry.source() : chunks(bytesOf(entry.source))
}

function bytesOf(source: Uint8Array | string): Uint8Array {
  return typeof source === 'string' ? new TextEncoder().encode(source) : source
}

async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize)
}

/** The size of an entry in bytes; reads a stream through when its size is not given. */
export async function entrySize(entry: BundleEntry): Promise<number> {
  if (typeof entry.source !== 'function') return bytesOf(entry.source).length
  if (entry.size !== undefined) return entry.size
  let size = 0
  for await (const chunk of entry.source()) size += chunk.length
  return size
}

/**
 * Entries in the order they are written: by code point of their paths, the same on every machine.
 *
 * @throws Error for a path that leads out of the bundle, or two that are one on some file system.
 */
export function planEntries(entries: readonly BundleEntry[]): BundleEntry[] {
  const seen = new Map<string, string>()
  for (const { path } of entries) {
    const fault = pathFault(path)
    if (fault) throw new Error(`Expected a path inside the bundle but received ${JSON.stringify(path)}: ${fault}`)
    const key = path.normalize('NFC').toLowerCase()
    const other = seen.get(key)
    if (other !== undefined) throw new Error(`Expected different paths but received ${JSON.stringify(other)} and ${JSON.stringify(path)}`)
    seen.set(key, path)
  }
  return [...entries].sort((a, b) => comparePaths(a.path, b.path))
}

/** By code point, whatever the locale. */
export function comparePaths(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
