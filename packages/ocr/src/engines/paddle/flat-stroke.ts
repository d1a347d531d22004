import type { Grey } from '../resample.ts'
import { inkedRows, inkOf } from './corner-mark.ts'
import type { Peak } from './ctc.ts'
import type { Shape } from './strip.ts'

/** A flat stroke is at least this wide and at most this high, in parts of the size of a whole cell. */
const leastWidth = 0.5
const mostHeight = 0.24
/** It has ink in this share of its width. */
const leastWhole = 0.8
/** Ink is what is darker than the paper by this share of the darkest: in small type the stroke is much lighter than its end. */
const leastInk = 0.18

/**
 * Whether the ink of a cell is one stroke lying across it. Where lines run down that is 一 and nothing else: a dash stands upright there.
 *
 * @param side size of a whole cell
 */
export function isFlatStroke(cell: Grey, side: number): boolean {
  const ink = inkOf(cell, leastInk)
  if (!ink || ink.x1 - ink.x0 < leastWidth * side || ink.y1 - ink.y0 > mostHeight * side) return false
  // A colon is two dots side by side there.
  return new Set(inkedRows(cell, ink, leastInk).flat()).size >= leastWhole * (ink.x1 - ink.x0)
}

/** What the network takes such shapes for, having seen them in rows, where they may be much else. */
const misread = /^[一二三_\-－—―ー~～→·・.．“”‘’"'`「」『』厂几丁]$/u
/** Of 日 and 曰 the first is higher than it is wide (0.68 to 0.82 on sixty of made pages) and the second as wide as it is high (0.96 and 1.03). */
const leastOfSquat = 0.9
const leastHeight = 0.55
const sunOrSay = /^[日曰]$/u

/** Whether the ink of a cell is as wide as it is high: should it be 日 or 曰, it is 曰. @param side size of a whole cell */
export function isSquat(cell: Grey, side: number): boolean {
  const ink = inkOf(cell)
  if (!ink || ink.y1 - ink.y0 < leastHeight * side) return false
  return ink.x1 - ink.x0 >= leastOfSquat * (ink.y1 - ink.y0)
}

/** How sure the shape by itself makes it. */
const sureOfShape = 0.92

/** A character the network saw, and the column of the strip its middle stands at. */
interface Placed extends Peak {
  readonly at: number
}

/** The peaks of a strip, with what its shape tells for whatever was seen or not seen in a cell. */
export function readShapes(shapes: readonly Shape[], peaks: readonly Placed[]): readonly Placed[] {
  const isIn =
    ({ from, to }: Shape) =>
    ({ at }: Placed): boolean =>
      at >= from && at < to
  const read = shapes.filter((shape) => isRead(shape, peaks.filter(isIn(shape))))
  const told = read.map((shape) => asTold(shape, peaks.filter(isIn(shape))))
  const others = peaks.filter((peak) => !read.some((shape) => isIn(shape)(peak)))
  return [...others, ...told].sort((a, b) => a.at - b.at)
}

/** At the ends of a line it may be a bit of a rule: there the network must have seen something too. */
function isRead({ end, text: told }: Shape, seen: readonly Placed[]): boolean {
  if (told === '曰') return seen.length === 1 && sunOrSay.test(seen[0]!.text)
  return seen.every(({ text }) => misread.test(text)) && !(end && seen.length === 0)
}

function asTold({ from, to, text }: Shape, seen: readonly Placed[]): Placed {
  const said = seen.length === 1 && seen[0]!.text === text ? seen[0]!.confidence : 0
  return { text, confidence: Math.max(said, sureOfShape), firstStep: 0, lastStep: 0, variants: [], at: (from + to) / 2 }
}
