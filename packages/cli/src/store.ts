import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, sha256, type Workbench, writeWhole } from './files.ts'

/**
 * Results of a run by the digest of everything they depend on. A name says what the content must be, so an entry is
 * never changed, two runs may share a store, and a damaged entry (its first line is its own digest) counts as not there.
 */
export interface Store {
  readonly folder: string
  get(kind: ResultKind, key: string): Promise<unknown | undefined>
  put(kind: ResultKind, key: string, value: unknown): Promise<void>
}

/** `answer`: what a language model outside said, which only by being kept is the same every time. */
export type ResultKind = 'reading' | 'cleaning' | 'answer'

export function openStore(folder: string): Store {
  const workbench: Workbench = { folder: join(folder, 'tmp') }
  const pathOf = (kind: string, key: string): string => join(folder, kind, key.slice(0, 2), `${key}.json`)
  return {
    folder,
    async get(kind, key) {
      const bytes = await readIfThere(pathOf(kind, key))
      return bytes && unseal(bytes.toString('utf8'))
    },
    async put(kind, key, value) {
      await mkdir(workbench.folder, { recursive: true })
      await writeWhole(workbench, pathOf(kind, key), seal(JSON.stringify(value)))
    }
  }
}

const seal = (json: string): string => `${sha256(json)}\n${json}`

function unseal(text: string): unknown | undefined {
  const line = text.indexOf('\n')
  const json = text.slice(line + 1)
  return line === 64 && sha256(json) === text.slice(0, line) ? JSON.parse(json) : undefined
}

/** Sweeps away what killed runs left on the workbench. Only under a claim: another run's files in work would be among them. */
export async function sweepWorkbench(folder: string): Promise<string> {
  const workbench = join(folder, 'tmp')
  await mkdir(workbench, { recursive: true })
  for (const name of await readdir(workbench)) await rm(join(workbench, name), { force: true, recursive: true })
  return workbench
}

/** The key of a value made from `parts`: JSON values, in a fixed order. */
export function keyOf(...parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts))
}

const fingerprints = new Map<string, string>()

/**
 * Digest of a package's own code and data. What it computes is cached under it, so a change of a rule re-runs cleaning
 * and a change of layout re-runs reading, without a version number that somebody must remember to raise.
 */
export function packageFingerprint(name: string): string {
  const known = fingerprints.get(name)
  if (known) return known
  const code = dirname(fileURLToPath(import.meta.resolve(name)))
  const folders = [code, join(dirname(code), 'data')]
  const digest = sha256(
    folders
      .flatMap((folder) => filesBelow(folder))
      .map((path) => sha256(readFileSync(path)))
      .join()
  )
  fingerprints.set(name, digest)
  return digest
}

function filesBelow(folder: string): string[] {
  let entries: string[]
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(map|d\.ts|tsbuildinfo)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
  return entries.sort()
}
