import type { LanguageModel } from './language-model.ts'

/** The model that comes with the package. */
export function loadLanguageModel(): LanguageModel {
  return {
    name: 'none',
    surprise: (text) => new Float64Array(text.length),
    bits: () => 0,
    endBits: () => 0,
    count: () => 0,
    dictionary: { frequency: () => 0, segment: (text) => ({ words: [text], bits: 0 }) }
  }
}
