/**
 * What a stretch of text shows of itself, added up over its characters: from this its error rate is estimated. Sums of two
 * stretches, field by field, are the sums of both together.
 */
export interface TextSigns {
  /** Everything but blanks. */
  readonly characters: number
  /** Han characters that a language model could judge, and the sum of their probabilities of being misread. */
  readonly han: number
  readonly hanSuspicion: number
  /** Words in an alphabet with the letters in them, and how many of the words are probably misread. */
  readonly words: number
  readonly letters: number
  readonly oddWords: number
  /** Characters of which an engine said how sure it was, and the sum of what was lacking to certainty. */
  readonly weighed: number
  readonly doubt: number
}

export const noSigns: TextSigns = { characters: 0, han: 0, hanSuspicion: 0, words: 0, letters: 0, oddWords: 0, weighed: 0, doubt: 0 }

/** The signs of two stretches together. */
export function addSigns(a: TextSigns, b: TextSigns): TextSigns {
  return {
    characters: a.characters + b.characters,
    han: a.han + b.han,
    hanSuspicion: a.hanSuspicion + b.hanSuspicion,
    words: a.words + b.words,
    letters: a.letters + b.letters,
    oddWords: a.oddWords + b.oddWords,
    weighed: a.weighed + b.weighed,
    doubt: a.doubt + b.doubt
  }
}

/*
 * Correct text shows something too: names, old words, lists. How much, and how steeply it rises with the true error rate, was
 * measured on pages with truth (`bench quality` prints it); what chance alone may add to so few characters is granted.
 */
const hanSlope = 3.2
const hanSpread = 0.05
const wordBase = 0.01
const wordSpread = 0.1
const doubtSlope = 2.2
const doubtBase = 0.003

/** The mean suspicion of correct Chinese whose subject is as strange to the model as this (see `strangenessOf`). */
function hanBase(strangeness: number): number {
  return 0.0018 * Math.exp(4.2 * strangeness)
}

/**
 * How many characters of a stretch are probably wrong. The text's own signs and the engine's doubts are two views of the same
 * errors: the darker one counts.
 */
export function estimateErrors(signs: TextSigns, strangeness: number): number {
  const han = excess(signs.hanSuspicion, signs.han, hanBase(strangeness), hanSpread) * hanSlope * signs.han
  const words = excess(signs.oddWords, signs.words, wordBase, wordSpread) * signs.letters
  const engine = excess(signs.doubt, signs.weighed, doubtBase, 0) * doubtSlope * signs.weighed
  return Math.min(signs.characters, Math.max(han + words, engine))
}

/** What so few characters may show by their subject alone, in characters. */
const benefit = 1.5

function excess(sum: number, count: number, base: number, spread: number): number {
  return count === 0 ? 0 : Math.max(0, (sum - (spread > 0 ? benefit : 0)) / count - base - spread / Math.sqrt(count))
}
