import {
  type CharacterModel,
  countContexts,
  countPairs,
  countWords,
  hanFeatures,
  hanVectors,
  strangenessOf,
  wordFeatures,
  wordVectors
} from './features.ts'

/** Weights of a logistic regression: `bias`, then one a feature. */
export interface Weights<Feature extends string> {
  readonly bias: number
  /** Share of errors among the samples they were fitted on. */
  readonly share: number
  readonly of: Readonly<Record<Feature, number>>
}

/**
 * Fitted by `bench quality --fit` on pages with truth that are not in this repository; printed there, copied here.
 * Positive: speaks for a misreading.
 */
export const hanWeights: Weights<(typeof hanFeatures)[number]> = {
  bias: -6.54,
  share: 0.01,
  of: {
    surprise: 3.77,
    surpriseNext: 1.68,
    surpriseAround: -2.07,
    strangeLeft: 0.5,
    strangeRight: 0.45,
    strangeTriple: -0.27,
    singleWord: 1.25,
    loneSingle: 1.47,
    rareSingle: 1.85,
    nameLike: -0.94,
    placeLike: 0.17,
    rare: -0.35,
    veryRare: -1.27,
    strangePage: -2.99,
    repeatedPair: -1.95,
    rival: 0.18,
    noModel: 3.86
  }
}

/** As `hanWeights`, for a word in an alphabet: the probability that something in it is misread. */
export const wordWeights: Weights<(typeof wordFeatures)[number]> = {
  bias: -1.86,
  share: 0.1274,
  of: {
    digitInside: 0.64,
    markInside: 3.62,
    caseInside: 2.6,
    noVowel: 0.94,
    consonantRun: 3.53,
    vowelRun: 3.32,
    tripleLetter: 1.02,
    loneLetter: 0.02,
    oddPair: 1.27,
    oddSymbol: 4.06,
    recurs: -0.5,
    short: 0.58,
    common: -1.74,
    nearCommonShort: 2.5,
    nearCommon: 1.4
  }
}

/** How probable it is that a text was misread, from the text alone. */
export interface Suspicion {
  /** By UTF-16 unit. */
  readonly characters: Float64Array
  /** Words in an alphabet: the probability that something in each is wrong; `odd` judges by the word alone, whatever the page. */
  readonly words: readonly { readonly from: number; readonly to: number; readonly probability: number; readonly odd: number }[]
  /** Probability for each Han character, whatever the page. */
  readonly plain: Float64Array
}

/**
 * Judges the texts of one page together: what recurs is less suspicious, and the more suspicious characters a page has, the
 * more each of them is (the page's own error rate is estimated along with them by expectation maximisation).
 */
export function suspicions(texts: readonly string[], model?: CharacterModel): Suspicion[] {
  const page = {
    ...(model ? { model } : {}),
    pairs: countPairs(texts),
    contexts: countContexts(texts),
    strangeness: strangenessOf(texts, model)
  }
  const counts = countWords(texts)
  const han = texts.map((text) => hanVectors(text, page).map((vector) => vector && oddsOf(vector, hanFeatures, hanWeights)))
  const words = texts.map((text) =>
    wordVectors(text, counts).map(({ from, to, vector }) => ({ from, to, odds: oddsOf(vector, wordFeatures, wordWeights) }))
  )
  const hanFactor = pageFactor(
    han.flatMap((line) => line.filter((odds) => odds !== undefined)),
    hanWeights.share
  )
  const wordFactor = pageFactor(
    words.flatMap((line) => line.map((word) => word.odds)),
    wordWeights.share
  )
  return texts.map((text, index) => {
    const characters = new Float64Array(text.length)
    const plain = new Float64Array(text.length)
    han[index]!.forEach((odds, at) => {
      if (odds === undefined) return
      characters[at] = probabilityOf(odds * hanFactor)
      plain[at] = probabilityOf(odds)
    })
    const judged = words[index]!.map(({ from, to, odds }) => ({
      from,
      to,
      probability: probabilityOf(odds * wordFactor),
      odd: probabilityOf(odds)
    }))
    // One misread letter spoils a word: its probability is spread over its letters.
    for (const { from, to, probability } of judged) characters.fill(probability / (to - from), from, to)
    return { characters, words: judged, plain }
  })
}

function oddsOf<Feature extends string>(vector: readonly number[], features: readonly Feature[], weights: Weights<Feature>): number {
  let sum = weights.bias
  for (const [index, feature] of features.entries()) sum += vector[index]! * weights.of[feature]
  return Math.exp(sum)
}

function probabilityOf(odds: number): number {
  return odds / (1 + odds)
}

/** What a page of average badness would have shown of itself: keeps short pages near the average. */
const pseudoCharacters = 40
const rounds = 30
/** A page about strange things looks like a bad one: only so much of what it shows is believed. */
const trust = 0.5

/** By how much the odds of a page have to be raised or lowered, given the share of errors the weights were fitted on. */
function pageFactor(odds: readonly number[], fittedShare: number): number {
  const fittedOdds = fittedShare / (1 - fittedShare)
  let share = fittedShare
  for (let round = 0; round < rounds; round++) {
    const factor = share / (1 - share) / fittedOdds
    let sum = pseudoCharacters * fittedShare
    for (const one of odds) sum += probabilityOf(one * factor)
    share = Math.min(0.5, Math.max(1e-5, sum / (odds.length + pseudoCharacters)))
  }
  return (share / (1 - share) / fittedOdds) ** trust
}
