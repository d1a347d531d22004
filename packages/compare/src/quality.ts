import { type Block, blockText, type Change, type CleanPage, furnitureRoles, type Grade, offsetOf } from '@broadsheet/document'
import type { CharacterModel } from './features.ts'
import { blockDoubts, type ReaderDoubts, readerDoubts } from './reader-doubts.ts'
import { findOddities, type Oddity } from './sanity.ts'
import { type Suspicion, suspicions } from './suspicion.ts'

export interface GradeOptions {
  /** Without one, implausible characters are known by their rarity only. */
  readonly model?: CharacterModel
  /** How probable an error must be for a character to be listed as a suspect. Default 0.3. */
  readonly suspectFrom?: number
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
}

export interface PageGrade extends TextGrade {
  readonly page: string
  /** In reading order; empty blocks are left out. */
  readonly blocks: readonly BlockGrade[]
  /** What the grade rests on: findings of each kind, and what was available to judge by. */
  readonly evidence: Readonly<Record<string, number>>
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

/** Least score of each grade. One error in 300 characters is print as readers know it; one in seven is unusable. */
const leastScores: readonly (readonly [Grade, number])[] = [
  ['A', 0.9965],
  ['B', 0.985],
  ['C', 0.96],
  ['D', 0.86]
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
  const probabilities = suspicions(blocks.map(blockText), options.model)
  const doubts = readerDoubts(clean.page)
  const notes = clean.changes.filter((change) => change.kind === 'flag' || change.status === 'proposed')
  const graded = blocks.map((block, index) => gradeBlock(block, probabilities[index]!, blockDoubts(block, doubts), notes, options))
  const counted = graded.filter((_, index) => !furnitureRoles.has(blocks[index]!.role))
  const body = counted.length > 0 ? counted : graded
  return {
    page: clean.page.id,
    ...combineGrades(body.map((one) => one.grade)),
    blocks: graded.map((one) => one.grade),
    evidence: countEvidence(graded, options.model !== undefined)
  }
}

interface Graded {
  readonly grade: BlockGrade
  readonly known: ReaderDoubts
}

/** One grade for several blocks of `gradePage`: an article, a page, an issue. */
export function combineGrades(blocks: readonly BlockGrade[]): TextGrade {
  const characters = blocks.reduce((sum, one) => sum + one.characters, 0)
  const expectedErrors = round(blocks.reduce((sum, one) => sum + one.expectedErrors, 0))
  const score = characters === 0 ? 1 : Math.max(0, round(1 - expectedErrors / characters))
  const low = percentile(
    blocks.flatMap((one) => one.stretches),
    0.05
  )
  return { grade: gradeOfScore(score), score, low, characters, expectedErrors }
}

function gradeBlock(block: Block, text: Suspicion, known: ReaderDoubts, notes: readonly Change[], options: GradeOptions): Graded {
  const clean = blockText(block)
  const wrong = text.characters.map((probability, at) => combine(probability, known, at, clean))
  const findings: QualityFinding[] = [...findOddities(clean, block.role), ...noteFindings(block, notes)]
  const costs = Float64Array.from(wrong)
  for (const finding of findings) costs[Math.min(finding.from, costs.length - 1)]! += finding.cost
  const stretches = stretchScores(costs)
  const expectedErrors = round(costs.reduce((sum, cost) => sum + cost, 0))
  const characters = clean.replace(/\s/g, '').length
  const score = Math.max(0, round(1 - expectedErrors / Math.max(1, characters)))
  const suspects = findSuspects(clean, wrong, text, options.suspectFrom ?? 0.3)
  const low = percentile(stretches, 0.05)
  return {
    known,
    grade: { block: block.id, grade: gradeOfScore(score), score, low, characters, expectedErrors, stretches, findings, suspects }
  }
}

/** Odds of an error given what the text, the engine and a second reading say; they are taken as independent witnesses. */
function combine(fromText: number, known: ReaderDoubts, at: number, text: string): number {
  if (/\s/.test(text[at]!)) return 0
  const sure = known.confidence?.[at]
  const engine = sure === undefined ? 0 : 0.6 * (1 - Math.min(1, Math.max(0, sure))) ** 2
  const second = known.disagreement?.[at] ? 0.4 : 0
  return 1 - (1 - fromText) * (1 - engine) * (1 - second)
}

const noteCosts = { flag: 0.6, proposal: 0.5 } as const

function noteFindings(block: Block, notes: readonly Change[]): QualityFinding[] {
  return notes.flatMap((note) => {
    const from = offsetOf(block, { region: note.region, at: note.from }) ?? offsetOf(block, { region: note.region, at: note.from - 1 })
    if (from === undefined || note.kind === 'label') return []
    const kind = note.kind === 'flag' ? 'flag' : 'proposal'
    return [{ kind, from, to: from + note.to - note.from, message: note.reason, cost: noteCosts[kind] * note.confidence, change: note.id }]
  })
}

const stretchLength = 40

function stretchScores(costs: Float64Array): number[] {
  const scores: number[] = []
  for (let from = 0; from < costs.length; from += stretchLength) {
    const end = from + stretchLength * 2 > costs.length ? costs.length : from + stretchLength
    const sum = costs.subarray(from, end).reduce((total, cost) => total + cost, 0)
    scores.push(Math.max(0, round(1 - sum / (end - from))))
    if (end === costs.length) break
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

/** Six decimals: the same digits wherever the sum was made. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
