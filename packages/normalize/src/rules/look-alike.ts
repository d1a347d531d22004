import { type Block, isReadPiece } from '@broadsheet/document'
import { type Alternative, alternativesOf } from '../evidence/alternatives.ts'
import { confidencesOf } from '../evidence/confidences.ts'
import { lookAlikesOf } from '../language/look-alikes.ts'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { barePart, isHanAt } from '../text/characters.ts'
import { isInName, isInPersonName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import { phrasesOf } from '../text/recurrence.ts'

export const lookAlike: Rule = defineRule({
  name: 'look-alike',
  phase: 'character',
  writing: 'chinese',
  summary: 'A character read as another that looks like it (具 for 县).',
  why: `What the engine itself thought of besides, and what a second engine read, is asked first: how sure it was, the sentence and its words are weighed
together, and where all of them speak for the other character it is applied. Then the characters that look alike in print: one of them has to make the sentence far
more likely, more than the likeness of the two costs, and is only proposed, since rare names lose to common ones. Where the engine was sure, figures, names known
to be right, and whatever the page says twice are left alone; so are characters inside words, unless the engine doubted them itself, and lists of names.`,
  examples: [
    {
      before: '会议要求，各区具委书记要带头落实，把高质量发展的各项任务抓好抓实。',
      after: '会议要求，各区具委书记要带头落实，把高质量发展的各项任务抓好抓实。',
      proposed: ['具 → 县']
    },
    { before: '达芬骑等二十个项目年内建成，魏玉蛟到场祝贺。', after: '达芬骑等二十个项目年内建成，魏玉蛟到场祝贺。' },
    { before: '他住在临淄，今年三十一岁，种了五亩地。', after: '他住在临淄，今年三十一岁，种了五亩地。' }
  ],
  *find(context) {
    const phrases = phrasesOf(context)
    const found = context.blocks.flatMap((block) => [...findInBlock(context, block, phrases)])
    const shown = found.filter((finding) => scoreOf(finding) >= proposesFrom).length
    for (const finding of found)
      if (isTold(finding) || scoreOf(finding) >= (shown >= shownFrom ? proposesAmongOthers : proposesFrom)) yield finding
  }
})

/** Bits a candidate that only looks alike has to save, all costs paid; fewer on a page that shows so many misread characters already. */
const proposesFrom = 10.8
const proposesAmongOthers = 9
const shownFrom = 2
const scoreOf = ({ evidence }: ReplaceFinding): number => evidence!.gainBits as number
const isTold = ({ evidence }: ReplaceFinding): boolean => evidence!.source === 'variant' || evidence!.source === 'reading'
/** How much of a candidate's commonness is taken out again: rare names should not lose to common characters for being rare. */
const commonnessOfLooks = 0.3
/** A character that does not look alike costs so much more, but may be what was printed: engines guess by language too. */
const costOfAny = 29
const mostFitting = 16
/** What a place costs on average before anything is tried there. */
const suspectFrom = 7.5
/** What a better division into words may add. */
const mostForWords = 15
const reach = 4

function* findInBlock(context: Context, block: Block, phrases: ReadonlyMap<string, number>): Generator<ReplaceFinding> {
  const looks = isProse(block) || block.role === 'heading' || block.role === 'kicker'
  const told = toldOf(context, block)
  if (!looks && told.alternatives.size === 0) return
  const text = context.textOf(block)
  const surprise = context.model.surprise(text)
  const inWord = coveredByWords(context, text)
  const isSentences = looks && readsAsWords(text, inWord)
  let last = -reach
  for (let at = 0; at < text.length; at++) {
    if (!isHanAt(text, at) || isGuarded(text, at, phrases, context.names)) continue
    const others = told.alternatives.get(at)
    const finding =
      (others && bestTold(context, block, text, at, others)) ??
      (!isSentences ||
      inWord[at] ||
      isInPersonName(text, at) ||
      at - last < reach ||
      told.sure?.[at] ||
      costAround(surprise, at) < suspectFrom * reach
        ? undefined
        : bestLooking(context, block, text, at))
    if (!finding) continue
    last = at
    yield finding
  }
}

function costAround(surprise: Float64Array, at: number): number {
  let sum = 0
  for (let index = at, left = reach; left > 0 && index < surprise.length; index++, left--) sum += surprise[index]!
  return sum
}

/** In a list of names hardly a character is part of a word: there looks and language know nothing. */
function readsAsWords(text: string, inWord: Uint8Array): boolean {
  let han = 0
  let covered = 0
  for (let at = 0; at < text.length; at++)
    if (isHanAt(text, at)) {
      han++
      covered += inWord[at]!
    }
  return covered >= han * leastInWords
}

const leastInWords = 0.5

/** Characters inside a word of two or more in the most probable division. */
function coveredByWords({ model }: Context, text: string): Uint8Array {
  const covered = new Uint8Array(text.length)
  let from = 0
  for (const to of model.dictionary.segment(text).ends) {
    if (to - from >= 2) covered.fill(1, from, to)
    from = to
  }
  return covered
}

const barePartsOnly = new RegExp(barePart.source, 'u')
const numerals = /[一二三四五六七八九十百千万亿两〇零日月年元]/

function isGuarded(text: string, at: number, phrases: ReadonlyMap<string, number>, names: ReadonlySet<string>): boolean {
  // A bare part of a character is too much rather than misread: what it is, only the scan shows.
  if (numerals.test(text[at]!) || barePartsOnly.test(text[at]!)) return true
  for (const from of [at - 1, at]) if ((phrases.get(text.slice(from, from + 2)) ?? 0) >= 2) return true
  return isInName(text, at, names)
}

/** What the engine said besides of the characters of a block, by their offsets in its text. */
interface Told {
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>
  /** 1 where it was sure of what it read; undefined where it does not say. */
  readonly sure: Uint8Array | undefined
}

/** From here on the engine's word counts for more than looks and language. */
const sureFrom = 0.97

function toldOf({ regions }: Context, block: Block): Told {
  const alternatives = new Map<number, readonly Alternative[]>()
  let sure: Uint8Array | undefined
  let start = 0
  for (const piece of block.pieces) {
    const region = isReadPiece(piece) ? regions.get(piece.region) : undefined
    if (region && isReadPiece(piece) && region.lines.some((line) => line.words || line.readings)) {
      addWithin(piece.at, piece.text.length, start, alternativesOf(region), alternatives)
      const confidences = confidencesOf(region)
      if (confidences) {
        sure ??= new Uint8Array(block.pieces.reduce((sum, { text }) => sum + text.length, 0))
        for (let at = 0; at < piece.text.length; at++) if (confidences[piece.at + at]! >= sureFrom) sure[start + at] = 1
      }
    }
    start += piece.text.length
  }
  return { alternatives, sure }
}

/** Asks place by place: a block in many pieces does not look through the region's alternatives for each. */
function addWithin(
  from: number,
  length: number,
  start: number,
  all: ReadonlyMap<number, readonly Alternative[]>,
  found: Map<number, readonly Alternative[]>
): void {
  if (all.size === 0) return
  for (let at = 0; at < length; at++) {
    const alternatives = all.get(from + at)
    if (alternatives)
      found.set(
        start + at,
        alternatives.filter(({ text }) => isHanAt(text, 0))
      )
  }
}

interface Scored {
  readonly text: string
  readonly score: number
  readonly source: 'variant' | 'reading' | 'look' | 'sense'
}

/**
 * What the engine's own doubt is worth beside the language: bits of the sentence, of its division into words, of the engine's certainty, and of
 * how common the characters are by themselves. The last is taken out again: the engine has guessed by it already, and rare names would
 * lose to common characters once more. Weights measured on scans that were read at 110 dots an inch.
 */
const weights = { sentence: 0.4, words: 1, certainty: 1.5, commonness: 1 } as const
const proposesTold = 3
const appliesTold = 13
const mostForToldWords = 12
const leastConfidence = 1e-4

function bestTold(context: Context, block: Block, text: string, at: number, others: readonly Alternative[]): ReplaceFinding | undefined {
  const pool = others.filter(({ text: char }) => char !== text[at] && !numerals.test(char))
  if (pool.length === 0) return undefined
  const { model } = context
  const chars = pool.map((candidate) => candidate.text)
  const [stands, ...bits] = model.compare(text.slice(Math.max(0, at - 8), at), [text[at]!, ...chars], text.slice(at + 1, at + reach))
  const divided = divisionBits(context, text, at, text[at]!)
  const ranked = pool
    .map(({ text: char, confidence, against, source }, index): Scored => {
      const words = Math.max(-mostForToldWords, Math.min(mostForToldWords, divided - divisionBits(context, text, at, char)))
      const certainty = Math.log2(Math.max(leastConfidence, against) / Math.max(leastConfidence, confidence))
      const score =
        weights.sentence * (stands! - bits[index]!) +
        weights.words * words -
        weights.certainty * certainty -
        weights.commonness * commoner(context, char, text[at]!)
      return { text: char, score: Math.round(score * 10) / 10, source }
    })
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
  const best = ranked[0]!
  if (best.score < proposesTold) return undefined
  const certain = best.score >= appliesTold
  return findingOf(block, text, at, ranked, { confidence: certain ? 0.93 : 0.7, certainty: certain ? 'certain' : 'probable' })
}

/** How much commoner one character is than another, in bits. */
function commoner({ model }: Context, char: string, other: string): number {
  return Math.log2((model.dictionary.frequency(char) + 1) / (model.dictionary.frequency(other) + 1))
}

function bestLooking(context: Context, block: Block, text: string, at: number): ReplaceFinding | undefined {
  const ranked = rankLooking(context, text, at)
  return ranked[0] && ranked[0].score >= proposesAmongOthers
    ? findingOf(block, text, at, ranked, { confidence: 0.6, certainty: 'probable' })
    : undefined
}

function findingOf(
  block: Block,
  text: string,
  at: number,
  ranked: readonly Scored[],
  certainty: Pick<ReplaceFinding, 'confidence' | 'certainty'>
): ReplaceFinding {
  const best = ranked[0]!
  return {
    kind: 'replace',
    block: block.id,
    from: at,
    to: at + 1,
    after: best.text,
    reason: reasonFor(text[at]!, best),
    ...certainty,
    evidence: { gainBits: best.score, source: best.source },
    candidates: distinct(ranked)
      .slice(0, 5)
      .map(({ text: char, score }) => ({ text: char, score }))
  }
}

function rankLooking(context: Context, text: string, at: number): Scored[] {
  const { model } = context
  const before = text.slice(Math.max(0, at - 8), at)
  const all = [
    ...lookAlikesOf(text[at]!).map(({ char, likeness }) => ({ text: char, cost: 10 + (1 - likeness) * 20, source: 'look' as const })),
    ...model.likely(before, mostFitting).map((char) => ({ text: char, cost: costOfAny, source: 'sense' as const }))
  ].filter(({ text: char }) => isHanAt(char, 0) && char !== text[at] && !numerals.test(char))
  const pool = mostLikely(model, before, all)
  const [stands, ...bits] = model.compare(before, [text[at]!, ...pool.map((candidate) => candidate.text)], text.slice(at + 1, at + reach))
  const divided = divisionBits(context, text, at, text[at]!)
  return pool
    .map(({ text: char, cost, source }, index): Scored => {
      const gain = stands! - bits[index]! - cost - commonnessOfLooks * commoner(context, char, text[at]!)
      const words = gain > proposesAmongOthers - mostForWords - 1 ? divided - divisionBits(context, text, at, char) : 0
      return { text: char, score: Math.round((gain + Math.min(mostForWords, words)) * 10) / 10, source }
    })
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
}

/** Those that go best with what stands before, their likeness counted: the rest is not worth reading on with. */
function mostLikely<T extends { readonly text: string; readonly cost: number }>(
  model: Context['model'],
  before: string,
  candidates: readonly T[]
): T[] {
  const bits = model.compare(
    before,
    candidates.map(({ text }) => text),
    ''
  )
  return candidates
    .map((candidate, index) => ({ candidate, cost: bits[index]! + candidate.cost }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, worthReadingOn)
    .map(({ candidate }) => candidate)
}

const worthReadingOn = 12

function distinct(ranked: readonly Scored[]): Scored[] {
  return ranked.filter(({ text, score }, index) => score > 0 && ranked.findIndex((other) => other.text === text) === index)
}

function divisionBits({ model }: Context, text: string, at: number, char: string): number {
  return model.dictionary.segment(text.slice(Math.max(0, at - 4), at) + char + text.slice(at + 1, at + 5)).bits
}

function reasonFor(char: string, { text, source }: Scored): string {
  if (source === 'variant') return `The engine itself thought of “${text}” for “${char}”, and the sentence is far more likely with it.`
  if (source === 'reading') return `Another engine read “${text}” for “${char}”, and the sentence is far more likely with it.`
  if (source === 'sense') return `With “${text}” for “${char}” the sentence is far more likely, though the two hardly look alike.`
  return `“${text}” looks like “${char}”, and the sentence is far more likely with it.`
}
