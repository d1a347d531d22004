import type { Block } from '@broadsheet/document'
import type { Dictionary } from '../language/language-model.ts'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'

export const verticalPoster: Rule = defineRule({
  name: 'vertical-poster',
  phase: 'character',
  writing: 'chinese',
  summary: 'A poster set in vertical columns, read across: two rows of single characters that make words downwards.',
  why: `Public-interest posters set two-character words upright, from right to left; an engine reads them row by row. Rows of equal length are turned when
nearly every column is a word and the rows are not. Two clauses of equal length, as headings have them, make no words downwards.`,
  examples: [
    { before: '友诚敬爱法公平自和文民富 善信业国治正等由谐明主强', after: '富强 民主 文明 和谐 自由 平等 公正 法治 爱国 敬业 诚信 友善' },
    { before: [{ text: '奋进新征程 建功新时代', role: 'heading' }], after: '奋进新征程 建功新时代' },
    { before: '服务大众 团结大众 服务大众', after: '服务大众 团结大众 服务大众' }
  ],
  *find(context): Generator<ReplaceFinding> {
    for (const block of context.blocks) {
      const found = turn(context, block)
      if (found) yield found
    }
  }
})

function turn(context: Context, block: Block): ReplaceFinding | undefined {
  const text = context.textOf(block)
  if (text.length > 120 || !text.includes(' ')) return undefined
  const rows = text.split(/ +/)
  const width = rows[0]!.length
  if (rows.length > 4 || width < 4 || rows.some((row) => row.length !== width || !/^[\u4e00-\u9fff]+$/.test(row))) return undefined
  const { dictionary } = context.model
  const best = [true, false]
    .map((fromRight) => columnsOf(rows, fromRight))
    .map((columns) => ({ columns, words: columns.filter((column) => dictionary.frequency(column) >= 20).length / width }))
    .sort((a, b) => b.words - a.words)[0]!
  if (best.words < 0.75 || best.words <= 2 * wordsIn(dictionary, rows)) return undefined
  const certain = best.words >= 0.9 && width >= 6
  return {
    kind: 'replace',
    block: block.id,
    from: 0,
    to: text.length,
    after: best.columns.join(' '),
    reason: `Read downwards, ${Math.round(best.words * width)} of ${width} columns are words; the poster was read across.`,
    confidence: certain ? 0.97 : 0.7,
    certainty: certain ? 'certain' : 'probable',
    evidence: { wordShare: Math.round(best.words * 100) / 100 }
  }
}

function columnsOf(rows: readonly string[], fromRight: boolean): string[] {
  const width = rows[0]!.length
  return Array.from({ length: width }, (_, index) => rows.map((row) => row[fromRight ? width - 1 - index : index]).join(''))
}

/** The share of neighbouring pairs within the rows that are words. */
function wordsIn(dictionary: Dictionary, rows: readonly string[]): number {
  let words = 0
  let pairs = 0
  for (const row of rows)
    for (let at = 0; at + 1 < row.length; at++) {
      pairs++
      if (dictionary.frequency(row.slice(at, at + 2)) >= 500) words++
    }
  return words / Math.max(1, pairs)
}
