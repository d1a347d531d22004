import { isEastAsian, isHan } from '@broadsheet/document'
import { alongProfile } from '../type-size.ts'
import type { Strip } from './strip.ts'

/** A stretch of a strip's columns, `[from, to)`. */
interface Columns {
  readonly from: number
  readonly to: number
}

/** Where something was passed over; `mark`: so little ink that it can only be a mark. */
export interface PassedOver extends Columns {
  readonly mark: boolean
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
export function passedOver(strip: Strip, seen: readonly Seen[]): PassedOver[] {
  return strip.cells ? emptyCells(strip.cells, seen) : holesInRow(strip, seen)
}

/** Of a strip read for less than half nothing is said: it may be no type at all. */
function emptyCells(cells: readonly Columns[], seen: readonly Seen[]): PassedOver[] {
  const empty = cells.filter(({ from, to }) => !seen.some(({ at }) => at >= from && at < to)).map((cell) => ({ ...cell, mark: false }))
  return empty.length * 2 > cells.length ? [] : empty
}

/** Least room between two others, in ems, and least ink in it, in parts of what is usual on the line: of a character, and of a mark. */
const leastRoom = { character: 0.7, mark: 0.45 }
const leastInk = { character: 0.5, mark: 0.06 }
/** Characters of Chinese on a line from whose places its pitch can be told. */
const fewestSeen = 4

/** Between two characters or marks of Chinese that stand further apart than the line's pitch, as many as have room; and at the ends. */
function holesInRow(strip: Strip, seen: readonly Seen[]): PassedOver[] {
  if (seen.filter(({ text }) => isHan(text)).length < fewestSeen) return []
  const pitch = pitchOf(seen)
  const ink = alongProfile({ pixels: strip.pixels, width: strip.width, height: strip.pixels.length / strip.width }, false)
  const usual = ink.reduce((sum, value) => sum + value, 0) / ink.length
  return [...between(seen, pitch), ...atEnds(strip, seen, pitch)].flatMap(({ room, ...hole }): PassedOver[] => {
    const share = inkIn(ink, hole) / usual
    if (share > leastInk.character && room >= leastRoom.character) return [{ ...hole, mark: false }]
    return share > leastInk.mark && room >= leastRoom.mark ? [{ ...hole, mark: true }] : []
  })
}

interface Hole extends Columns {
  /** In ems. */
  readonly room: number
}

function between(seen: readonly Seen[], pitch: number): Hole[] {
  return seen.slice(1).flatMap(({ text, at }, index) => {
    const before = seen[index]!
    const room = (at - before.at) / pitch - 1
    if (!isEastAsian(text) || !isEastAsian(before.text) || room < leastRoom.mark) return []
    const count = Math.max(1, Math.round(room))
    const step = (at - before.at) / (count + 1)
    return Array.from({ length: count }, (_, k) => around(before.at + (k + 1) * step, pitch, room))
  })
}

function around(middle: number, pitch: number, room: number): Hole {
  const half = (pitch * Math.min(1, room)) / 2
  return { from: Math.round(middle - half), to: Math.round(middle + half), room }
}

/** Least room for a mark at an end of a line, in ems: its ink stands in the half of its place that is next to the text. */
const leastAtEnd = 0.3

/** A mark before the first and one behind the last character. */
function atEnds(strip: Strip, seen: readonly Seen[], pitch: number): Hole[] {
  const [first, last] = [seen[0]!, seen.at(-1)!]
  const holes = [
    isHan(first.text) ? { from: Math.max(0, Math.round(first.at - 1.5 * pitch)), to: Math.round(first.at - 0.6 * pitch) } : undefined,
    isHan(last.text) ? { from: Math.round(last.at + 0.6 * pitch), to: Math.min(strip.width, Math.round(last.at + 1.5 * pitch)) } : undefined
  ]
  return holes.flatMap((hole) => (hole && hole.to - hole.from >= leastAtEnd * pitch ? [{ ...hole, room: leastRoom.mark }] : []))
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
