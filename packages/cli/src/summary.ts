import type { Change, Grade } from '@broadsheet/document'
import { padCells, plain } from './plain.ts'

/** What became of one page. */
export interface PageOutcome {
  readonly page: string
  readonly state: 'done' | 'failed'
  /** For a failed page: what and what to do. */
  readonly message?: string
  /** Whether it was read in this run, or kept from an earlier one. */
  readonly read?: boolean
  /** Whether it was cleaned in this run. */
  readonly cleaned?: boolean
  readonly applied?: number
  readonly proposed?: number
  readonly flagged?: number
  readonly grade?: Grade
  readonly seconds?: number
}

/** What became of an issue. */
export interface IssueOutcome {
  readonly issue: string
  readonly title: string
  readonly pages: readonly PageOutcome[]
  readonly articles: number
  readonly written: number
  readonly unchanged: number
  readonly conflicts: readonly string[]
  readonly contradictions: readonly string[]
}

export function countChanges(changes: readonly Change[]): { applied: number; proposed: number; flagged: number } {
  const count = (test: (change: Change) => boolean): number => changes.filter(test).length
  return {
    applied: count((change) => change.kind !== 'flag' && change.status === 'applied'),
    proposed: count((change) => change.kind !== 'flag' && change.status === 'proposed'),
    flagged: count((change) => change.kind === 'flag' && change.status !== 'rejected')
  }
}

type Row = readonly string[]

const columns = ['issue', 'pages', 'articles', 'applied', 'proposed', 'flagged', 'grade', 'seconds'] as const

/** The table a run ends with: one line an issue, a line of sums when there are several. */
export function formatSummary(outcomes: readonly IssueOutcome[]): string {
  const rows = outcomes.map(summarize)
  if (rows.length > 1) rows.push(summarize({ ...merge(outcomes), issue: 'all' }))
  const widths = columns.map((name, index) =>
    Math.min(44, Math.max(name.length, ...rows.map((row) => row[index]!.length * (index === 0 ? 1 : 1) + wideExtra(row[index]!))))
  )
  const line = (row: Row): string => row.map((cell, index) => padCells(cell, widths[index]!, index === 0 ? 'left' : 'right')).join('  ')
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

function wideExtra(text: string): number {
  return [...text].filter((char) => char > '\u2e7f').length
}

function merge(outcomes: readonly IssueOutcome[]): IssueOutcome {
  return {
    issue: 'all',
    title: '',
    pages: outcomes.flatMap((outcome) => outcome.pages),
    articles: outcomes.reduce((sum, outcome) => sum + outcome.articles, 0),
    written: 0,
    unchanged: 0,
    conflicts: [],
    contradictions: []
  }
}

function summarize(outcome: IssueOutcome): Row {
  const sum = (key: 'applied' | 'proposed' | 'flagged' | 'seconds'): number =>
    outcome.pages.reduce((total, page) => total + (page[key] ?? 0), 0)
  const failed = outcome.pages.filter((page) => page.state === 'failed').length
  return [
    plain(outcome.issue),
    failed > 0 ? `${outcome.pages.length - failed} of ${outcome.pages.length}` : String(outcome.pages.length),
    String(outcome.articles),
    String(sum('applied')),
    String(sum('proposed')),
    String(sum('flagged')),
    gradeRange(outcome.pages),
    sum('seconds').toFixed(1)
  ]
}

/** `A`, or `A–C` from the best page to the worst. */
function gradeRange(pages: readonly PageOutcome[]): string {
  const grades = pages.flatMap((page) => (page.grade ? [page.grade] : [])).sort()
  if (grades.length === 0) return '–'
  return grades[0] === grades.at(-1) ? grades[0]! : `${grades[0]}–${grades.at(-1)}`
}
