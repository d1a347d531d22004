import type { Block } from '@broadsheet/document'
import type { Context } from '../rule.ts'
import { closingMarks, countHan, endsSentence, openingMarks } from '../text/characters.ts'
import { isDisplay, isProse } from '../text/prose.ts'
import { endsInCredit } from '../text/signature.ts'
import { type DamagedTail, damagedTail } from './damaged-tail.ts'

/** A block as joins see it: its two ends. */
export interface Strand {
  readonly block: Block
  /** Place in reading order. */
  readonly index: number
  readonly text: string
  /** The last characters, what a continuation is judged by: without stray glyphs. */
  readonly tail: string
  /** The same in two, where stray glyphs were taken out. */
  readonly damage: DamagedTail | undefined
  /** The first characters. */
  readonly head: string
  /** Running text that ends without a final mark. */
  readonly isOpen: boolean
  /** How surely the text breaks off, in bits: what a heading never is, and a fragment is. */
  readonly openness: number
  /** Bits of a full stop behind the text: what the model thinks of the sentence ending here. */
  readonly stopBits: number
  /** Bits of a comma behind the text. */
  readonly commaBits: number
  /** Bits of the last two characters where neither is part of a word: high behind a rare name, and where the end is damaged. */
  readonly endSurprise: number
  /** The last characters may be damaged: what the model thinks of the end says nothing. */
  readonly isDoubtful: boolean
  /** Stops inside a clause: on a comma, an opening mark, a dash. */
  readonly stopsInClause: boolean
  /** Has a mark inside. */
  readonly hasClause: boolean
  /** Stops on a word that ends neither a sentence nor a heading. */
  readonly dangles: boolean
  /** How the text begins, if as paragraphs do: with who speaks, with a phrase that opens one, with a date. */
  readonly opening: 'speaks' | 'phrase' | 'dated' | 'none'
  /** Begins like a message, or as no heading does. */
  readonly isDated: boolean
  /** More marks opened than closed, less than none when more are closed. */
  readonly brackets: number
  /** A closing quotation mark without its opening one is an opening one misread: it says nothing of what stands before. */
  readonly misreadsQuote: boolean
  /** May go on with a paragraph that began elsewhere. */
  readonly mayContinue: boolean
  /** How much the block looks like the beginning of a paragraph, in bits. */
  readonly startness: number
  /** Too long for anything but running text. */
  readonly isLong: boolean
  /** Running text by its role, whatever its length: where boxes tell, a word alone may be the rest of a paragraph. */
  readonly isRunning: boolean
}

/** From this length on, a block without a final mark is no heading. */
export const longText = 44

const headSize = 12
const tailSize = 12

export function strandsOf(context: Context): Strand[] {
  const starts = countStarts(context)
  const entries = entriesOf(context)
  return context.blocks.map((block, index) => {
    const raw = context.textOf(block).trim()
    const text = plain(raw)
    const running = isProse(block) && isChinese(text)
    const brackets = balance(text)
    const stopBits = context.model.bits('。', text.slice(-tailSize))
    const opening = openingOf(text)
    const surprise = endSurprise(context, text)
    const isOpen =
      (running || (isGuessedHeading(context, block) && isChinese(text))) &&
      text.length >= 6 &&
      !endsSentence(text) &&
      !isListed(text) &&
      !(entries[index] && !/[，。；]/.test(text)) &&
      !endsInCredit(raw) &&
      !agency.test(raw)
    const damage = isOpen ? damagedTail(context.model, text, tailSize) : undefined
    return {
      block,
      index,
      text,
      tail: damage ? (damage.before + damage.after).slice(-tailSize) : text.slice(-tailSize),
      damage,
      head: text.slice(0, headSize),
      isOpen,
      openness: isOpen
        ? endingBits(stopBits) +
          opennessOf(text, brackets, isDisplay(block), /[\u4e00-\u9fff] [\u4e00-\u9fff]/.test(raw) && !/[，。,]/.test(raw))
        : 0,
      stopBits,
      commaBits: isOpen ? context.model.bits('，', text.slice(-tailSize)) : 0,
      endSurprise: isOpen ? surprise : 0,
      isDoubtful: damage?.after === '' || surprise >= doubtfulEnd || isStray(context, text),
      stopsInClause: /[，、,（(“《—]$/.test(text) || danglingEnd.test(text),
      hasClause: /[，。；：,;]/.test(text),
      dangles: danglingEnd.test(text),
      opening,
      isDated: datelined.test(text) || openingPhrase.test(text),
      brackets,
      misreadsQuote: misreadsQuote(text),
      mayContinue: running && text.length > 4 && !entries[index] && !isParagraphStart(text) && (starts.get(text.slice(0, 3)) ?? 0) < 3,
      startness: startnessOf(text, opening),
      isLong: text.length > longText && /[，。；,;]/.test(text),
      isRunning:
        isProse(block) && /[\u4e00-\u9fff\d]/.test(text.slice(0, 200)) && !entries[index] && !isParagraphStart(text) && !isListed(text)
    }
  })
}

function isChinese(text: string): boolean {
  const sample = text.slice(0, 200)
  const han = countHan(sample)
  return han >= 4 && han * 3 >= sample.length
}

/** Named a heading by its words alone: where no type and no box tells, a fragment looks the same. */
function isGuessedHeading({ regions }: Context, block: Block): boolean {
  if (!isDisplay(block)) return false
  return block.pieces.every((piece) => !('region' in piece) || regions.get(piece.region)?.box === undefined)
}

function endSurprise({ model }: Context, text: string): number {
  const tail = text.slice(-2)
  if (!/^[\u3400-\u9fff]{2}$/.test(tail)) return 0
  const end = text.slice(-8)
  const ends = model.dictionary.segment(end).ends
  const standAlone = ends.at(-2) === end.length - 1 && ends.at(-3) === end.length - 2
  return standAlone ? model.bits(tail, text.slice(-tailSize, -2)) : 0
}

/** From this surprise on, the end of a text may be damaged. */
export const doubtfulEnd = 26
/** So many bits of the last character alone, where it is no part of a word. */
const strayCharacter = 15

/** The text ends on a rare character that goes with nothing before it, or on the remains of a formula. */
function isStray({ model }: Context, text: string): boolean {
  if (/[$}\\]$/.test(text)) return true
  const last = text.slice(-1)
  if (!/[\u3400-\u9fff]/.test(last) || model.bits(last, text.slice(-tailSize, -1)) < strayCharacter) return false
  const end = text.slice(-8)
  return model.dictionary.segment(end).ends.at(-2) === end.length - 1
}

/** What the last word of a heading never is: particles, prepositions, conjunctions, numerals in mid-count. */
const danglingEnd =
  /(?:[的将在与和为是被把从对向到及或以由并使让其这该每各第至于若则但而且因当称]|[^一]个|多|通过|推动|造成|推出|包括|例如|以及|根据|按照|围绕|覆盖|要求|认为|表示|指出|强调|提出|来自|作为|成为|具有|进行|予以|由于|关于|对于|为了|随着|经过|其中|同时)$/
/** No heading begins like a message. */
const datelined = /^[^，。]{2,12}?\d{1,2}月\d{1,2}日(?:讯|电)/
const openingPhrase =
  /^(?:近日|日前|当天|当日|目前|今年|去年|截至|据|随着|同时|此外|另外|与此同时|近年来|记者|这是|其中|为了|为此|通过|根据|按照|在此|对此|不久前|[^，。]{1,12}(?:\d日|表示|认为|介绍|称))/

const speaks = /^[^，。,；]{2,18}(?:指出|表示|强调|介绍|说|称|认为|透露|提出|宣布|显示)[，,：:]/
const dated = /^(?:[^，。,；]{0,14}?(?:\d{1,2}日|今天|昨天|昨日|今日|上午|下午|当地时间|此前))/
const opensParagraph =
  /^(?:近日|眼下|如今|连日来|当前，|如果|正如|不仅如此|值得注意的是|\d{1,2}日，|[“"]十[一二三四五六]五[”"]时期|[^，。]{2,6}(?:开始|之后|后|前|期间|时节|时分|之际)[，,]|日前|目前|今年|去年|截至|据|随着|同时，|此外|另外|与此同时|近年来|作为|为了|为深入|为进一步|根据|按照|在[^，。]{2,16}[，,]|会议(?:指出|强调|要求)|一是|首先|其次)/

function openingOf(text: string): Strand['opening'] {
  const start = text.slice(0, 24)
  return speaks.test(start) ? 'speaks' : opensParagraph.test(start) ? 'phrase' : dated.test(start) ? 'dated' : 'none'
}

function startnessOf(text: string, opening: Strand['opening']): number {
  if (/^[^，。；：,;]{2,24}$/.test(text)) return 8
  return { speaks: 10, phrase: 10, dated: 8, none: 0 }[opening]
}

/** What the model thinks of a full stop here: a sentence that might well be complete is less surely broken off. */
function endingBits(stopBits: number): number {
  return Math.max(-6, Math.min(4, (stopBits - 6) * 0.8))
}

function opennessOf(text: string, brackets: number, isHeading: boolean, isSpaced: boolean): number {
  if (/[，、,（(“《]$/.test(text)) return 10
  // Items of a list end so, and what introduces one.
  if (/[；;：:]$/.test(text)) return -3
  const hasClause = /[，。；：,;]/.test(text)
  let bits = hasClause ? (text.length > longText ? 7 : -3) : -9
  if (brackets > 0) bits += 9
  if (danglingEnd.test(text)) bits += 8
  if (/\d$/.test(text)) bits += 3
  if (hasClause && openingPhrase.test(text)) bits += 4
  if (text.length <= longText && datelined.test(text)) bits += 14
  if (isHeading) bits -= 3
  if (isSpaced) bits -= 6
  return bits
}

/** As the rules of characters will leave it, near enough: no blanks in Chinese, no marks of other engines. */
function plain(text: string): string {
  const start = /^(?:#{1,6} +)?(?:[△▲◆■●] ?)?/u.exec(text)![0].length
  return text.slice(start).replace(/ +/g, (blanks, at: number, all: string) => {
    const isForeign = isAscii(all, at - 1) && isAscii(all, at + blanks.length)
    return isForeign ? ' ' : ''
  })
}

function isAscii(text: string, at: number): boolean {
  return text.charCodeAt(at) < 0x80
}

/** A line of a table, a list of names, an address: open by nature. */
function isListed(text: string): boolean {
  return /^(?:电话|热线|地址|邮编|网址|来源|资料|注)[:：]/.test(text)
}

/** Opens with what it is about: 云台区：…, 问：…. */
const entry = /^[\u4e00-\u9fff]{1,8}[：:](?!$)/

/** Which blocks are entries of a list, where one that is an entry stands before or behind: each begins on a line of its own. */
function entriesOf({ blocks, textOf }: Context): boolean[] {
  const opens = blocks.map((block) => entry.test(plain(textOf(block).slice(0, 24).trim())))
  return opens.map((isEntry, index) => isEntry && (opens[index - 1] === true || opens[index + 1] === true))
}

/** Whose picture it is stands behind a caption: 新华社发, 新华社/法新. */
const agency = /(?:新华社|中新社|法新社|本报)(?:[发供]|[/／][\u4e00-\u9fff]{2,4}|记者[\u4e00-\u9fff]{2,4}[摄发])$/

const datelines =
  /^(?:[^，。]{2,8}(?:消息|讯|电)[（(]|本报讯|本报[^，。]{0,12}(?:讯|电)|新华社[^，。]{0,14}电|(?:据)?[^，。]{2,10}\d{1,2}月\d{1,2}日(?:讯|电)|[（(]?记者)/
const numbered = /^(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十\d]{1,3}[章条节]|[①-⑳●■◆▲★]|\d{1,2}[.．、](?!\d))/

/** Names of who wrote, and nothing else. */
const byline = /^[^，。；：,]{0,10}(?:记者|通讯员)[\u4e00-\u9fff]{2,24}$/
/** What goes on from another page says so. */
const fromPage = /^[（(【]?(?:上接|紧接|下转)/

function isParagraphStart(text: string): boolean {
  return datelines.test(text) || numbered.test(text) || fromPage.test(text) || byline.test(text)
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

/**
 * A closing mark without an opening one closes what was opened before; but where a second stands behind it, or an opening one that nothing closes up to the end
 * of a sentence, it is an opening one misread: engines take “ and ” for each other.
 */
function misreadsQuote(text: string): boolean {
  const marks = text.match(/[“”]/g) ?? []
  const lone = marks.findIndex((mark, index) => mark === '”' && marks[index - 1] !== '“')
  if (lone < 0) return false
  const rest = marks.slice(lone + 1)
  const isPaired = rest.every((mark, index) => (mark === '“') === (index % 2 === 0))
  return !isPaired || (rest.length % 2 === 1 && endsSentence(text))
}
