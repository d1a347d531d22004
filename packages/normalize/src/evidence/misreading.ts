import type { LanguageModel } from '../language/language-model.ts'
import { type LookAlike, lookAlikesOf } from '../language/look-alikes.ts'
import { isDigitAt, isHanAt, isLatinAt } from '../text/characters.ts'

/** A place in running text where one character may be misread, or something beside it lost. */
export interface Suspect {
  /** Offset of the character in the text. */
  readonly at: number
  /** What character and neighbour cost in the language model, in bits; more for one beside others that belong to no word either. */
  readonly bits: number
  /** Natural logarithm of the odds that it is damaged, by itself: where on the page it stands, and how well the page was read, is not in it. */
  readonly logit: number
  /** The most that a character of the same look would save, in bits, its unlikeness paid. */
  readonly lookAlike: number
}

/**
 * Weights of a logistic regression on 30,000 suspects of pages with a truth: what engines read of real newspapers and of made scans, made
 * damage, and sound text of many kinds (news, company names, sport, opera, verse, classical quotations, traditional print), one page in two.
 */
const weights = {
  bias: 7.742,
  /** For each doubling of how often the character stands alone as a word. */
  commonness: -0.241,
  besideLonely: 1.626,
  /** What the symbols around cost on average: an unusual subject surprises everywhere. */
  around: -0.345,
  /** What the character costs where nothing stands before it: rare ones are printed because they are meant. */
  rarity: -0.175,
  behindHan: 1.036,
  beforeHan: 0.427,
  commonnessBefore: -0.075,
  commonnessAfter: -0.051,
  /** The pair with the character before it, or behind it, is remembered: a coinage of known parts. */
  knownBefore: -0.291,
  knownAfter: -0.446,
  lookAlike: 0.078,
  /** For each doubling of how often a look-alike makes a word of two, of three, with what stands beside it. */
  wordOfTwo: 0.096,
  wordOfThree: 0.269,
  /** For the logarithm of the paragraph's length. */
  length: -0.428,
  /** Of four characters between marks, in a list, with a character said again two places on, in quotes, before 公司: coined, or a name. */
  ofFour: -0.929,
  inList: -0.45,
  inParallel: -0.6,
  inQuotes: -1.009,
  ofFirm: -0.857,
  besideFigure: -0.288
}

/** Bits that make a character suspicious at all. */
const suspectFrom = 20
const bitsBesideLonely = 6

/** The characters of a text that stand alone in its best division into words and surprise the language model. */
export function suspectsIn(text: string, model: LanguageModel, isExempt: (at: number) => boolean): Suspect[] {
  const surprise = model.surprise(text)
  const alone = standingAlone(model, text)
  const suspects: Suspect[] = []
  for (let at = 0; at < text.length; at++) {
    if (!alone[at]) continue
    const isLonely = alone[at - 1] === 1 || alone[at + 1] === 1
    const cost = surprise[at]! + (surprise[at + 1] ?? 0) + (isLonely ? bitsBesideLonely : 0)
    if (cost < suspectFrom) continue
    const commonness = commonnessOf(model, text[at]!)
    const bits = cost - commonness * 0.2
    if (bits < suspectFrom || isExempt(at)) continue
    const looks = lookAlikesOf(text[at]!)
    const lookAlike = gainOfLookAlike(model, text, at, looks)
    const logit =
      weights.bias +
      weights.commonness * commonness +
      (isLonely ? weights.besideLonely : 0) +
      weights.around * meanAround(surprise, at) +
      weights.rarity * model.bits(text[at]!, unknown) +
      weights.length * Math.log(clamp(text.length, 20, 400)) +
      weights.lookAlike * lookAlike +
      weightOfWords(model, text, at, looks, alone) +
      weightOfNeighbours(model, text, at) +
      weightOfSetting(text, at)
    suspects.push({ at, bits, logit, lookAlike })
  }
  return suspects
}

/** A symbol that no model knows: behind it a character costs what it costs anywhere. */
const unknown = '\ue000'

function standingAlone(model: LanguageModel, text: string): Uint8Array {
  const alone = new Uint8Array(text.length)
  let from = 0
  for (const to of model.dictionary.segment(text).ends) {
    if (to - from === 1 && isHanAt(text, from)) alone[from] = 1
    from = to
  }
  return alone
}

const commonnessOf = ({ dictionary }: LanguageModel, word: string): number => Math.log2(dictionary.frequency(word) + 1)

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

function gainOfLookAlike(model: LanguageModel, text: string, at: number, looks: readonly LookAlike[]): number {
  const [stands, ...others] = model.compare(
    text.slice(Math.max(0, at - 8), at),
    [text[at]!, ...looks.map(({ char }) => char)],
    text.slice(at + 1, at + 4)
  )
  const gains = looks.map(({ likeness }, index) => stands! - others[index]! - (1 - likeness) * 20)
  return clamp(Math.max(-10, ...gains), -10, 25)
}

const leastLikeness = 0.55

/** What a look-alike would make a word with. */
function weightOfWords(model: LanguageModel, text: string, at: number, looks: readonly LookAlike[], alone: Uint8Array): number {
  const before = text.slice(at - 1, at)
  const after = text.slice(at + 1, at + 2)
  const [isBefore, isAfter] = [at > 0 && isHanAt(text, at - 1), isHanAt(text, at + 1)]
  let ofTwo = 0
  let ofThree = 0
  for (const { char, likeness } of looks) {
    if (likeness < leastLikeness) continue
    if (alone[at - 1] === 1) ofTwo = Math.max(ofTwo, likeness * commonnessOf(model, before + char))
    if (alone[at + 1] === 1) ofTwo = Math.max(ofTwo, likeness * commonnessOf(model, char + after))
    if (isBefore && at > 1 && isHanAt(text, at - 2))
      ofThree = Math.max(ofThree, likeness * commonnessOf(model, text[at - 2] + before + char))
    if (isAfter && isHanAt(text, at + 2)) ofThree = Math.max(ofThree, likeness * commonnessOf(model, char + after + text[at + 2]))
    if (isBefore && isAfter) ofThree = Math.max(ofThree, likeness * commonnessOf(model, before + char + after))
  }
  return weights.wordOfTwo * ofTwo + weights.wordOfThree * ofThree
}

function weightOfNeighbours(model: LanguageModel, text: string, at: number): number {
  const isBefore = at > 0 && isHanAt(text, at - 1)
  const isAfter = isHanAt(text, at + 1)
  return (
    (isBefore ? weights.behindHan : 0) +
    (isAfter ? weights.beforeHan : 0) +
    weights.commonnessBefore * commonnessOf(model, text.slice(Math.max(0, at - 1), at)) +
    weights.commonnessAfter * commonnessOf(model, text.slice(at + 1, at + 2)) +
    (isBefore && model.knows(text.slice(at - 1, at + 1)) ? weights.knownBefore : 0) +
    (isAfter && model.knows(text.slice(at, at + 2)) ? weights.knownAfter : 0)
  )
}

/** Where newspapers coin words and name firms. */
function weightOfSetting(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 8), at)
  const after = text.slice(at + 1, at + 12)
  const isRepeated = text[at + 2] === text[at] || text[at - 2] === text[at]
  return (
    (clauseLength(text, at) === 4 ? weights.ofFour : 0) +
    (/^[\u4e00-\u9fff]{0,6}、/.test(after) || /、[\u4e00-\u9fff]{0,6}$/.test(before) ? weights.inList : 0) +
    (isRepeated || (isHanAt(text, at - 1) && text[at - 1] === text[at + 1]) ? weights.inParallel : 0) +
    (/[“《‘"]/.test(before.slice(-3)) ? weights.inQuotes : 0) +
    (/^[\u4e00-\u9fff]{0,4}(?:公司|集团|股份|有限)/.test(after) ? weights.ofFirm : 0) +
    ([at - 1, at + 1].some((beside) => isDigitAt(text, beside) || isLatinAt(text, beside)) ? weights.besideFigure : 0)
  )
}

/** How many characters stand together without a mark between them, five at most. */
function clauseLength(text: string, at: number): number {
  let from = at
  while (at - from < 4 && isHanAt(text, from - 1)) from--
  let to = at + 1
  while (to - from < 5 && isHanAt(text, to)) to++
  return to - from
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
