import type { Credit } from '@broadsheet/document'
import { parseCredits } from './credit.ts'
import { numeralChars } from './numeral.ts'

/** The opening of a report that says where and when it comes from: `淄博2月27日讯`, `本报讯（记者 张三）`, `BERLIN, 3 March.` */
export interface Dateline {
  /** As printed, without the credit behind it. */
  readonly text: string
  /** Where it ends in the paragraph, blanks behind it included. */
  readonly to: number
  /** Persons named in brackets behind it. */
  readonly credits: readonly Credit[]
}

const day = `[0-9０-９${numeralChars}]{1,3}`
const chinese = new RegExp(
  `^[■●◆▲△\\s]{0,4}((?:据|綜合|综合)?(?:本报|本報|本刊|本网|本台|本市|本埠|新华社|新華社|中新社|中央社|人民网|[\\p{Script=Han}]{2,8}?)?[\\p{Script=Han}]{0,8}?(?:\\s?${day}月${day}日)?\\s?(?:讯|訊|电|電|专电|專電|专讯|專訊|专访|專訪|消息)(?=[\\s（(：:“"，,]|$))`,
  'u'
)
/** （重慶廿四日美聯社電）, 【本报讯】: in brackets before the text. */
const enclosed = new RegExp(
  `^[（(【\\[]((?:[\\p{Script=Han}]{0,8}?(?:${day}月)?${day}日[\\p{Script=Han}\\s]{0,8}|本[报報市埠刊][\\p{Script=Han}]{0,4}|新[华華]社[\\p{Script=Han}]{0,8})(?:讯|訊|电|電|消息))[）)】\\]]`,
  'u'
)
const named = /^(?:本报|本報|本刊|本网|本台|本市|本埠|新华社|新華社|中新社|中央社|据)/u
const dated = new RegExp(`${day}月${day}日`, 'u')
const credit = /^\s?[（(]([^）)]{2,60})[）)]\s*/

/** The dateline a paragraph begins with; undefined when it has none. */
export function parseDateline(text: string): Dateline | undefined {
  const head = text.slice(0, 160)
  return /\p{Script=Han}/u.test(head) ? chineseDateline(head) : latinDateline(head)
}

function chineseDateline(head: string): Dateline | undefined {
  const inBrackets = enclosed.exec(head.slice(0, 40))
  if (inBrackets) return { text: inBrackets[1]!.replace(/\s+/g, ''), to: inBrackets[0].length, credits: [] }
  const match = chinese.exec(head.slice(0, 40))
  const words = match?.[1]?.trim()
  if (match === null || words === undefined || !(named.test(words) || dated.test(words))) return undefined
  let to = match[0].length
  const bracket = credit.exec(head.slice(to))
  const credits = bracket ? parseCredits(bracket[1]!) : []
  if (bracket && credits.length > 0) to += bracket[0].length
  while (/\s/.test(head[to] ?? '')) to++
  return { text: words, to, credits }
}

const when =
  '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)|(?:den |the )?\\d{1,2}(?:st|nd|rd|th|\\.)?(?: of)? ?(?:[A-Z][a-zä]{2,9}\\.?)?|[A-Z][a-zä]{2,9}\\.? \\d{1,2})(?:,? (?:night|evening|morning))?(?:,? \\d{4})?'
const place = "[A-ZÄÖÜ][A-ZÄÖÜa-zäöüß.'’-]{1,20}(?: [A-ZÄÖÜ(][A-ZÄÖÜa-zäöüß.'’)-]{1,20}){0,3}"
const latin: readonly RegExp[] = [
  new RegExp(`^(${place}, ${when}[.,:]?)(?:\\s*\\((?:Reuters|AP|AFP|UPI|dpa)\\))?(?:\\s*[.—–-]+)?(?=\\s)`, 'u'),
  /^([A-ZÄÖÜ][A-ZÄÖÜ.'’-]+(?:,? [A-ZÄÖÜ][A-ZÄÖÜa-z.'’-]*){0,3}) ?(?:\((?:Reuters|AP|AFP|UPI|dpa)\))? ?[—–](?=\s|\p{Lu})/u,
  /^([A-ZÄÖÜ]{2,}(?: [A-ZÄÖÜ]{2,}){1,5}\.)(?=\s+\p{Lu})/u
]

function latinDateline(head: string): Dateline | undefined {
  for (const pattern of latin) {
    const match = pattern.exec(head)
    if (!match) continue
    let to = match[0].length
    while (/\s/.test(head[to] ?? '')) to++
    return { text: match[1]!, to, credits: [] }
  }
  return undefined
}
