import type { Credit, TextRole } from '@broadsheet/document'
import { weekdayOf } from './date.ts'
import { type Folio, parseFolio } from './folio.ts'
import { plainLabel } from './jump.ts'
import type { PageView } from './view.ts'

/** What a page's folio, masthead and section lines say about it. */
export interface PageFacts {
  readonly page: string
  readonly label?: string
  readonly section?: string
  readonly date?: string
  readonly weekday?: number
  readonly titles: readonly string[]
  /** The paper's name stands over it in large type: the front page, whose number is often not printed. */
  readonly isFront?: boolean
  readonly editors: readonly Credit[]
}

const telling: ReadonlySet<TextRole> = new Set<TextRole>(['folio', 'page-number', 'header', 'footer', 'masthead', 'section'])
const paperName =
  /(?:日报|晚报|晨报|早报|时报|周报|商报|都市报|导报|快报|日報|晚報|時報|新報|週報|公報|Courier|Times|Gazette|Herald|News|Post|Zeitung|Anzeiger|Tageblatt)/

/** Reads the furniture of a page for what it says about the page. */
export function factsOf(view: PageView): PageFacts {
  const lines = view.blocks.filter(({ block }) => telling.has(block.role))
  const folios = lines.flatMap((line) => {
    const folio = line.block.role === 'section' ? undefined : parseFolio(line.text)
    return folio ? [{ folio, role: line.block.role }] : []
  })
  const backwards = parseFolio(fromRightToLeft(view))
  if (backwards?.date || backwards?.page) folios.push({ folio: { ...backwards, words: [] }, role: 'folio' })
  const first = <K extends keyof Folio>(key: K): Folio[K] | undefined => folios.find(({ folio }) => folio[key] !== undefined)?.folio[key]
  const label = folios.filter(({ role }) => role !== 'masthead' && role !== 'footer').find(({ folio }) => folio.page)?.folio.page
  const words = folios.flatMap(({ folio }) => folio.words)
  const titles = [...lines.filter(({ block }) => block.role === 'masthead').map(({ text }) => text), ...words].filter((word) =>
    paperName.test(word)
  )
  const section =
    lines.find((line) => line.block.role === 'section' && isName(line.text))?.text ??
    words.find((word) => word.length <= 12 && !paperName.test(word) && !/^本[版期报報]$/.test(word))
  const [date, weekday] = [first('date'), first('weekday')]
  return {
    page: view.page.id,
    ...(label ? { label } : {}),
    ...(section ? { section } : {}),
    ...(date ? { date } : {}),
    ...(weekday ? { weekday } : {}),
    titles,
    ...(isFront(view) ? { isFront: true } : {}),
    editors: folios.flatMap(({ folio }) => folio.editors)
  }
}

/** The line over the columns of a page set downwards runs from right to left; an engine reads it from left to right, in pieces. */
function fromRightToLeft({ blocks, vertical }: PageView): string {
  const across = vertical
    ? blocks.filter((view) => telling.has(view.block.role) && view.box && (!view.vertical || view.text.length <= 2))
    : []
  const row = across.filter(({ box }) => box!.y < across[0]!.box!.y + 2 * across[0]!.box!.height)
  return row
    .sort((a, b) => b.box!.x - a.box!.x)
    .map(({ text }) => [...text.replace(/\s+/g, '')].reverse().join(''))
    .join('')
    .slice(0, 120)
}

function isFront({ blocks, extent }: PageView): boolean {
  return blocks.some(
    ({ block, size, box }) =>
      block.role === 'masthead' && size >= 3.5 && box !== undefined && extent !== undefined && box.y < extent.y + 0.15 * extent.height
  )
}

/** A panel that points to other pages is labelled as a section, too, and is no name of one. */
function isName(text: string): boolean {
  return text.length >= 2 && text.length <= 10 && !/导读|導讀|[版页頁\d]/.test(text)
}

/** What the pages say against the issue, against each other, and against the calendar. One sentence each. */
export function contradictionsOf(facts: readonly PageFacts[], issue: { readonly title: string; readonly date?: string }): string[] {
  return [...facts.flatMap((fact) => ofPage(fact, issue)), ...repeatedLabels(facts)]
}

function ofPage({ page, date, weekday, titles }: PageFacts, issue: { readonly title: string; readonly date?: string }): string[] {
  const found: string[] = []
  if (date && issue.date && date !== issue.date) found.push(`Page ${page} is dated ${date}, the issue ${issue.date}.`)
  const named = date ?? issue.date
  if (weekday && named && weekdayOf(named) !== weekday)
    found.push(`Page ${page} names ${dayNames[weekday - 1]}, but ${named} was a ${dayNames[weekdayOf(named) - 1]}.`)
  const others = titles.filter((title) => !sameTitle(title, issue.title))
  if (titles.length > 0 && others.length === titles.length)
    found.push(`Page ${page} bears the title “${others[0]}”, the issue “${issue.title}”.`)
  return found
}

function repeatedLabels(facts: readonly PageFacts[]): string[] {
  const pages = new Map<string, string[]>()
  for (const { page, label } of facts) if (label) pages.set(plainLabel(label), [...(pages.get(plainLabel(label)) ?? []), page])
  return [...pages].filter(([, ids]) => ids.length > 1).map(([label, ids]) => `Pages ${ids.join(' and ')} are both numbered ${label}.`)
}

function sameTitle(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
      .replace(/^the/, '')
  return plain(a).includes(plain(b)) || plain(b).includes(plain(a))
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
