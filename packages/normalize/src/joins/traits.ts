import type { Context } from '../rule.ts'
import { bitsBehind } from './damaged-tail.ts'
import type { Strand } from './ends.ts'

/**
 * What can be told of the words of an end and a start, as numbers: bits, or 1 for yes and 0 for no. What each of them is worth is told by
 * `claims.ts`.
 */
export interface Traits {
  /** Bits saved by reading on: against a new paragraph, against a new sentence, against the ends of other blocks. */
  readonly overParagraph: number
  readonly overSentence: number
  readonly overOthers: number
  /** Bits of a full stop, and of a comma, behind the end. */
  readonly stop: number
  readonly comma: number
  /** What a word across the joint saves, and whether that is much. */
  readonly wordBits: number
  readonly word: number
  readonly endsOnComma: number
  readonly endsOnListMark: number
  /** The end stops on a word that ends nothing. */
  readonly dangles: number
  readonly endsOnFigure: number
  readonly figureGoesOn: number
  /** More quotes or brackets opened than closed; closed by the start; closed by the start though none is open. */
  readonly isOpened: number
  readonly closesOpened: number
  readonly closesNothing: number
  /** How the start looks like the first words of a paragraph. */
  readonly startsSpeaking: number
  readonly startsPhrase: number
  readonly startsDated: number
  /** Where the first mark stands in the start: at once; late (in tens of characters); whether a sentence ends soon. */
  readonly marksAtOnce: number
  readonly marksLate: number
  readonly stopsSoon: number
  /** The start begins with an item of a list; the end stops in one, too. */
  readonly startsList: number
  readonly listGoesOn: number
  /** The length of the last clause of the end, in tens of characters; whether it is a character or two. */
  readonly lastClause: number
  readonly lastClauseIsStump: number
  /** The end has a mark inside. */
  readonly hasClause: number
  /** In tens of characters, at most five. */
  readonly length: number
  /** The end begins like running text: with a date, with words that open a report. */
  readonly endIsDated: number
  readonly endOpens: number
}

/** What a start tells by itself, the same for all ends; bits of its head. */
export interface HeadBits {
  readonly paragraph: number
  readonly sentence: number
  /** Behind the ends of other blocks, in the middle of them all. */
  readonly others: number
  /** Where its first mark and its first stop stand, -1 where there is none; whether it begins with an item of a list. */
  readonly firstMark: number
  readonly firstStop: number
  readonly startsList: boolean
}

export function headBits({ model }: Context, start: Strand, otherTails: readonly string[]): HeadBits {
  const behindOthers = otherTails.map((tail) => model.bits(start.head, tail)).sort((a, b) => a - b)
  const paragraph = model.bits(start.head)
  const opening = start.text.slice(0, headReach)
  return {
    paragraph,
    sentence: model.bits(start.head, '。'),
    others: behindOthers[behindOthers.length >> 1] ?? paragraph,
    firstMark: opening.search(/[，。；：,;]/),
    firstStop: opening.search(/[。；;]/),
    startsList: /^[^，。；,;、]*、/.test(opening)
  }
}

/** Bits of a start behind an end. */
export function bitsAlong({ model }: Context, end: Strand, start: Strand, { others }: HeadBits): number {
  return end.damage ? bitsBehind(model, end.damage, end.text.slice(-8), start.head, others) : model.bits(start.head, end.tail)
}

export function traitsOf(end: Strand, start: Strand, head: HeadBits, along: number, wordGain: number): Traits {
  const { firstMark, firstStop, startsList } = head
  const lastMark = lastMarkOf(end.text)
  const lastClause = end.text.length - lastMark - 1
  return {
    overParagraph: head.paragraph - along,
    overSentence: head.sentence - along,
    overOthers: head.others - along,
    stop: end.isDoubtful ? unknown : Math.min(most, end.stopBits),
    comma: end.isDoubtful ? unknown : Math.min(most, end.commaBits),
    wordBits: Math.min(most, wordGain),
    word: is(wordGain >= 5),
    endsOnComma: is(/[，,]$/.test(end.text)),
    endsOnListMark: is(/、$/.test(end.text)),
    dangles: is(end.dangles && !end.isDoubtful),
    endsOnFigure: is(/\d$/.test(end.text)),
    figureGoesOn: is(/\d$/.test(end.text) && /^[\d.年月日个名家项条元万亿%％平公吨户人次座届岁米件期]/.test(start.text)),
    isOpened: is(end.brackets > 0),
    closesOpened: is(end.brackets > 0 && start.brackets < 0 && !start.misreadsQuote),
    closesNothing: is(end.brackets <= 0 && start.brackets < 0),
    startsSpeaking: is(start.opening === 'speaks'),
    startsPhrase: is(start.opening === 'phrase'),
    startsDated: is(start.opening === 'dated'),
    marksAtOnce: is(firstMark >= 0 && firstMark <= 3),
    marksLate: Math.min(25, firstMark < 0 ? headReach : firstMark) / 10,
    stopsSoon: is(firstStop >= 0 && firstStop <= 12),
    startsList: is(startsList),
    listGoesOn: is(startsList && /、[^，。；,;]{0,10}$/.test(end.text.slice(-12))),
    lastClause: Math.min(20, lastMark < 0 ? 20 : lastClause) / 10,
    lastClauseIsStump: is(!end.isDoubtful && lastMark >= 0 && end.text[lastMark] !== '、' && lastClause >= 1 && lastClause <= 2),
    hasClause: is(end.hasClause),
    length: Math.min(50, end.text.length) / 10,
    endIsDated: is(end.isDated),
    endOpens: is(end.opening !== 'none')
  }
}

/** How much of a start is looked at. */
const headReach = 60
/** More bits than these tell nothing more. */
const most = 15
/** What stands for the bits of a mark behind an end that may be damaged. */
const unknown = 6

const is = (yes: boolean): number => (yes ? 1 : 0)

/** Where the last mark inside a text stands, -1 where there is none. */
function lastMarkOf(text: string): number {
  for (let at = text.length - 1; at >= Math.max(0, text.length - 24); at--) if ('，。；：、,;:'.includes(text[at]!)) return at
  return -1
}
