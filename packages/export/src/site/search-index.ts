import type { OutputFile } from '../output-file.ts'
import { encodeNumber, isSolid, termsOf } from './terms.ts'

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
  const list = segments.map(({ name, documents }) => ({ name, documents: documents.length }))
  return [script('search/index.js', 'index', [list]), ...segments.flatMap(writeSegment)]
}

function writeSegment({ name, documents }: SearchSegment): OutputFile[] {
  const folder = `search/${name}`
  const texts = chunk(documents)
  const shards = cutTerms(collectPostings(documents))
  const starts = { texts: texts.map(({ first }) => first), terms: shards.map(({ first }) => first) }
  return [
    script(`${folder}/starts.js`, 'starts', [name, starts]),
    ...shards.map(({ groups }, shard) => script(`${folder}/terms-${shard}.js`, 'terms', [name, shard, Object.fromEntries(groups)])),
    ...texts.map(({ first, documents: part }) => script(`${folder}/texts-${first}.js`, 'texts', [name, first, part]))
  ]
}

/** A stretch of the sorted terms: one file. */
interface Shard {
  /** Its first term, by which it is found. */
  readonly first: string
  /**
   * Words with their lists; and for every character its list, followed by every character that comes behind it with the list
   * of the pair. Lists are ASCII, so each ends where the next character begins.
   */
  readonly groups: Map<string, string>
}

function cutTerms(postings: ReadonlyMap<string, string>): Shard[] {
  const shards: Shard[] = []
  let size = fileSize
  for (const term of [...postings.keys()].sort()) {
    if (size >= fileSize) {
      shards.push({ first: term, groups: new Map() })
      size = 0
    }
    const { groups } = shards[shards.length - 1]!
    const key = isSolid(term) ? String.fromCodePoint(term.codePointAt(0)!) : term
    const known = groups.get(key)
    const entry = term.slice(key.length) + postings.get(term)!
    groups.set(key, (known ?? '') + entry)
    size += entry.length + (known === undefined ? key.length + 6 : 0)
  }
  return shards
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
