import { blockText, type Change, type CleanPage, rawText, textRegions } from '@broadsheet/document'
import { errorRate } from './error-rate.ts'
import type { Table } from './evaluation/table.ts'
import { describe } from './terminal.ts'

/** One page as two runs left it. */
export interface PageComparison {
  readonly page: string
  /** Whether both runs cleaned the same reading; if not, changes are compared by what they do, not by where. */
  readonly sameReading: boolean
  /** Characters in which the clean texts differ: fewest edits that make one the other. */
  readonly edits: number
  readonly onlyA: readonly Change[]
  readonly onlyB: readonly Change[]
  /** The same change in both, but decided otherwise or written otherwise. */
  readonly altered: readonly (readonly [a: Change, b: Change])[]
  readonly same: number
}

/** What one rule does in two runs. */
export interface RuleComparison {
  readonly rule: string
  readonly onlyA: number
  readonly onlyB: number
  readonly altered: number
  /** A few of them, with the page: `p01 r7@12 “x” → “y”`. */
  readonly samplesA: readonly string[]
  readonly samplesB: readonly string[]
}

/** Compares a page across runs, rule versions, engines or reviewers. */
export function comparePages(a: CleanPage, b: CleanPage): PageComparison {
  const sameReading = readingOf(a) === readingOf(b)
  const keyOf = (change: Change): string =>
    sameReading
      ? `${change.kind} ${change.rule} ${change.region} ${change.from} ${change.to}`
      : `${change.kind} ${change.rule} ${describe(change)}`
  const left = group(a.changes, keyOf)
  const right = group(b.changes, keyOf)
  const altered: [Change, Change][] = []
  let same = 0
  for (const [key, changes] of left) {
    const others = right.get(key) ?? []
    while (changes.length > 0 && others.length > 0) {
      const pair: [Change, Change] = [changes.shift()!, others.shift()!]
      if (contentOf(pair[0]) === contentOf(pair[1])) same++
      else altered.push(pair)
    }
  }
  const rest = (groups: ReadonlyMap<string, Change[]>): Change[] => [...groups.values()].flat()
  return {
    page: a.page.id,
    sameReading,
    edits: errorRate(textOf(a), textOf(b)).errors,
    onlyA: rest(left),
    onlyB: rest(right),
    altered,
    same
  }
}

const textOf = (clean: CleanPage): string => clean.blocks.map(blockText).join('\n')
const readingOf = (clean: CleanPage): string => JSON.stringify(textRegions(clean.page).map((region) => [region.id, rawText(region)]))
const contentOf = (change: Change): string => JSON.stringify([change.status, describe(change), 'after' in change ? change.after : ''])

function group(changes: readonly Change[], keyOf: (change: Change) => string): Map<string, Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) groups.set(keyOf(change), [...(groups.get(keyOf(change)) ?? []), change])
  return groups
}

const sampleCount = 3

/** The differences of all pages by rule, the most first. */
export function compareRules(pages: readonly PageComparison[]): RuleComparison[] {
  const all = pages.flatMap((page) => [
    ...page.onlyA.map((change) => ({ page, change, side: 'onlyA' as const })),
    ...page.onlyB.map((change) => ({ page, change, side: 'onlyB' as const })),
    ...page.altered.map(([, change]) => ({ page, change, side: 'altered' as const }))
  ])
  const rules = [...new Set(all.map((one) => one.change.rule))]
  const count = (rule: string, side: string): number => all.filter((one) => one.change.rule === rule && one.side === side).length
  const samples = (rule: string, sides: readonly string[]): string[] =>
    all
      .filter((one) => one.change.rule === rule && sides.includes(one.side))
      .slice(0, sampleCount)
      .map(
        ({ page, change }) =>
          `${page.page} ${change.region}@${change.from} ${describe(change)}${change.status === 'applied' ? '' : ` (${change.status})`}`
      )
  return rules
    .map((rule) => ({
      rule,
      onlyA: count(rule, 'onlyA'),
      onlyB: count(rule, 'onlyB'),
      altered: count(rule, 'altered'),
      samplesA: samples(rule, ['onlyA']),
      samplesB: samples(rule, ['onlyB', 'altered'])
    }))
    .sort((x, y) => y.onlyA + y.onlyB + y.altered - x.onlyA - x.onlyB - x.altered || (x.rule < y.rule ? -1 : 1))
}

/** Both as tables; `a` and `b` name the runs. */
export function tablesOfRuns(pages: readonly PageComparison[], a: string, b: string): Table[] {
  const rules = compareRules(pages)
  const changed = pages.filter((page) => page.edits > 0 || page.onlyA.length + page.onlyB.length + page.altered.length > 0)
  return [
    {
      heading: `${changed.length} of ${pages.length} pages differ between ${a} and ${b}`,
      columns: ['page', 'reading', 'characters', `only ${a}`, `only ${b}`, 'altered', 'same'],
      rows: changed.map((page) => [
        page.page,
        page.sameReading ? 'same' : 'other',
        ...[page.edits, page.onlyA.length, page.onlyB.length, page.altered.length, page.same].map(String)
      ])
    },
    {
      heading: 'By rule',
      columns: ['rule', `only ${a}`, `only ${b}`, 'altered'],
      rows: rules.map((rule) => [rule.rule, String(rule.onlyA), String(rule.onlyB), String(rule.altered)])
    },
    {
      heading: 'Samples',
      columns: ['rule', 'in', 'change'],
      rows: rules.flatMap((rule) => [
        ...rule.samplesA.map((sample) => [rule.rule, a, sample]),
        ...rule.samplesB.map((sample) => [rule.rule, b, sample])
      ])
    }
  ].filter((table) => table.rows.length > 0 || table.heading.startsWith('0 of'))
}
