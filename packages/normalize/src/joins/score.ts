import type { Context } from '../rule.ts'
import { type Crossing, crossingWord } from '../text/words.ts'
import { type Claim, claimOf } from './claims.ts'
import { countedItems, stopsInObject } from './counted-list.ts'
import type { Strand } from './ends.ts'
import type { PhraseAcross } from './phrases.ts'
import type { Joint } from './places.ts'
import { bitsAlong, type HeadBits, traitsOf } from './traits.ts'

/** How well a block goes on with another, and what speaks for it. Scores are bits: 1 doubles the odds. */
export interface Continuation {
  readonly end: Strand
  readonly start: Strand
  readonly score: number
  /** What its words say: of the start, of the two, of the end. */
  readonly claim: Claim
  /** What the language model saves by reading on instead of beginning a paragraph. */
  readonly gain: number
  /** A word across the joint. */
  readonly word?: string
  readonly wordGain: number
  /** A phrase across the joint that the page has whole elsewhere. */
  readonly phrase?: string
  /** The start begins with a mark that nothing can begin with. */
  readonly closes: boolean
  /** The start is a list that says its own number, and the end a verb that wants one. */
  readonly items?: number
  /** The end opens a quote or bracket that the start closes. */
  readonly balances: boolean
  /** What the place of the two says, where boxes tell. */
  readonly joint?: Joint
}

/** Judges a joint by its words: the model, the dictionary, the marks. Where the two blocks stand is judged elsewhere. */
export function judgeWords(
  context: Context,
  end: Strand,
  start: Strand,
  head: HeadBits,
  phraseAcross: PhraseAcross,
  completesLead: boolean
): Continuation {
  const along = bitsAlong(context, end, start, head)
  const gain = Math.min(head.paragraph, head.sentence, head.others) - along
  const crossing = wordAcross(context, end, start)
  const wordGain = crossing?.gain ?? 0
  const closes = /^[，。、；：！？）》”’,;:!?)%]/.test(start.head) && !(start.misreadsQuote && start.head.startsWith('”'))
  const balances = end.brackets > 0 && start.brackets < 0 && !start.misreadsQuote
  const opensAfterOpen = end.brackets <= 0 && start.brackets < 0
  const phrase = phraseAcross(end.tail, start.head)
  const items = stopsInObject(end.text) ? countedItems(start.text) : undefined
  const score =
    end.openness +
    gain +
    0.7 * Math.min(15, wordGain) +
    (closes ? 12 : 0) +
    (balances ? 3 : 0) +
    (opensAfterOpen ? -3 : 0) -
    start.startness +
    numberBonus(end, start) +
    2 * phrase.length +
    (items === undefined ? 0 : listBits)
  const proofs = { phrase: phrase !== '', items: items !== undefined, lead: completesLead, closes }
  const traits = traitsOf(end, start, head, along, wordGain)
  return {
    end,
    start,
    score,
    claim: claimOf(traits, end.isLong, proofs),
    gain,
    wordGain,
    closes,
    balances,
    ...(phrase ? { phrase } : {}),
    ...(items === undefined ? {} : { items }),
    ...(wordGain >= 3 ? { word: crossing!.word } : {})
  }
}

/** The word across the joint: as the end was read, or without its stray glyphs. */
function wordAcross({ model }: Context, end: Strand, start: Strand): Crossing | undefined {
  const tails = end.damage ? [end.tail, end.text.slice(-reach)] : [end.tail]
  const words = tails
    .flatMap((tail) => crossingWord(model.dictionary, tail, start.head) ?? [])
    .filter(({ word }) => model.dictionary.frequency(word) > 0)
  return words.reduce<Crossing | undefined>((best, word) => (best && best.gain >= word.gain ? best : word), undefined)
}

const reach = 4

/** What a list whose number adds up says for standing behind a verb that lacks its object. */
const listBits = 24

/** A number cut in two, or parted from its measure. */
function numberBonus(end: Strand, start: Strand): number {
  // Figures behind a decimal point go on with figures.
  if (/\d[.．]$/.test(end.tail)) return /^\d/.test(start.head) ? 12 : -15
  if (!/\d$/.test(end.tail)) return 0
  if (/^\d/.test(start.head)) return 6
  return /^[年月日个名家项条元万亿%％平公吨户人次座届岁米件期]/.test(start.head) ? 6 : 0
}
