import type { Issue } from '@broadsheet/document'
import { portable } from '../portable.ts'
import { software } from '../software.ts'
import type { WrittenFile } from './bag.ts'
import { type BundleEntry, comparePaths } from './entry.ts'

export interface RoCrateOptions {
  /** ISO 8601 date of publication of the crate. */
  readonly date: string
  /** URL of a licence, where the rights statement of the issue is none. */
  readonly license?: string
}

const types: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  xml: 'application/xml',
  hocr: 'application/xhtml+xml',
  html: 'text/html',
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  jp2: 'image/jp2',
  webp: 'image/webp',
  yaml: 'application/yaml'
}

/** RO-Crate 1.1 metadata of an issue: `ro-crate-metadata.json`, a JSON-LD description of every file. For `BagOptions.derive`. */
export function roCrate(issue: Issue, options: RoCrateOptions): (files: readonly WrittenFile[]) => BundleEntry[] {
  return (files) => [{ path: 'ro-crate-metadata.json', source: `${JSON.stringify(crate(issue, options, files), null, 2)}\n` }]
}

function crate(issue: Issue, options: RoCrateOptions, files: readonly WrittenFile[]): object {
  const sorted = [...files].sort((a, b) => comparePaths(a.path, b.path))
  const agent = `#${software.name.toLowerCase()}`
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' }
      },
      rootOf(issue, options, sorted),
      ...(issue.publisher ? [{ '@id': '#publisher', '@type': 'Organization', name: portable(issue.publisher) }] : []),
      ...licenseOf(issue, options).entities,
      { '@id': agent, '@type': 'SoftwareApplication', name: software.name, version: software.version, softwareVersion: software.version },
      {
        '@id': '#made',
        '@type': 'CreateAction',
        name: 'Text recognised, cleaned and exported',
        instrument: { '@id': agent },
        result: { '@id': './' }
      },
      ...sorted.map(fileOf)
    ]
  }
}

function rootOf(issue: Issue, options: RoCrateOptions, files: readonly WrittenFile[]): object {
  const title = portable([issue.title, issue.date, issue.edition].filter(Boolean).join(' '))
  return {
    '@id': './',
    '@type': 'Dataset',
    identifier: portable(issue.id),
    name: title,
    description: `Newspaper issue ${title}: ${issue.pages.length} pages, ${issue.articles.length} articles.`,
    inLanguage: issue.language,
    ...(issue.date ? { temporalCoverage: issue.date } : {}),
    datePublished: options.date,
    license: licenseOf(issue, options).value,
    ...(issue.publisher ? { publisher: { '@id': '#publisher' } } : {}),
    hasPart: files.map((file) => ({ '@id': fileId(file.path) }))
  }
}

function licenseOf(issue: Issue, options: RoCrateOptions): { value: object | string; entities: object[] } {
  if (!options.license) return { value: portable(issue.rights ?? 'Not stated'), entities: [] }
  return {
    value: { '@id': options.license },
    entities: [
      { '@id': options.license, '@type': 'CreativeWork', name: options.license, description: portable(issue.rights ?? options.license) }
    ]
  }
}

function fileOf(file: WrittenFile): object {
  const ending = /\.([A-Za-z0-9]+)$/.exec(file.path)?.[1]?.toLowerCase()
  return {
    '@id': fileId(file.path),
    '@type': 'File',
    name: file.path,
    contentSize: String(file.size),
    encodingFormat: (ending && types[ending]) ?? 'application/octet-stream',
    sha256: file.hex.sha256
  }
}

/** A relative URI. */
function fileId(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
