import { readFileSync } from 'node:fs'
import { software } from '../software.ts'
import { type Digests, digesting } from './digest.ts'
import { type BundleEntry, comparePaths, entrySize, openEntry, planEntries } from './entry.ts'
import type { BundleSink } from './sink.ts'
import { writeFetch, writeManifest, writeTags } from './tag-file.ts'

/** What stands in bag-info.txt; all of it comes from here, nothing from the clock. */
export interface BagInfo {
  /** Identifier of the issue in the house that keeps it. */
  readonly identifier: string
  readonly description?: string
  /** ISO 8601 date. */
  readonly baggingDate: string
  readonly sourceOrganization?: string
  readonly group?: string
  /** More of RFC 8493's or the house's own labels, in order. */
  readonly more?: readonly (readonly [label: string, value: string])[]
}

export interface WrittenFile extends Digests {
  readonly path: string
  /** Where it can be had; absent for a file that the bag holds. */
  readonly fetch?: string
}

export interface BagOptions {
  readonly info: BagInfo
  /** Files that can only be made when all others are digested: RO-Crate metadata. */
  readonly derive?: (files: readonly WrittenFile[]) => readonly BundleEntry[]
  readonly onFile?: (path: string, size: number) => void
  readonly signal?: AbortSignal
}

export interface BagSummary {
  readonly files: number
  readonly bytes: number
}

const algorithms = ['sha256', 'sha512'] as const

/** Where our BagIt profile lies once the package is published; a copy of it travels in every bag. */
export const bagProfileIdentifier = 'https://unpkg.com/@broadsheet/export/data/bagit-profile-1.json'

/**
 * Writes a bag (RFC 8493, version 1.0): entries under `data/`, SHA-256 and SHA-512 manifests and tag manifests, bag-info
 * with Payload-Oxum, our profile. Streams; the same entries and info give the same bytes. When anything fails, or `signal`
 * is raised, nothing is left behind and the error is thrown.
 */
export async function writeBag(sink: BundleSink, entries: readonly BundleEntry[], options: BagOptions): Promise<BagSummary> {
  try {
    const summary = await fillBag(sink, planEntries(entries), options)
    await sink.commit()
    return summary
  } catch (error) {
    await sink.abort()
    throw error
  }
}

async function fillBag(sink: BundleSink, entries: readonly BundleEntry[], options: BagOptions): Promise<BagSummary> {
  const payload = await addFiles(sink, 'data/', entries, options)
  const derived = options.derive ? planEntries(options.derive(payload.map((file) => ({ ...file, path: file.path.slice(5) })))) : []
  planEntries([...entries, ...derived])
  payload.push(...(await addFiles(sink, 'data/', derived, options)))
  const files = payload.sort((a, b) => comparePaths(a.path, b.path))
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const tags = await addFiles(
    sink,
    '',
    planEntries([...tagFiles(options.info, files.length, bytes), ...fetchFile(files), ...manifests('manifest', files)]),
    options
  )
  await addFiles(sink, '', manifests('tagmanifest', tags), options)
  return { files: files.length, bytes }
}

async function addFiles(sink: BundleSink, prefix: string, entries: readonly BundleEntry[], options: BagOptions): Promise<WrittenFile[]> {
  const files: WrittenFile[] = []
  for (const entry of entries) {
    options.signal?.throwIfAborted()
    const path = `${prefix}${entry.path}`
    const stream = digesting(openEntry(entry), algorithms)
    if (entry.fetch === undefined) await sink.add(path, await entrySize(entry), stream.content)
    else for await (const _ of stream.content);
    files.push({ path, ...stream.result(), ...(entry.fetch !== undefined && { fetch: entry.fetch }) })
    options.onFile?.(path, stream.result().size)
  }
  return files
}

function tagFiles(info: BagInfo, files: number, bytes: number): BundleEntry[] {
  return [
    {
      path: 'bagit.txt',
      source: writeTags([
        ['BagIt-Version', '1.0'],
        ['Tag-File-Character-Encoding', 'UTF-8']
      ])
    },
    { path: 'bag-info.txt', source: writeTags(infoTags(info, files, bytes)) },
    { path: 'bagit-profile-1.json', source: readFileSync(new URL('../../data/bagit-profile-1.json', import.meta.url)) }
  ]
}

function fetchFile(files: readonly WrittenFile[]): BundleEntry[] {
  const lines = files.flatMap(({ path, size, fetch }) => (fetch === undefined ? [] : [{ url: fetch, size, path }]))
  const bad = lines.find(({ url }) => !/^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(url))
  if (bad) throw new Error(`Expected an address without blanks but received ${JSON.stringify(bad.url)}`)
  return lines.length === 0 ? [] : [{ path: 'fetch.txt', source: writeFetch(lines) }]
}

function infoTags(info: BagInfo, files: number, bytes: number): [string, string][] {
  const tags: [string, string | undefined][] = [
    ['Source-Organization', info.sourceOrganization],
    ['External-Identifier', info.identifier],
    ['External-Description', info.description],
    ['Bag-Group-Identifier', info.group],
    ['Bagging-Date', info.baggingDate],
    ['Bag-Size', readableSize(bytes)],
    ['Payload-Oxum', `${bytes}.${files}`],
    ['BagIt-Profile-Identifier', bagProfileIdentifier],
    ['Bag-Software-Agent', `${software.name} ${software.version}`],
    ...(info.more ?? []).map(([label, value]): [string, string] => [label, value])
  ]
  const bad = tags.find(([label]) => !/^[^\s:][^:\r\n]*$/.test(label))
  if (bad) throw new Error(`Expected a bag-info label without a colon but received ${JSON.stringify(bad[0])}`)
  return tags.filter((tag): tag is [string, string] => tag[1] !== undefined && tag[1].trim() !== '')
}

function readableSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}

function manifests(name: 'manifest' | 'tagmanifest', files: readonly WrittenFile[]): BundleEntry[] {
  return algorithms.map((algorithm) => ({
    path: `${name}-${algorithm}.txt`,
    source: writeManifest(files.map((file) => ({ checksum: file.hex[algorithm]!, path: file.path })))
  }))
}
