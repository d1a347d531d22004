import type { Box } from '@broadsheet/document'
import type { LaidRun } from './text-layer.ts'

/** The share of a line's box below the baseline, as the font declares it. */
const descent = 0.12
/** Characters are drawn in one stretch while none is off by more than this part of the line's height. */
const tolerance = 0.15

/** Writes the number of a character in the font as four hexadecimal digits. */
export type EncodeChar = (char: string) => string

/**
 * PDF operators that write a run invisibly over its printed line. Coordinates are pixels of the image, y up from its lower
 * edge. Each character is stretched (`Tz`) to reach the next one: gaps would be read as blanks.
 */
export function writeRun(run: LaidRun, frame: Box, encode: EncodeChar): string {
  const vertical = isVertical(run)
  const size = Math.max(1, vertical ? run.box.width : run.box.height)
  const even = stretches(run.stops, size)
  const parts = (vertical ? withLastApart(even) : even).map(([from, to]) => {
    const advance = (run.stops[to]! - run.stops[from]!) / (to - from)
    return `${number((advance / size) * 100)} Tz <${run.chars.slice(from, to).map(encode).join('')}> Tj`
  })
  return `/F0 ${number(size)} Tf ${matrix(run, frame, size)} Tm\n${parts.join(' ')}\n`
}

/**
 * PDFium reads what stands on one height from left to right, whatever comes first. Where the text steps back to the left of
 * what it has on that height (a credit before the caption beside it), a blank far above, between the two, keeps their order.
 *
 * @param row what was written on this height so far; altered
 */
export function writeStepBack(row: LaidRun[], next: LaidRun, frame: Box, encode: EncodeChar): string {
  const last = row.at(-1)
  // To PDFium, heights are one when they differ by less than half the widest character.
  const width = Math.max(widest(next), last ? widest(last) : 0)
  const size = Math.max(1, next.box.height, last?.box.height ?? 0, width)
  const isLevel = last && Math.abs(heightOf(last, last.chars.length - 1) - heightOf(next, 0)) <= 0.6 * size
  const isBack = isLevel && row.some((run) => next.box.x < run.box.x + run.box.width / 2)
  if (!isLevel || isBack) row.length = 0
  row.push(next)
  if (!isBack) return ''
  const at = `${number(next.box.x - frame.x)} ${number(frame.y + frame.height - next.box.y + 2 * size)}`
  return `/F0 ${number(size)} Tf 1 0 0 1 ${at} Tm\n5 Tz <${encode(' ')}> Tj\n`
}

/** How far down the page the operator begins that a character of the run is in. */
function heightOf(run: LaidRun, char: number): number {
  return isVertical(run) ? run.box.y + run.stops[Math.max(0, char)]! : run.box.y + run.box.height
}

function widest(run: LaidRun): number {
  let width = 0
  for (let at = 1; at < run.stops.length; at++) width = Math.max(width, run.stops[at]! - run.stops[at - 1]!)
  return width
}

const isVertical = (run: LaidRun): boolean => run.line.direction === 'vertical-rl'

/** Vertical lines are written downwards as text turned by 90°: the next line then lies to the left, as it should. */
function matrix(run: LaidRun, frame: Box, size: number): string {
  const left = run.box.x - frame.x
  const top = frame.y + frame.height - run.box.y
  const start = run.stops[0]!
  if (run.line.direction === 'vertical-rl') return `0 -1 1 0 ${number(left + size * descent)} ${number(top - start)}`
  const baseline = number(top - run.box.height + size * descent)
  // Mirrored: the text runs to the left and stays in reading order.
  if (run.line.direction === 'horizontal-rl') return `-1 0 0 1 ${number(left + run.box.width - start)} ${baseline}`
  return `1 0 0 1 ${number(left + start)} ${baseline}`
}

function stretches(stops: readonly number[], size: number): [from: number, to: number][] {
  const parts: [number, number][] = []
  let from = 0
  while (from < stops.length - 1) {
    let to = from + 1
    while (to < stops.length - 1 && isEven(stops, from, to + 1, size * tolerance)) to++
    parts.push([from, to])
    from = to
  }
  return parts
}

/**
 * PDFium sorts operators that begin at one height from left to right, and lines that run down all begin at the top. When the
 * last character of each has its own, the next line begins higher than what came before, and is left in its place.
 */
function withLastApart(parts: readonly [from: number, to: number][]): readonly [from: number, to: number][] {
  const [first] = parts
  if (parts.length !== 1 || !first || first[1] - first[0] < 2) return parts
  return [
    [first[0], first[1] - 1],
    [first[1] - 1, first[1]]
  ]
}

/** At most 64 characters a stretch: the check looks at all of them again. */
function isEven(stops: readonly number[], from: number, to: number, slack: number): boolean {
  if (to - from > 64) return false
  const advance = (stops[to]! - stops[from]!) / (to - from)
  for (let at = from + 1; at < to; at++) if (Math.abs(stops[from]! + advance * (at - from) - stops[at]!) > slack) return false
  return true
}

function number(value: number): string {
  const text = value.toFixed(2)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
