import { type Block, type Change, isReadPiece } from '@broadsheet/document'
import { isHanAt } from '../text/characters.ts'
import { isInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import type { Question } from './corrector.ts'

/** A question, and where on the page it is asked. Offsets are UTF-16 units of the block's current text. */
export interface PlacedQuestion extends Question {
  readonly block: string
  readonly from: number
  readonly to: number
}

export interface CleanedSoFar {
  readonly blocks: readonly Block[]
  readonly changes: readonly Change[]
}

export interface QuestionOptions {
  /** Names that are right as they stand: nothing is asked about them. */
  readonly names?: ReadonlySet<string>
  /** At most so many of one page, the surest damage first; absent: 24. */
  readonly most?: number
}

/** How much of the text on either side a model is shown. */
export const contextLength = 40
const longestPlace = 4
const mostOfPage = 24
const numerals = /[\d０-９零〇一二三四五六七八九十百千万亿两]/

/**
 * What may be asked about a page: its flagged places of one to four Chinese characters in running text. Nothing is asked about figures, names
 * known to be right, and what stands between quotation marks, nor where another reading is proposed already.
 */
export function questionsOf(
  { blocks, changes }: CleanedSoFar,
  { names = new Set(), most = mostOfPage }: QuestionOptions = {}
): PlacedQuestion[] {
  const flags = changes.filter(({ kind, status }) => kind === 'flag' && status !== 'rejected')
  if (flags.length === 0) return []
  const taken = changes.filter(({ kind, status }) => kind === 'replace' && status !== 'rejected')
  const open = flags.filter((flag) => !taken.some((change) => overlaps(change, flag))).sort((a, b) => b.confidence - a.confidence)
  const questions: PlacedQuestion[] = []
  for (const flag of open) {
    const question = questionAt(blocks, flag, names)
    if (!question || questions.some((other) => other.block === question.block && other.from < question.to && question.from < other.to))
      continue
    questions.push(question)
    if (questions.length === most) break
  }
  return questions
}

function overlaps(a: Change, b: Change): boolean {
  return a.region === b.region && a.from < b.to && b.from < a.to
}

function questionAt(blocks: readonly Block[], flag: Change, names: ReadonlySet<string>): PlacedQuestion | undefined {
  const found = placeOf(blocks, flag)
  if (!found || !isProse(found.block)) return undefined
  const text = found.block.pieces.map((piece) => piece.text).join('')
  const to = found.from + flag.to - flag.from
  if (!mayBeAsked(text, found.from, to, names)) return undefined
  return {
    block: found.block.id,
    from: found.from,
    to,
    before: text.slice(Math.max(0, found.from - contextLength), found.from),
    place: text.slice(found.from, to),
    after: text.slice(to, to + contextLength)
  }
}

/** The block that holds a raw place whole, and where in it. */
function placeOf(blocks: readonly Block[], { region, from, to }: Change): { readonly block: Block; readonly from: number } | undefined {
  for (const block of blocks) {
    let start = 0
    for (const piece of block.pieces) {
      if (isReadPiece(piece) && piece.region === region && piece.at <= from && to <= piece.at + piece.text.length)
        return { block, from: start + from - piece.at }
      start += piece.text.length
    }
  }
  return undefined
}

function mayBeAsked(text: string, from: number, to: number, names: ReadonlySet<string>): boolean {
  if (to === from || to - from > longestPlace || numerals.test(text.slice(Math.max(0, from - 1), to + 1))) return false
  for (let at = from; at < to; at++) if (!isHanAt(text, at) || isInName(text, at, names)) return false
  return !isQuoted(text, from)
}

/** Between quotation marks, as far as the text before it tells. */
function isQuoted(text: string, at: number): boolean {
  return text.lastIndexOf('“', at) > text.lastIndexOf('”', at) || text.lastIndexOf('「', at) > text.lastIndexOf('」', at)
}
