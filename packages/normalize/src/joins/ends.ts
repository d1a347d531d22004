import type { Block } from '@broadsheet/document'
import type { Context } from '../rule.ts'
import { closingMarks, countHan, endsSentence, openingMarks } from '../text/characters.ts'
import { isProse } from '../text/prose.ts'

/** A block as joins see it: its two ends. */
export interface Strand {
  readonly block: Block
  /** Place in reading order. */
  readonly index: number
  readonly text: string
  /** The last characters, what a continuation is judged by. */
  readonly tail: string
  /** The first characters. */
  readonly head: string
  /** Running text that ends without a final mark. */
  readonly isOpen: boolean
  /** Stops inside a clause: on a comma, an opening mark, a dash. */
  readonly stopsInClause: boolean
  /** More marks opened than closed, less than none when more are closed. */
  readonly brackets: number
  /** May go on with a paragraph that began elsewhere. */
  readonly mayContinue: boolean
  /** Too long for anything but running text. */
  readonly isLong: boolean
}

/** From this length on, a block without a final mark is no heading. */
export const longText = 44

const headSize = 12
const tailSize = 12

export function strandsOf(context: Context): Strand[] {
  const starts = countStarts(context)
  return context.blocks.map((block, index) => {
    const text = context.textOf(block).trim()
    const view = plain(text)
    const prose = isProse(block) && countHan(view.slice(0, 200)) * 2 > Math.min(view.length, 200)
    const isOpen = prose && view.length >= 6 && !endsSentence(view) && !isListed(view)
    return {
      block,
      index,
      text: view,
      tail: view.slice(-tailSize),
      head: view.slice(0, headSize),
      isOpen,
      stopsInClause: /[，、；,;（(“《—]$/.test(view),
      brackets: balance(view),
      mayContinue: prose && view.length > 4 && !isParagraphStart(view) && (starts.get(view.slice(0, 3)) ?? 0) < 3,
      isLong: view.length > longText
    }
  })
}

/** As the rules of characters will leave it, near enough: no blanks in Chinese, no marks of other engines. */
function plain(text: string): string {
  return text.replace(/^(?:#{1,6} +)?(?:[△▲◆■●] ?)?/u, '').replace(/(?<=[^\x21-\x7e]) +(?=\S)|(?<=\S) +(?=[^\x21-\x7e])/g, '')
}

/** A line of a table, a list of names, an address: open by nature. */
function isListed(text: string): boolean {
  return /^(?:电话|热线|地址|邮编|网址|来源|资料|注)[:：]/.test(text)
}

const datelines = /^(?:本报讯|本报[^，。]{0,12}(?:讯|电)|新华社[^，。]{0,14}电|(?:据)?[^，。]{2,10}\d{1,2}月\d{1,2}日(?:讯|电)|[（(]?记者)/
const numbered = /^(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十\d]{1,3}[章条节]|[①-⑳●■◆▲★]|\d{1,2}[.．、](?!\d))/

function isParagraphStart(text: string): boolean {
  return datelines.test(text) || numbered.test(text)
}

/** How many blocks of the page begin alike: its own way of opening a paragraph. */
function countStarts({ blocks, textOf }: Context): Map<string, number> {
  const counts = new Map<string, number>()
  for (const block of blocks) {
    const start = plain(textOf(block).slice(0, 12).trim()).slice(0, 3)
    if (start.length === 3) counts.set(start, (counts.get(start) ?? 0) + 1)
  }
  return counts
}

function balance(text: string): number {
  let open = 0
  for (const char of text) {
    if (openingMarks.includes(char)) open++
    else if (closingMarks.includes(char)) open--
  }
  return open
}
