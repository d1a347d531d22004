import { blockText, type CleanPage, rawText, textRegions } from '@broadsheet/document'
import { bagErrorRate } from '../bag.ts'
import { blockErrorRate } from '../block-match.ts'
import { errorRate, rateOf } from '../error-rate.ts'
import type { Folding } from '../fold.ts'
import { type OrderScore, orderScore } from '../order-score.ts'
import { alignTruth } from './aligned.ts'
import { bootstrap, type Interval } from './bootstrap.ts'
import { addScores, countWrong, type RuleScore, scoreRules, type WrongCharacters } from './changes.ts'
import { type JoinCounts, type JoinScore, scoreJoins } from './joins.ts'
import { type GroupingScore, type LabelScore, matchBlocks, scoreGrouping, scoreLabels } from './labels.ts'
import { type Truth, truthText } from './truth.ts'

export interface EvaluateOptions {
  /** What `cer`, `wer`, `bag` and `blocks` leave out of account. Default: blanks and line ends (`spaces: 'collapse'`). */
  readonly fold?: Folding
  /** The article a clean block belongs to, where that is known. */
  readonly articleOf?: (block: string) => string | undefined
}

/** Errors, and the units of truth they are counted against. */
export interface Rate {
  readonly errors: number
  readonly length: number
}

/** The rates of one text: grapheme clusters in NFC, words for `wer`. */
export interface Accuracy {
  /** In the order in which both texts stand: order, paragraphing and recognition in one. */
  readonly cer: Rate
  readonly wer: Rate
  /** Width and variants of characters left out of account too. */
  readonly folded: Rate
  /** As bags of characters: what no reading order can explain. */
  readonly bag: Rate
  /** Passages brought together first, whatever their order. */
  readonly blocks: Rate
}

export interface PageEvaluation {
  readonly page: string
  /** Of the raw reading. */
  readonly raw: Accuracy
  /** After cleaning. */
  readonly clean: Accuracy
  readonly order: OrderScore
  readonly joins: JoinScore
  readonly labels?: LabelScore
  readonly grouping?: GroupingScore
  readonly rules: readonly RuleScore[]
  readonly wrong: WrongCharacters
  /** Characters of the raw text that could be held against the truth. */
  readonly compared: number
}

/** Holds a cleaned page against the truth. */
export function evaluatePage(clean: CleanPage, truth: Truth, options: EvaluateOptions = {}): PageEvaluation {
  const aligned = alignTruth(clean.page, truth)
  const matched = matchBlocks(truth, clean.blocks)
  const text = clean.blocks.map(blockText).join('\n')
  const labels = scoreLabels(truth, matched)
  const grouping = options.articleOf && scoreGrouping(truth, matched, options.articleOf)
  const whole = truthText(truth)
  return {
    page: clean.page.id,
    raw: accuracy(whole, textRegions(clean.page).map(rawText).join('\n'), options.fold),
    clean: accuracy(whole, text, options.fold),
    order: orderScore(
      truth.blocks.map((block) => block.text),
      text
    ),
    joins: scoreJoins(clean, aligned),
    ...(labels ? { labels } : {}),
    ...(grouping ? { grouping } : {}),
    rules: scoreRules(clean.changes, aligned),
    wrong: countWrong(clean.changes, aligned),
    compared: aligned.wrong.reduce((sum, state) => sum + (state === 2 ? 0 : 1), 0)
  }
}

/** The error rates of a text, each as errors and length. */
export function accuracy(truth: string, text: string, folding: Folding = { spaces: 'collapse' }): Accuracy {
  const fold = folding
  const bare = ({ errors, length }: Rate): Rate => ({ errors, length })
  return {
    cer: bare(errorRate(truth, text, { fold })),
    wer: bare(errorRate(truth, text, { unit: 'word', fold })),
    folded: bare(errorRate(truth, text, { fold: { ...fold, width: true, variants: true } })),
    bag: bare(bagErrorRate(truth, text, { fold })),
    blocks: bare(blockErrorRate(truth, text, { fold }))
  }
}

/** A figure over all pages, with the interval it lies in. */
export interface Figure extends Rate {
  readonly rate: number
  /** 95 %, by drawing pages anew; absent for fewer than five pages. */
  readonly interval?: Interval
}

export interface Evaluation {
  /** Worst first, by the block-matched error rate of the clean text. */
  readonly pages: readonly PageEvaluation[]
  readonly raw: Readonly<Record<keyof Accuracy, Figure>>
  readonly clean: Readonly<Record<keyof Accuracy, Figure>>
  /** Means over pages with more than one block. */
  readonly order: { readonly pairwise: number; readonly kendall: number }
  readonly joins: JoinScore
  readonly labels?: LabelScore
  readonly grouping?: GroupingScore
  readonly rules: readonly RuleScore[]
  readonly wrong: WrongCharacters
  /** Characters that cleaning made wrong, for every 10,000 of the raw text that could be compared. */
  readonly harm: Figure
}

const kinds = ['cer', 'wer', 'folded', 'bag', 'blocks'] as const

/** All pages together. */
export function summarizeEvaluations(pages: readonly PageEvaluation[]): Evaluation {
  const side = (name: 'raw' | 'clean'): Record<keyof Accuracy, Figure> =>
    Object.fromEntries(kinds.map((kind) => [kind, figure(pages.map((page) => page[name][kind]))])) as Record<keyof Accuracy, Figure>
  const ordered = pages.filter((page) => page.order.found > 1)
  const labels = pages.flatMap((page) => page.labels ?? [])
  const grouping = pages.flatMap((page) => page.grouping ?? [])
  const badness = ({ clean: { blocks } }: PageEvaluation): number => rateOf(blocks.errors, blocks.length)
  return {
    pages: [...pages].sort((a, b) => badness(b) - badness(a) || (a.page < b.page ? -1 : 1)),
    raw: side('raw'),
    clean: side('clean'),
    order: { pairwise: mean(ordered.map((page) => page.order.pairwise)), kendall: mean(ordered.map((page) => page.order.kendall)) },
    joins: { adjacent: addJoins(pages, 'adjacent'), displaced: addJoins(pages, 'displaced') },
    ...(labels.length > 0 ? { labels: addLabels(labels) } : {}),
    ...(grouping.length > 0
      ? { grouping: { both: total(grouping, 'both'), resultOnly: total(grouping, 'resultOnly'), truthOnly: total(grouping, 'truthOnly') } }
      : {}),
    rules: addScores(pages.map((page) => page.rules)),
    wrong: {
      all: total(
        pages.map((page) => page.wrong),
        'all'
      ),
      changed: total(
        pages.map((page) => page.wrong),
        'changed'
      ),
      marked: total(
        pages.map((page) => page.wrong),
        'marked'
      ),
      missed: total(
        pages.map((page) => page.wrong),
        'missed'
      )
    },
    harm: figure(pages.map((page) => ({ errors: page.rules.reduce((sum, rule) => sum + rule.harm, 0), length: page.compared })))
  }
}

function figure(pages: readonly Rate[]): Figure {
  const [errors, length] = [total(pages, 'errors'), total(pages, 'length')]
  const interval = bootstrap(pages)
  return { errors, length, rate: rateOf(errors, length), ...(interval ? { interval } : {}) }
}

function total<Key extends string>(values: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return values.reduce((sum, value) => sum + value[key], 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function addJoins(pages: readonly PageEvaluation[], kind: keyof JoinScore): JoinCounts {
  const counts = pages.map((page) => page.joins[kind])
  return { truth: total(counts, 'truth'), found: total(counts, 'found'), wrong: total(counts, 'wrong') }
}

function addLabels(scores: readonly LabelScore[]): LabelScore {
  const confusions: Record<string, number> = {}
  for (const score of scores)
    for (const [name, count] of Object.entries(score.confusions)) confusions[name] = (confusions[name] ?? 0) + count
  return { blocks: total(scores, 'blocks'), right: total(scores, 'right'), confusions }
}
