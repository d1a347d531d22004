import { isHanAt } from '../text/characters.ts'
import type { Dictionary, LanguageModel } from './language-model.ts'
import { ngramModel, packNgrams, unpackNgrams } from './ngram-model.ts'
import { type NgramData, trainNgrams } from './train.ts'

/** What an archive's own reviewed text has taught: how it writes, and the names it uses. */
export interface ArchiveLanguage {
  /** Paragraphs and characters it was learned from. */
  readonly paragraphs: number
  readonly characters: number
  /** Names and terms that stand in the text at least twice and are no words of the dictionary, in code order. */
  readonly names: readonly string[]
  readonly ngrams: NgramData
}

/** Learns from paragraphs that people have reviewed. Same paragraphs in any order, same result. */
export function trainArchive(paragraphs: readonly string[], dictionary: Dictionary): ArchiveLanguage {
  const sorted = paragraphs.filter((text) => text.trim() !== '').sort()
  return {
    paragraphs: sorted.length,
    characters: sorted.reduce((sum, text) => sum + text.length, 0),
    names: findNames(sorted, dictionary),
    ngrams: trainNgrams(sorted, { keepFrom: 1 })
  }
}

/** Characters that join words rather than make names. */
const joining = new Set(
  '的了在是和也不有为与就都而及对等将于上下中人这那从到把被让更最很还已又要会能可以我你他她它个年月日时说着过来去得地后前里多大小一二三四五六七八九十百千万亿两第各每某其所之'
)
const longestName = 4

/** Runs of two to four characters that the dictionary cannot divide into words, and the text has at least twice. */
function findNames(paragraphs: readonly string[], dictionary: Dictionary): string[] {
  const counts = new Map<string, number>()
  for (const text of paragraphs) {
    let from = 0
    let run = ''
    const close = (): void => {
      if (run.length >= 2 && run.length <= longestName) counts.set(run, (counts.get(run) ?? 0) + 1)
      run = ''
    }
    for (const to of dictionary.segment(text).ends) {
      if (to - from === 1 && isHanAt(text, from) && !joining.has(text[from]!)) run += text[from]
      else close()
      from = to
    }
    close()
  }
  return [...counts]
    .filter(([, count]) => count >= 2)
    .map(([name]) => name)
    .sort()
}

const magic = 'BSLM1\n'

/** The bytes of a file that holds it. */
export function packArchive({ paragraphs, characters, names, ngrams }: ArchiveLanguage): Uint8Array {
  const head = new TextEncoder().encode(`${magic}${JSON.stringify({ paragraphs, characters, names })}\n`)
  const body = packNgrams(ngrams)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head, 0)
  bytes.set(body, head.length)
  return bytes
}

/** @throws Error when the bytes are no such file. */
export function unpackArchive(bytes: Uint8Array): ArchiveLanguage {
  const start = magic.length
  if (new TextDecoder().decode(bytes.subarray(0, start)) !== magic)
    throw new Error('Expected a language file that broadsheet language train has written but received another file')
  const end = bytes.indexOf(0x0a, start)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as Omit<ArchiveLanguage, 'ngrams'>
  return { ...head, ngrams: unpackNgrams(bytes.subarray(end + 1)) }
}

/** How much the archive's own text counts beside the model it is laid over. */
const share = 0.4

/**
 * A model that knows what `base` knows and what the archive taught: the probability of every symbol is six tenths the one's and four tenths
 * the other's (linear interpolation, Jelinek and Mercer 1980). The archive's names are guarded by it.
 */
export function layerArchive(base: LanguageModel, archive: ArchiveLanguage): LanguageModel {
  const own = ngramModel('archive', archive.ngrams, base.dictionary)
  const surprise = (text: string, before?: string): Float64Array => mix(base.surprise(text, before), own.surprise(text, before))
  const bits = (text: string, before?: string): number => surprise(text, before).reduce((sum, value) => sum + value, 0)
  return {
    name: `${base.name}+archive-${archive.characters}`,
    dictionary: base.dictionary,
    names: new Set([...(base.names ?? []), ...archive.names]),
    surprise,
    bits,
    compare: (before, candidates, after) => candidates.map((candidate) => bits(candidate + after, before)),
    endBits: (text) => mixed(base.endBits(text), own.endBits(text)),
    knows: (symbols) => base.knows(symbols) || own.knows(symbols),
    likely: (before, most) => [...new Set([...own.likely(before, most >> 1), ...base.likely(before, most)])].slice(0, most)
  }
}

function mix(base: Float64Array, own: Float64Array): Float64Array {
  // Where the text has no symbol both are 0.
  return base.map((bits, at) => (bits === 0 && own[at] === 0 ? 0 : mixed(bits, own[at]!)))
}

/** Rounded to eighths, as all bits are: sums are exact. */
function mixed(base: number, own: number): number {
  return Math.round(-Math.log2((1 - share) * 2 ** -base + share * 2 ** -own) * 8) / 8
}
