import { distance } from './distance.ts'
import { type Folding, fold } from './fold.ts'
import { encode, type Vocabulary, words } from './tokens.ts'

export interface ErrorRateOptions {
  /**
   * What is counted. `grapheme` (default): extended grapheme clusters after NFC. `word`: words after NFC, each Han character
   * one. `code-point`: code points as they are, without normalisation.
   */
  readonly unit?: 'grapheme' | 'word' | 'code-point'
  /** Default: nothing is folded. */
  readonly fold?: Folding
}

/** How far a text is from the truth. */
export interface ErrorRate {
  /** Fewest substitutions, insertions and deletions that make the text the truth. */
  readonly errors: number
  /** Units of the truth. */
  readonly length: number
  readonly textLength: number
  /** `errors / length`: 0 for two empty texts, infinite for text where the truth is empty; may be greater than 1. */
  readonly rate: number
  /** False where the texts were too long for an exact count; `errors` is then an upper bound. */
  readonly exact: boolean
}

/**
 * Character or word error rate as dinglehopper computes it: Levenshtein distance divided by the length of the truth.
 */
export function errorRate(truth: string, text: string, options: ErrorRateOptions = {}): ErrorRate {
  const unit = options.unit ?? 'grapheme'
  const vocabulary: Vocabulary = new Map()
  const [wanted, found] = [truth, text].map((side) => encodeUnits(options.fold ? fold(side, options.fold) : side, unit, vocabulary)) as [
    Int32Array,
    Int32Array
  ]
  const { edits, exact } = distance(wanted, found)
  return { errors: edits, length: wanted.length, textLength: found.length, rate: rateOf(edits, wanted.length), exact }
}

/** Errors per unit of truth. */
export function rateOf(errors: number, length: number): number {
  if (errors === 0) return 0
  return length === 0 ? Number.POSITIVE_INFINITY : errors / length
}

/** The units of a text as numbers. */
export function encodeUnits(text: string, unit: 'grapheme' | 'word' | 'code-point', vocabulary: Vocabulary): Int32Array {
  if (unit === 'grapheme') return encode(text.normalize('NFC'), 'grapheme', vocabulary).ids
  if (unit === 'code-point') return Int32Array.from(text, (char) => char.codePointAt(0)!)
  return Int32Array.from(words(text.normalize('NFC')), (word) => {
    const number = vocabulary.get(word) ?? vocabulary.size
    vocabulary.set(word, number)
    return number
  })
}
