import { isHan } from '@broadsheet/document'
import { diffTexts } from './diff.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { CharacterModel } from './features.ts'
import { rarity } from './rarity.ts'
import { suspicions } from './suspicion.ts'

/** One reading of a line, with what its engine says of it. */
export interface LineVoice {
  readonly text: string
  /** 0 to 1, by UTF-16 unit or for the whole line; absent when nothing is known. */
  readonly confidence?: ArrayLike<number> | number
}

/**
 * What two readings disagree about: `character`: letters and figures read otherwise. `only-first`, `only-second`: characters that the
 * other has not; `only-rare`: of these, rare characters that only the first has. `mark`: another mark. `lost-mark`: a mark that one of the two has not. `division`: the hyphen of a divided word, in one of
 * the two as a mark that says so. `blank`: blanks only.
 */
export type DifferenceKind = 'character' | 'only-first' | 'only-rare' | 'only-second' | 'mark' | 'lost-mark' | 'division' | 'blank'

/** A place where two readings differ, and which of the two was taken. */
export interface Disagreement {
  /** UTF-16 offsets into the first reading. */
  readonly from: number
  readonly to: number
  readonly first: string
  readonly second: string
  /** UTF-16 offset into the second reading. */
  readonly secondFrom: number
  /** UTF-16 offset in the resulting text. */
  readonly at: number
  readonly chosen: 'first' | 'second'
  readonly kind: DifferenceKind
  /** Above 0 for the second reading, below for the first; about the logarithm (base 2) of the odds. */
  readonly score: number
  /** What the score is the sum of. */
  readonly evidence: Readonly<Record<string, number>>
  /** Too close to be sure: the other reading is worth a look. */
  readonly close: boolean
}

export interface VoteOptions {
  readonly model?: CharacterModel
  /** What stands before the line and after it in the second reading. */
  readonly before?: string
  readonly after?: string
  /** Score added for the second reading: how much better it is known to be, in bits, at differences of each kind. */
  readonly prior?: (kind: DifferenceKind) => number
  /** Up to this score either way a vote is close. Default 2. */
  readonly closeBelow?: number
  /** Words (and pairs of Han characters) of the whole page in both readings, see `countLexicon`: what recurs is right. */
  readonly lexicon?: ReadonlyMap<string, number>
  /** Other readings of the same line: each difference they side with counts. */
  readonly witnesses?: readonly string[]
  /** Whether what only the first reading has stands elsewhere on the page of the second. */
  readonly elsewhere?: Elsewhere
}

/** What a witness of a third engine is worth, in bits. */
const witnessBits = 5
const modelCap = 7
/** How much of the language model's opinion is believed: it knows the language, not the page. */
const modelShare = 0.5

/**
 * A vote of two readings of one line, character by character (after Fiscus 1997, ROVER): where they differ the language
 * model, engine confidences, the sanity of the characters and further witnesses decide.
 */
export function voteLine(first: LineVoice, second: LineVoice, options: VoteOptions = {}): { text: string; disagreements: Disagreement[] } {
  const places = differences(first.text, second.text)
  const disagreements: Disagreement[] = []
  let text = ''
  let at = 0
  for (const place of places) {
    text += first.text.slice(at, place.from)
    at = place.to
    const evidence = weigh(place, first, second, text, options)
    const score = round(Object.values(evidence).reduce((sum, value) => sum + value, 0))
    const chosen = score > 0 ? 'second' : 'first'
    disagreements.push({
      from: place.from,
      to: place.to,
      first: place.first,
      second: place.second,
      secondFrom: place.secondFrom,
      at: text.length,
      chosen,
      kind: kindOf(place),
      score,
      evidence,
      close: Math.abs(score) < (options.closeBelow ?? 2)
    })
    text += place[chosen]
  }
  return { text: text + first.text.slice(at), disagreements }
}

interface Place {
  readonly from: number
  readonly to: number
  readonly first: string
  readonly second: string
  readonly secondFrom: number
}

function differences(first: string, second: string): Place[] {
  const places: Place[] = []
  for (const run of diffTexts(first, second, { minMove: 0 })) {
    if (run.kind === 'same') continue
    const last = places.at(-1)
    const added = run.kind === 'added'
    if (last && added && last.second === '' && last.to === run.a)
      places[places.length - 1] = { ...last, second: run.text, secondFrom: run.b }
    else
      places.push(
        added
          ? { from: run.a, to: run.a, first: '', second: run.text, secondFrom: run.b }
          : { from: run.a, to: run.a + run.text.length, first: run.text, second: '', secondFrom: run.b }
      )
  }
  return places
}

function kindOf({ first, second }: Place): DifferenceKind {
  const [a, b] = [first.trim(), second.trim()]
  const isLost = a === '' || b === ''
  if (a === b) return 'blank'
  if (divisions.has(a) && divisions.has(b)) return 'division'
  if (!/[\p{L}\p{N}]/u.test(a + b)) return isLost ? 'lost-mark' : 'mark'
  if (!isLost) return 'character'
  return a === '' ? 'only-second' : isRare(a) ? 'only-rare' : 'only-first'
}

/** How hyphens at line ends are written; the first two say that the word is divided, and not a compound. */
const divisions: ReadonlySet<string> = new Set(['¬', '\u00ad', '-', '‐', '⸗', '='])
const says = (hyphen: string): number => Number(hyphen === '¬' || hyphen === '\u00ad')

/** One or two characters that many an engine has never been taught: it leaves them out, and none makes them up. */
function isRare(text: string): boolean {
  const letters = Array.from(text).filter((char) => !/\p{P}/u.test(char))
  return letters.length <= 2 && letters.some((char) => isHan(char) && rarity(char) > 0)
}

function weigh(place: Place, first: LineVoice, second: LineVoice, before: string, options: VoteOptions): Record<string, number> {
  const after = first.text.slice(place.to, place.to + 16)
  const context = `${options.before ?? ''}${before}`.slice(-24)
  const evidence: Record<string, number> = {}
  const note = (name: string, bits: number): void => {
    if (bits !== 0) evidence[name] = round(bits)
  }
  note('prior', options.prior?.(kindOf(place)) ?? 0)
  note('languageModel', modelGain(context, place, after, options.model))
  note('length', lettersGain(place))
  note('neighbour', neighbourGain(place, first.text, context, options))
  note('elsewhere', place.second.trim() === '' && options.elsewhere?.(place.first) ? elsewhereBits : 0)
  if (kindOf(place) === 'division') note('division', divisionBits * (says(place.second.trim()) - says(place.first.trim())))
  note('dictionary', dictionaryGain(context, place, after, options.model))
  note('sanity', sanityGain(context, place, after, options.model))
  note('page', lexiconGain(context, place, after, options.lexicon))
  note('width', widthGain(place, context, after))
  note('confidence', confidenceGain(place, first, second))
  note('witness', witnessGain(place, before.slice(-3), after.slice(0, 3), options.witnesses ?? []))
  return evidence
}

/** Bits by which the second variant is the more probable text. Only Chinese is known to the model. */
function modelGain(context: string, place: Place, after: string, model: CharacterModel | undefined): number {
  if (!model || !/\p{Script=Han}/u.test(place.first + place.second + context.slice(-2) + after.slice(0, 2))) return 0
  const ahead = after.slice(0, 6)
  const cost = (variant: string): number => {
    const bits = model.surprise(context + variant + ahead)
    let sum = 0
    for (let at = context.length; at < bits.length; at++) sum += Math.min(20, bits[at]!)
    return sum
  }
  return clamp(modelShare * (cost(place.first) - cost(place.second) + lengthGain(place)), modelCap)
}

/** What a character of each kind is granted: text must not win by being shorter, and engines lose characters far oftener than they invent them. */
const grants = { han: 13, other: 5 } as const

function lengthGain(place: Place): number {
  const grant = (text: string): number =>
    Array.from(text, (char) => (isHan(char) ? grants.han : /[\s\p{Alphabetic}\p{N}]/u.test(char) ? 0 : grants.other)).reduce<number>(
      (a, b) => a + b,
      0
    )
  return grant(place.second) - grant(place.first)
}

/** What the first reading has more, the second has in the line beside it (the line was cut elsewhere), or the first has twice. */
function neighbourGain(
  { from, to, first, second }: Place,
  line: string,
  context: string,
  { before = '', after = '' }: VoteOptions
): number {
  const text = squeeze(first)
  if (text === '' || squeeze(second) !== '') return 0
  const isBeside = (to === line.length && squeeze(after).startsWith(text)) || (from === 0 && squeeze(before).endsWith(text))
  const isTwice = text.length >= runLength && squeeze(context).endsWith(text.slice(-3))
  return isBeside || isTwice ? neighbourBits : 0
}

/** A line read twice is at least so long. */
const runLength = 8
const neighbourBits = 10
const divisionBits = 4
/** As much as the page and the dictionary together, which believe what stands on the page twice. */
const elsewhereBits = 12
const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** In an alphabet, too: a letter or figure more is rather read than invented. */
function lettersGain(place: Place): number {
  const count = (text: string): number => (text.match(/[\p{Alphabetic}\p{N}\p{Sc}]/gu) ?? []).filter((char) => !isHan(char)).length
  const letters = clamp(2 * (count(place.second) - count(place.first)), 4)
  // The language model hardly believes names and slogans; that an engine made up several characters of one line is rarer still.
  const more = (place.second.match(/\p{Script=Han}/gu) ?? []).length - (place.first.match(/\p{Script=Han}/gu) ?? []).length
  return clamp(letters + 2 * Math.max(0, more - 2), 8)
}

/** Bits by which the dictionary prefers the second variant, counted a character so that length does not matter. */
function dictionaryGain(context: string, place: Place, after: string, model: CharacterModel | undefined): number {
  const segment = model?.dictionary?.segment
  if (!segment || !/\p{Script=Han}/u.test(place.first + place.second)) return 0
  const cost = (variant: string): number => {
    const text = context.slice(-4) + variant + after.slice(0, 4)
    return (segment(text).bits ?? 0) / Math.max(1, text.length)
  }
  return clamp(2 * (cost(place.first) - cost(place.second)), 5)
}

/** Fewer suspicious characters and words speak for a variant. */
function sanityGain(context: string, place: Place, after: string, model: CharacterModel | undefined): number {
  const start = context.slice(context.search(/\S*$/))
  const tail = /^\S*/.exec(after)![0]
  const expected = (variant: string): number => {
    const [suspicion] = suspicions([start + variant + tail], model)
    const words = suspicion!.words.reduce((sum, word) => sum + word.probability, 0)
    const odd = (variant.match(/[^\p{L}\p{N}\p{P}\p{Sc}\s¬]|[\ufffd\ue000-\uf8ff]/gu) ?? []).length
    return words + odd
  }
  return clamp(4 * (expected(place.first) - expected(place.second)), 6)
}

/** Words and pairs of Han characters of several texts, counted. */
export function countLexicon(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) for (const entry of entriesOf(text)) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  return counts
}

function entriesOf(text: string): string[] {
  const pairs: string[] = []
  for (let at = 0; at + 1 < text.length; at++) if (isHan(text[at]!) && isHan(text[at + 1]!)) pairs.push(text.slice(at, at + 2))
  return [...pairs, ...(text.match(/[^\s\p{Script=Han}\p{P}]+/gu) ?? [])]
}

/** In Chinese a mark is as wide as a character. */
function widthGain({ first, second }: Place, context: string, after: string): number {
  const [a, b] = [first.trim(), second.trim()]
  if (a === b || a.normalize('NFKC') !== b.normalize('NFKC') || !/\p{Script=Han}/u.test(context.slice(-2) + after.slice(0, 1))) return 0
  const wide = (text: string): number => (text.match(/[\uff01-\uff5e]/g) ?? []).length
  return clamp(3 * (wide(b) - wide(a)), 6)
}

/** How often the page itself, in both readings, says what each variant makes. Each variant stands there once by itself. */
function lexiconGain(context: string, place: Place, after: string, lexicon: ReadonlyMap<string, number> | undefined): number {
  if (!lexicon) return 0
  // Without the mark two characters of Chinese stand side by side, as they may elsewhere: that says nothing about the mark.
  const isMark = !/[\p{L}\p{N}]/u.test(place.first + place.second)
  if (isMark && isHan(context.slice(-1)) && isHan(after.slice(0, 1))) return 0
  const start = context.slice(Math.max(context.search(/[^\s\p{P}\p{Script=Han}]*$/u), 0)) || context.slice(-1)
  const left = isHan(context.slice(-1)) ? context.slice(-1) : start
  const right = isHan(after.slice(0, 1)) ? after.slice(0, 1) : /^[^\s\p{P}\p{Script=Han}]*/u.exec(after)![0]
  const weight = (variant: string): number => {
    const entries = entriesOf(left + variant + right)
    if (entries.length === 0) return 0
    return entries.reduce((sum, entry) => sum + Math.log2(Math.max(1, lexicon.get(entry) ?? 0)), 0) / entries.length
  }
  return clamp(1.5 * (weight(place.second) - weight(place.first)), 5)
}

/** Where one reading says nothing of its certainty: between that of right characters, hardly ever below 0.95, and of wrong ones. */
const usualConfidence = 0.8

function confidenceGain(place: Place, first: LineVoice, second: LineVoice): number {
  // How sure an engine was of what stands beside a character it has lost says nothing of the character.
  const a = place.first.trim() === '' ? undefined : meanConfidence(first.confidence, place.from, place.to)
  const b =
    place.second.trim() === '' ? undefined : meanConfidence(second.confidence, place.secondFrom, place.secondFrom + place.second.length)
  if (a === undefined && b === undefined) return 0
  return clamp(6 * ((b ?? usualConfidence) - (a ?? usualConfidence)), 4)
}

function meanConfidence(confidence: LineVoice['confidence'], from: number, to: number): number | undefined {
  if (confidence === undefined || typeof confidence === 'number') return confidence
  let sum = 0
  const end = Math.min(Math.max(to, from + 1), confidence.length)
  for (let at = from; at < end; at++) sum += confidence[at]!
  return end > from ? sum / (end - from) : undefined
}

function witnessGain(place: Place, left: string, right: string, witnesses: readonly string[]): number {
  let bits = 0
  for (const witness of witnesses) {
    const [sidesFirst, sidesSecond] = [place.first, place.second].map((variant) => witness.includes(left + variant + right))
    if (sidesFirst !== sidesSecond) bits += sidesSecond ? witnessBits : -witnessBits
  }
  return bits
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
