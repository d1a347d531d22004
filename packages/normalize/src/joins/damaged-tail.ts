import type { LanguageModel } from '../language/language-model.ts'
import { isHanAt } from '../text/characters.ts'
import { isInPersonName } from '../text/names.ts'

/** The end of a text with stray glyphs in it, without them: what stands before and behind. */
export interface DamagedTail {
  readonly before: string
  readonly after: string
}

/** Glyphs at the foot of a column are looked for in so many characters; a run of them is at most so long. */
const reach = 5
const longest = 3
/** So many bits of a character that is no part of a word: nothing that texts have there. */
const strayBits = 19
/** So many bits of a character in itself: one in many millions. */
const rareBits = 24

/** The stray glyphs at the end of a text: a few characters in a row, each surprising and no part of a word. */
export function damagedTail(model: LanguageModel, text: string, size: number): DamagedTail | undefined {
  const tail = text.slice(-size - longest)
  const surprise = model.surprise(tail)
  const words = wordsAt(model, tail)
  const isStray = (at: number): boolean =>
    isHanAt(tail, at) &&
    words[at] === 1 &&
    surprise[at]! >= strayBits &&
    model.bits(tail[at]!, '，') >= rareBits &&
    !isInPersonName(tail, at)
  let from = Math.max(1, tail.length - reach)
  while (from < tail.length && !isStray(from)) from++
  let to = from
  while (to < tail.length && isStray(to)) to++
  if (to === from || to - from > longest || !/^[\u3400-\u9fff]*$/.test(tail.slice(to))) return undefined
  return { before: tail.slice(0, from), after: tail.slice(to) }
}

/** How long the word is that each character belongs to. */
function wordsAt(model: LanguageModel, text: string): number[] {
  const sizes: number[] = []
  const { ends } = model.dictionary.segment(text)
  for (const [index, end] of ends.entries()) {
    const size = end - (ends[index - 1] ?? 0)
    for (let at = 0; at < size; at++) sizes.push(size)
  }
  return sizes
}

/**
 * Bits of a head behind a damaged end: glyphs may have come in, or have taken the place of a character or two, or what looks stray is a rare name. All are
 * summed, what was lost by what the model expects there. `others` are the bits of the head behind other ends: where more was lost, it says nothing.
 */
export function bitsBehind(model: LanguageModel, { before, after }: DamagedTail, asRead: string, head: string, others: number): number {
  const near = firstSymbols.exec(head)![0]
  const far = model.bits(head.slice(near.length), near)
  const one = model.likely(before, candidates)
  const two = one.slice(0, 6).flatMap((first) => model.likely(before + first, 8).map((second) => first + second))
  const share = (lost: readonly string[]): number => {
    const without = total(model.compare(before, lost, after))
    return without === 0 ? 0 : total(model.compare(before, lost, after + near)) / without
  }
  const sum =
    weights.asRead * 2 ** -model.bits(near, asRead) +
    weights.none * 2 ** -model.bits(near, before + after) +
    weights.one * share(one) +
    weights.two * share(two) +
    weights.more * 2 ** (far - others)
  return far - Math.log2(sum)
}

/** The model looks back three symbols: figures and words of Latin letters are one each. */
const firstSymbols = /^(?:\d+|[A-Za-z]+|[^\dA-Za-z]){0,3}/
const candidates = 48
const weights = { asRead: 0.35, none: 0.3, one: 0.2, two: 0.05, more: 0.1 } as const

function total(bits: readonly number[]): number {
  return bits.reduce((sum, one) => sum + 2 ** -one, 0)
}
