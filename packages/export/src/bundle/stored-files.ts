import { error, type Finding } from './finding.ts'

/** The files of a bundle, wherever they are stored: a folder, a tar, a zip. Links and devices are never among them. */
export interface StoredFiles {
  /** Size in bytes by posix path. */
  readonly files: ReadonlyMap<string, number>
  readonly folders: ReadonlySet<string>
  /** What was found on the way: links, names that lead out, things listed twice. */
  readonly findings: readonly Finding[]
  /** Opens the wanted files one after the other; the order is the store's own. Each must be read to its end. */
  readonly read: (wanted: ReadonlySet<string>, each: (path: string, content: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<void>
}

/** What a bundle of somebody else's may ask of this machine. */
export interface Limits {
  readonly maxFiles: number
  /** Unpacked bytes for each packed byte of a zip. */
  readonly maxRatio: number
  /** Bytes of one manifest or other tag file. */
  readonly maxTagFile: number
}

export const defaultLimits: Limits = { maxFiles: 1_000_000, maxRatio: 200, maxTagFile: 256 * 1024 * 1024 }

/** The whole content of small files; those larger than `maxTagFile`, or in a part that cannot be read, are left out. */
export async function readSmall(
  store: StoredFiles,
  paths: Iterable<string>,
  maxTagFile: number,
  findings: Finding[]
): Promise<Map<string, Uint8Array>> {
  const wanted = new Set([...paths].filter((path) => (store.files.get(path) ?? Number.POSITIVE_INFINITY) <= maxTagFile))
  const contents = new Map<string, Uint8Array>()
  if (wanted.size === 0) return contents
  try {
    await store.read(wanted, async (path, content) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of content) chunks.push(chunk)
      contents.set(path, Buffer.concat(chunks))
    })
  } catch (cause) {
    findings.push(error('format', `Reading stopped: ${(cause as Error).message}.`))
  }
  return contents
}
