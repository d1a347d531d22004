import type { Credit } from '@broadsheet/document'
import { parseCredits } from './credit.ts'
import { findDate, findWeekday } from './date.ts'
import { numeralChars, toHalfWidth } from './numeral.ts'

/** What the line at the head or foot of a page says about the page. */
export interface Folio {
  /** ISO 8601. */
  readonly date?: string
  /** 1 (Monday) to 7 (Sunday), as printed. */
  readonly weekday?: number
  /** As printed, without 第 and 版: `A03`, `02`, `二`. */
  readonly page?: string
  /** Editors, designers, proof readers. */
  readonly editors: readonly Credit[]
  /** What is left: the paper's title, the section, slogans. Words between wide blanks or line ends. */
  readonly words: readonly string[]
}

/** Longest line that is still read as a folio. */
const longestFolio = 160

const pageLabels: readonly RegExp[] = [
  new RegExp(`第\\s?([A-Z]{0,2}\\d{1,3}|[${numeralChars}]{1,4})\\s?[版页頁张張]`),
  /(?<![A-Z0-9.:-]|今日|本期|共)([A-Z]{0,2}\d{1,3})\s?版/,
  new RegExp(`(?<![${numeralChars}])([${numeralChars}]{1,3})\\s?版`),
  /(?:page|seite|p\.|s\.)\s?(\d{1,3})\b/i,
  /^([A-Z]{0,2}\d{1,2}|\d{3})(?=\s{2,}|\s[\p{L}·]|$)/u,
  // Read without the blank: A05城事, 02要闻.
  /^([A-Z]\d{2}|0\d)(?=[\p{Script=Han}·]{1,6}$)/u,
  /(?<=\s)([A-Z]{0,2}\d{1,2})$/
]
const editorWords =
  /(?:责任编辑|責任編輯|值班编辑|本版编辑|本期编辑|责编|编辑|編輯|主编|美术编辑|版面设计|版式设计|美编|美編|版式|组版|排版|校对|校對|检校)/

/** Reads a folio line; undefined when nothing in it is a date, a weekday, a page number or an editor. */
export function parseFolio(text: string): Folio | undefined {
  if (text.length === 0 || text.length > longestFolio) return undefined
  let rest = toHalfWidth(text).replace(/[|｜丨·•]/g, '  ')
  const cut = (from: number, to: number): void => {
    rest = `${rest.slice(0, from)}   ${rest.slice(to)}`
  }
  const date = findDate(rest)
  if (date) cut(date.from, date.to)
  const weekday = findWeekday(rest)
  if (weekday) cut(weekday.from, weekday.to)
  const editors = takeEditors(rest)
  if (editors) cut(editors.from, editors.to)
  const page = takePage(rest.trimEnd())
  if (page) cut(page.from, page.to)
  if (!date && !weekday && !editors && !page) return undefined
  return {
    ...(date ? { date: date.date } : {}),
    ...(weekday ? { weekday: weekday.weekday } : {}),
    ...(page ? { page: page.label } : {}),
    editors: editors?.credits ?? [],
    words: rest
      .split(/\s{2,}|\n/)
      .map((word) => word.trim())
      .filter((word) => /[\p{L}\p{N}]/u.test(word))
  }
}

/** Whether a line is a page label and nothing else: `02`, `A03`, `第三版`, `Page 5`. */
export function isPageLabel(text: string): boolean {
  const plain = toHalfWidth(text.trim())
  return plain.length <= 9 && pageLabels.some((pattern) => pattern.exec(plain)?.[0] === plain)
}

function takePage(text: string): { label: string; from: number; to: number } | undefined {
  for (const pattern of pageLabels) {
    const match = pattern.exec(text)
    if (match) return { label: match[1]!.toUpperCase(), from: match.index, to: match.index + match[0].length }
  }
  return undefined
}

function takeEditors(text: string): { credits: readonly Credit[]; from: number; to: number } | undefined {
  const start = editorWords.exec(text)
  if (!start) return undefined
  const tail = text.slice(start.index)
  for (const end of wordEnds(tail)) {
    const credits = parseCredits(tail.slice(0, end))
    if (credits.length > 0) return { credits, from: start.index, to: start.index + end }
  }
  return undefined
}

/** Ends of words, last first: the longest stretch that reads as credits is taken. */
function wordEnds(text: string): number[] {
  const ends = [...text.matchAll(/\S+/g)].map((match) => match.index + match[0].length)
  return ends.reverse().slice(0, 24)
}
