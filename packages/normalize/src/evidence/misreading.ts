import { surnames } from '../articles/surnames.ts'
import type { LanguageModel } from '../language/language-model.ts'
import { lookAlikesOf } from '../language/look-alikes.ts'
import { isHanAt } from '../text/characters.ts'

/** A place in running text where one character may be misread, or something beside it lost. */
export interface Suspect {
  /** Offset of the character in the text. */
  readonly at: number
  /** What character and neighbour cost in the language model, in bits; more for one beside others that belong to no word either. */
  readonly bits: number
  /** Natural logarithm of the odds that it is damaged, on a page where one suspect in four is. */
  readonly logit: number
}

/**
 * Weights of a logistic regression on 20,000 suspects: what two systems read of the same 19 pages, made damage, and clean text. Costs are in
 * bits, of the character itself, of the next, and around; a look-alike is worth what it would save, less 20 bits for none of its likeness.
 */
const weights = {
  bias: 0.937,
  itself: -0.04,
  next: 0.051,
  /** For each doubling of how often the character stands alone as a word. */
  commonness: -0.161,
  besideLonely: 1.107,
  /** For each character of the run of those that belong to no word, six at most. */
  run: 0.216,
  lookAlike: 0.114,
  around: -0.104,
  beforeMark: 0.558,
  inName: -0.701,
  inQuotes: -1.399,
  /** What the page's symbols cost on average: talk and verse surprise a model of reports everywhere. */
  page: -0.166,
  /** For the logarithm of the paragraph's length. */
  length: 0.221,
  listed: -0.92
}
const oddsAtFit = Math.log(0.232 / 0.768)

/** Bits that make a character suspicious at all. */
const suspectFrom = 20
const bitsBesideLonely = 6

/** The characters of a text that stand alone in its best division into words and surprise the language model. */
export function suspectsIn(text: string, model: LanguageModel, pageBits: number, isExempt: (at: number) => boolean): Suspect[] {
  const surprise = model.surprise(text)
  const alone = standingAlone(model, text)
  const suspects: Suspect[] = []
  for (let at = 0; at < text.length; at++) {
    if (!alone[at]) continue
    const isLonely = alone[at - 1] === 1 || alone[at + 1] === 1
    const cost = surprise[at]! + (surprise[at + 1] ?? 0) + (isLonely ? bitsBesideLonely : 0)
    if (cost < suspectFrom) continue
    const commonness = Math.log2(model.dictionary.frequency(text[at]!) + 1)
    const bits = cost - commonness * 0.2
    if (bits < suspectFrom || isExempt(at)) continue
    const logit =
      weights.bias +
      weights.itself * Math.min(22, surprise[at]!) +
      weights.next * Math.min(22, surprise[at + 1] ?? 0) +
      weights.commonness * commonness +
      (isLonely ? weights.besideLonely : 0) +
      weights.run * runAround(alone, at) +
      weights.lookAlike * gainOfLookAlike(model, text, at) +
      weights.around * meanAround(surprise, at) +
      (isHanAt(text, at + 1) ? 0 : weights.beforeMark) +
      ([...text.slice(Math.max(0, at - 2), at + 1)].some((char) => surnames.includes(char)) ? weights.inName : 0) +
      (/[“《‘]/.test(text.slice(Math.max(0, at - 3), at)) ? weights.inQuotes : 0) +
      weights.page * clamp(pageBits, 7.5, 13) +
      weights.length * Math.log(clamp(text.length, 20, 400)) +
      (/[、 （(].$/.test(text.slice(Math.max(0, at - 2), at)) ? weights.listed : 0)
    suspects.push({ at, bits, logit })
  }
  return suspects
}

/** Characters of the page's own that are damaged before any is looked at: as many as two suspects in a hundred, weighing as much as thirty. */
const expected = { share: 0.02, weight: 30 }
const rounds = 40

/**
 * How probable it is that each suspect of a page is damaged. A page with many good suspects is a badly read one, and each of its suspects the
 * likelier for it: the share of damaged ones and the probabilities are found in turns (expectation-maximisation, after Saerens, Latinne and
 * Decaestecker, “Adjusting the outputs of a classifier to new a priori probabilities”, Neural Computation 14, 2002).
 */
export function probabilitiesOf(suspects: readonly Suspect[]): number[] {
  let share = 0.1
  let all: number[] = []
  for (let round = 0; round < rounds; round++) {
    const shift = Math.log(share / (1 - share)) - oddsAtFit
    all = suspects.map(({ logit }) => 1 / (1 + Math.exp(-logit - shift)))
    const sum = all.reduce((total, value) => total + value, 0)
    share = Math.min(0.9, (sum + expected.share * expected.weight) / (suspects.length + expected.weight))
  }
  return all
}

function standingAlone(model: LanguageModel, text: string): Uint8Array {
  const alone = new Uint8Array(text.length)
  let from = 0
  for (const to of model.dictionary.segment(text).ends) {
    if (to - from === 1 && isHanAt(text, from)) alone[from] = 1
    from = to
  }
  return alone
}

const longestRun = 6

function runAround(alone: Uint8Array, at: number): number {
  let run = 1
  for (let before = at - 1; run < longestRun && alone[before] === 1; before--) run++
  for (let after = at + 1; run < longestRun && alone[after] === 1; after++) run++
  return run
}

function meanAround(surprise: Float64Array, at: number): number {
  let sum = 0
  let count = 0
  for (let other = Math.max(0, at - 6); other < Math.min(surprise.length, at + 8); other++) {
    if (other === at || other === at + 1) continue
    sum += surprise[other]!
    count++
  }
  return clamp(count === 0 ? 0 : sum / count, 6, 16)
}

/** The most that a character of the same look would save, in bits, its unlikeness paid. */
function gainOfLookAlike(model: LanguageModel, text: string, at: number): number {
  const looks = lookAlikesOf(text[at]!)
  const [stands, ...others] = model.compare(
    text.slice(Math.max(0, at - 8), at),
    [text[at]!, ...looks.map(({ char }) => char)],
    text.slice(at + 1, at + 4)
  )
  const gains = looks.map(({ likeness }, index) => stands! - others[index]! - (1 - likeness) * 20)
  return clamp(Math.max(-10, ...gains), -10, 25)
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
