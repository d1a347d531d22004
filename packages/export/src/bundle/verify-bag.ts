import { memoize } from '@broadsheet/document'
import { decodeTagFile, knownVersions, readDeclaration } from './bag-declaration.ts'
import { algorithmOf, digest } from './digest.ts'
import { error, type Finding, type VerifyReport, warning } from './finding.ts'
import { foldPath, pathFault } from './paths.ts'
import { defaultLimits, type Limits, readSmall, type StoredFiles } from './stored-files.ts'
import { readFetch, readManifest, readTags } from './tag-file.ts'

export interface VerifyOptions {
  /** What it is meant to be; default what it looks like. */
  readonly format?: 'bagit' | 'ocfl'
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
  readonly onFile?: (path: string, size: number) => void
}

interface Manifest {
  readonly file: string
  /** OpenSSL name; undefined when it cannot be computed here. */
  readonly algorithm: string | undefined
  /** Checksum by stored path. */
  readonly entries: ReadonlyMap<string, string>
}

const manifestName = /^(tag)?manifest-([A-Za-z0-9-]+)\.txt$/
const weak = new Set(['md5', 'sha1'])
const systemFiles = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|\.Spotlight-V100|\.Trashes)(?:$|\/)/i

/**
 * Whether a bag is complete and valid (RFC 8493 §3, and the drafts 0.93 to 0.97 for bags that declare them), and what
 * exactly is missing, altered, extra, malformed or dangerous. fetch.txt is read and never followed.
 */
export async function verifyBag(store: StoredFiles, options: VerifyOptions = {}): Promise<VerifyReport> {
  const limits = { ...defaultLimits, ...options.limits }
  const findings: Finding[] = [...store.findings]
  const tagPaths = [...store.files.keys()].filter((path) => manifestName.test(path) || tagNames.has(path))
  for (const path of tagPaths)
    if (store.files.get(path)! > limits.maxTagFile) findings.push(error('unsafe', 'It is too large for a tag file.', path))
  const contents = await readSmall(store, tagPaths, limits.maxTagFile, findings)
  const declaration = readDeclaration(contents.get('bagit.txt'), findings)
  const version = declaration?.version ?? 1
  const text = (path: string): string | undefined => decodeTagFile(path, contents.get(path), declaration?.encoding ?? 'UTF-8', findings)

  const manifests = tagPaths.flatMap((path) => readOne(path, text, version, store, findings))
  const payloadManifests = manifests.filter((manifest) => !manifest.file.startsWith('tag'))
  checkPayload(store, payloadManifests, version, findings)
  const absent = checkFetch(text('fetch.txt'), version, payloadManifests, store, findings)
  checkInfo(text('bag-info.txt') ?? text('package-info.txt'), store, absent, findings)
  checkNames(store, findings)
  await checkDigests(store, manifests, absent, findings, options)
  return report(store, declaration && knownVersions.includes(declaration.name) ? declaration.name : undefined, findings)
}

const tagNames = new Set(['bagit.txt', 'bag-info.txt', 'package-info.txt', 'fetch.txt'])

function report(store: StoredFiles, version: string | undefined, findings: readonly Finding[]): VerifyReport {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]))
  const sorted = [...unique.values()].sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0))
  let bytes = 0
  for (const size of store.files.values()) bytes += size
  return {
    format: 'bagit',
    ...(version === undefined ? {} : { version }),
    ok: !sorted.some((finding) => finding.level === 'error'),
    files: store.files.size,
    bytes,
    findings: sorted
  }
}

function readOne(
  file: string,
  text: (path: string) => string | undefined,
  version: number,
  store: StoredFiles,
  findings: Finding[]
): Manifest[] {
  const match = manifestName.exec(file)
  const content = match ? text(file) : undefined
  if (!match || content === undefined) return []
  const algorithm = algorithmOf(match[2]!)
  if (!algorithm) findings.push(error('format', `The checksum algorithm ${match[2]} is not known here.`, file))
  else if (weak.has(algorithm)) findings.push(warning(`${match[2]} is no longer safe against deliberate change.`, file))
  const { lines, faults } = readManifest(content, version)
  for (const fault of faults) findings.push(error('format', `${fault}.`, file))
  const entries = new Map<string, string>()
  for (const line of lines) {
    const path = resolvePath(line.path, line.written, store, findings, file)
    if (line.starred) findings.push(warning('A * before the name, as md5sum writes it.', file))
    if (line.written?.startsWith('./')) findings.push(warning(`A name that begins with ./ (${line.written}).`, file))
    checkListed(path, match[1] !== undefined, file, findings)
    const other = entries.get(path)
    if (other !== undefined) findings.push(listedTwice(path, other === line.checksum, version, file))
    entries.set(path, line.checksum)
  }
  return [{ file, algorithm, entries }]
}

function listedTwice(path: string, same: boolean, version: number, file: string): Finding {
  const message = `${file} lists it twice${same ? '' : ' with different checksums'}.`
  return same && version < 1 ? warning(message, path) : error('format', message, path)
}

/** The stored name a listed one means: itself, its undecoded form, or the same name in another normalisation form. */
function resolvePath(path: string, written: string | undefined, store: StoredFiles, findings: Finding[], file: string): string {
  if (store.files.has(path)) return path
  if (written !== undefined && store.files.has(written)) return written
  const twin = normalised(store).get(path.normalize('NFC'))
  if (twin === undefined) return path
  findings.push(warning(`${file} lists this name in another Unicode normalisation form.`, twin))
  return twin
}

const normalised = memoize(
  (store: StoredFiles): ReadonlyMap<string, string> => new Map([...store.files.keys()].map((path) => [path.normalize('NFC'), path]))
)

function checkListed(path: string, tag: boolean, file: string, findings: Finding[]): void {
  const fault = pathFault(path)
  if (fault) findings.push(error('unsafe', `${file} names a path that is not opened: ${fault}.`, path))
  else if (!tag && !path.startsWith('data/')) findings.push(error('format', `${file} lists a file outside data/.`, path))
  else if (tag && path.startsWith('data/')) findings.push(error('format', `${file} lists a payload file.`, path))
  else if (tag && /^tagmanifest-[^/]*$/.test(path)) findings.push(warning(`${file} lists a tag manifest.`, path))
  if (systemFiles.test(path)) findings.push(warning('A file of an operating system, not of the collection.', path))
}

function checkPayload(store: StoredFiles, manifests: readonly Manifest[], version: number, findings: Finding[]): void {
  if (manifests.length === 0) findings.push(error('missing', 'There is no payload manifest (manifest-sha512.txt).'))
  const payload = [...store.files.keys()].filter((path) => path.startsWith('data/'))
  if (payload.length === 0 && !store.folders.has('data')) findings.push(error('missing', 'There is no folder data/.', 'data'))
  for (const path of payload) {
    const lacking = manifests.filter((manifest) => !manifest.entries.has(path))
    if (lacking.length === 0) continue
    if (lacking.length === manifests.length) findings.push(error('extra', 'No manifest lists it.', path))
    else if (version >= 1) findings.push(error('format', `${lacking.map((manifest) => manifest.file).join(', ')} does not list it.`, path))
  }
}

/** The files that are still to be fetched. */
function checkFetch(
  text: string | undefined,
  version: number,
  manifests: readonly Manifest[],
  store: StoredFiles,
  findings: Finding[]
): Set<string> {
  const absent = new Set<string>()
  if (text === undefined) return absent
  const { lines, faults } = readFetch(text, version)
  for (const fault of faults) findings.push(error('format', `${fault}.`, 'fetch.txt'))
  for (const { path } of lines) {
    const fault = pathFault(path)
    if (fault) findings.push(error('unsafe', `fetch.txt names a path that is not opened: ${fault}.`, path))
    else if (!path.startsWith('data/')) findings.push(error('unsafe', 'fetch.txt names a file outside data/.', path))
    else if (!manifests.some((manifest) => manifest.entries.has(path)))
      findings.push(error('format', 'fetch.txt names it but no manifest does.', path))
    else if (!store.files.has(path)) {
      findings.push(error('fetch', 'It is still to be fetched; nothing is fetched here.', path))
      absent.add(path)
    }
  }
  return absent
}

function checkInfo(text: string | undefined, store: StoredFiles, absent: ReadonlySet<string>, findings: Finding[]): void {
  if (text === undefined) return
  let size = 0
  let count = 0
  for (const [path, bytes] of store.files)
    if (path.startsWith('data/')) {
      size += bytes
      count++
    }
  for (const { label, value } of readTags(text)) {
    if (label.toLowerCase() !== 'payload-oxum') continue
    if (!/^\d+\.\d+$/.test(value)) findings.push(error('format', `Payload-Oxum is not bytes.files: ${value}`, 'bag-info.txt'))
    // What is still to be fetched is counted by the writer, and its size is not known here.
    else if (absent.size === 0 && value !== `${size}.${count}`)
      findings.push(error('altered', `Payload-Oxum says ${value}, but there are ${size}.${count}.`, 'bag-info.txt'))
  }
}

/** Names that are one on some file system. */
function checkNames(store: StoredFiles, findings: Finding[]): void {
  const seen = new Map<string, string>()
  for (const path of store.files.keys()) {
    const key = foldPath(path)
    const other = seen.get(key)
    if (other !== undefined) findings.push(warning(`Its name differs from ${other} only by case or normalisation.`, path))
    seen.set(key, path)
    if (path.startsWith('data/') && systemFiles.test(path))
      findings.push(warning('A file of an operating system, not of the collection.', path))
  }
}

async function checkDigests(
  store: StoredFiles,
  manifests: readonly Manifest[],
  absent: ReadonlySet<string>,
  findings: Finding[],
  options: VerifyOptions
): Promise<void> {
  const expected = new Map<string, { manifest: Manifest; checksum: string }[]>()
  const folded = new Map<string, string>()
  for (const manifest of manifests)
    for (const [path, checksum] of manifest.entries) {
      const key = foldPath(path)
      const other = folded.get(key)
      if (other !== undefined && other !== path)
        findings.push(warning(`Its name differs from ${other} only by case or normalisation.`, path))
      folded.set(key, path)
      expected.set(path, [...(expected.get(path) ?? []), { manifest, checksum }])
    }
  for (const path of expected.keys())
    if (!store.files.has(path) && !absent.has(path) && !pathFault(path))
      findings.push(error('missing', 'A manifest lists it but it is not there.', path))
  const wanted = new Set([...expected.keys()].filter((path) => store.files.has(path)))
  try {
    await store.read(wanted, async (path, content) => {
      options.signal?.throwIfAborted()
      const checks = expected.get(path)!
      const algorithms = [...new Set(checks.flatMap((check) => check.manifest.algorithm ?? []))]
      const found = await digest(content, algorithms)
      wanted.delete(path)
      for (const { manifest, checksum } of checks)
        if (manifest.algorithm && found.hex[manifest.algorithm] !== checksum)
          findings.push(error('altered', `Its checksum is not the one in ${manifest.file}.`, path))
      options.onFile?.(path, found.size)
    })
    for (const path of wanted) findings.push(error('missing', 'It could not be read.', path))
  } catch (cause) {
    options.signal?.throwIfAborted()
    findings.push(error('altered', `Reading stopped: ${(cause as Error).message}.`, [...wanted][0]))
  }
}
