import type { TextRole } from '@broadsheet/document'
import { parseDateline } from '../articles/dateline.ts'
import { parseFolio } from '../articles/folio.ts'
import { parseJump } from '../articles/jump.ts'
import { isFinished } from '../articles/signature.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { deckBehindOne } from '../text/deck-opening.ts'
import { ems, endsSentence, isOpenRole, isProse, plainText } from './facts.ts'
import { type HeadLine, mayHead } from './head-line.ts'
import { oldMarks } from './old-marks.ts'
import { kickerStart, reignDay, rubricEnd } from './words.ts'

/** How many blocks to either side are looked at: a page of thousands of lines is not read once for each. */
const reach = 300

/** Kickers, headings and decks of a page without boxes: short lines that are no sentences, nor `isBroken` off in one, before a paragraph. */
export function headsByWords(all: PageView, isBroken: (text: string) => boolean): HeadLine[] {
  const heads: HeadLine[] = []
  const page: WordsView = {
    ...all,
    broken: new Set(all.blocks.filter((view) => ems(view.text) <= 48 && !isDeck(view) && isBroken(plainText(view))))
  }
  const { blocks } = page
  const areItems = holdsItems(page)
  const old = oldMarks(page)
  const isOldPaper = isOfOldPaper(page)
  const columnWidth = widthOfColumns(page)
  let hasText = false
  let isClosed = false
  for (let index = 0; index < blocks.length; index++) {
    const view = blocks[index]!
    if (closesBehindText(view) && hasText) isClosed = true
    const lines = runFrom(blocks, index, page)
    if (lines.length === 0) {
      if (isOpenRole(view) && view.text.length > 20)
        [hasText, isClosed] = [true, isFinished(view.text) || (isClosed && !isProse(view.text))]
      continue
    }
    const run = behindPoem(lines)
    index += lines.length - run.length
    const next = blocks.slice(index + run.length, index + run.length + reach).find((other) => isOpenRole(other))
    const hasOldMarks = next !== undefined && (old[next.index] === true || old[index] === true)
    if (
      next &&
      headsIt(run, next, page, { hasText, isClosed, areItems, hasOldMarks, isOldPaper, columnWidth, hasHead: heads.length > 0 })
    ) {
      heads.push(...rolesIn(run, index, blocks))
      hasText = false
      isClosed = false
    }
    index += run.length - 1
  }
  return heads
}

interface WordsView extends PageView {
  /** Lines that stop inside a sentence. */
  readonly broken: ReadonlySet<BlockView>
}

/** A credit, or a line that says where the article goes on. */
function closesBehindText({ block, text }: BlockView): boolean {
  return block.role === 'credit' || (block.role === 'jump-line' && parseJump(text)?.direction === 'to')
}

function isShortLine(view: BlockView, page: PageView): boolean {
  const text = plainText(view)
  const isDateline = parseDateline(text) !== undefined && !/^本[市埠]?\p{Script=Han}{0,2}消息$/u.test(text)
  return (
    mayHead(view, page) &&
    ems(text) <= (/\s/.test(view.text) || view.lines.length > 1 ? 48 : 36) &&
    !isProse(text) &&
    !isDateline &&
    !/[.]$/.test(text) &&
    !isBrokenWord(text) &&
    !isAsked(text)
  )
}

/** A word parted at the end of the line: a heading is turned between words. */
function isBrokenWord(text: string): boolean {
  return /\p{Ll}[-‐¬⸗]$/u.test(text)
}

/** Running text, or words of address before it: 同志们： */
function leadsToText(next: BlockView, page: PageView): boolean {
  if (isProse(next.text) || ems(next.text) >= 30) return true
  const after = page.blocks[next.index + 1]
  return /[：:]$/.test(next.text) && ems(next.text) <= 16 && after !== undefined && isProse(after.text)
}

/** A question put in an interview, or a heading of the law: nothing that heads an article. */
function isAsked(text: string): boolean {
  return /^(?:记者|記者|问|問|答|主持人|笔者|编辑|Q|A)\s?[:：]/.test(text)
}

/** 一、, （二）, 第三章, 4.: a division of the text it stands in. */
const ordinal =
  /^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十百\d]{1,4}[章节節编編条條款]|[（(]?\d{1,2}[）)、．.])/u

/** The short lines from `start` on, up to one that stops inside a sentence; the lines of a poem stop so, and go on. */
function runFrom(blocks: readonly BlockView[], start: number, page: WordsView): readonly BlockView[] {
  let end = start
  while (end < blocks.length && isShortLine(blocks[end]!, page)) end++
  const lines = blocks.slice(start, end)
  const broken = lines.length > mostLines ? -1 : lines.findIndex((view) => page.broken.has(view))
  return broken < 0 ? lines : lines.slice(0, broken)
}

/** More lines than a heading has, and a deck at their end: a poem, and behind it the next heading. */
function behindPoem(lines: readonly BlockView[]): readonly BlockView[] {
  return lines.length > mostLines && isDeck(lines.at(-1)!) && !isDeck(lines.at(-2)!) ? lines.slice(-2) : lines
}

/**
 * Whether lines head a new article. At the head of the page and after a closing credit they do; inside an article they may be
 * crossheads or the halves of a broken paragraph, and only a deck, a dateline or an engine's heading mark tells.
 */
function headsIt(run: readonly BlockView[], next: BlockView, page: PageView, before: Before): boolean {
  // A list of names, a poem, a table: many short lines head nothing.
  if (run.length > mostLines || !(leadsToText(next, page) || run.some(isDeck))) return false
  const last = textBefore(run[0]!, page)
  if (before.hasOldMarks && ems(next.text) >= 24 && run.every((view) => !/[、，。]/.test(view.text)))
    return !before.hasText || before.isClosed || !isInset(run, last, next)
  if ((before.hasText || before.hasHead) && ordinal.test(plainText(run[0]!))) return false
  if (isSpoken(run, next)) return false
  if (before.hasText && !isHan(next.text) && isWholeText(last) && run.every(isLatinHead) && isBeginning(next.text)) return true
  if (goesOnFromElsewhere(page.blocks[run.at(-1)!.index + 1])) return true
  if (!before.hasText || before.isClosed) return !repeatsOpening(run.at(-1)!, next, page)
  if (isNoticeHead.test(plainText(run.at(-1)!))) return true
  if (run.some((view) => isDeck(view) || /^#/.test(view.text)) || parseDateline(plainText(next)) !== undefined) return true
  // A crosshead is one line; two or more, or one with a credit under it, head an article.
  const isWhole = last !== undefined && endsSentence(last.text) && isProse(next.text)
  if (isWhole && isBeginning(next.text) && (before.isOldPaper || run.some((view) => spansColumns(view, next, before.columnWidth))))
    return true
  if (isWhole && page.blocks[run.at(-1)!.index + 1]?.block.role === 'credit') return true
  if (isWhole && run.length >= 2 && ems(plainText(run[0]!)) >= 3 && run.every(mayFollow) && isBeginning(next.text)) return true
  if (isWhole && run.some((view) => isSetInLines(view, before.columnWidth))) return true
  if (run.length === 1 && ems(plainText(run[0]!)) <= 3) return false
  return before.areItems && last !== undefined && endsSentence(last.text) && !repeatsOpening(run.at(-1)!, next, page)
}

/** Words of a few characters set into a text of the old way, in larger type: they divide it, or stand for words of it. */
function isInset(run: readonly BlockView[], last: BlockView | undefined, next: BlockView): boolean {
  const [only] = run
  if (run.length > 1 || only === undefined || only.lines.length > 1) return false
  const length = ems(plainText(only))
  const isNews = length > 2 && newsLead.test(plainText(next))
  return (
    (length <= 4 && !isNews) ||
    (length <= 8 && last !== undefined && ems(last.text) >= 24 && !/(?:[、。！？…」』）)，；]|云|也|矣)\s*$/.test(last.text.slice(-4)))
  )
}

/** 昨日, 本埠, 日前: the first words of a report. */
const newsLead = /^(?:昨|前[日晨晚夜]|日前|近日|頃|本[市埠月縣]|[（(][^）)]{2,14}[電訊][）)])/

/** Words somebody says, before what somebody answers. */
function isSpoken(run: readonly BlockView[], next: BlockView): boolean {
  return /^[“「『]/.test(plainText(next)) && run.every((view) => /^[“「『][^”」』]*[。？！…?!][”」』]$/.test(plainText(view)))
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text.slice(0, 200))
}

function isWholeText(view: BlockView | undefined): boolean {
  return view !== undefined && endsSentence(view.text)
}

/** Two words and more in capitals, or four and more: a crosshead has one to three. */
function isLatinHead(view: BlockView): boolean {
  const words = plainText(view).split(/\s+/)
  const isCapital = words.length >= 2 && !/\p{Ll}/u.test(plainText(view))
  return isCapital || (words.length >= 4 && plainText(view).length >= 18)
}

/** 上接第一版 right under it. */
function goesOnFromElsewhere(next: BlockView | undefined): boolean {
  return next?.block.role === 'jump-line' && parseJump(next.text)?.direction === 'from'
}

/** A line that may be the second of a heading: long enough, or a serial's number, or a name. */
function mayFollow(view: BlockView, index: number): boolean {
  const text = plainText(view)
  return ems(text) >= 4 || (index > 0 && /^(?:[（(].{1,4}[）)]|\p{Script=Han}{2,4})$/u.test(text))
}

/** The block before, but for captions, which stand by their pictures. */
function textBefore({ index }: BlockView, { blocks }: PageView): BlockView | undefined {
  const near = blocks.slice(Math.max(0, index - 4), index)
  return near.findLast((view) => view.block.role !== 'caption') ?? near.at(-1)
}

/** Longer than a printed line of the text around it: set across columns. A crosshead stands in one. */
function spansColumns(view: BlockView, next: BlockView, columnWidth: number): boolean {
  if (columnWidth === 0 || view.lines.length !== 1 || next.lines.length < 3) return false
  const widest = next.lines.slice(0, 20).reduce((most, line) => Math.max(most, ems(line.text)), columnWidth)
  return ems(plainText(view)) > 1.1 * widest + 1
}

/** Set in two to four short lines: in larger type than the text. A long crosshead fills its column before it turns. */
function isSetInLines(view: BlockView, columnWidth: number): boolean {
  const lengths = view.lines.map((line) => ems(line.text))
  const end = lengths.at(-1)!
  const isFull = lengths.slice(0, -1).every((length) => Math.abs(length - columnWidth) < 2) && end < columnWidth - 1
  // Words that are broken by hand are broken in their middle.
  const isTurned = isFull || end <= Math.min(3.5, 0.35 * Math.max(...lengths))
  return lengths.length >= 2 && lengths.length <= 4 && Math.max(...lengths) <= 16 && Math.max(...lengths) >= 4 && !isTurned
}

/** How many characters a printed line of the text holds; 0 where lines are not known. */
function widthOfColumns(page: PageView): number {
  const widths = page.blocks
    .filter((view) => view.lines.length >= 4)
    .slice(0, 500)
    .map((view) => ems(view.lines[1]!.text))
    .sort((a, b) => a - b)
  return widths[Math.floor(widths.length / 2)] ?? 0
}

/** More short lines than this in a row are no heading. */
const mostLines = 6

/** Not the second half of a sentence. */
function isBeginning(text: string): boolean {
  return !/^[，。、；：！？）》」』”’]|^\p{Ll}/u.test(text)
}

/** 减资公告, 寻人启事, 遗失声明. */
const isNoticeHead = /^[\p{Script=Han}\s]{0,10}(?:公告|公示|启事|啟事|启示|声明|聲明|通知|通告|讣告|更正|致歉)$/u

/** What the page has said before a line. */
interface Before {
  readonly hasText: boolean
  readonly hasHead: boolean
  readonly isClosed: boolean
  readonly areItems: boolean
  /** Its sentences end with 、, so that no mark tells where a paragraph ends. */
  readonly hasOldMarks: boolean
  /** Its folio gives a date before crossheads were common. */
  readonly isOldPaper: boolean
  /** Of the text of the page, in ems; 0 where printed lines are not known. */
  readonly columnWidth: number
}

/** A Chinese paper from before 1950, as its folio says: a line between its paragraphs heads the next of its short reports. */
function isOfOldPaper(page: PageView): boolean {
  const isOld = (text: string): boolean => (parseFolio(text)?.date ?? '9') < '1950' || reignDay.test(text.replace(/\s+/g, ''))
  return page.blocks.some((view) => view.block.role === 'folio' && isHan(view.text) && isOld(plainText(view)))
}

/**
 * Whether the page is made of short items, each a heading and a paragraph or two (notices, briefs, letters), so that a short line
 * between paragraphs heads the next item. Sections that a closing credit sums up are one article, and their lines crossheads.
 */
function holdsItems(page: WordsView): boolean {
  const items: number[] = []
  let open: number[] = []
  for (let index = 0; index < page.blocks.length; ) {
    const view = page.blocks[index]!
    if (view.block.role === 'credit' && open.length > 0) {
      if (open.length === 1) items.push(...open)
      open = []
    }
    const run = runFrom(page.blocks, index, page)
    if (run.length > 0) open.push(0)
    else if (isOpenRole(view) && isProse(view.text) && open.length > 0) open[open.length - 1]!++
    index += Math.max(1, run.length)
  }
  items.push(...open)
  const sections = items.filter((paragraphs) => paragraphs > 0)
  return (
    sections.length >= 3 && sections.filter((paragraphs) => paragraphs <= 2).length >= sections.length * 0.75 && average(sections) < 1.9
  )
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The first words of a paragraph pattern (`聚力在…`), cut off from their paragraph: no heading. */
function repeatsOpening(line: BlockView, next: BlockView, page: PageView): boolean {
  const opening = plainText(line).slice(0, 4)
  return (
    plainText(line).length > 4 &&
    page.blocks
      .slice(Math.max(0, line.index - reach), line.index + reach)
      .filter((view) => view !== line && view !== next && isProse(view.text) && plainText(view).startsWith(opening)).length >= 2
  )
}

function isDeck(view: BlockView): boolean {
  const text = plainText(view)
  return /^(?:——|--|—)/.test(text) || (text.startsWith('一') && deckBehindOne(text.slice(1)) !== undefined)
}

/** （丹翁）: who wrote what follows. */
function isBracketedName(view: BlockView): boolean {
  return /^[（(]\p{Script=Han}{2,4}[）)]$/u.test(plainText(view))
}

function rolesIn(run: readonly BlockView[], index: number, blocks: readonly BlockView[]): HeadLine[] {
  const decks = run.filter(isDeck)
  const names = run.filter((view, at) => at > 0 && isBracketedName(view))
  const lines = run.filter((view) => !isDeck(view) && !names.includes(view))
  const heads = titleLines(lines, decks.length > 0, index === firstText(blocks))
  return run.map((view): HeadLine => {
    if (names.includes(view)) return { view, role: 'credit', confidence: 0.78, reason: 'A name in brackets under a heading.' }
    const role: TextRole = isDeck(view) ? 'deck' : (heads.get(view) ?? 'heading')
    return { view, role, confidence: role === 'heading' || isDeck(view) ? 0.85 : 0.78, reason: reasons[role] ?? '' }
  })
}

function firstText(blocks: readonly BlockView[]): number {
  return blocks.findIndex(isOpenRole)
}

/** What each line above the deck is. */
function titleLines(lines: readonly BlockView[], hasDeck: boolean, atHead: boolean): Map<BlockView, TextRole> {
  const roles = new Map<BlockView, TextRole>()
  const marked = lines.filter((view) => /^#/.test(view.text))
  const [first] = lines
  if (lines.length === 0 || first === undefined) return roles
  let rest = lines
  if (atHead && lines.length >= 3) rest = setSlogans(lines, roles)
  // The last line but one before a deck, or before the longest line, is the kicker; what stands over it is the page's.
  if (atHead && hasDeck && marked.length === 0 && rest.length >= 3) {
    for (const view of rest.slice(0, -2)) roles.set(view, 'slogan')
    rest = rest.slice(-2)
  }
  if (rest.length >= 2 && isKicker(rest[0]!, rest, marked)) {
    roles.set(rest[0]!, 'kicker')
    rest = rest.slice(1)
  }
  if (rest.length >= 2 && !hasDeck && marked.length === 0 && !/[:：—]$/.test(plainText(rest[0]!)))
    roles.set(rest.at(-1)!, ordinal.test(plainText(rest.at(-1)!)) ? 'crosshead' : 'deck')
  return roles
}

/** At the head of a page, short lines before the kicker are the page's own: slogans. */
function setSlogans(lines: readonly BlockView[], roles: Map<BlockView, TextRole>): readonly BlockView[] {
  const longest = Math.max(...lines.map((view) => ems(plainText(view))))
  let count = 0
  while (count < lines.length - 1 && ems(plainText(lines[count]!)) <= Math.min(13, longest * 0.6) && ems(plainText(lines[count]!)) <= 13)
    count++
  for (const view of lines.slice(0, count)) roles.set(view, 'slogan')
  return lines.slice(count)
}

function isKicker(view: BlockView, lines: readonly BlockView[], marked: readonly BlockView[]): boolean {
  const text = plainText(view)
  if (rubricEnd.test(text) || / [·•] |[·•].*(?:访谈|系列)/.test(text)) return true
  if (lines.length >= 3) return true
  if (marked.length > 0 || endsSentence(text)) return false
  const heading = plainText(lines[1]!)
  return kickerStart.test(text) || ems(text) <= 5 || (ems(text) <= 14 && ems(text) <= ems(heading) * 0.6 && !/[!！?？]$/.test(text))
}

const reasons: Partial<Record<TextRole, string>> = {
  heading: 'A short line that is no sentence, before a paragraph.',
  kicker: 'A short line before the heading.',
  deck: 'A line after the heading that adds to it.',
  crosshead: 'The first division of the text.',
  slogan: 'A short line at the head of the page, before the heading and its kicker.'
}
