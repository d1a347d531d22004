import { isEastAsian, isHan } from '@broadsheet/document'
import type { LineImage } from '../../engine.ts'
import { alongProfile, inkSpan, typeSize } from '../type-size.ts'

/** A character and its middle along the line, in pixels of the crop. */
interface Placed {
  readonly text: string
  readonly middle: number
}

/**
 * The characters of numbers that have lost figures: of two equal ones side by side the network, shown a line at half its width, makes
 * one (96777 became 9677), or none (11处 became 处). There is room for another figure then, and one piece of ink more than was read,
 * since figures stand apart and each is of one piece; or a gap. A piece belongs to the character whose edge is nearest.
 *
 * @param read in order
 * @returns indices into `read`: of the characters of the number, or of those on both sides of one of which nothing was read
 */
export function lostFigures(line: LineImage, read: readonly Placed[]): number[] {
  if (line.direction === 'vertical-rl' || read.length === 0) return []
  const size = typeSize(line, false)
  const em = emOf(read, size)
  const ink = alongProfile(line, false)
  const pieces = piecesOf(ink, size)
  const placed = placedByInk(read, pieces, em)
  const owners = pieces.map((piece) => nearest(read, middleOf(piece), em))
  const isShort = (number: readonly Placed[]): boolean =>
    hasGap(number, em) || owners.filter((owner) => number.includes(owner)).length > number.length
  const short = numbersIn(read).filter((number) => hasRoom(number, read, placed, inkSpan(ink), em) && isShort(number))
  return [...short.flatMap((number) => number.map((each) => read.indexOf(each))), ...besideVanished(read, placed, pieces, em)].sort(
    (a, b) => a - b
  )
}

/** Least width of the ink of a character of Chinese whose middle is that of its ink, and most, in ems. */
const wholeInk = { from: 0.6, to: 1.05 }

/**
 * The middles of the characters. The network's places lie on a grid of a third of an em, which is too coarse to tell the room of a
 * figure by: a character of Chinese whose ink is all there stands where its ink stands.
 */
function placedByInk(read: readonly Placed[], pieces: readonly Piece[], em: number): number[] {
  return read.map(({ text, middle }) => {
    if (!isHan(text)) return middle
    const own = pieces.filter((piece) => Math.abs(middleOf(piece) - middle) < em / 2)
    if (own.length === 0) return middle
    const whole = { from: own[0]!.from, to: own.at(-1)!.to }
    const width = whole.to - whole.from
    return width >= wholeInk.from * em && width <= wholeInk.to * em ? middleOf(whole) : middle
  })
}

/** Least distance of two neighbouring characters of Chinese between which a figure has its place, and from both to its middle, in ems. */
const leastOverFigure = 1.3
const leastBeside = 0.6

/** Characters of Chinese with ink between them of which nothing was read. */
function besideVanished(read: readonly Placed[], placed: readonly number[], pieces: readonly Piece[], em: number): number[] {
  return read.slice(1).flatMap(({ text }, before) => {
    const [from, to] = [placed[before]!, placed[before + 1]!]
    if (!isHan(text) || !isHan(read[before]!.text) || to - from < leastOverFigure * em) return []
    const isBetween = (piece: Piece): boolean => middleOf(piece) - from > leastBeside * em && to - middleOf(piece) > leastBeside * em
    return pieces.some(isBetween) ? [before, before + 1] : []
  })
}

/** Fewest distances of neighbouring characters of Chinese from which their size can be told. */
const fewestSteps = 2
/** What an em is of the height of ink: of Chinese, where it is set wide at most, and of figures alone. */
const emOfInk = { chinese: 1.08, wide: 1.15, figures: 1.4 }

/** Characters of Chinese are set on by an em; where there are hardly any, by the height of the ink. */
function emOf(read: readonly Placed[], size: number): number {
  const isChinese = ({ text }: Placed): boolean => isHan(text)
  const steps = read
    .slice(1)
    .flatMap((each, index) => (isChinese(each) && isChinese(read[index]!) ? [each.middle - read[index]!.middle] : []))
  if (steps.length >= fewestSteps) return Math.max(size, Math.min(emOfInk.wide * size, steps.sort((a, b) => a - b)[steps.length >> 1]!))
  return size * (read.some(isChinese) ? emOfInk.chinese : emOfInk.figures)
}

/** Least distance of two characters of a number between which another has its place, in ems: set solid they are half an em apart. */
const leastGap = 0.8

/** Where the scan is too rough for figures to stand apart. */
function hasGap(number: readonly Placed[], em: number): boolean {
  return number.slice(1).some(({ middle }, index) => middle - number[index]!.middle > leastGap * em)
}

/** Least room for a figure, which is half an em wide: where the network sees a character is true to a fifth of an em. */
const leastRoom = 0.3

/** Whether there is room for one more between the neighbours of a number, or the ends of the line's ink. */
function hasRoom(
  number: readonly Placed[],
  read: readonly Placed[],
  placed: readonly number[],
  [from, to]: readonly [number, number],
  em: number
): boolean {
  const before = read.indexOf(number[0]!) - 1
  const after = before + number.length + 1
  const start = before >= 0 ? placed[before]! + reachOf(read[before]!.text, 'after') * em : from
  const end = after < read.length ? placed[after]! - reachOf(read[after]!.text, 'before') * em : to
  return end - start > (number.reduce((sum, { text }) => sum + widthIn(text), 0) + leastRoom) * em
}

/** Of a character in a number, in ems. */
function widthIn(text: string): number {
  return isFigure(text) ? 0.5 : 0.3
}

/** From where the ink of a character is to the edge of its place, in ems: marks stand in a corner of theirs. */
function reachOf(text: string, side: 'before' | 'after'): number {
  if (!isEastAsian(text)) return widthIn(text) / 2
  if (/[，。、；：！？”’》）]/u.test(text)) return side === 'after' ? 0.8 : 0.2
  if (/[“‘《（]/u.test(text)) return side === 'after' ? 0.2 : 0.8
  return 0.5
}

/** Runs of figures and of the marks of one piece that stand among them. */
function numbersIn(read: readonly Placed[]): Placed[][] {
  const runs: Placed[][] = []
  for (const [index, each] of read.entries()) {
    if (!/^[0-9.,-]$/.test(each.text)) continue
    const isFirst = index === 0 || !runs.at(-1)?.includes(read[index - 1]!)
    if (isFirst) runs.push([each])
    else runs.at(-1)!.push(each)
  }
  return runs.filter((run) => run.some(({ text }) => isFigure(text)))
}

function nearest(read: readonly Placed[], middle: number, em: number): Placed {
  const distance = (each: Placed): number => Math.abs(each.middle - middle) - halfWidth(each.text) * em
  return read.reduce((best, each) => (distance(each) < distance(best) ? each : best))
}

/** In ems; a little less than they are set on for Chinese, so that a piece half way is a figure. */
function halfWidth(text: string): number {
  if (isEastAsian(text)) return 0.45
  return /[.,]/.test(text) ? 0.12 : 0.25
}

function isFigure(text: string): boolean {
  return /^[0-9]$/.test(text)
}

/** Ink of a column, in parts of the darkest, and width of a piece, in ems, that count; less is grain. */
const leastInk = 0.15
const leastWidth = 0.13

/** A stretch of ink with white on both sides, in pixels along the line. */
interface Piece {
  readonly from: number
  readonly to: number
}

function middleOf({ from, to }: Piece): number {
  return (from + to) / 2
}

function piecesOf(ink: Float64Array, em: number): Piece[] {
  const limit = ink.reduce((a, b) => Math.max(a, b), 0) * leastInk
  const pieces: Piece[] = []
  let from = 0
  for (let at = 0; at <= ink.length; at++) {
    if (at < ink.length && ink[at]! > limit) continue
    if (at - from >= leastWidth * em) pieces.push({ from, to: at })
    from = at + 1
  }
  return pieces
}
