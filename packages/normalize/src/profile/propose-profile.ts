import type { CleanPage, Issue } from '@broadsheet/document'
import { parseFolio } from '../articles/folio.ts'
import { viewPage } from '../articles/view.ts'
import { loadLanguageModel } from '../language/load.ts'
import { writeConfusion } from './confusion.ts'
import { mendedByPeople } from './learn-confusions.ts'

/** An issue with its pages, as it leaves grouping. */
export interface IssuePages {
  readonly issue: Issue
  readonly pages: readonly CleanPage[]
}

/** Something that recurs, how often, and where. */
export interface Recurrence {
  readonly text: string
  /** On how many pages. */
  readonly count: number
  /** In how many issues. */
  readonly issues: number
  /** Some places: `<issue>/<page>`. */
  readonly examples: readonly string[]
}

/** A profile as proposed: the fields of `Profile`, each entry with its count and examples, for a person to prune. */
export interface ProposedProfile {
  readonly title?: string
  readonly mastheads: readonly Recurrence[]
  readonly sections: readonly Recurrence[]
  readonly slogans: readonly Recurrence[]
  readonly kickers: readonly Recurrence[]
  readonly bylines: readonly Recurrence[]
  readonly datelines: readonly Recurrence[]
  readonly folios: readonly Recurrence[]
  /** Misreadings that people mended more than once: `区具委 → 区县委`. */
  readonly confusions: readonly Recurrence[]
  readonly columns?: { readonly value: number; readonly count: number; readonly of: number }
}

/** On fewer pages than this nothing recurs. */
const least = 2

/** How many examples and how many entries of a kind are shown, the commonest first. */
const most = { examples: 3, entries: 60 } as const

/**
 * A house profile from what recurs over pages and issues: what stands at the edges, between the articles, over the headings, and how
 * credits, datelines and folios read (figures as 0). Nothing in it is certain; a person prunes it and keeps it as `profiles/<title>.yaml`.
 */
export function proposeProfile(issues: readonly IssuePages[]): ProposedProfile {
  const tallies = {
    mastheads: newTally(),
    sections: newTally(),
    slogans: newTally(),
    kickers: newTally(),
    bylines: newTally(),
    datelines: newTally(),
    folios: newTally()
  }
  const confusions = newTally()
  const model = loadLanguageModel()
  const short = newTally()
  const columns: number[] = []
  for (const { issue, pages } of issues) {
    for (const page of issue.pages)
      for (const { role, text } of page.furniture) {
        const where = { issue: issue.id, page: page.id }
        if (role === 'masthead') tallies.mastheads.add(text, where)
        else if (role === 'section') tallies.sections.add(text, where)
        else if (role === 'slogan') tallies.slogans.add(text, where)
        else if (role === 'folio') tallies.folios.add(pattern(text), where)
      }
    for (const article of issue.articles)
      for (const part of article.parts) {
        const where = { issue: issue.id, page: part.blocks[0]!.page }
        if (part.role === 'kicker') tallies.kickers.add(part.text, where)
        else if (part.role === 'credit') tallies.bylines.add(openingOf(part.text), where)
        if (part.role !== 'paragraph' && part.role !== 'table' && part.text.length <= 24) short.add(part.text, where)
      }
    for (const article of issue.articles)
      if (article.dateline) tallies.datelines.add(pattern(article.dateline), { issue: issue.id, page: article.pages[0]! })
    for (const clean of pages)
      for (const confusion of mendedByPeople(clean, model))
        confusions.add(writeConfusion(confusion), { issue: issue.id, page: clean.page.id })
    for (const { page, blocks } of pages) columns.push(...columnsOf(viewPage(page, blocks).page))
  }
  // A line that heads articles again and again is a slogan or the name of a column, whatever it was taken for.
  for (const entry of short.entries(3)) if (!tallies.kickers.has(entry.text) && !isCredit(entry.text, tallies)) tallies.slogans.take(entry)
  const grid = commonest(columns)
  const title = commonest(issues.map(({ issue }) => issue.title).filter((name) => name !== ''))
  return {
    ...(title === undefined ? {} : { title: title.value }),
    mastheads: tallies.mastheads.entries(least),
    sections: tallies.sections.entries(least),
    slogans: tallies.slogans.entries(least),
    kickers: tallies.kickers.entries(least),
    bylines: tallies.bylines.entries(least),
    datelines: tallies.datelines.entries(least),
    folios: tallies.folios.entries(least),
    confusions: confusions.entries(least),
    ...(grid === undefined || grid.count < least ? {} : { columns: { value: grid.value, count: grid.count, of: columns.length } })
  }
}

interface Where {
  readonly issue: string
  readonly page: string
}

interface Tally {
  add(text: string, where: Where): void
  take(entry: Recurrence): void
  has(text: string): boolean
  entries(least: number): Recurrence[]
}

function newTally(): Tally {
  const places = new Map<string, Map<string, string>>()
  const taken: Recurrence[] = []
  return {
    add(text, { issue, page }) {
      const plain = text.trim().replace(/\s+/g, ' ')
      if (plain === '' || plain.length > 120) return
      const seen = places.get(plain) ?? new Map<string, string>()
      seen.set(`${issue}/${page}`, issue)
      places.set(plain, seen)
    },
    take: (entry) => void taken.push(entry),
    has: (text) => places.has(text),
    entries: (least) =>
      [...places]
        .map(
          ([text, seen]): Recurrence => ({
            text,
            count: seen.size,
            issues: new Set(seen.values()).size,
            examples: [...seen.keys()].slice(0, most.examples)
          })
        )
        .filter((entry) => entry.count >= least)
        .concat(taken.filter((entry) => (places.get(entry.text)?.size ?? 0) < least))
        .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
        .slice(0, most.entries)
  }
}

/** Figures as 0, so that lines that differ only by date and number are one. */
function pattern(text: string): string {
  const folio = parseFolio(text)
  const names = folio?.editors.map((editor) => editor.name) ?? []
  return names.reduce((line, name) => line.replace(name, '○○'), text).replace(/\d+/g, '0')
}

/** A credit up to its first name. */
function openingOf(text: string): string {
  return /^.{0,40}?(?:记者|記者|通讯员|通訊員|评论员|读者|摄影|文|图)(?=\s|$)/u.exec(text)?.[0] ?? /^(?:By|Von)\b/i.exec(text)?.[0] ?? ''
}

function isCredit(text: string, tallies: { readonly bylines: Tally }): boolean {
  return openingOf(text) !== '' || tallies.bylines.has(text)
}

/** How many columns the page's grid has, by the highest column a region starts in. */
function columnsOf(page: CleanPage['page']): number[] {
  const numbers = page.regions.flatMap((region) => (region.type === 'text' && region.column !== undefined ? [region.column] : []))
  return numbers.length < 4 ? [] : [Math.max(...numbers) + 1]
}

function commonest<T>(values: readonly T[]): { readonly value: T; readonly count: number } | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best && { value: best[0], count: best[1] }
}
