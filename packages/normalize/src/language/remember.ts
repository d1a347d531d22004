import type { LanguageModel, Segmentation } from './language-model.ts'

/** A model that answers at once what it was asked before: several rules ask for the same paragraphs. For the time of one run. */
export function rememberAnswers(model: LanguageModel): LanguageModel {
  const surprises = new Map<string, Float64Array>()
  const divisions = new Map<string, Segmentation>()
  const { dictionary } = model
  return {
    ...model,
    surprise(text, before) {
      if (before !== undefined || text.length < worthKeeping) return model.surprise(text, before)
      const known = surprises.get(text) ?? model.surprise(text)
      surprises.set(text, known)
      return known
    },
    dictionary: {
      ...dictionary,
      segment(text) {
        if (text.length < worthKeeping) return dictionary.segment(text)
        const known = divisions.get(text) ?? dictionary.segment(text)
        divisions.set(text, known)
        return known
      }
    }
  }
}

const worthKeeping = 24
