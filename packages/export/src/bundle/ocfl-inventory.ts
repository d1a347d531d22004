import type { Finding } from './finding.ts'
import { pathFault } from './paths.ts'

/** Digest → paths. Keys as they stand in the file; digests are compared without regard to case, keys are not. */
export type PathsByDigest = ReadonlyMap<string, readonly string[]>

export interface OcflVersion {
  readonly created: string
  readonly message?: string
  readonly user?: { readonly name: string; readonly address?: string }
  /** Logical paths. */
  readonly state: PathsByDigest
}

export interface Inventory {
  readonly id: string
  /** `1.0`, `1.1`. */
  readonly spec: string
  readonly digestAlgorithm: string
  readonly head: string
  readonly contentDirectory: string
  /** Content paths inside the object. */
  readonly manifest: PathsByDigest
  readonly versions: ReadonlyMap<string, OcflVersion>
  readonly fixity: ReadonlyMap<string, PathsByDigest>
}

export type Say = (code: string, message: string) => void

/** An OCFL validation code as a finding: `E…` is an error, `W…` a warning. */
export function ocflFinding(code: string, message: string, path?: string): Finding {
  const level = code.startsWith('W') ? 'warning' : 'error'
  const kind = kinds[code] ?? (level === 'warning' ? 'lint' : 'format')
  return { level, kind, message, code, ...(path === undefined ? {} : { path }) }
}

const kinds: Readonly<Record<string, Finding['kind']>> = {
  E001: 'extra',
  E015: 'extra',
  E023: 'extra',
  E058: 'missing',
  E060: 'altered',
  E063: 'missing',
  E092: 'altered',
  E093: 'altered',
  E099: 'unsafe',
  E100: 'unsafe'
}

const wrongType: Readonly<Record<string, string>> = { id: 'E037', type: 'E038', digestAlgorithm: 'E039', head: 'E040' }

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const type = /^https:\/\/ocfl\.io\/(1\.[01])\/spec\/#inventory$/
const uri = /^[a-z][a-z0-9+.-]*:\S+$/i

/** Reads an inventory and says everything that is wrong with it by itself; undefined when nothing can be built on it. */
export function readInventory(bytes: Uint8Array, say: Say): Inventory | undefined {
  const json = parseJson(bytes, say)
  if (!json) return undefined
  for (const key of ['id', 'type', 'digestAlgorithm', 'head'])
    if (json[key] === undefined || json[key] === '') say('E036', `The inventory has no ${key}.`)
    else if (typeof json[key] !== 'string') say(wrongType[key]!, `${key} is no text.`)
  const id = text(json.id)
  if (id !== '' && !uri.test(id)) say('W005', 'The id is no URI.')
  const spec = type.exec(text(json.type))?.[1]
  if (json.type !== undefined && !spec) say('E038', `The type is not an inventory of OCFL 1.0 or 1.1: ${text(json.type)}`)
  const digestAlgorithm = text(json.digestAlgorithm)
  if (digestAlgorithm === 'sha256') say('W004', 'SHA-512 is recommended.')
  else if (digestAlgorithm !== 'sha512') say('E025', `The digest algorithm must be sha512 or sha256, not ${digestAlgorithm || 'nothing'}.`)
  const versions = readVersions(json.versions, say)
  checkHead(text(json.head), versions, say)
  const manifest = readManifestBlock(json.manifest, say)
  checkStates(manifest, versions, say)
  const fixity = readFixity(json.fixity, say)
  return {
    id,
    spec: spec ?? '1.1',
    digestAlgorithm,
    head: text(json.head),
    contentDirectory: contentDirectory(json, say),
    manifest,
    versions,
    fixity
  }
}

type Json = Readonly<Record<string, unknown>>

function parseJson(bytes: Uint8Array, say: Say): Json | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isObject(json)) return json
  } catch {
    // said below
  }
  say('E033', 'The inventory is no JSON object.')
  return undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function contentDirectory(json: Json, say: Say): string {
  if (json.contentDirectory === undefined) return 'content'
  const name = text(json.contentDirectory)
  if (name.includes('/') || name === '') say('E017', 'contentDirectory must be one name.')
  else if (name === '.' || name === '..') say('E018', 'contentDirectory must not be a dot.')
  return name
}

function readVersions(value: unknown, say: Say): Map<string, OcflVersion> {
  const versions = new Map<string, OcflVersion>()
  if (value === undefined) {
    say('E043', 'The inventory has no versions.')
    return versions
  }
  if (!isObject(value)) {
    say('E044', 'versions is no object.')
    return versions
  }
  if (Object.keys(value).length === 0) say('E008', 'The inventory lists no version.')
  for (const [name, version] of Object.entries(value)) {
    if (!/^v\d+$/.test(name)) say('E046', `${name} is no version name.`)
    if (isObject(version)) versions.set(name, readVersion(name, version, say))
    else say('E047', `${name} is no version block.`)
  }
  return versions
}

function readVersion(name: string, block: Json, say: Say): OcflVersion {
  const created = text(block.created)
  if (block.created === undefined) say('E048', `${name} does not say when it was created.`)
  else if (!rfc3339.test(created) || Number.isNaN(Date.parse(created)))
    say('E049', `${name} has no RFC 3339 time to the second with a zone.`)
  if (block.message !== undefined && typeof block.message !== 'string') say('E094', `${name} has a message that is no text.`)
  if (block.message === undefined || block.user === undefined) say('W007', `${name} has no message or no user.`)
  const user = readUser(name, block.user, say)
  const state = readState(name, block.state, say)
  return { created, state, ...(typeof block.message === 'string' ? { message: block.message } : {}), ...(user ? { user } : {}) }
}

function readUser(version: string, value: unknown, say: Say): OcflVersion['user'] {
  if (value === undefined) return undefined
  if (!isObject(value) || text(value.name) === '') {
    say('E054', `${version} has a user without a name.`)
    return undefined
  }
  const address = text(value.address)
  if (address === '') say('W008', `${version} has a user without an address.`)
  else if (!uri.test(address)) say('W009', `${version} has a user whose address is no URI.`)
  return { name: text(value.name), ...(address === '' ? {} : { address }) }
}

function readState(version: string, value: unknown, say: Say): PathsByDigest {
  if (!isObject(value)) {
    say(value === undefined ? 'E048' : 'E050', `${version} has no state.`)
    return new Map()
  }
  const state = new Map<string, readonly string[]>()
  const seen = new Set<string>()
  for (const [digest, paths] of Object.entries(value)) {
    if (!isTexts(paths)) {
      say('E051', `${version} lists something that is no path.`)
      continue
    }
    state.set(digest, paths)
    for (const path of paths) {
      checkLogicalPath(version, path, say)
      if (seen.has(path)) say('E095', `${version} has ${path} twice.`)
      seen.add(path)
    }
  }
  for (const path of seen) if (parents(path).some((parent) => seen.has(parent))) say('E095', `${version} has ${path} below a file.`)
  return state
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function checkLogicalPath(version: string, path: string, say: Say): void {
  if (path.startsWith('/') || path.endsWith('/')) say('E053', `${version}: ${path} begins or ends with a slash.`)
  if (path.split('/').some((part) => part === '.' || part === '..' || part === ''))
    say('E052', `${version}: ${path} has a part that is empty or a dot.`)
}

function parents(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function checkHead(head: string, versions: ReadonlyMap<string, OcflVersion>, say: Say): void {
  const names = [...versions.keys()].filter((name) => /^v\d+$/.test(name))
  if (names.length === 0) return
  const numbers = names.map((name) => Number(name.slice(1))).sort((a, b) => a - b)
  if (numbers[0] !== 1) say('E009', 'The first version must be v1.')
  if (numbers.some((number, index) => number !== index + numbers[0]!)) say('E010', 'A version is missing in the sequence.')
  const padded = names.filter((name) => /^v0/.test(name))
  if (padded.length > 0) {
    say('W001', 'Version numbers with zeros before them.')
    if (padded.length < names.length && names.some((name) => name.length !== names[0]!.length))
      say('E013', 'Version numbers of different widths.')
  }
  if (head !== '' && padded.length > 0 !== /^v0/.test(head) && /^v\d+$/.test(head)) {
    say('E011', `The head ${head} is written otherwise than the versions.`)
    say('E013', `The head ${head} has no zeros before its number, the versions have.`)
  }
  if (head !== '' && (!versions.has(head) || Number(head.slice(1)) !== numbers.at(-1)))
    say('E040', `The head ${head} is not the latest version.`)
}

function readManifestBlock(value: unknown, say: Say): PathsByDigest {
  if (!isObject(value)) {
    say('E041', 'The inventory has no manifest.')
    return new Map()
  }
  const manifest = readPaths(value, say, 'E096')
  const seen = new Set<string>()
  for (const path of [...manifest.values()].flat()) {
    if (seen.has(path)) say('E101', `The manifest has ${path} twice.`)
    seen.add(path)
  }
  for (const path of seen) if (parents(path).some((parent) => seen.has(parent))) say('E101', `The manifest has ${path} below a file.`)
  return manifest
}

function readFixity(value: unknown, say: Say): Map<string, PathsByDigest> {
  const fixity = new Map<string, PathsByDigest>()
  if (value === undefined) return fixity
  if (!isObject(value)) {
    say('E111', 'fixity is no object.')
    return fixity
  }
  for (const [algorithm, block] of Object.entries(value)) {
    if (isObject(block)) fixity.set(algorithm, readPaths(block, say, 'E097'))
    else say('E057', `fixity of ${algorithm} is no object.`)
  }
  return fixity
}

function readPaths(value: Json, say: Say, duplicate: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const seen = new Set<string>()
  for (const [digest, paths] of Object.entries(value)) {
    if (seen.has(digest.toLowerCase())) say(duplicate, `The digest ${digest.slice(0, 16)}… is listed twice.`)
    seen.add(digest.toLowerCase())
    if (!isTexts(paths)) {
      say(duplicate === 'E096' ? 'E092' : 'E057', `The digest ${digest.slice(0, 16)}… has no list of paths.`)
      continue
    }
    for (const path of paths) {
      if (path.startsWith('/') || path.endsWith('/')) say('E100', `${path} begins or ends with a slash.`)
      else if (pathFault(path)) say('E099', `${path}: ${pathFault(path)}.`)
    }
    found.set(digest, paths)
  }
  return found
}

function checkStates(manifest: PathsByDigest, versions: ReadonlyMap<string, OcflVersion>, say: Say): void {
  const used = new Set<string>()
  for (const [name, version] of versions)
    for (const digest of version.state.keys()) {
      if (!manifest.has(digest)) say('E050', `${name} names a digest that is not in the manifest.`)
      used.add(digest)
    }
  for (const digest of manifest.keys()) if (!used.has(digest)) say('E107', `No version uses the digest ${digest.slice(0, 16)}….`)
}
