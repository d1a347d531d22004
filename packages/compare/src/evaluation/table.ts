import { graphemes } from '../tokens.ts'
import { columns as columnsOf, visible } from '../visible.ts'
import type { Accuracy, Evaluation, Figure, PageEvaluation } from './evaluate.ts'
import type { JoinCounts } from './joins.ts'
import type { GroupingScore } from './labels.ts'

/** A small table of text cells: what every presentation of figures is made of. */
export interface Table {
  readonly heading: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The figures of an evaluation as tables: the whole, the structure, the rules, the pages (worst first). */
export function tablesOf(evaluation: Evaluation): Table[] {
  return [characterTable(evaluation), structureTable(evaluation), ruleTable(evaluation), pageTable(evaluation.pages)].filter(
    (table) => table.rows.length > 0
  )
}

/** As text for a terminal. */
export function formatEvaluation(evaluation: Evaluation): string {
  return tablesOf(evaluation).map(formatTable).join('\n')
}

/** A table as aligned text: figures to the right, everything else to the left. */
export function formatTable({ heading, columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map(visible))
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => cellsOf(row[index] ?? ''))))
  const figures = columns.map((_, index) => index > 0 && rows.every((row) => !/\p{L}{3}/u.test(row[index] ?? '')))
  const lines = cells.map((row) =>
    row
      .map((cell, index) => {
        const blanks = ' '.repeat(widths[index]! - cellsOf(cell))
        return figures[index] ? blanks + cell : cell + blanks
      })
      .join('  ')
      .trimEnd()
  )
  return `${visible(heading)}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** Columns of a terminal that a cell takes. */
function cellsOf(text: string): number {
  return graphemes(text).reduce((sum, cluster) => sum + columnsOf(cluster), 0)
}

const names: Readonly<Record<keyof Accuracy, string>> = {
  cer: 'characters (CER)',
  wer: 'words (WER)',
  folded: 'CER, width and variants folded',
  bag: 'CER as a bag',
  blocks: 'CER, passages matched'
}

function characterTable(evaluation: Evaluation): Table {
  const kinds = Object.keys(names) as (keyof Accuracy)[]
  return {
    heading: `Error rates of ${evaluation.pages.length} pages`,
    columns: ['', 'raw', '95 %', 'clean', '95 %', 'errors', 'of'],
    rows: kinds.map((kind) => {
      const [raw, clean] = [evaluation.raw[kind], evaluation.clean[kind]]
      return [names[kind], percent(raw.rate), range(raw), percent(clean.rate), range(clean), String(clean.errors), String(clean.length)]
    })
  }
}

function structureTable({ order, joins, labels, grouping, harm, wrong }: Evaluation): Table {
  const rows: string[][] = [
    ['order, pairs of blocks', percent(order.pairwise), ''],
    ['order, Kendall’s τ', order.kendall.toFixed(3), ''],
    joinRow('joins, adjacent', joins.adjacent),
    joinRow('joins, displaced', joins.displaced)
  ]
  if (labels) rows.push(['labels', percent(share(labels.right, labels.blocks)), `${labels.right} of ${labels.blocks} blocks`])
  if (grouping) rows.push(groupingRow(grouping))
  rows.push(
    [
      'harm per 10,000 characters',
      (harm.rate * 10_000).toFixed(2),
      `${harm.errors} characters made wrong${harm.interval ? `, 95 %: ${(harm.interval.low * 10_000).toFixed(2)} to ${(harm.interval.high * 10_000).toFixed(2)}` : ''}`
    ],
    [
      'wrong characters of the raw text',
      String(wrong.all),
      `${wrong.changed} changed, ${wrong.marked} flagged or proposed, ${wrong.missed} missed`
    ]
  )
  return { heading: 'Structure and cleaning', columns: ['', 'figure', 'from'], rows }
}

function joinRow(name: string, { truth, found, wrong }: JoinCounts): string[] {
  const precision = found + wrong === 0 ? '–' : percent(found / (found + wrong))
  return [name, `P ${precision} R ${truth === 0 ? '–' : percent(found / truth)}`, `${found} of ${truth} found, ${wrong} wrong`]
}

function groupingRow({ both, resultOnly, truthOnly }: GroupingScore): string[] {
  const f1 = share(2 * both, 2 * both + resultOnly + truthOnly)
  return [
    'articles, F1 over pairs of blocks',
    percent(f1),
    `${both} pairs right, ${resultOnly} wrongly together, ${truthOnly} wrongly apart`
  ]
}

function ruleTable({ rules }: Evaluation): Table {
  return {
    heading: 'Rules (changes of characters, and doubts)',
    columns: ['rule', 'right', 'wrong', 'neutral', 'harm', 'proposed right', 'proposed wrong', 'flag true', 'flag false'],
    rows: rules.map((rule) => [
      rule.rule,
      ...[
        rule.right,
        rule.wrong,
        rule.neutral,
        rule.harm,
        rule.proposedRight,
        rule.proposedWrong,
        rule.flaggedRight,
        rule.flaggedWrong
      ].map(String)
    ])
  }
}

function pageTable(pages: readonly PageEvaluation[]): Table {
  return {
    heading: 'Pages, worst first',
    columns: ['page', 'CER raw', 'CER clean', 'WER', 'matched', 'bag', 'pairs in order', 'harm'],
    rows: pages.map((page) => [
      page.page,
      ...[page.raw.cer, page.clean.cer, page.clean.wer, page.clean.blocks, page.clean.bag].map(({ errors, length }) =>
        percent(share(errors, length))
      ),
      percent(page.order.pairwise),
      String(page.rules.reduce((sum, rule) => sum + rule.harm, 0))
    ])
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? (part === 0 ? 0 : Number.POSITIVE_INFINITY) : part / whole
}

function range({ interval }: Figure): string {
  return interval ? `${percent(interval.low)} to ${percent(interval.high)}` : ''
}

/** `1.25 %`; ∞ for text where the truth has none. */
export function percent(value: number): string {
  return Number.isFinite(value) ? `${(value * 100).toFixed(2)} %` : '∞'
}
