import type { TextRole } from '@broadsheet/document'

/** Something about a stretch of text that print would not have. */
export interface Oddity {
  readonly kind: OddityKind
  /** UTF-16 offsets into the text. */
  readonly from: number
  readonly to: number
  /** One sentence. */
  readonly message: string
  /** How many wrong characters it stands for, on average. */
  readonly cost: number
}

export type OddityKind =
  | 'unclosed'
  | 'sentence-start'
  | 'sentence-end'
  | 'repeated-run'
  | 'date'
  | 'figure'
  | 'blank'
  | 'mark-width'
  | 'unreadable'
  | 'mark-doubled'

const costs: Readonly<Record<OddityKind, number>> = {
  unclosed: 0.15,
  'sentence-start': 0.3,
  'sentence-end': 0.2,
  'repeated-run': 3,
  date: 0.8,
  figure: 0.8,
  blank: 0.1,
  'mark-width': 0.3,
  unreadable: 1,
  'mark-doubled': 0.6
}

/** All that is odd about the text of one block, in order of place. */
export function findOddities(text: string, role: TextRole): Oddity[] {
  const found = [...findUnclosed(text), ...findRepeats(text), ...findDates(text), ...findByPattern(text)]
  if (role === 'paragraph') found.push(...findOpenEnds(text))
  return found.sort((a, b) => a.from - b.from || a.to - b.to)
}

function oddity(kind: OddityKind, from: number, to: number, message: string): Oddity {
  return { kind, from, to, message, cost: costs[kind] }
}

const closers: Readonly<Record<string, string>> = {
  '（': '）',
  '(': ')',
  '《': '》',
  '〈': '〉',
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '【': '】',
  '〔': '〕'
}
const openerOf = new Map(Object.entries(closers).map(([open, close]) => [close, open]))

/** Brackets and quotation marks without their other half. An apostrophe closes nothing. */
function findUnclosed(text: string): Oddity[] {
  const open: { char: string; at: number }[] = []
  const lone: Oddity[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (closers[char]) open.push({ char, at })
    const opener = openerOf.get(char)
    if (!opener || (char === '’' && /\p{L}/u.test(text[at - 1] ?? '') && /[\p{L}\s]|^$/u.test(text[at + 1] ?? ''))) continue
    // Looks back a few marks only: one that was never closed must not spoil all that follow.
    const index = open.findLastIndex((one) => one.char === opener)
    if (index >= 0 && index >= open.length - 4) for (const one of open.splice(index).slice(1)) lone.push(loneMark(one.char, one.at))
    else if (!(char === ')' && /\d|[a-z]/i.test(text[at - 1] ?? ''))) lone.push(loneMark(char, at))
  }
  return [...lone, ...open.map((one) => loneMark(one.char, one.at))]
}

function loneMark(char: string, at: number): Oddity {
  return oddity('unclosed', at, at + 1, `“${char}” stands without its other half.`)
}

const sentenceEnd = /[。！？…：；.!?:;—][”’」』）)》\]]*$|[”』」]$/u
const closingStart = /^[，。、；：！？）》”’」』]/u

function findOpenEnds(text: string): Oddity[] {
  const found: Oddity[] = []
  if (closingStart.test(text)) found.push(oddity('sentence-start', 0, 1, 'The paragraph begins with a mark that closes something.'))
  const trimmed = text.trimEnd()
  if (trimmed.length > 24 && !sentenceEnd.test(trimmed))
    found.push(oddity('sentence-end', trimmed.length - 1, trimmed.length, 'The paragraph ends in the middle of a sentence.'))
  return found
}

const runLength = 8
const runGap = 3

/** The same run of characters twice with hardly anything between: a line read twice over its neighbour. */
function findRepeats(text: string): Oddity[] {
  const seen = new Map<string, number>()
  const found: Oddity[] = []
  for (let at = 0; at + runLength <= text.length; at++) {
    const run = text.slice(at, at + runLength)
    const before = seen.get(run)
    seen.set(run, at)
    if (before === undefined || !/\p{L}/u.test(run) || new Set(run).size < 4) continue
    const length = commonLength(text, before, at)
    if (at - before < runLength || at - before > length + runGap) continue
    found.push(oddity('repeated-run', at, at + length, `“${run}…” stands here twice.`))
    at += length
  }
  return found
}

function commonLength(text: string, first: number, second: number): number {
  let length = 0
  while (second + length < text.length && first + length < second && text[first + length] === text[second + length]) length++
  return length
}

const dates: readonly (readonly [RegExp, number, number, string])[] = [
  [/(?<!\d)(\d{1,4})月(?![^，。]{0,3}龄)/g, 1, 12, 'month'],
  [/月(\d{1,4})日/g, 1, 31, 'day'],
  [/日(?:上午|下午|晚|晚上|早上|凌晨)?(\d{1,4})时/g, 0, 24, 'hour'],
  [/(?<!\d)\d{1,2}时(\d{1,4})分/g, 0, 59, 'minute'],
  [/(?<![\d.])([12]\d{3})年(?![^，。]{0,4}前)/g, 1000, 2100, 'year']
]

function findDates(text: string): Oddity[] {
  return dates.flatMap(([pattern, low, high, name]) =>
    [...text.matchAll(pattern)]
      .filter((match) => Number(match[1]) < low || Number(match[1]) > high)
      .map((match) => oddity('date', match.index, match.index + match[0].length, `“${match[0]}” is no ${name}.`))
  )
}

const solid = '[\\p{Script=Han}々〇]'
const patterns: readonly (readonly [OddityKind, RegExp, string])[] = [
  ['figure', /\d[OoIl|]\d|\d[OIl|](?=[年月日万亿元个%％])/g, 'A letter stands inside a figure.'],
  ['figure', /(?<![\d.])0\d{2,}(?![\d-])(?=[万亿元个名户])/g, 'A count begins with a nought.'],
  ['blank', new RegExp(`(?<=${solid}{2}) (?=${solid}{2})`, 'gu'), 'A blank inside a Chinese sentence.'],
  ['mark-width', new RegExp(`(?<=${solid})[,;:?!](?=${solid}|$)`, 'gu'), 'A half-width mark in Chinese.'],
  ['unreadable', /[\ufffd\ue000-\uf8ff\u0000-\u0008\u000b-\u001f\u007f-\u009f□■]/g, 'A sign that stands for no character.'],
  ['mark-doubled', /[，、；：][，。、；：！？]|[。！？][，、；：]|[，、；：。]{3,}/g, 'Two marks where one can stand.'],
  ['unreadable', /\p{Cs}/gu, 'Half a character.']
]

function findByPattern(text: string): Oddity[] {
  return patterns.flatMap(([kind, pattern, message]) =>
    [...text.matchAll(pattern)].map((match) => oddity(kind, match.index, match.index + match[0].length, message))
  )
}
