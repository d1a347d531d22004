import { type Change, type CleanPage, type Replace, rawText, textRegions } from '@broadsheet/document'
import type { LanguageModel } from '../language/language-model.ts'
import { isHanAt } from '../text/characters.ts'
import type { Confusion } from './confusion.ts'

/**
 * The misreadings that people mended on a page, each with so much of what stands beside it that the whole is unheard of as read, and known as
 * printed; alone where nothing beside it makes it so.
 */
export function mendedByPeople({ page, changes }: CleanPage, model: LanguageModel): Confusion[] {
  const texts = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  return changes.filter(isMendedByPerson).map((change) => inContext(change, texts.get(change.region) ?? '', model))
}

/** Rules whose replacements are never applied but by a person: what merely looks alike, what a model said, and flags that were resolved. */
const neverAlone = new Set(['reviewer', 'ask-model', 'garble', 'stray-glyph'])

function isMendedByPerson(change: Change): change is Replace {
  if (change.kind !== 'replace' || change.status !== 'applied' || change.before === '' || change.before.length !== change.after.length)
    return false
  for (let at = 0; at < change.before.length; at++) if (!isHanAt(change.before, at) || !isHanAt(change.after, at)) return false
  const source = change.evidence?.source
  return neverAlone.has(change.rule) || (change.rule === 'look-alike' && (source === 'look' || source === 'sense'))
}

function inContext({ before, after, from, to }: Replace, text: string, model: LanguageModel): Confusion {
  for (const [left, right] of [
    [1, 1],
    [1, 0],
    [0, 1]
  ] as const) {
    const head = text.slice(from - left, from)
    const tail = text.slice(to, to + right)
    if (head.length !== left || tail.length !== right || !/^[\u4e00-\u9fff]*$/.test(head + tail)) continue
    const read = head + before + tail
    const printed = head + after + tail
    if (!isKnown(model, read) && isKnown(model, printed)) return { read, printed }
  }
  return { read: before, printed: after }
}

/** A word, or a phrase the model remembers. */
function isKnown(model: LanguageModel, text: string): boolean {
  return model.dictionary.frequency(text) > 0 || model.knows(text)
}
