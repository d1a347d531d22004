import { symbolsOf } from './symbols.ts'

/** Reserved symbols: a character the model has no number for, the beginning and the end of a paragraph. */
export const unknown = 0
export const paragraphStart = 1
export const paragraphEnd = 2
export const firstCharacter = 3

/** What can be numbered: ids stay below 2^13, so four of them fit a safe integer. */
export const base = 8192
export const maxOrder = 4

/** The characters a model has numbers for: `characters[id - firstCharacter]`. */
export interface Vocabulary {
  readonly characters: string
  idOf(code: number): number
}

export function vocabularyOf(characters: string): Vocabulary {
  const ids = new Uint16Array(0x10000)
  for (let index = 0; index < characters.length; index++) ids[characters.charCodeAt(index)] = index + firstCharacter
  return { characters, idOf: (code) => ids[code]! }
}

/** Counts of the n-grams of one order, by key: the ids as digits of a number in `base`. */
export type Counts = Map<number, number>

/** Counts of orders 1 to 4; index 0 is unused. Paragraphs are padded with `paragraphStart` and end with `paragraphEnd`. */
export function countNgrams(paragraphs: Iterable<string>, vocabulary: Vocabulary): Counts[] {
  const counts: Counts[] = Array.from({ length: maxOrder + 1 }, () => new Map<number, number>())
  for (const paragraph of paragraphs) {
    const { codes, length } = symbolsOf(paragraph)
    const ids: number[] = new Array(maxOrder - 1).fill(paragraphStart)
    for (let index = 0; index < length; index++) ids.push(vocabulary.idOf(codes[index]!))
    ids.push(paragraphEnd)
    for (let index = maxOrder - 1; index < ids.length; index++) {
      let key = 0
      let place = 1
      for (let order = 1; order <= maxOrder; order++) {
        key += ids[index - order + 1]! * place
        place *= base
        const table = counts[order]!
        table.set(key, (table.get(key) ?? 0) + 1)
      }
    }
  }
  return counts
}

/** The characters of the texts, most frequent first up to what can be numbered, then in code order. */
export function chooseVocabulary(paragraphs: Iterable<string>): Vocabulary {
  const seen = new Uint32Array(0x10000)
  for (const paragraph of paragraphs) for (const code of symbolsOf(paragraph).codes) seen[code]!++
  const codes: number[] = []
  for (let code = 0; code < seen.length; code++) if (seen[code]! > 0 && (code < 0xd800 || code > 0xdfff)) codes.push(code)
  codes.sort((a, b) => seen[b]! - seen[a]! || a - b)
  const kept = codes.slice(0, base - firstCharacter).sort((a, b) => a - b)
  return vocabularyOf(kept.map((code) => String.fromCharCode(code)).join(''))
}

/** The ids of a key, first to last. */
export function idsOfKey(key: number, order: number): number[] {
  const ids: number[] = []
  let rest = key
  for (let index = 0; index < order; index++) {
    ids.unshift(rest % base)
    rest = Math.floor(rest / base)
  }
  return ids
}
