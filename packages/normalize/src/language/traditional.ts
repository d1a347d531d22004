import { simplifiedOf } from '../tables/traditional.ts'
import type { LanguageModel } from './language-model.ts'

/**
 * The same model for text in traditional script: every character is taken for its simplified form, one for one, so that offsets
 * stay. For judging text only; nothing is converted.
 */
export function readTraditional(model: LanguageModel): Pick<LanguageModel, 'surprise' | 'knows'> & {
  readonly dictionary: Pick<LanguageModel['dictionary'], 'segment' | 'frequency'>
} {
  const { dictionary } = model
  return {
    surprise: (text) => model.surprise(simplify(text)),
    knows: (symbols) => model.knows(simplify(symbols)),
    dictionary: {
      segment: (text) => dictionary.segment(simplify(text)),
      frequency: (word) => dictionary.frequency(simplify(word))
    }
  }
}

function simplify(text: string): string {
  let simplified = ''
  for (const unit of text) simplified += simplifiedOf.get(unit) ?? unit
  return simplified
}
