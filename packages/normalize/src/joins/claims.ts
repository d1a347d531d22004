import type { Traits } from './traits.ts'

type Weights = Readonly<Partial<Record<keyof Traits, number>>> & { readonly base: number }

/** Weights as a list: they are summed for every pair of a page. */
interface Sum {
  readonly base: number
  readonly weights: readonly (readonly [name: keyof Traits, weight: number])[]
}

function listed({ base, ...weights }: Weights): Sum {
  return { base, weights: Object.entries(weights) as [keyof Traits, number][] }
}

/** What is known besides: a phrase, a sum, a pattern that the joint completes, a closing mark that nothing can begin with. */
export interface Proofs {
  readonly phrase: boolean
  readonly items: boolean
  readonly lead: boolean
  readonly closes: boolean
}

/** What is said for a start following an end, apart: by the start, by the two together, by the end. Bits. */
export interface Claim {
  /** The start goes on from somewhere; it does not begin a paragraph. */
  readonly goesOn: number
  /** It goes on from this end; it is not the rest of another text. */
  readonly overRest: number
  /** The end breaks off; it is not complete. */
  readonly breaksOff: number
}

export function claimOf(traits: Traits, isLong: boolean, proofs: Proofs): Claim {
  return {
    goesOn:
      sum(goesOn, traits) +
      paragraphBits * (traits.overParagraph - traits.overOthers) +
      sentenceBits * (traits.overSentence - traits.overOthers),
    overRest: sum(overRest, traits) + proven(proofs),
    breaksOff: sum(isLong ? longBreaksOff : shortBreaksOff, traits)
  }
}

function proven(proofs: Proofs): number {
  let proven = 0
  for (const [name, bits] of Object.entries(proofBits)) if (proofs[name as keyof Proofs]) proven += bits
  return proven
}

/** What a phrase across the joint is worth that the page has whole elsewhere. */
export const phraseBits = 5

const proofBits: Readonly<Record<keyof Proofs, number>> = { phrase: phraseBits, items: 14, lead: 12, closes: 9 }

function sum({ base, weights }: Sum, traits: Traits): number {
  let bits = base
  for (const [name, weight] of weights) bits += weight * traits[name]
  return bits
}

/** What a start is worth as the rest of any text, for every bit that the model loses by taking it for a paragraph or a sentence. */
const paragraphBits = 0.08
const sentenceBits = 0.29

/*
 * What each trait is worth, in bits: logistic regression on paragraphs of printed newspapers cut at random (1,300 of them): their starts against beginnings,
 * their ends against lost marks and headings, pairs against the rest of another; rounded, and the rare traits held back (`scripts/weigh-joins.mjs`).
 */

const goesOn: Sum = listed({
  base: 1,
  startsSpeaking: -3.1,
  startsPhrase: -4.1,
  startsDated: -2,
  marksAtOnce: 0.6,
  marksLate: -0.5,
  stopsSoon: 0.9,
  startsList: 0.8
})

const overRest: Sum = listed({
  base: -1.7,
  overSentence: 0.14,
  overOthers: 0.27,
  wordBits: 0.26,
  word: 1.4,
  endsOnComma: 0.8,
  endsOnListMark: -0.2,
  dangles: 0.2,
  endsOnFigure: -0.6,
  figureGoesOn: 3,
  isOpened: -1.5,
  closesOpened: 4,
  closesNothing: -3,
  startsSpeaking: 0.9,
  startsPhrase: 0.2,
  marksAtOnce: -0.7,
  stopsSoon: -0.2,
  startsList: -0.2,
  listGoesOn: 1.5
})

const longBreaksOff: Sum = listed({
  base: -2.9,
  stop: 0.47,
  comma: 0.39,
  endsOnComma: 1.8,
  endsOnListMark: 2.7,
  dangles: 1.1,
  endsOnFigure: 2.9,
  isOpened: 1.1,
  lastClause: -1.95,
  lastClauseIsStump: 5
})

const shortBreaksOff: Sum = listed({
  base: -7.2,
  stop: 0.17,
  comma: 0.43,
  endsOnComma: 1.1,
  endsOnListMark: 2.1,
  dangles: 2.3,
  endsOnFigure: 2.6,
  isOpened: 3,
  lastClause: -1.2,
  lastClauseIsStump: 2.6,
  hasClause: 2.1,
  length: 2,
  endIsDated: 2.1,
  endOpens: 2.5
})
