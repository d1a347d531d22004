import { isEastAsian } from '@broadsheet/document'
import type { LineImage } from '../../engine.ts'
import { alongProfile, typeSize } from '../type-size.ts'

/** A character and its middle along the line, in pixels of the crop. */
interface Placed {
  readonly text: string
  readonly middle: number
}

/**
 * Whether a figure was read where there are two pieces of ink: of two equal ones the network, shown a line at half its width, makes
 * one (96777 became 9677). Figures stand apart, and each is of one piece. Each piece belongs to the character whose edge is nearest.
 *
 * @param read in order
 */
export function hasLostFigures(line: LineImage, read: readonly Placed[]): boolean {
  if (line.direction === 'vertical-rl' || !read.some(({ text }) => isFigure(text))) return false
  const em = typeSize(line, false)
  const counts = new Map<Placed, number>()
  for (const middle of piecesOf(alongProfile(line, false), em)) {
    const owner = nearest(read, middle, em)
    counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  return read.some((each) => /^[0-9.]$/.test(each.text) && (counts.get(each) ?? 0) > 1)
}

function nearest(read: readonly Placed[], middle: number, em: number): Placed {
  const distance = (each: Placed): number => Math.abs(each.middle - middle) - halfWidth(each.text) * em
  return read.reduce((best, each) => (distance(each) < distance(best) ? each : best))
}

/** In ems. */
function halfWidth(text: string): number {
  if (isEastAsian(text)) return 0.5
  return text === '.' ? 0.12 : 0.25
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
