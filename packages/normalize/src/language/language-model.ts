/**
 * What a rule may ask about a language. Better models plug in here.
 * Same question, same answer, on any machine: nothing in an answer may depend on what was asked before.
 */
export interface LanguageModel {
  /** Name and version, as it goes into the record of processing. */
  readonly name: string
  /**
   * How surprising every symbol of `text` is after what precedes it, in bits, one number for every UTF-16 unit (units that are part of the
   * symbol before them, blanks among them, have 0). `before` is what stands before the text; absent: `text` begins a paragraph.
   */
  surprise(text: string, before?: string): Float64Array
  /** Bits of `text` after `before`: the sum of `surprise`. */
  bits(text: string, before?: string): number
  /** Bits of each candidate followed by `after`, all behind `before`: what `bits(candidate + after, before)` gives, at once. */
  compare(before: string, candidates: readonly string[], after: string): number[]
  /** Bits of a paragraph ending after `text`. */
  endBits(text: string): number
  /** Whether the model remembers these 1 to 4 symbols in a row: seen, and more than once or so. */
  knows(symbols: string): boolean
  /** Symbols that often follow `before`, most probable first, at most `most`. */
  likely(before: string, most: number): string[]
  readonly dictionary: Dictionary
  /** Names that are right as they stand, where the model has learned any: they are never altered. */
  readonly names?: ReadonlySet<string>
}

/** Words and how often they occur. */
export interface Dictionary {
  /** Occurrences in the dictionary's own corpus (rounded to an eighth of a power of two); 0 when it is no word. */
  frequency(word: string): number
  /** Whether the word is listed as the name of a place. */
  isPlace(word: string): boolean
  /** Whether the word is listed as the name of a person. */
  isPerson(word: string): boolean
  /** The most probable division into words (unigrams; nothing guessed that the dictionary does not have). */
  segment(text: string): Segmentation
}

export interface Segmentation {
  /** Where each word ends, ascending; the last is the length of the text. */
  readonly ends: readonly number[]
  /** What the division costs, in bits. */
  readonly bits: number
}
