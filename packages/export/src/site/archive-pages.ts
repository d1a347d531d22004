import type { OutputFile } from '../output-file.ts'
import { attributes, calendarDate, escapeMarkup } from '../publish/markup.ts'
import { wordingFor } from '../publish/wording.ts'
import { relative, type SiteFrame, searchForm, writeHtml } from './layout.ts'

/** What the lists of a site know of an issue. */
export interface IssueEntry {
  readonly id: string
  readonly title: string
  readonly date?: string
  readonly edition?: string
  /** From the site's root. */
  readonly path: string
  readonly thumbnail?: { readonly path: string; readonly width: number; readonly height: number }
  readonly pages: number
  readonly articles: number
}

/** The year an issue stands under: `2024`, or `undated`. */
export function yearOf(entry: Pick<IssueEntry, 'date'>): string {
  return calendarDate(entry.date)?.slice(0, 4) ?? 'undated'
}

/** By date, undated first, then by id: the order of everything on the site. */
export function compareIssues(a: Pick<IssueEntry, 'date' | 'id'>, b: Pick<IssueEntry, 'date' | 'id'>): number {
  const [left, right] = [`${calendarDate(a.date) ?? ''} ${a.id}`, `${calendarDate(b.date) ?? ''} ${b.id}`]
  return left < right ? -1 : left > right ? 1 : 0
}

const newest = 12

/** The front of the archive: years, the newest issues, the calendar of the last year. */
export function writeHome(frame: SiteFrame, issues: readonly IssueEntry[]): OutputFile {
  const words = wordingFor(frame.language)
  const path = 'index.html'
  const years = groupByYear(issues)
  const yearLinks = [...years].map(
    ([year, entries]) =>
      `<li><a${attributes({ href: yearPath(year) })}>${escapeMarkup(yearTitle(frame, year))}</a> <span class="count">${entries.length}</span></li>`
  )
  const cards = issues
    .slice(-newest)
    .reverse()
    .map((entry) => issueCard(entry, path))
  const main = `<h1>${escapeMarkup(frame.title)}</h1>
${searchForm(words, 'search.html')}
<nav${attributes({ 'aria-label': words.allIssues })}><h2>${escapeMarkup(words.allIssues)}</h2>\n<ul class="years">\n${yearLinks.join('\n')}\n</ul></nav>
<h2>${escapeMarkup(words.latest)}</h2>
<div class="cards">\n${cards.join('\n')}\n</div>`
  return { path, content: writeHtml(frame, { path, title: frame.title, trail: [], main, kind: 'home' }) }
}

/** A page a year, with a calendar. */
export function writeYears(frame: SiteFrame, issues: readonly IssueEntry[]): OutputFile[] {
  return [...groupByYear(issues)].map(([year, entries]) => {
    const path = yearPath(year)
    const title = yearTitle(frame, year)
    const body =
      year === 'undated'
        ? `<div class="cards">\n${entries.map((entry) => issueCard(entry, path)).join('\n')}\n</div>`
        : calendar(frame, year, entries, path)
    return { path, content: writeHtml(frame, { path, title, trail: [], main: `<h1>${escapeMarkup(title)}</h1>\n${body}`, kind: 'year' }) }
  })
}

export function writeSearchPage(frame: SiteFrame): OutputFile {
  const words = wordingFor(frame.language)
  const chinese = frame.language.startsWith('zh')
  const said = chinese
    ? { searching: '检索中……', none: '没有找到。', all: '共 {} 条。', some: '已列出 {} 条。', failed: '检索数据未能读取：' }
    : {
        searching: 'Searching …',
        none: 'Nothing found.',
        all: '{} found.',
        some: '{} listed so far.',
        failed: 'The search data could not be read:'
      }
  const data = Object.fromEntries(Object.entries(said).map(([key, value]) => [`data-${key}`, value]))
  const main = `<div data-search>
<h1>${escapeMarkup(words.search)}</h1>
${searchForm(words, 'search.html')}
<p class="hint">${escapeMarkup(words.searchHint)}</p>
<noscript><p>${escapeMarkup(words.noScript)}</p></noscript>
<p role="status"${attributes(data)}></p>
<ol class="results"></ol>
<button type="button" class="more" hidden>${chinese ? '更多' : 'More'}</button>
</div>`
  return {
    path: 'search.html',
    content: writeHtml(frame, { path: 'search.html', title: words.search, trail: [], main, kind: 'search', scripts: ['assets/search.js'] })
  }
}

function groupByYear(issues: readonly IssueEntry[]): Map<string, IssueEntry[]> {
  const years = new Map<string, IssueEntry[]>()
  for (const entry of issues) years.set(yearOf(entry), [...(years.get(yearOf(entry)) ?? []), entry])
  return new Map([...years].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const yearPath = (year: string): string => `years/${year}.html`

function yearTitle(frame: SiteFrame, year: string): string {
  if (year === 'undated') return wordingFor(frame.language).undated
  return frame.language.startsWith('zh') ? `${Number(year)}年` : String(Number(year))
}

function issueCard(entry: IssueEntry, from: string): string {
  const { thumbnail } = entry
  const picture = thumbnail
    ? `<img${attributes({ src: relative(from, thumbnail.path), width: thumbnail.width, height: thumbnail.height, alt: '', loading: 'lazy' })}>`
    : '<span class="no-scan"></span>'
  const lines = [entry.date, entry.edition].filter((line) => line !== undefined && line !== '').join(' ')
  return `<section class="page-card"><h3><a${attributes({ href: relative(from, entry.path) })}>${picture}<span>${escapeMarkup(entry.title || entry.id)}</span></a></h3><p>${escapeMarkup(lines)}</p></section>`
}

function calendar(frame: SiteFrame, year: string, entries: readonly IssueEntry[], path: string): string {
  const byDay = new Map<string, IssueEntry[]>()
  for (const entry of entries) byDay.set(entry.date!, [...(byDay.get(entry.date!) ?? []), entry])
  const months = Array.from({ length: 12 }, (_, month) => monthTable(frame, Number(year), month, byDay, path))
  return `<div class="calendar">\n${months.filter((table) => table !== '').join('\n')}\n</div>`
}

function monthTable(
  frame: SiteFrame,
  year: number,
  month: number,
  byDay: ReadonlyMap<string, readonly IssueEntry[]>,
  path: string
): string {
  const words = wordingFor(frame.language)
  const days = new Date(Date.UTC(2000 + (year % 400), month + 1, 0)).getUTCDate()
  // The calendar repeats itself after 400 years; Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const lead = (new Date(Date.UTC(2000 + (year % 400), month, 1)).getUTCDay() + 6) % 7
  const cells: string[] = Array.from({ length: lead }, () => '<td></td>')
  let issues = 0
  for (let day = 1; day <= days; day++) {
    const found = byDay.get(`${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`) ?? []
    issues += found.length
    cells.push(
      `<td>${found.length === 0 ? day : found.map((entry, index) => dayLink(entry, index === 0 ? String(day) : '·', path)).join(' ')}</td>`
    )
  }
  if (issues === 0) return ''
  while (cells.length % 7 !== 0) cells.push('<td></td>')
  const rows = Array.from({ length: cells.length / 7 }, (_, row) => `<tr>${cells.slice(7 * row, 7 * row + 7).join('')}</tr>`)
  const head = words.weekdays.map((day) => `<th scope="col">${day}</th>`).join('')
  return `<table>\n<caption>${words.months[month]}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
}

function dayLink(entry: IssueEntry, text: string, path: string): string {
  const label = [text, entry.title, entry.date, entry.edition].filter(Boolean).join(' ')
  return `<a${attributes({ href: relative(path, entry.path), 'aria-label': label, title: label })}>${text}</a>`
}
