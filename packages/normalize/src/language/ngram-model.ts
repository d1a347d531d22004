import { firstCharacter, maxOrder, paragraphEnd, paragraphStart, unknown, type Vocabulary, vocabularyOf } from './count.ts'
import type { Dictionary, LanguageModel } from './language-model.ts'
import { lastSymbols, symbolOf, symbolsOf } from './symbols.ts'
import { bitSteps, type NgramData } from './train.ts'
import { findChild, packTrie, search, type Trie, unpackTrie } from './trie.ts'

/**
 * Where scoring stands in the text: the trie nodes of its last one, two and three symbols (-1 where the model does not know them).
 */
interface State {
  one: number
  two: number
  three: number
}

/** A stepping scorer: what a layered model builds on. */
export interface Scorer {
  readonly vocabulary: Vocabulary
  start(): State
  /** Moves on by one symbol; the result is its bits, in steps of 1/8. */
  step(state: State, id: number): number
  /** Ids known to follow here, most probable first, at most `most`. */
  likely(state: State, most: number): number[]
}

export function createScorer({ vocabulary, trie }: NgramData): Scorer {
  const [ones, twos, threes, fours] = trie.levels
  const [first1, first2, first3] = [ones!.first!, twos!.first!, threes!.first!]
  const [symbols2, symbols3, symbols4] = [twos!.symbols, threes!.symbols, fours!.symbols]
  const [bits1, back1] = ones!.values
  const [bits2, back2] = twos!.values
  const [bits3, back3] = threes!.values
  const bits4 = fours!.values[0]!
  const ranked = new Map<number, readonly number[]>()
  /** The children of a node in order, remembered: the same few thousand contexts are asked for again and again. */
  const rankedChildren = (level: number, node: number): readonly number[] => {
    const key = level * 2 ** 24 + node
    const known = ranked.get(key) ?? childrenOf(trie, level, node)
    if (ranked.size < 20_000) ranked.set(key, known)
    return known
  }
  const start = findChild(trie, 0, 0, paragraphStart)
  const startTwo = findChild(trie, 1, start, paragraphStart)
  const startThree = startTwo < 0 ? -1 : findChild(trie, 2, startTwo, paragraphStart)
  return {
    vocabulary,
    start: () => ({ one: start, two: startTwo, three: startThree }),
    step(state, id) {
      const { one, two, three } = state
      const next4 = three < 0 ? -1 : search(symbols4, first3[three]!, first3[three + 1]!, id)
      const next3 = two < 0 ? -1 : search(symbols3, first2[two]!, first2[two + 1]!, id)
      const next2 = search(symbols2, first1[one]!, first1[one + 1]!, id)
      state.one = id
      state.two = next2
      state.three = next3
      if (next4 >= 0) return bits4[next4]!
      let bits = three < 0 ? 0 : back3![three]!
      if (next3 >= 0) return bits + bits3![next3]!
      if (two >= 0) bits += back2![two]!
      if (next2 >= 0) return bits + bits2![next2]!
      return bits + back1![one]! + bits1![id]!
    },
    likely({ one, two }, most) {
      const behindTwo = two < 0 ? [] : rankedChildren(1, two)
      return [...new Set([...behindTwo, ...rankedChildren(0, one)])].slice(0, most)
    }
  }
}

const mostChildren = 64

/** The children of a node, those of fewest bits first. */
function childrenOf(trie: Trie, level: number, node: number): number[] {
  const first = trie.levels[level]!.first!
  const { symbols, values } = trie.levels[level + 1]!
  const bits = values[0]!
  const nodes: number[] = []
  for (let child = first[node]!; child < first[node + 1]!; child++) nodes.push(child)
  return nodes
    .sort((a, b) => bits[a]! - bits[b]! || a - b)
    .slice(0, mostChildren)
    .map((child) => symbols[child]!)
}

/** A language model on a scorer; how it behaves at the ends of a text is the same for all. */
export function createLanguageModel(
  name: string,
  scorer: Scorer,
  dictionary: Dictionary,
  knows: (ids: readonly number[]) => boolean
): LanguageModel {
  const { vocabulary } = scorer
  const stateBefore = (before: string | undefined): State => {
    const state = scorer.start()
    if (before === undefined) return state
    for (const code of lastSymbols(before, maxOrder - 1)) scorer.step(state, vocabulary.idOf(code))
    return state
  }
  return {
    name,
    dictionary,
    surprise(text, before) {
      const { codes, at, length } = symbolsOf(text)
      const state = stateBefore(before)
      const surprise = new Float64Array(text.length)
      for (let index = 0; index < length; index++) surprise[at[index]!] = scorer.step(state, vocabulary.idOf(codes[index]!)) / bitSteps
      return surprise
    },
    bits(text, before) {
      const { codes } = symbolsOf(text)
      const state = stateBefore(before)
      let sum = 0
      for (const code of codes) sum += scorer.step(state, vocabulary.idOf(code))
      return sum / bitSteps
    },
    likely(before, most) {
      const ids = scorer.likely(stateBefore(before), most).filter((id) => id >= firstCharacter)
      return ids.map((id) => vocabulary.characters[id - firstCharacter]!)
    },
    compare(before, candidates, after) {
      const start = stateBefore(before)
      const rest = [...symbolsOf(after).codes].map((code) => vocabulary.idOf(code))
      return candidates.map((candidate) => {
        const state: State = { one: start.one, two: start.two, three: start.three }
        let sum = 0
        // Nearly all candidates are single characters.
        if (candidate.length === 1) {
          const code = symbolOf(candidate.charCodeAt(0))
          if (code >= 0) sum += scorer.step(state, vocabulary.idOf(code))
        } else for (const code of symbolsOf(candidate).codes) sum += scorer.step(state, vocabulary.idOf(code))
        for (const id of rest) sum += scorer.step(state, id)
        return sum / bitSteps
      })
    },
    endBits: (text) => scorer.step(stateBefore(text), paragraphEnd) / bitSteps,
    knows(text) {
      const ids = [...symbolsOf(text).codes].map((code) => vocabulary.idOf(code))
      return ids.length > 0 && !ids.includes(unknown) && knows(ids)
    }
  }
}

export function ngramModel(name: string, data: NgramData, dictionary: Dictionary): LanguageModel {
  return createLanguageModel(name, createScorer(data), dictionary, (ids) => hasString(data.trie, ids))
}

/** Whether the trie holds these symbols in a row. */
export function hasString(trie: Trie, ids: readonly number[]): boolean {
  let node = 0
  for (let level = 0; level < ids.length; level++) {
    if (level >= trie.levels.length) return false
    node = findChild(trie, level, node, ids[level]!)
    if (node < 0) return false
  }
  return true
}

/** Model data as bytes: the characters (UTF-16, little endian, with their number before them), then the trie. */
export function packNgrams({ vocabulary, trie }: NgramData): Uint8Array {
  const { characters } = vocabulary
  const packed = packTrie(trie)
  const bytes = new Uint8Array(2 + characters.length * 2 + packed.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, characters.length, true)
  for (let index = 0; index < characters.length; index++) view.setUint16(2 + index * 2, characters.charCodeAt(index), true)
  bytes.set(packed, 2 + characters.length * 2)
  return bytes
}

export function unpackNgrams(bytes: Uint8Array): NgramData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint16(0, true)
  const codes: string[] = []
  for (let index = 0; index < size; index++) codes.push(String.fromCharCode(view.getUint16(2 + index * 2, true)))
  return { vocabulary: vocabularyOf(codes.join('')), trie: unpackTrie(bytes.subarray(2 + size * 2)) }
}
