import { isHan } from '@broadsheet/document'
import type { CharacterModel } from './features.ts'
import { isTraditional } from './rarity.ts'

/** Language models for the scripts a page may be in. */
export interface Models {
  /** Has read simplified Chinese. */
  readonly model?: CharacterModel
  /** For traditional script (`readTraditional` of the normalize package makes one of the other). Absent: such text is judged without. */
  readonly traditional?: CharacterModel
}

/** The model that can say something about these texts: a model of simplified Chinese knows nothing of traditional text, and its surprise says nothing. */
export function modelFor(texts: readonly string[], { model, traditional }: Models): CharacterModel | undefined {
  return isTraditionalText(texts) ? traditional : model
}

/** Whether more than one in twelve Han characters is used in traditional text only. */
export function isTraditionalText(texts: readonly string[]): boolean {
  let [han, traditional] = [0, 0]
  for (const text of texts)
    for (const char of text) {
      if (!isHan(char)) continue
      han++
      if (isTraditional(char)) traditional++
    }
  return traditional * 12 > han
}
