import { algorithmOf, digest } from './digest.ts'
import { error, type Finding, type VerifyReport } from './finding.ts'
import { type Inventory, type OcflVersion, ocflFinding, type PathsByDigest, readInventory } from './ocfl-inventory.ts'
import { defaultLimits, readSmall, type StoredFiles } from './stored-files.ts'
import type { VerifyOptions } from './verify-bag.ts'

const declaration = /^0=ocfl_object_(\d+\.\d+)$/
const extensions = /^(?:000[1-9]|001[0-2])-[a-z0-9-]+$/

/** Whether files look like an OCFL object. */
export function isOcflObject(store: StoredFiles): boolean {
  const names = [...store.files.keys()]
  return names.some((path) => path.startsWith('0=ocfl_object_')) || (store.files.has('inventory.json') && !store.files.has('bagit.txt'))
}

/**
 * Whether an OCFL object (1.0 or 1.1) is valid: declaration, inventories of the root and of every version, version
 * numbers, content files and their digests, fixity block. Findings carry the specification's codes.
 */
export async function verifyOcfl(store: StoredFiles, options: VerifyOptions = {}): Promise<VerifyReport> {
  const limits = { ...defaultLimits, ...options.limits }
  const findings: Finding[] = [...store.findings]
  const say = (code: string, message: string, path?: string): void => {
    findings.push(ocflFinding(code, message, path))
  }
  const small = [...store.files.keys()].filter((path) => /^(?:v\d+\/)?inventory\.json(?:\.[a-z0-9]+)?$/.test(path) || path.startsWith('0='))
  const contents = await readSmall(store, small, limits.maxTagFile, findings)
  const spec = checkDeclaration(store, contents, say)
  checkRoot(store, say)
  const root = await loadInventory('', contents, say)
  if (root) {
    checkVersionFolders(store, root, say)
    const others = await checkVersionInventories(root, contents, spec, say)
    checkContent(store, root, say)
    for (const inventory of others) checkOldManifest(store, inventory, say)
    await checkDigests(store, [root, ...others], findings, options)
  }
  return report(store, spec, findings)
}

type SayAt = (code: string, message: string, path?: string) => void

function report(store: StoredFiles, version: string | undefined, findings: readonly Finding[]): VerifyReport {
  const unique = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  const sorted = unique.sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0))
  let bytes = 0
  for (const size of store.files.values()) bytes += size
  return {
    format: 'ocfl',
    ...(version === undefined ? {} : { version }),
    ok: !sorted.some((finding) => finding.level === 'error'),
    files: store.files.size,
    bytes,
    findings: sorted
  }
}

function checkDeclaration(store: StoredFiles, contents: ReadonlyMap<string, Uint8Array>, say: SayAt): string | undefined {
  const names = [...store.files.keys()].filter((path) => path.startsWith('0='))
  const name = names.find((candidate) => declaration.test(candidate))
  if (!name || names.length > 1) say('E003', 'There is not exactly one declaration 0=ocfl_object_1.1.')
  if (!name) return undefined
  const bytes = contents.get(name)
  if (!bytes || Buffer.from(bytes).toString('utf8') !== `${name.slice(2)}\n`)
    say('E007', 'The declaration does not hold its own name.', name)
  return declaration.exec(name)![1]
}

/** What may stand in the root of an object: declaration, inventory, versions, logs, extensions. */
function checkRoot(store: StoredFiles, say: SayAt): void {
  for (const path of store.files.keys()) {
    const [top, second] = path.split('/')
    if (second === undefined) {
      if (!top!.startsWith('0=') && !/^inventory\.json(?:\.[a-z0-9]+)?$/.test(top!))
        say('E001', 'A file that does not belong in the root.', path)
    } else if (top === 'extensions') {
      if (path.split('/').length === 2) say('E067', 'A file that does not belong in extensions.', path)
      else if (!extensions.test(second)) say('W013', 'An extension that is not registered.', `extensions/${second}`)
    } else if (top !== 'logs' && !/^v\d+$/.test(top!)) say('E001', 'A folder that does not belong in the root.', top)
  }
  for (const folder of store.folders) {
    if (!folder.includes('/') && folder !== 'logs' && folder !== 'extensions' && !/^v\d+$/.test(folder))
      say('E001', 'A folder that does not belong in the root.', folder)
    const extension = /^extensions\/([^/]+)$/.exec(folder)?.[1]
    if (extension !== undefined && !extensions.test(extension)) say('W013', 'An extension that is not registered.', folder)
  }
}

/** The inventory in a folder (`''` or `v1/`), with its sidecar checked. */
async function loadInventory(folder: string, contents: ReadonlyMap<string, Uint8Array>, say: SayAt): Promise<Inventory | undefined> {
  const path = `${folder}inventory.json`
  const bytes = contents.get(path)
  if (!bytes) {
    if (folder === '') say('E063', 'There is no inventory.', path)
    else say('W010', 'The version has no inventory of its own.', path)
    return undefined
  }
  const inventory = readInventory(bytes, (code, message) => say(code, message, path))
  if (!inventory) return undefined
  const algorithm = algorithmOf(inventory.digestAlgorithm)
  const sidecar = contents.get(`${path}.${inventory.digestAlgorithm}`)
  if (!sidecar) say('E058', 'The inventory has no sidecar with its digest.', `${path}.${inventory.digestAlgorithm}`)
  else if (algorithm) await checkSidecar(path, sidecar, bytes, algorithm, say)
  return inventory
}

async function checkSidecar(path: string, sidecar: Uint8Array, bytes: Uint8Array, algorithm: string, say: SayAt): Promise<void> {
  const match = /^([0-9a-fA-F]+)[ \t]+inventory\.json\s*$/.exec(Buffer.from(sidecar).toString('utf8'))
  if (!match) {
    say('E061', 'The sidecar is not “digest inventory.json”.', path)
    return
  }
  const found = await digest(once(bytes), [algorithm])
  if (found.hex[algorithm] !== match[1]!.toLowerCase()) say('E060', 'The inventory is not the one its sidecar tells of.', path)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

const versionNumber = (name: string): number => Number(name.slice(1))

function checkVersionFolders(store: StoredFiles, root: Inventory, say: SayAt): void {
  const folders = new Set([...store.files.keys(), ...store.folders].flatMap((path) => /^(v\d+)(?:\/|$)/.exec(path)?.[1] ?? []))
  for (const name of root.versions.keys()) if (!folders.has(name)) say('E010', 'The inventory lists a version that has no folder.', name)
  for (const name of folders) if (!root.versions.has(name)) say('E046', 'A version folder that the inventory does not list.', name)
  for (const path of store.files.keys()) {
    const [version, second, third] = path.split('/')
    if (!/^v\d+$/.test(version!) || second === undefined) continue
    if (third === undefined && !/^inventory\.json(?:\.[a-z0-9]+)?$/.test(second))
      say('E015', 'A file that does not belong in a version.', path)
    else if (third !== undefined && second !== root.contentDirectory) say('W002', 'A folder beside the content.', `${version}/${second}`)
  }
  for (const folder of store.folders) {
    const match = /^(v\d+)\/([^/]+)$/.exec(folder)
    if (match && match[2] !== root.contentDirectory) say('W002', 'A folder beside the content.', folder)
  }
}

/** Every version's own inventory must be that of the root as it was then; the head's is the root's to the byte. */
async function checkVersionInventories(
  root: Inventory,
  contents: ReadonlyMap<string, Uint8Array>,
  spec: string | undefined,
  say: SayAt
): Promise<Inventory[]> {
  const found: Inventory[] = []
  let lastSpec = '0'
  for (const name of [...root.versions.keys()].sort((a, b) => versionNumber(a) - versionNumber(b))) {
    const inventory = await loadInventory(`${name}/`, contents, say)
    if (!inventory) continue
    found.push(inventory)
    const path = `${name}/inventory.json`
    if (name === root.head && !sameBytes(contents.get(path), contents.get('inventory.json')))
      say('E064', 'The inventory of the latest version is not that of the root.', path)
    if (inventory.id !== root.id && inventory.id !== '') say('E037', 'Another id than the root’s.', path)
    if (inventory.head !== name && inventory.head !== '') say('E040', `It says that its version is ${inventory.head}.`, path)
    if (inventory.contentDirectory !== root.contentDirectory) say('E019', 'Another contentDirectory than the root’s.', path)
    if (Number(inventory.spec) < Number(lastSpec) || (spec && Number(inventory.spec) > Number(spec)))
      say('E103', 'Another version of OCFL than it may have here.', path)
    lastSpec = inventory.spec
    for (const [version, block] of inventory.versions) compareVersion(name, version, block, inventory, root, say)
  }
  if (spec && root.spec !== spec) say('E038', `The inventory is of OCFL ${root.spec}, the declaration of ${spec}.`)
  return found
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0
}

function compareVersion(of: string, version: string, block: OcflVersion, inventory: Inventory, root: Inventory, say: SayAt): void {
  const known = root.versions.get(version)
  const path = `${of}/inventory.json`
  if (!known || !sameState(contentState(block.state, inventory), contentState(known.state, root)))
    say('E066', `Its state of ${version} is not that of the root’s inventory.`, path)
  else if (known.created !== block.created || known.message !== block.message || JSON.stringify(known.user) !== JSON.stringify(block.user))
    say('W011', `What it says of ${version} is not what the root’s inventory says.`, path)
}

/** A state as logical path → what it must be equal in: the digest, or where the algorithm changed, the content paths. */
function contentState(
  state: PathsByDigest,
  inventory: Inventory
): Map<string, { digest: string; content: readonly string[]; algorithm: string }> {
  const paths = new Map<string, { digest: string; content: readonly string[]; algorithm: string }>()
  for (const [digestKey, logical] of state)
    for (const path of logical)
      paths.set(path, {
        digest: digestKey.toLowerCase(),
        content: inventory.manifest.get(digestKey) ?? [],
        algorithm: inventory.digestAlgorithm
      })
  return paths
}

function sameState(a: ReturnType<typeof contentState>, b: ReturnType<typeof contentState>): boolean {
  if (a.size !== b.size) return false
  for (const [path, one] of a) {
    const other = b.get(path)
    if (!other) return false
    if (one.algorithm === other.algorithm ? one.digest !== other.digest : !one.content.some((content) => other.content.includes(content)))
      return false
  }
  return true
}

function checkContent(store: StoredFiles, root: Inventory, say: SayAt): void {
  const listed = new Set([...root.manifest.values()].flat())
  for (const path of store.files.keys()) {
    const [version, second, third] = path.split('/')
    if (/^v\d+$/.test(version!) && second === root.contentDirectory && third !== undefined && !listed.has(path))
      say('E023', 'A content file that no manifest lists.', path)
  }
  for (const path of listed) {
    const [version, second] = path.split('/')
    if (!root.versions.has(version!) || second !== root.contentDirectory)
      say('E042', 'A content path outside the content of a version.', path)
  }
}

/** A version's inventory lists every content file there was by then. */
function checkOldManifest(store: StoredFiles, inventory: Inventory, say: SayAt): void {
  const listed = new Set([...inventory.manifest.values()].flat())
  for (const path of store.files.keys()) {
    const [version, second, third] = path.split('/')
    const old = inventory.versions.has(version!) && second === inventory.contentDirectory && third !== undefined
    if (old && !listed.has(path)) say('E023', `The inventory of ${inventory.head} does not list it.`, path)
  }
}

interface Check {
  readonly algorithm: string
  readonly digest: string
  readonly code: string
}

async function checkDigests(
  store: StoredFiles,
  inventories: readonly Inventory[],
  findings: Finding[],
  options: VerifyOptions
): Promise<void> {
  const expected = collectChecks(inventories, findings)
  for (const [path, checks] of expected) {
    if (store.files.has(path)) continue
    for (const code of new Set(checks.map((check) => check.code)))
      findings.push({ ...ocflFinding(code, 'An inventory lists it but it is not there.', path), kind: 'missing' })
  }
  const wanted = new Set([...expected.keys()].filter((path) => store.files.has(path)))
  try {
    await store.read(wanted, async (path, content) => {
      options.signal?.throwIfAborted()
      const checks = expected.get(path)!
      const found = await digest(content, [...new Set(checks.map((check) => check.algorithm))])
      for (const check of checks)
        if (found.hex[check.algorithm] !== check.digest)
          findings.push(ocflFinding(check.code, `Its ${check.algorithm} is not the one listed.`, path))
      options.onFile?.(path, found.size)
    })
  } catch (cause) {
    options.signal?.throwIfAborted()
    findings.push(error('altered', `Reading stopped: ${(cause as Error).message}.`))
  }
}

/** Every digest any inventory tells of a file. */
function collectChecks(inventories: readonly Inventory[], findings: Finding[]): Map<string, Check[]> {
  const expected = new Map<string, Check[]>()
  const add = (path: string, check: Check): void => {
    const checks = expected.get(path)
    if (!checks) expected.set(path, [check])
    else if (!checks.some((other) => other.algorithm === check.algorithm && other.digest === check.digest)) checks.push(check)
  }
  for (const inventory of inventories) {
    const main = algorithmOf(inventory.digestAlgorithm)
    const blocks: [string, PathsByDigest, string][] = [
      ...(main ? [[main, inventory.manifest, 'E092'] as [string, PathsByDigest, string]] : []),
      ...[...inventory.fixity].flatMap(([name, block]): [string, PathsByDigest, string][] => {
        const algorithm = algorithmOf(name)
        return algorithm ? [[algorithm, block, 'E093']] : []
      })
    ]
    for (const [algorithm, block, code] of blocks)
      for (const [hex, paths] of block) for (const path of paths) add(path, { algorithm, digest: hex.toLowerCase(), code })
    const known = new Set([...inventory.manifest.values()].flat())
    for (const [, block] of inventory.fixity)
      for (const path of [...block.values()].flat())
        if (!known.has(path)) findings.push(ocflFinding('E057', 'The fixity block names a path that is not in the manifest.', path))
  }
  return expected
}
