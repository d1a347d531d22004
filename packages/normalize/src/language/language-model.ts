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
  /** Bits of a paragraph ending after `text`. */
  endBits(text: string): number
  /** How often the model has seen these 1 to 4 symbols in a row; rare ones may be pruned, and count 0. */
  count(symbols: string): number
  readonly dictionary: Dictionary
}

/** Words and how often they occur. */
export interface Dictionary {
  /** Occurrences in the dictionary's own corpus; 0 when it is no word. */
  frequency(word: string): number
  /** The most probable division into words (unigrams, no guessed words), with its cost in bits. */
  segment(text: string): { readonly words: readonly string[]; readonly bits: number }
}
