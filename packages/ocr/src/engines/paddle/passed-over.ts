import { isEastAsian, isHan } from '@broadsheet/document'
import { alongProfile } from '../type-size.ts'
import { inputHeight } from './runtime.ts'
import type { Strip } from './strip.ts'

/** A stretch of a strip's columns, `[from, to)`. */
export interface Columns {
  readonly from: number
  readonly to: number
}

/** A character the network saw, and the column of the strip its middle stands at. */
interface Seen {
  readonly text: string
  readonly at: number
}

/**
 * Where there is the ink of a character that the network passed over: it has hardly been taught rare characters and many traditional
 * ones. What such a place looks most like is right every other time, another engine can confirm it, and a wrong guess in which nobody
 * trusts is better than a character that is gone without a trace. @param seen in order
 */
export function passedOver(strip: Strip, seen: readonly Seen[]): Columns[] {
  return strip.cells ? emptyCells(strip.cells, seen) : holesInRow(strip, seen)
}

/** Of a strip read for less than half nothing is said: it may be no type at all. */
function emptyCells(cells: readonly Columns[], seen: readonly Seen[]): Columns[] {
  const empty = cells.filter(({ from, to }) => !seen.some(({ at }) => at >= from && at < to))
  return empty.length * 2 > cells.length ? [] : empty
}

/** Least room for a character between two others, in ems, and least ink in it, in parts of what is usual on the line. */
const leastRoom = 0.7
const leastInk = 0.5
/** Characters of Chinese on a line from whose places its pitch can be told. */
const fewestSeen = 4

/** Between two characters or marks of Chinese that stand further apart than the line's pitch, as many as have room. */
function holesInRow(strip: Strip, seen: readonly Seen[]): Columns[] {
  if (seen.filter(({ text }) => isHan(text)).length < fewestSeen) return []
  const image = { pixels: strip.pixels, width: strip.width, height: inputHeight }
  const pitch = pitchOf(seen)
  const ink = alongProfile(image, false)
  const usual = ink.reduce((sum, value) => sum + value, 0) / ink.length
  const holes: Columns[] = []
  for (const [index, { text, at }] of seen.slice(1).entries()) {
    const before = seen[index]!
    if (!isEastAsian(text) || !isEastAsian(before.text)) continue
    const count = Math.round((at - before.at) / pitch) - 1
    if (count < 1 || (at - before.at) / pitch - 1 < leastRoom) continue
    const step = (at - before.at) / (count + 1)
    for (let k = 1; k <= count; k++) {
      const middle = before.at + k * step
      const hole = { from: Math.round(middle - pitch / 2), to: Math.round(middle + pitch / 2) }
      if (inkIn(ink, hole) > leastInk * usual) holes.push(hole)
    }
  }
  return holes
}

/** Distance of neighbouring characters of Chinese: the (lower) median. */
function pitchOf(seen: readonly Seen[]): number {
  const steps = seen.slice(1).flatMap(({ text, at }, index) => (isHan(text) && isHan(seen[index]!.text) ? [at - seen[index]!.at] : []))
  return steps.sort((a, b) => a - b)[(steps.length - 1) >> 1] ?? Number.POSITIVE_INFINITY
}

function inkIn(ink: Float64Array, { from, to }: Columns): number {
  const part = ink.subarray(Math.max(0, from), to)
  return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length)
}
