import type { Dictionary } from '../language/language-model.ts'
import { isHanAt } from './characters.ts'

/** How far on each side of a joint a word is looked for. */
const reach = 4

/** A dictionary word that lies across a joint, and what the division with it saves against the best division cut there. */
export interface Crossing {
  readonly word: string
  /** Bits. */
  readonly gain: number
}

/** The word across the joint of `before` and `after`, if the most probable division has one there. */
export function crossingWord(dictionary: Dictionary, before: string, after: string): Crossing | undefined {
  let from = before.length
  while (from > 0 && before.length - from < reach && isHanAt(before, from - 1)) from--
  let to = 0
  while (to < after.length && to < reach && isHanAt(after, to)) to++
  if (from === before.length || to === 0) return undefined
  const left = before.slice(from)
  const right = after.slice(0, to)
  const whole = dictionary.segment(left + right)
  const across = whole.ends.findIndex((end) => end > left.length)
  const start = across > 0 ? whole.ends[across - 1]! : 0
  if (across < 0 || start >= left.length) return undefined
  return {
    word: (left + right).slice(start, whole.ends[across]),
    gain: dictionary.segment(left).bits + dictionary.segment(right).bits - whole.bits
  }
}
