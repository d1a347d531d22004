import type { OutputFile } from '../output-file.ts'
import { encodeNumber, shardOf, termsOf } from './terms.ts'

/** One thing that can be found: an article, or what else stands on a page. */
export interface SearchDocument {
  readonly title: string
  /** Relative to the site's root. */
  readonly href: string
  /** Issue, date and page in one line. */
  readonly source: string
  readonly text: string
}

/** The documents of a year: an index of its own, loaded and rewritten apart from the others. */
export interface SearchSegment {
  readonly name: string
  /** Oldest first: results are shown from the end. */
  readonly documents: readonly SearchDocument[]
}

/** About what one file of the index holds, in characters: a fraction of a second on a slow line. */
const fileSize = 65536

/**
 * Index files for a search in the reader's browser, from `file://` too: every file is a script that hands its part to
 * `broadsheet.search`. A search loads, for each year, the files of its first characters, then the texts it shows.
 */
export function writeSearchIndex(segments: readonly SearchSegment[]): OutputFile[] {
  const written = segments.map(writeSegment)
  const list = written.map(({ name, documents, shards }) => ({ name, documents, shards }))
  return [script('search/index.js', 'index', [list]), ...written.flatMap((segment) => segment.files)]
}

function writeSegment(segment: SearchSegment): { name: string; documents: number; shards: number; files: OutputFile[] } {
  const postings = collectPostings(segment.documents)
  const size = [...postings].reduce((sum, [term, list]) => sum + term.length + list.length + 6, 0)
  const shards = Math.min(1024, Math.max(1, Math.ceil(size / fileSize)))
  const parts: Map<string, string>[] = Array.from({ length: shards }, () => new Map())
  for (const [term, list] of postings) parts[shardOf(term, shards)]!.set(term, list)
  const folder = `search/${segment.name}`
  const terms = parts.map((part, shard) => script(`${folder}/terms-${shard}.js`, 'terms', [segment.name, shard, Object.fromEntries(part)]))
  const texts = chunk(segment.documents).map(({ first, documents }) =>
    script(`${folder}/texts-${first}.js`, 'texts', [segment.name, first, documents])
  )
  const starts = chunk(segment.documents).map(({ first }) => first)
  return {
    name: segment.name,
    documents: segment.documents.length,
    shards,
    files: [...terms, script(`${folder}/starts.js`, 'starts', [segment.name, starts]), ...texts]
  }
}

/** A single character that more than this part of the documents has is looked for in the texts themselves. */
const common = 1 / 16

/** For every term the numbers of its documents, as differences (see `encodeNumber`); `*` for what stands nearly everywhere. */
function collectPostings(documents: readonly SearchDocument[]): Map<string, string> {
  const postings = new Map<string, number[]>()
  for (const [number, document] of documents.entries())
    for (const term of termsOf(`${document.title}\n${document.text}`)) {
      const list = postings.get(term)
      if (list) list.push(number)
      else postings.set(term, [number])
    }
  const most = Math.max(16, documents.length * common)
  return new Map([...postings].map(([term, list]) => [term, list.length > most && isCharacter(term) ? '*' : encodeList(list)]))
}

function isCharacter(term: string): boolean {
  return term.length <= 2 && [...term].length === 1
}

function encodeList(numbers: readonly number[]): string {
  let last = 0
  let text = ''
  for (const number of numbers) {
    text += encodeNumber(number - last)
    last = number
  }
  return text
}

function chunk(documents: readonly SearchDocument[]): { first: number; documents: SearchDocument[] }[] {
  const chunks: { first: number; documents: SearchDocument[] }[] = []
  let size = fileSize
  for (const [number, document] of documents.entries()) {
    if (size >= fileSize) {
      chunks.push({ first: number, documents: [] })
      size = 0
    }
    chunks[chunks.length - 1]!.documents.push(document)
    size += document.text.length + document.title.length
  }
  return chunks
}

/** A call of `broadsheet.search.<name>`. */
function script(path: string, name: string, values: readonly unknown[]): OutputFile {
  return { path, content: `broadsheet.search.${name}(${values.map((value) => scriptValue(value)).join(',')})\n` }
}

/** A JSON value as it may stand in a script: also where a careless page would put it inline. */
export function scriptValue(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
