import { isEastAsian } from '@broadsheet/document'
import type { LineImage } from '../../engine.ts'
import { alongProfile, typeSize } from '../type-size.ts'

/** A character and its middle along the line, in pixels of the crop. */
interface Placed {
  readonly text: string
  readonly middle: number
}

/**
 * The characters of numbers that have more pieces of ink than were read of them: of two equal figures the network, shown a line at half
 * its width, makes one (96777 became 9677). Figures stand apart, and each is of one piece. A piece belongs to the character whose edge
 * is nearest.
 *
 * @param read in order
 * @returns indices into `read`
 */
export function lostFigures(line: LineImage, read: readonly Placed[]): number[] {
  if (line.direction === 'vertical-rl' || !read.some(({ text }) => isFigure(text))) return []
  const em = typeSize(line, false)
  const owners = piecesOf(alongProfile(line, false), em).map((middle) => nearest(read, middle, em))
  const short = numbersIn(read).filter(
    (number) => hasGap(number, em) || owners.filter((owner) => number.includes(owner)).length > number.length
  )
  return short.flatMap((number) => number.map((each) => read.indexOf(each)))
}

/** Least distance of two characters of a number between which another has its place, in ems: set solid they are half an em apart. */
const leastGap = 0.75

/** Where the scan is too rough for figures to stand apart. */
function hasGap(number: readonly Placed[], em: number): boolean {
  return number.slice(1).some(({ middle }, index) => middle - number[index]!.middle > leastGap * em)
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

/** The middles of stretches of ink with white between them. */
function piecesOf(ink: Float64Array, em: number): number[] {
  const limit = ink.reduce((a, b) => Math.max(a, b), 0) * leastInk
  const middles: number[] = []
  let from = 0
  for (let at = 0; at <= ink.length; at++) {
    if (at < ink.length && ink[at]! > limit) continue
    if (at - from >= leastWidth * em) middles.push((from + at) / 2)
    from = at + 1
  }
  return middles
}
