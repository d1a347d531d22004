import { isHan } from '@broadsheet/document'
import { isKnownWord, isNearCommon } from './common-words.ts'
import { rarity } from './rarity.ts'

/** What `gradePage` needs to know of a language. `LanguageModel` of the normalize package is one. */
export interface CharacterModel {
  /** Bits of surprise for every UTF-16 unit of `text`, which begins a paragraph. */
  surprise(text: string): ArrayLike<number>
  /** Whether the model has seen these few characters in a row. */
  knows?(symbols: string): boolean
  readonly dictionary?: {
    /** The most probable division into words, and what it costs in bits. */
    segment(text: string): { readonly ends: readonly number[]; readonly bits?: number }
    /** Occurrences of a word; 0 for none. */
    frequency?(word: string): number
  }
}

/** What a page knows about its characters beside their text. */
export interface PageKnowledge {
  readonly model?: CharacterModel
  /** How often each pair of characters stands on the page. */
  readonly pairs: ReadonlyMap<string, number>
  /** For each context of two neighbours, which characters stand there on the page and how often. */
  readonly contexts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** How strange the page's subject is to the model: surprise inside whole words, 0 to 1. Misreadings hardly touch it. */
  readonly strangeness: number
}

/** The features of a Han character, in the order of a vector. All lie between 0 and about 1. */
export const hanFeatures = [
  'surprise',
  'surpriseNext',
  'surpriseAround',
  'strangeLeft',
  'strangeRight',
  'strangeTriple',
  'singleWord',
  'loneSingle',
  'rareSingle',
  'nameLike',
  'placeLike',
  'rare',
  'veryRare',
  'strangePage',
  'repeatedPair',
  'rival',
  'noModel'
] as const

/** One vector for every Han character of a text; undefined elsewhere. Index: UTF-16 offset. */
export function hanVectors(text: string, page: PageKnowledge): (readonly number[] | undefined)[] {
  const { model } = page
  const bits = model?.surprise(text)
  const single = model?.dictionary ? singleWords(text, model.dictionary.segment(text).ends) : undefined
  const vectors = new Array<readonly number[] | undefined>(text.length)
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (!isHan(char)) continue
    const [left, right] = [text[at - 1] ?? '', text[at + 1] ?? '']
    const strangeLeft = isHan(left) && !knows(model, left + char)
    const strangeRight = isHan(right) && !knows(model, char + right)
    const next = isHan(right) ? cap(bits?.[at + 1]) : 0
    const rank = rarity(char)
    vectors[at] = [
      cap(bits?.[at]),
      next,
      (cap(bits?.[at]) + next + cap(bits?.[at + 2])) / 3,
      Number(strangeLeft),
      Number(strangeRight),
      Number(isHan(left) && isHan(right) && strangeLeft && strangeRight),
      single?.[at] ?? 0,
      (single?.[at] ?? 0) * Math.max(single?.[at - 1] ?? 0, single?.[at + 1] ?? 0),
      (single?.[at] ?? 0) * rareness(model, char),
      Number(isNameLike(text, at, single)),
      Number(placeEnd.test(text.slice(at + 1, at + 3))),
      Number(rank === 1),
      Number(rank >= 2),
      page.strangeness,
      Number((page.pairs.get(left + char) ?? 0) > 1 || (page.pairs.get(char + right) ?? 0) > 1),
      Number(hasRival(page, text, at)),
      Number(bits === undefined)
    ]
  }
  return vectors
}

/** The mean surprise of characters inside words of two or more, of a whole page. */
export function strangenessOf(texts: readonly string[], model: CharacterModel | undefined): number {
  const { sum, count } = surpriseInWords(texts, model)
  return count < 100 ? usualStrangeness : sum / count
}

/** As `strangenessOf`, but a short text is believed to be strange until it shows that it is not. */
export function cautiousStrangeness(texts: readonly string[], model: CharacterModel): number {
  const { sum, count } = surpriseInWords(texts, model)
  return (sum + 100 * greatStrangeness) / (count + 100)
}

const usualStrangeness = 0.3
const greatStrangeness = 0.55

function surpriseInWords(texts: readonly string[], model: CharacterModel | undefined): { sum: number; count: number } {
  let [sum, count] = [0, 0]
  for (const text of texts) {
    if (!model?.dictionary) continue
    const bits = model.surprise(text)
    const single = singleWords(text, model.dictionary.segment(text).ends)
    for (let at = 0; at < text.length; at++) {
      if (single[at] === 1 || !isHan(text[at]!)) continue
      sum += cap(bits[at])
      count++
    }
  }
  return { sum, count }
}

const contextsAt: readonly (readonly [number, number])[] = [
  [-1, 1],
  [-2, -1],
  [1, 2]
]

function contextKey(text: string, at: number, [first, second]: readonly [number, number]): string | undefined {
  const [left, right] = [text[at + first] ?? '', text[at + second] ?? '']
  return isHan(left) && isHan(right) ? `${first}${left}${right}` : undefined
}

/** Elsewhere on the page another character stands between the same neighbours, and more often. */
function hasRival(page: PageKnowledge, text: string, at: number): boolean {
  return contextsAt.some((context) => {
    const key = contextKey(text, at, context)
    const centres = key === undefined ? undefined : page.contexts.get(key)
    if (!centres) return false
    const own = centres.get(text[at]!) ?? 0
    return own === 1 && [...centres.values()].some((count) => count > 1)
  })
}

/** What stands between which neighbours on a page. */
export function countContexts(texts: readonly string[]): Map<string, Map<string, number>> {
  const contexts = new Map<string, Map<string, number>>()
  for (const text of texts)
    for (let at = 0; at < text.length; at++) {
      if (!isHan(text[at]!)) continue
      for (const context of contextsAt) {
        const key = contextKey(text, at, context)
        if (key === undefined) continue
        const centres = contexts.get(key) ?? new Map<string, number>()
        centres.set(text[at]!, (centres.get(text[at]!) ?? 0) + 1)
        contexts.set(key, centres)
      }
    }
  return contexts
}

/** Twenty bits, a character in a million, is as surprising as anything gets. */
function cap(bits: number | undefined): number {
  return Math.min(20, Math.max(0, bits ?? 0)) / 20
}

function knows(model: CharacterModel | undefined, pair: string): boolean {
  return model?.knows?.(pair) ?? true
}

const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
)
const placeEnd = /^.?[县镇乡村市区屯庄]/u

/** The second or third character behind a surname that is no part of a word: any character may stand in a name. */
function isNameLike(text: string, at: number, single: Uint8Array | undefined): boolean {
  return [1, 2].some((back) => surnames.has(text[at - back] ?? '') && single?.[at - back] === 1)
}

/** 0 for a character that is a word of its own in every text, 1 for one that never is. */
function rareness(model: CharacterModel | undefined, char: string): number {
  const frequency = model?.dictionary?.frequency?.(char) ?? 0
  return Math.max(0, 1 - Math.log2(1 + frequency) / 16)
}

function singleWords(text: string, ends: readonly number[]): Uint8Array {
  const single = new Uint8Array(text.length)
  let from = 0
  for (const end of ends) {
    if (end - from === 1) single[from] = 1
    from = end
  }
  return single
}

/** Counts the pairs of Han characters of a page. */
export function countPairs(texts: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>()
  for (const text of texts)
    for (let at = 0; at + 1 < text.length; at++) {
      if (!isHan(text[at]!) || !isHan(text[at + 1]!)) continue
      const pair = text.slice(at, at + 2)
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
  return pairs
}

/** The features of a word in an alphabet, in the order of a vector. */
export const wordFeatures = [
  'digitInside',
  'markInside',
  'caseInside',
  'noVowel',
  'consonantRun',
  'vowelRun',
  'tripleLetter',
  'loneLetter',
  'oddPair',
  'oddSymbol',
  'recurs',
  'short',
  'common',
  'nearCommonShort',
  'nearCommon'
] as const

const oddPairs =
  /[bcdfghjkmnpqrstvwxz]{2}(?=j)|q(?!u)|vv|[jqxz][bcdfghjklmnpqrstvwx]|uu|ii|[bcdfgjkpqtvwxz]h?x|hj|kq|lv[^aeiouy]|tii|rn[^aeiouy\s]|[a-z]1|tlie|\bth[^aeiouryw'’]|yy|wv|vw|iil|lil/iu

const wordShapes: readonly RegExp[] = [
  /\p{L}\d|\d(?!(?:st|nd|rd|th|\p{L})$)\p{L}/u,
  /\p{L}[^\p{L}\p{M}\p{N}\s'’\-–—‐⸗¬.&/]\p{L}/u,
  /\p{Ll}\p{Lu}/u,
  /^[^\p{L}]*(?![^\s]*[aeiouyäöüéèàâêîôûœæAEIOUYÄÖÜ])\p{L}{3,}[^\p{L}]*$/u,
  /[bcdfghjklmnpqrstvwxz]{5}/iu,
  /[aeiou]{4}/iu,
  /(\p{L})\1\1/u,
  /^[^\p{L}]*(?![aAIOo])\p{L}[^\p{L}]*$/u,
  oddPairs,
  /[~^*|_\\<>{}©®•■□�=#@+§¦«»]/u
]

/** The words of a text in an alphabet, with their features. */
export function wordVectors(text: string, counts: ReadonlyMap<string, number>): { from: number; to: number; vector: readonly number[] }[] {
  return [...text.matchAll(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu)]
    .filter((match) => /[\p{L}~^*|_\\<>{}©®•■□�]/u.test(match[0]) && match[0].length <= 200)
    .map((match) => ({ from: match.index, to: match.index + match[0].length, vector: wordVector(match[0], counts) }))
}

function wordVector(word: string, counts: ReadonlyMap<string, number>): number[] {
  const plain = plainSpelling(word)
  return [
    ...wordShapes.map((shape) => Number(shape.test(plain))),
    Number((counts.get(word.toLowerCase()) ?? 0) > 1),
    Number(word.length <= 2),
    ...commonness(plain.toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''), /^\p{L}{1,4}\.[^\p{L}]*$/u.test(word))
  ]
}

/** Long s as s, letters without marks, the one sound of sch, ch and ck as one letter, Roman figures as a common word: none of them is odd. */
function plainSpelling(word: string): string {
  if (/^[^\p{L}]*[IVXLCM]{2,}[^\p{L}]*$/u.test(word)) return 'the'
  return word
    .replace(/ſ/g, 's')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\p{L})s?ch(?=\p{L})|(?<=\p{L})ck(?=\p{L})/giu, (found) => found.at(-1)!)
}

/** An abbreviation is near many words without being meant for any. */
function commonness(word: string, abbreviation: boolean): number[] {
  const near = !abbreviation && isNearCommon(word)
  return [Number(isKnownWord(word)), Number(near && word.length <= 3), Number(near && word.length > 3)]
}

/** Counts the words of a page. */
export function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const [word] of text.toLowerCase().matchAll(/[^\s\p{Script=Han}]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
