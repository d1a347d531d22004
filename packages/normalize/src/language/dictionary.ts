import type { Dictionary, Segmentation } from './language-model.ts'
import { findChild, type Trie } from './trie.ts'

/** Frequencies are kept as eighths of a power of two, plus one: 0 is no word. */
const steps = 8
const bitsOfUnknown = 2
/** The second byte of a word: the names of places and persons (jieba's ns and nr). */
export const placeKind = 1
export const personKind = 2

export function frequencyToByte(frequency: number): number {
  return frequency < 1 ? 0 : Math.min(255, 1 + Math.round(Math.log2(frequency) * steps))
}

/**
 * A dictionary on a trie of UTF-16 codes.
 *
 * @param total occurrences of all words together: what a frequency is a share of
 */
export function createDictionary(trie: Trie, total: number): Dictionary {
  const totalSteps = Math.round(Math.log2(total) * steps)
  // One character that is no word costs as much as a word seen a third of a time.
  const unknownSteps = totalSteps + bitsOfUnknown * steps
  const depth = trie.levels.length
  const roots = rootsOf(trie)
  const byteOf = (word: string, kind = 0): number => {
    let node = 0
    for (let level = 0; level < word.length; level++) {
      node = level < depth ? findChild(trie, level, node, word.charCodeAt(level)) : -1
      if (node < 0) return 0
    }
    return word === '' ? 0 : trie.levels[word.length - 1]!.values[kind]![node]!
  }
  return {
    frequency(word) {
      const value = byteOf(word)
      return value === 0 ? 0 : Math.max(1, Math.round(2 ** ((value - 1) / steps)))
    },
    isPlace: (word) => byteOf(word, 1) === placeKind,
    isPerson: (word) => byteOf(word, 1) === personKind,
    segment: (text) => segment(trie, roots, text, totalSteps, unknownSteps)
  }
}

/** The first symbol of every word, by its code: asked for at every character, so it is not searched. */
function rootsOf({ levels }: Trie): Int32Array {
  const roots = new Int32Array(0x10000).fill(-1)
  levels[0]?.symbols.forEach((symbol, node) => {
    roots[symbol] = node
  })
  return roots
}

/** Viterbi over the words that begin at each place; integer costs, so ties and sums are the same everywhere. */
function segment(trie: Trie, roots: Int32Array, text: string, totalSteps: number, unknownSteps: number): Segmentation {
  const size = text.length
  // Whole numbers, but more of them than 32 bits count on a line of ten million characters.
  const cost = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY)
  const back = new Int32Array(size + 1)
  cost[0] = 0
  for (let from = 0; from < size; from++) {
    const here = cost[from]!
    if (here + unknownSteps < cost[from + 1]!) {
      cost[from + 1] = here + unknownSteps
      back[from + 1] = from
    }
    let node = 0
    for (let level = 0; level < trie.levels.length && from + level < size; level++) {
      const code = text.charCodeAt(from + level)
      node = level === 0 ? roots[code]! : findChild(trie, level, node, code)
      if (node < 0) break
      const value = trie.levels[level]!.values[0]![node]!
      const to = from + level + 1
      const sum = here + totalSteps - value + 1
      if (value === 0 || sum >= cost[to]!) continue
      cost[to] = sum
      back[to] = from
    }
  }
  const ends: number[] = []
  for (let at = size; at > 0; at = back[at]!) ends.push(at)
  return { ends: ends.reverse(), bits: cost[size]! / steps }
}
