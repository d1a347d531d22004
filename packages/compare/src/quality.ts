import { type Block, blockText, type Change, type CleanPage, furnitureRoles, type Grade, isHan, offsetOf } from '@broadsheet/document'
import { addSigns, estimateErrors, noSigns, type TextSigns } from './calibration.ts'
import { type CharacterModel, cautiousStrangeness } from './features.ts'
import type { Ink } from './layout/ink.ts'
import { findLayoutErrors, type LayoutError } from './layout/layout-errors.ts'
import { isTraditionalText, type Models, modelFor } from './model-choice.ts'
import { blockDoubts, type ReaderDoubts, readerDoubts } from './reader-doubts.ts'
import { findOddities, type Oddity } from './sanity.ts'
import { type Suspicion, suspicions } from './suspicion.ts'

/** Without a model implausible characters are known by their rarity only. */
export interface GradeOptions extends Models {
  /** How probable an error must be for a character to be listed as a suspect. Default 0.3. */
  readonly suspectFrom?: number
  /** The page's ink (`measureInk`): with it print that nobody read is found, and boxes that lie off their print. */
  readonly ink?: Ink
}

/** How good a text is believed to be, without the truth. */
export interface TextGrade {
  readonly grade: Grade
  /** Expected share of right characters, 0 to 1. */
  readonly score: number
  /** The score of the worst twentieth: the 5th percentile of stretches of 40 characters. */
  readonly low: number
  readonly characters: number
  /** Characters believed to be wrong, missing or surplus. */
  readonly expectedErrors: number
}

export interface BlockGrade extends TextGrade {
  readonly block: string
  /** Scores of its stretches of 40 characters, in order: where a bad spot is. */
  readonly stretches: readonly number[]
  readonly findings: readonly QualityFinding[]
  readonly suspects: readonly Suspect[]
  /** What the score was estimated from. */
  readonly signs: TextSigns
  /** How strange the page's subject is to the language model, 0 to 1. */
  readonly strangeness: number
}

export interface PageGrade extends TextGrade {
  readonly page: string
  /** In reading order; empty blocks are left out. */
  readonly blocks: readonly BlockGrade[]
  /** What the grade rests on: findings of each kind, and what was available to judge by. */
  readonly evidence: Readonly<Record<string, number>>
  /** Errors of the layout, as far as boxes exist; they are counted among the evidence and cost nothing. */
  readonly layout: readonly LayoutError[]
}

/** Evidence against a block, with its place in the block's clean text. */
export interface QualityFinding extends Omit<Oddity, 'kind'> {
  readonly kind: Oddity['kind'] | 'flag' | 'proposal'
  /** The change, for flags and proposals. */
  readonly change?: string
}

/** A character (or a word in an alphabet) that is probably misread. */
export interface Suspect {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly probability: number
}

/** Least score of each grade. One error in 200 characters is print as readers know it; one in seven is unusable. */
const leastScores: readonly (readonly [Grade, number])[] = [
  ['A', 0.995],
  ['B', 0.98],
  ['C', 0.95],
  ['D', 0.85]
]

/** The grade of an expected share of right characters. */
export function gradeOfScore(score: number): Grade {
  return leastScores.find(([, least]) => score >= least)?.[0] ?? 'E'
}

/**
 * Grades a page without knowing the truth: from implausible characters (language model, rarity), from what print never has
 * (unclosed brackets, impossible dates, runs read twice), from engine confidence and disagreement, and from the doubts that
 * cleaning left. Calibrated against truth by `bench quality`.
 */
export function gradePage(clean: CleanPage, options: GradeOptions = {}): PageGrade {
  const blocks = clean.blocks.filter((block) => blockText(block) !== '')
  const texts = blocks.map(blockText)
  const model = modelFor(texts, options)
  const probabilities = suspicions(texts, model)
  const strangeness = model ? strangenessOfPage(texts, model) : 0
  const doubts = readerDoubts(clean.page)
  const notes = clean.changes.filter((change) => change.kind === 'flag' || change.status === 'proposed')
  const graded = blocks.map((block, index) =>
    gradeBlock(block, probabilities[index]!, blockDoubts(block, doubts), notes, { ...options, strangeness, model })
  )
  const counted = graded.filter((_, index) => !furnitureRoles.has(blocks[index]!.role))
  const body = counted.length > 0 ? counted : graded
  const layout = findLayoutErrors(clean.page, options.ink)
  return {
    page: clean.page.id,
    ...combineGrades(body.map((one) => one.grade)),
    blocks: graded.map((one) => one.grade),
    evidence: { ...countEvidence(graded, model !== undefined), ...countKinds(layout) },
    layout
  }
}

/** Old traditional prose is stranger to a model of modern simplified Chinese than its words, taken for simplified ones, let it appear. */
function strangenessOfPage(texts: readonly string[], model: CharacterModel): number {
  const strangeness = cautiousStrangeness(texts, model)
  if (!isTraditionalText(texts)) return strangeness
  return strangeness + Math.min(mostStranger, Math.max(0, strangeness - modernStrangeness))
}

/** Hardly a page of modern prose is as strange as this. */
const modernStrangeness = 0.4
const mostStranger = 0.15

interface Graded {
  readonly grade: BlockGrade
  readonly known: ReaderDoubts
}

/** One grade for several blocks of `gradePage`: an article, a page, an issue. */
export function combineGrades(blocks: readonly BlockGrade[]): TextGrade {
  const signs = blocks.reduce((sum, one) => addSigns(sum, one.signs), noSigns)
  const costs = blocks.reduce((sum, one) => sum + findingCosts(one.findings), 0)
  // The blocks of several pages have several subjects; each speaks for as much as there is of it.
  const strangeness = blocks.reduce((sum, one) => sum + one.strangeness * one.signs.han, 0) / Math.max(1, signs.han)
  const stretches = blocks.flatMap((one) => one.stretches)
  return { ...scored(signs, strangeness, costs), low: percentile(stretches, 0.05) }
}

function findingCosts(findings: readonly QualityFinding[]): number {
  return findings.reduce((sum, finding) => sum + finding.cost, 0)
}

function scored(signs: TextSigns, strangeness: number, costs: number): Omit<TextGrade, 'low'> {
  const { characters } = signs
  const expectedErrors = Math.min(characters, round(estimateErrors(signs, strangeness) + costs))
  const score = characters === 0 ? 1 : round(1 - expectedErrors / characters)
  return { grade: gradeOfScore(score), score, characters, expectedErrors }
}

interface Judging extends Omit<GradeOptions, 'model'> {
  readonly model: CharacterModel | undefined
  readonly strangeness: number
}

function gradeBlock(block: Block, text: Suspicion, known: ReaderDoubts, notes: readonly Change[], judging: Judging): Graded {
  const clean = blockText(block)
  const { strangeness } = judging
  const findings: QualityFinding[] = [...findOddities(clean, block.role), ...noteFindings(block, notes)]
  const count = (from: number, to: number): TextSigns => countSigns(clean, from, to, text, known, judging.model !== undefined)
  const stretches = stretchScores(clean.length, (from, to) => {
    const here = findings.filter((finding) => Math.min(finding.from, clean.length - 1) >= from && finding.from < to)
    return scored(count(from, to), strangeness, findingCosts(here)).score
  })
  const signs = count(0, clean.length)
  const wrong = text.characters.map((probability, at) => combine(probability, known, at, clean))
  const suspects = findSuspects(clean, wrong, text, judging.suspectFrom ?? 0.3)
  const low = percentile(stretches, 0.05)
  return {
    known,
    grade: {
      block: block.id,
      ...scored(signs, strangeness, findingCosts(findings)),
      low,
      stretches,
      findings,
      suspects,
      signs,
      strangeness
    }
  }
}

/** From this probability on a word counts as misread. */
const oddFrom = 0.5

function countSigns(text: string, from: number, to: number, suspicion: Suspicion, known: ReaderDoubts, model: boolean): TextSigns {
  let [characters, han, hanSuspicion, weighed, doubt] = [0, 0, 0, 0, 0]
  for (let at = from; at < to; at++) {
    if (/\s/.test(text[at]!)) continue
    characters++
    if (model && isHan(text[at]!)) {
      han++
      hanSuspicion += suspicion.plain[at]!
    }
    const sure = known.confidence?.[at]
    if (sure === undefined && !known.disagreement?.[at]) continue
    weighed++
    doubt += Math.max(known.disagreement?.[at] ? disagreementDoubt : 0, 1 - Math.min(1, Math.max(0, sure ?? 1)))
  }
  const words = suspicion.words.filter((word) => word.from >= from && word.from < to && isWord(text.slice(word.from, word.to)))
  return {
    characters,
    han,
    hanSuspicion,
    words: words.length,
    letters: words.reduce((sum, word) => sum + word.to - word.from, 0),
    oddWords: words.filter((word) => word.odd >= oddFrom).length,
    weighed,
    doubt
  }
}

/** Numbers of identity cards and parts are no words, however odd. */
function isWord(text: string): boolean {
  const letters = text.replace(/\P{L}/gu, '').length
  return letters >= 2 && letters >= text.length * 0.6
}

/** Where a second reading has something else, the first is wrong about as often as this says (before `estimateErrors` weighs it). */
const disagreementDoubt = 0.2

/** Odds of an error given what the text, the engine and a second reading say; they are taken as independent witnesses. */
function combine(fromText: number, known: ReaderDoubts, at: number, text: string): number {
  if (/\s/.test(text[at]!)) return 0
  const sure = known.confidence?.[at]
  const engine = sure === undefined ? 0 : 0.6 * (1 - Math.min(1, Math.max(0, sure))) ** 2
  const second = known.disagreement?.[at] ? 0.4 : 0
  return 1 - (1 - fromText) * (1 - engine) * (1 - second)
}

/** What a doubt of cleaning stands for, on average: how often something was wrong where it was raised (`bench quality`). */
const noteCosts = { flag: 0.15, proposal: 0.25 } as const

function noteFindings(block: Block, notes: readonly Change[]): QualityFinding[] {
  return notes.flatMap((note) => {
    const from = offsetOf(block, { region: note.region, at: note.from }) ?? offsetOf(block, { region: note.region, at: note.from - 1 })
    if (from === undefined || note.kind === 'label') return []
    const kind = note.kind === 'flag' ? 'flag' : 'proposal'
    const structural = note.kind === 'join' || note.kind === 'split'
    return [
      {
        kind,
        from,
        to: from + note.to - note.from,
        message: note.reason,
        cost: structural ? 0 : noteCosts[kind] * note.confidence,
        change: note.id
      }
    ]
  })
}

const stretchLength = 40

function stretchScores(length: number, scoreOf: (from: number, to: number) => number): number[] {
  const scores: number[] = []
  for (let from = 0; from < length; from += stretchLength) {
    const end = from + stretchLength * 2 > length ? length : from + stretchLength
    scores.push(scoreOf(from, end))
    if (end === length) break
  }
  return scores
}

/** The `share` of sorted values below the answer; the nearest value, nothing interpolated. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1
}

function findSuspects(text: string, wrong: Float64Array, { words }: Suspicion, least: number): Suspect[] {
  const suspects: Suspect[] = words
    .filter((word) => word.probability >= least)
    .map(({ from, to, probability }) => ({ from, to, text: text.slice(from, to), probability: round(probability) }))
  for (let at = 0; at < text.length; at++)
    if (wrong[at]! >= least) suspects.push({ from: at, to: at + 1, text: text[at]!, probability: round(wrong[at]!) })
  return suspects.sort((a, b) => a.from - b.from || b.to - a.to)
}

function countEvidence(graded: readonly Graded[], model: boolean): Record<string, number> {
  const counts: Record<string, number> = {
    languageModel: Number(model),
    engineConfidence: Number(graded.some((one) => one.known.confidence)),
    secondReading: Number(graded.some((one) => one.known.disagreement)),
    suspects: graded.reduce((sum, one) => sum + one.grade.suspects.length, 0)
  }
  for (const { grade } of graded) for (const finding of grade.findings) counts[finding.kind] = (counts[finding.kind] ?? 0) + 1
  return counts
}

function countKinds(errors: readonly LayoutError[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of errors) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** Six decimals: the same digits wherever the sum was made. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
