import { type Block, isReadPiece } from '@broadsheet/document'
import { type Alternative, alternativesOf } from '../evidence/alternatives.ts'
import { confidencesOf } from '../evidence/confidences.ts'
import { commoner, rivalsAt } from '../evidence/noisy-channel.ts'
import { averageBits, bitsAround } from '../evidence/surprise.ts'
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
  why: `What the engine itself thought of besides, and what a second engine read, is asked first: how sure it was, the sentence, its words and what the
page says elsewhere are weighed together into how probable the other character is, as measured on scans. What is more likely than not is proposed; what is all but
certain is applied, but in dates, names, what the page says twice and beside what is doubted itself. Then the characters that look alike in print: one of them has to make the sentence far
more likely, more than the likeness of the two costs, and is only proposed, since rare names lose to common ones; more is asked where the page or the lines
round it surprise everywhere, as recipes, plays and verse do, and of rare characters, which are printed because they are meant. There figures, what the engine was sure of, whatever the page says twice,
characters inside words and lists of names are left alone. A figure is never taken for another figure, and names known to be right are never touched.`,
  examples: [
    {
      before: '会议要求，各区具委书记要带头落实，把高质量发展的各项任务抓好抓实。',
      after: '会议要求，各区具委书记要带头落实，把高质量发展的各项任务抓好抓实。',
      proposed: ['具 → 县']
    },
    { before: '达芬骑等二十个项目年内建成，魏玉蛟到场祝贺。', after: '达芬骑等二十个项目年内建成，魏玉蛟到场祝贺。' },
    { before: '电磨快是快，磨出来的面发烫，烙饼不筋道。', after: '电磨快是快，磨出来的面发烫，烙饼不筋道。' },
    {
      before: '书说完哉，雨也停哉，诸位慢走。散板转二六，气口、擞音、擞腔无一不从乃师。',
      after: '书说完哉，雨也停哉，诸位慢走。散板转二六，气口、擞音、擞腔无一不从乃师。'
    },
    { before: '他住在临淄，今年三十一岁，种了五亩地。', after: '他住在临淄，今年三十一岁，种了五亩地。' }
  ],
  *find(context) {
    const phrases = phrasesOf(context)
    const language = averageBits(context.model, context.blocks.filter(isProse).map(context.textOf))
    const found = context.blocks.flatMap((block) => [...findInBlock(context, block, phrases, language)])
    const shown = found.filter(({ surplus }) => surplus >= 0).length
    for (const { surplus, finding } of found) if (surplus >= (shown >= shownFrom ? -lessAmongOthers : 0)) yield finding
  }
})

/** A finding, and how many bits more it saves than are asked of it: any number will do where the engine itself thought of the character. */
interface Weighed {
  readonly finding: ReplaceFinding
  readonly surplus: number
}

/**
 * Bits a candidate that only looks alike has to save, all costs paid: the more, the more surprising the language of the page is, and of the lines round it,
 * and the rarer the character that stands there. In a recipe or a play everything surprises, and a rare character is printed because it is meant.
 * From a logistic regression on pages with made damage and sound text of many registers.
 */
const asked = { least: -14.4, page: 0.95, around: 1.4, rarity: 0.6 }
/** So many bits fewer are asked on a page that shows so many misread characters already. */
const lessAmongOthers = 4
const shownFrom = 2
/** Fewer bits speak for nothing anywhere. */
const proposesFrom = 6
const scoreOf = ({ evidence }: ReplaceFinding): number => evidence!.gainBits as number
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

function* findInBlock(context: Context, block: Block, phrases: ReadonlyMap<string, number>, language: number): Generator<Weighed> {
  const looks = isProse(block) || block.role === 'heading' || block.role === 'kicker'
  const said = toldOf(context, block)
  if (!looks && said.alternatives.size === 0) return
  const text = context.textOf(block)
  const surprise = context.model.surprise(text)
  const inWord = coveredByWords(context, text)
  const isSentences = looks && readsAsWords(text, inWord)
  let last = -reach
  for (let at = 0; at < text.length; at++) {
    if (!isHanAt(text, at) || isInName(text, at, context.names)) continue
    const others = said.alternatives.get(at)
    const guarded = isGuarded(text, at, phrases)
    const inName = isInPersonName(text, at)
    const told =
      others && bestTold(context, block, text, at, others, { phrases, mayApply: !guarded && !inName && standsFirm(text, at, said) })
    if (told) {
      last = at
      yield { finding: told, surplus: Number.POSITIVE_INFINITY }
      continue
    }
    if (!isSentences || guarded || inWord[at] || inName || at - last < reach) continue
    if (said.sure?.[at] || costAround(surprise, at) < suspectFrom * reach) continue
    const finding = bestLooking(context, block, text, at)
    if (!finding) continue
    last = at
    yield { finding, surplus: scoreOf(finding) - bitsAsked(context, text[at]!, language, bitsAround(surprise, at)) }
  }
}

function bitsAsked({ model }: Context, char: string, language: number, around: number): number {
  const rarity = model.bits(char, unknown)
  return Math.max(proposesFrom, asked.least + asked.page * language + asked.around * around + asked.rarity * rarity)
}

/** A symbol that no model knows: behind it a character costs what it costs anywhere. */
const unknown = '\ue000'

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

/** Where language and looks have no say, and the engine's own doubt is not enough to alter anything. */
function isGuarded(text: string, at: number, phrases: ReadonlyMap<string, number>): boolean {
  // A bare part of a character is too much rather than misread: what it is, only the scan shows.
  if (numerals.test(text[at]!) || barePartsOnly.test(text[at]!)) return true
  return [at - 1, at].some((from) => (phrases.get(text.slice(from, from + 2)) ?? 0) >= 2)
}

/** What the engine said besides of the characters of a block, by their offsets in its text. */
interface Told {
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>
  /** 1 where it was sure of what it read; undefined where it does not say. */
  readonly sure: Uint8Array | undefined
}

/** What stands beside the place was read surely: a sentence with two doubtful characters in a row proves neither. */
function standsFirm(text: string, at: number, { sure }: Told): boolean {
  return [at - 1, at + 1].every((beside) => !isHanAt(text, beside) || sure?.[beside] !== 0)
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

/** What else decides over a place that the engine doubted. */
interface Leave {
  readonly phrases: ReadonlyMap<string, number>
  /** No name, no figure, nothing that the page says twice. */
  readonly mayApply: boolean
}

/** How probable a character has to be before it is proposed, and before it is applied. */
const proposesTold = 0.6
const appliesTold = 0.995

/** Between figures the language cannot tell. */
const figures = /[一二三四五六七八九十两〇零]/

function bestTold(
  context: Context,
  block: Block,
  text: string,
  at: number,
  others: readonly Alternative[],
  { phrases, mayApply }: Leave
): ReplaceFinding | undefined {
  const pool = figures.test(text[at]!) ? others.filter(({ text: char }) => !figures.test(char)) : others
  const rivals = rivalsAt(context, text, at, pool, phrases)
  const best = rivals[0]
  if (best === undefined || best.probability < proposesTold) return undefined
  const right = Math.max(1e-6, 1 - rivals.reduce((sum, { probability }) => sum + probability, 0))
  const ranked = rivals.map(
    ({ probability, ...rival }): Scored => ({ ...rival, score: Math.round(Math.log2(probability / right) * 10) / 10 })
  )
  const certain = mayApply && best.probability >= appliesTold && !numerals.test(best.text)
  return findingOf(block, text, at, ranked, {
    confidence: Math.min(0.99, Math.round(best.probability * 100) / 100),
    certainty: certain ? 'certain' : 'probable'
  })
}

function bestLooking(context: Context, block: Block, text: string, at: number): ReplaceFinding | undefined {
  const ranked = rankLooking(context, text, at)
  return ranked[0] && ranked[0].score >= proposesFrom - lessAmongOthers
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
      const words = gain > proposesFrom - lessAmongOthers - mostForWords ? divided - divisionBits(context, text, at, char) : 0
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
