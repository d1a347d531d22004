import { base, type Counts, chooseVocabulary, countNgrams, idsOfKey, maxOrder, paragraphStart, type Vocabulary } from './count.ts'
import { buildTrie, type Trie, type TrieEntry } from './trie.ts'

/** Bits are kept in eighths, as bytes: sums are exact, so no machine adds them up differently. */
export const bitSteps = 8

/** A character 4-gram model: every string of up to four symbols kept has its bits after its context, and the bits of falling back behind it. */
export interface NgramData {
  readonly vocabulary: Vocabulary
  /** Values: bits of the last symbol after the others; bits added when a longer string is not known. */
  readonly trie: Trie
}

/**
 * Trains a character 4-gram model: interpolated Witten-Bell smoothing (Witten and Bell 1991, method C; Chen and Goodman 1998),
 * then 3-grams and 4-grams seen less than `keepFrom` times are left out and their mass goes to the shorter context.
 */
export function trainNgrams(paragraphs: readonly string[], { keepFrom = 2 }: { keepFrom?: number } = {}): NgramData {
  const vocabulary = chooseVocabulary(paragraphs)
  const counts = countNgrams(paragraphs, vocabulary)
  const contexts = counts.map((table, order) => contextsOf(table, order, order > 2 ? keepFrom : 1))
  const size = vocabulary.characters.length + 3
  const total = [...counts[1]!.values()].reduce((sum, count) => sum + count, 0)
  const probability = (key: number, order: number): number => {
    if (order === 0) return 1 / size
    const lower = order === 1 ? 1 / size : probability(key % base ** (order - 1), order - 1)
    if (order === 1) return ((counts[1]!.get(key) ?? 0) + 0.5) / (total + size / 2)
    const context = contexts[order]!.get(Math.floor(key / base))
    if (!context) return lower
    const count = counts[order]!.get(key) ?? 0
    return ((count >= (order > 2 ? keepFrom : 1) ? count : 0) + context.left * lower) / context.weight
  }
  const entries: TrieEntry[] = []
  const enter = (key: number, order: number, bits: number): void => {
    const context = order < maxOrder ? contexts[order + 1]!.get(key) : undefined
    entries.push({ key: idsOfKey(key, order), values: [bits, context ? toByte(context.left / context.weight) : 0] })
  }
  for (let id = 0; id < size; id++) enter(id, 1, toByte(probability(id, 1)))
  for (let order = 2; order <= maxOrder; order++)
    for (const [key, count] of counts[order]!) if (order === 2 || count >= keepFrom) enter(key, order, toByte(probability(key, order)))
  // A padded context begins with what never follows anything: its own strings have to exist as prefixes.
  for (const key of [paragraphStart * base + paragraphStart, (paragraphStart * base + paragraphStart) * base + paragraphStart]) {
    const order = key < base ** 2 ? 2 : 3
    if (!counts[order]!.has(key)) enter(key, order, 0)
  }
  entries.sort((a, b) => compareKeys(a.key, b.key))
  return { vocabulary, trie: buildTrie(entries, maxOrder, 2) }
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) if (a[index] !== b[index]) return a[index]! - b[index]!
  return a.length - b.length
}

/** What follows a context: `weight` is all that is shared out, `left` what goes to the shorter context. */
interface ContextWeight {
  weight: number
  left: number
}

function contextsOf(counts: Counts, order: number, keepFrom: number): Map<number, ContextWeight> {
  const contexts = new Map<number, ContextWeight>()
  if (order < 2) return contexts
  for (const [key, count] of counts) {
    const context = Math.floor(key / base)
    const known = contexts.get(context) ?? { weight: 0, left: 0 }
    known.weight += count + 1
    known.left += count >= keepFrom ? 1 : count + 1
    contexts.set(context, known)
  }
  return contexts
}

function toByte(probability: number): number {
  return Math.max(0, Math.min(255, Math.round(-Math.log2(probability) * bitSteps)))
}
