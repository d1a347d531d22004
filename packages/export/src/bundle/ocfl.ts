import { createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { digest, digesting } from './digest.ts'
import { type BundleEntry, comparePaths, openEntry, planEntries } from './entry.ts'
import { type Inventory, type OcflVersion, readInventory } from './ocfl-inventory.ts'
import { exists, publish, syncPath, temporaryPath } from './temporary.ts'

export interface OcflOptions {
  /** Identifier of the object, a URI; must not change from version to version. */
  readonly id: string
  /** RFC 3339 with seconds and zone, `2024-03-06T00:00:00Z`. */
  readonly created: string
  /** What this version is: `raw reading`, `cleaned`, `read again`. */
  readonly message: string
  readonly user: { readonly name: string; readonly address?: string }
}

export interface OcflChange {
  /** The version the object now has at its head. */
  readonly version: string
  /** Logical paths, against the version before. */
  readonly added: readonly string[]
  readonly altered: readonly string[]
  readonly removed: readonly string[]
}

const algorithm = 'sha512'

/**
 * Writes the next version of an OCFL 1.1 object (the first, when there is none at `path`): `entries` are its whole state,
 * and only content that no version had before is stored. Nothing is written when the state is the head's already. The new
 * object is built beside the old one, which shares its files, and takes its place when it is whole.
 *
 * @throws Error when what stands at `path` is no object of that id, or one that was damaged.
 */
export async function writeOcflVersion(path: string, entries: readonly BundleEntry[], options: OcflOptions): Promise<OcflChange> {
  const planned = planEntries(entries)
  const old = (await exists(path)) ? await loadObject(path, options.id) : undefined
  const before = old ? stateOf(old, old.head) : new Map<string, string>()
  const version = `v${old ? Number(old.head.slice(1)) + 1 : 1}`
  const temporary = temporaryPath(path)
  try {
    await mkdir(temporary, { recursive: true })
    if (old) await linkTree(path, temporary)
    const { manifest, state } = await storeContent(temporary, version, planned, old)
    const change = compareStates(before, state)
    if (old && change.added.length + change.altered.length + change.removed.length === 0) {
      await rm(temporary, { recursive: true, force: true })
      return { version: old.head, ...change }
    }
    await writeInventories(temporary, version, old, manifest, state, options)
    await syncTree(temporary)
    await publish(temporary, path, old !== undefined)
    return { version, ...change }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
}

/** The versions of an object, oldest first. */
export async function listOcflVersions(path: string): Promise<({ readonly version: string } & Omit<OcflVersion, 'state'>)[]> {
  const inventory = await loadObject(path)
  return [...inventory.versions]
    .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .map(([version, { created, message, user }]) => ({ version, created, ...(message ? { message } : {}), ...(user ? { user } : {}) }))
}

/** What changed from one version of an object to another. */
export async function diffOcflVersions(path: string, from: string, to: string): Promise<Omit<OcflChange, 'version'>> {
  const inventory = await loadObject(path)
  return compareStates(stateOf(inventory, from), stateOf(inventory, to))
}

/** The files of a version, as entries: any state can be taken out again, or put into a bag. */
export async function readOcflVersion(path: string, version?: string): Promise<BundleEntry[]> {
  const inventory = await loadObject(path)
  const state = stateOf(inventory, version ?? inventory.head)
  const entries: BundleEntry[] = []
  for (const [logical, hex] of state) {
    const file = join(path, ...inventory.manifest.get(hex)![0]!.split('/'))
    entries.push({ path: logical, size: (await stat(file)).size, source: () => createReadStream(file) })
  }
  return entries
}

/** Logical path → digest in lower-case hex of every file of a version (the head's unless given). */
export async function ocflState(
  path: string,
  version?: string
): Promise<{ readonly algorithm: string; readonly files: ReadonlyMap<string, string> }> {
  const inventory = await loadObject(path)
  const state = stateOf(inventory, version ?? inventory.head)
  return { algorithm: inventory.digestAlgorithm, files: new Map([...state].map(([logical, hex]) => [logical, hex.toLowerCase()])) }
}

async function loadObject(path: string, id?: string): Promise<Inventory> {
  const bytes = await readFile(join(path, 'inventory.json'))
  const faults: string[] = []
  const inventory = readInventory(bytes, (code, message) => {
    if (code.startsWith('E')) faults.push(message)
  })
  if (!inventory || faults.length > 0) throw new Error(`${path}: not a valid OCFL object (${faults[0]}); broadsheet verify tells more.`)
  const sidecar = await readFile(join(path, `inventory.json.${inventory.digestAlgorithm}`), 'utf8')
  const found = await digest(createReadStream(join(path, 'inventory.json')), [inventory.digestAlgorithm])
  if (!sidecar.toLowerCase().startsWith(found.hex[inventory.digestAlgorithm]!))
    throw new Error(`${path}: its inventory was damaged or changed; nothing was written.`)
  if (id !== undefined && inventory.id !== id) throw new Error(`Expected the object ${id} at ${path} but found ${inventory.id}`)
  return inventory
}

/** Logical path → digest, as written in the manifest. */
function stateOf(inventory: Inventory, version: string): Map<string, string> {
  const block = inventory.versions.get(version)
  if (!block) throw new Error(`Expected a version of ${[...inventory.versions.keys()].join(', ')} but received ${version}`)
  const pairs = [...block.state].flatMap(([hex, paths]) => paths.map((path): [string, string] => [path, hex]))
  return new Map(pairs.sort(([a], [b]) => comparePaths(a, b)))
}

function compareStates(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Omit<OcflChange, 'version'> {
  return {
    added: [...after.keys()].filter((path) => !before.has(path)),
    altered: [...after.keys()].filter((path) => before.has(path) && before.get(path)!.toLowerCase() !== after.get(path)!.toLowerCase()),
    removed: [...before.keys()].filter((path) => !after.has(path))
  }
}

/** The same files under another name; copied where the file system knows no hard links. */
async function linkTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) {
      await mkdir(target)
      await linkTree(source, target)
    } else if (entry.isFile() && !/^inventory\.json/.test(entry.name)) await link(source, target).catch(() => copyFile(source, target))
    else if (entry.isFile()) await copyFile(source, target)
    else throw new Error(`${source}: a link or device in an OCFL object; nothing was written.`)
  }
}

async function storeContent(
  root: string,
  version: string,
  entries: readonly BundleEntry[],
  old: Inventory | undefined
): Promise<{ manifest: Map<string, readonly string[]>; state: Map<string, string> }> {
  const manifest = new Map(old?.manifest)
  const state = new Map<string, string>()
  const incoming = join(root, '.incoming')
  const known = new Map([...manifest.keys()].map((key) => [key.toLowerCase(), key]))
  for (const entry of entries) {
    const hex = await receive(entry, incoming)
    const key = known.get(hex)
    state.set(entry.path, key ?? hex)
    if (key !== undefined) continue
    known.set(hex, hex)
    const content = `${version}/${old?.contentDirectory ?? 'content'}/${entry.path}`
    manifest.set(hex, [content])
    await mkdir(dirname(join(root, content)), { recursive: true })
    await rename(incoming, join(root, ...content.split('/')))
  }
  await rm(incoming, { force: true })
  return { manifest, state }
}

async function receive(entry: BundleEntry, file: string): Promise<string> {
  const stream = digesting(openEntry(entry), [algorithm])
  const handle = await open(file, 'w')
  try {
    for await (const chunk of stream.content) await handle.writeFile(chunk)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return stream.result().hex[algorithm]!
}

async function writeInventories(
  root: string,
  version: string,
  old: Inventory | undefined,
  manifest: ReadonlyMap<string, readonly string[]>,
  state: ReadonlyMap<string, string>,
  options: OcflOptions
): Promise<void> {
  if (old && old.spec !== '1.1') throw new Error(`Expected an object of OCFL 1.1 but it is of ${old.spec}`)
  if (old && old.digestAlgorithm !== algorithm) throw new Error(`Expected an object with ${algorithm} but it has ${old.digestAlgorithm}`)
  const versions = Object.fromEntries([...(old?.versions ?? [])].map(([name, block]) => [name, versionJson(block)]))
  const inventory = {
    id: options.id,
    type: 'https://ocfl.io/1.1/spec/#inventory',
    digestAlgorithm: algorithm,
    head: version,
    ...(old && old.contentDirectory !== 'content' ? { contentDirectory: old.contentDirectory } : {}),
    manifest: sortedObject(manifest),
    versions: {
      ...versions,
      [version]: { created: options.created, message: options.message, user: options.user, state: groupState(state) }
    }
  }
  const faults: string[] = []
  const text = `${JSON.stringify(inventory, null, 2)}\n`
  readInventory(new TextEncoder().encode(text), (code, message) => {
    if (code.startsWith('E')) faults.push(message)
  })
  if (faults.length > 0) throw new Error(`Expected a version that OCFL allows but ${faults[0]}`)
  const { hex } = await digest(chunk(text), [algorithm])
  await mkdir(join(root, version), { recursive: true })
  for (const folder of [root, join(root, version)]) {
    await writeWhole(join(folder, 'inventory.json'), text)
    await writeWhole(join(folder, `inventory.json.${algorithm}`), `${hex[algorithm]} inventory.json\n`)
  }
  if (!old) await writeWhole(join(root, '0=ocfl_object_1.1'), 'ocfl_object_1.1\n')
}

async function* chunk(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text)
}

function versionJson({ created, message, user, state }: OcflVersion): object {
  return { created, message, user, state: sortedObject(state) }
}

function groupState(state: ReadonlyMap<string, string>): object {
  const groups = new Map<string, string[]>()
  for (const [path, hex] of state) groups.set(hex, [...(groups.get(hex) ?? []), path])
  return sortedObject(groups)
}

function sortedObject(map: ReadonlyMap<string, readonly string[]>): object {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function writeWhole(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await syncTree(join(folder, entry.name))
  await syncPath(folder)
}
