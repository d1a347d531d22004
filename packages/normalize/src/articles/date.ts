import { numeralChars, parseNumeral, toHalfWidth } from './numeral.ts'

/** A calendar date as printed in a folio or a masthead. */
export interface PrintedDate {
  /** ISO 8601, `2024-03-05`. */
  readonly date: string
  readonly from: number
  readonly to: number
}

const number = `[0-9${numeralChars}]`
const months = [
  'jan(?:uary|uar|\\.)?|jänner',
  'feb(?:ruary|ruar|\\.)?',
  'mar(?:ch|\\.)?|märz|maerz',
  'apr(?:il|\\.)?',
  'may|mai',
  'june?|juni',
  'july?|juli',
  'aug(?:ust|\\.)?',
  'sep(?:t|tember|tbr)?\\.?',
  'o[ck]t(?:ober|br)?\\.?',
  'nov(?:ember|br)?\\.?',
  'de[cz](?:ember|br)?\\.?'
]
const month = months.map((names) => `(${names})`).join('|')

/** The year before the first of an era that counts by the solar calendar. Dates by the moon (光緒, 宣統) are not read. */
const eras: Readonly<Record<string, number>> = { 明治: 1867, 大正: 1911, 昭和: 1925, 康德: 1933 }

const patterns: readonly {
  readonly pattern: RegExp
  read(match: RegExpExecArray): readonly [year: number | undefined, month: number | undefined, day: number | undefined]
}[] = [
  {
    pattern: new RegExp(`(?:中[華华])?民[國国](${number}{1,6})年(${number}{1,3})月(${number}{1,3})[日號号]`),
    read: ([, year, month, day]) => [add(parseNumeral(year!), 1911), parseNumeral(month!), parseNumeral(day!)]
  },
  {
    pattern: new RegExp(`(明治|大正|昭和|康德)(${number}{1,4})年(${number}{1,3})月(${number}{1,3})[日號号]`),
    read: ([, era, year, month, day]) => [add(parseNumeral(year!), eras[era!]!), parseNumeral(month!), parseNumeral(day!)]
  },
  {
    pattern: new RegExp(`(${number}{4})\\s?年\\s?(${number}{1,3})\\s?月\\s?(${number}{1,3})\\s?[日號号]`),
    read: ([, year, month, day]) => [parseNumeral(year!), parseNumeral(month!), parseNumeral(day!)]
  },
  { pattern: /\b(\d{4})[-./](\d{1,2})[-./](\d{1,2})\b/, read: ([, year, month, day]) => [Number(year), Number(month), Number(day)] },
  {
    pattern: new RegExp(`\\b(?:${month})\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'),
    read: (match) => [Number(match[14]), monthOf(match, 1), Number(match[13])]
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s*(?:${month})[.,]?\\s+(\\d{4})\\b`, 'i'),
    read: (match) => [Number(match[14]), monthOf(match, 2), Number(match[1])]
  }
]

/** The first full date in `text`: Chinese (also of the Republic's years), English, German or ISO. Undefined when there is none, or no such day. */
export function findDate(text: string): PrintedDate | undefined {
  const plain = toHalfWidth(text)
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(plain)
    if (!match) continue
    const date = isoDate(...read(match))
    if (date) return { date, from: match.index, to: match.index + match[0].length }
  }
  return undefined
}

const weekdays: readonly RegExp[] = [
  /(?:星期|周|週|禮拜|礼拜)一|\bmonday\b|\bmontags?\b/i,
  /(?:星期|周|週|禮拜|礼拜)二|\btuesday\b|\bdienstags?\b/i,
  /(?:星期|周|週|禮拜|礼拜)三|\bwednesday\b|\bmittwochs?\b/i,
  /(?:星期|周|週|禮拜|礼拜)四|\bthursday\b|\bdonnerstags?\b/i,
  /(?:星期|周|週|禮拜|礼拜)五|\bfriday\b|\bfreitags?\b/i,
  /(?:星期|周|週|禮拜|礼拜)六|\bsaturday\b|\bsamstags?\b|\bsonnabends?\b/i,
  /(?:星期|周|週|禮拜|礼拜)[日天]|\bsunday\b|\bsonntags?\b/i
]

/** The weekday named in `text`, 1 (Monday) to 7 (Sunday), with its place; undefined when none is. */
export function findWeekday(text: string): { readonly weekday: number; readonly from: number; readonly to: number } | undefined {
  for (const [index, pattern] of weekdays.entries()) {
    const match = pattern.exec(text)
    if (match) return { weekday: index + 1, from: match.index, to: match.index + match[0].length }
  }
  return undefined
}

/** The weekday of an ISO date, 1 (Monday) to 7 (Sunday). */
export function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

function add(value: number | undefined, years: number): number | undefined {
  return value === undefined ? undefined : value + years
}

function monthOf(match: RegExpExecArray, first: number): number | undefined {
  for (let index = 0; index < 12; index++) if (match[first + index] !== undefined) return index + 1
  return undefined
}

function isoDate(year: number | undefined, month: number | undefined, day: number | undefined): string | undefined {
  if (year === undefined || month === undefined || day === undefined || year < 1500 || year > 2200) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.toISOString().slice(0, 10)
}
