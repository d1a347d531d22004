import { errorRate } from '../error-rate.ts'
import type { PlacedLine } from './placed-lines.ts'

export type Span = readonly [from: number, to: number]

const isFilled = ([from, to]: Span): boolean => to > from

/** The old text of each line; empty where it has none, or where an earlier line has taken it. */
export function claimSpans(lines: readonly PlacedLine[], map: Int32Array, oldText: string): Span[] {
  const used = new Uint8Array(oldText.length)
  return lines.map(({ from, to, start }) => {
    const [oldFrom, oldTo] = freePart(oldSpan(map, start + from, start + to, oldText), used)
    used.fill(1, oldFrom, oldTo)
    return [oldFrom, oldTo]
  })
}

/** The stretch of old text that a stretch of new text answers to; [-1, -1] when there is none. */
function oldSpan(map: Int32Array, from: number, to: number, oldText: string): [number, number] {
  let [first, last] = [-1, -1]
  for (let at = from; at < to; at++) {
    if (map[at]! < 0) continue
    // A line belongs to one segment: a jump backwards or far ahead begins another.
    if (last >= 0 && (map[at]! < last || map[at]! > last + 40)) break
    if (first < 0) first = map[at]!
    last = map[at]!
  }
  if (first < 0) return [-1, -1]
  const next = map[to] ?? -1
  const end = next > last && next <= last + 12 ? next : last + 1
  return [first, Math.min(oldText.length, Math.max(end, last + 1))]
}

/** What of a span no line has taken yet: without the taken characters at its edges; nothing where some lie inside. */
function freePart([first, last]: Span, used: Uint8Array): Span {
  let [from, to] = [first, last]
  while (from < to && used[from]) from++
  while (to > from && used[to - 1]) to--
  return from < 0 || from >= to || used.subarray(from, to).includes(1) ? [0, 0] : [from, to]
}

/**
 * Lines without old text that stand between two lines whose old text has room between: what is there is theirs, when it is
 * about as long and not quite unlike.
 */
export function fillHoles(lines: readonly PlacedLine[], spans: readonly Span[], oldText: string): Span[] {
  const filled = [...spans]
  const taken = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0])
  for (const [index, { line }] of lines.entries()) {
    if (isFilled(filled[index]!) || line.text === '') continue
    const room = roomFor(filled, index, taken, oldText)
    if (!room || !isLike(line.text, oldText.slice(room[0], room[1]))) continue
    filled[index] = room
    taken.push(room)
    taken.sort((a, b) => a[0] - b[0])
  }
  return filled
}

/** The free stretch behind the old text of the line before, or before that of the line after; cut at line ends. */
function roomFor(spans: readonly Span[], index: number, taken: readonly Span[], oldText: string): Span | undefined {
  const [before, after] = [spans[index - 1], spans[index + 1]]
  const from =
    before && isFilled(before) ? before[1] : after && isFilled(after) ? (taken.findLast((span) => span[1] <= after[0])?.[1] ?? 0) : -1
  if (from < 0) return undefined
  const to = taken.find((span) => span[0] >= from)?.[0] ?? oldText.length
  const inner = oldText.slice(from, to)
  const [lead, tail] = [inner.length - inner.trimStart().length, inner.length - inner.trimEnd().length]
  return to - tail > from + lead ? [from + lead, to - tail] : undefined
}

/** Beyond so many lines and left-over passages the search would be for needles. */
const strayLimit = 300

/** Lines and left-over passages that are short and badly read find each other by likeness alone, the most alike first. */
export function matchStrays(lines: readonly PlacedLine[], spans: readonly Span[], oldText: string): Span[] {
  const matched = [...spans]
  const used = new Uint8Array(oldText.length)
  for (const [from, to] of spans) used.fill(1, from, to)
  for (let at = oldText.indexOf('\n'); at >= 0; at = oldText.indexOf('\n', at + 1)) used[at] = 1
  const free = freeRuns(used, 0, oldText.length).filter(([from, to]) => to - from > 1)
  const open = lines.flatMap(({ line }, index) => (isFilled(spans[index]!) || line.text.length < 2 ? [] : [index]))
  if (free.length > strayLimit || open.length > strayLimit) return matched
  const pairs = open.flatMap((index) =>
    free.flatMap(([from, to]) => {
      const { text } = lines[index]!.line
      const length = Math.max(text.length, to - from)
      if (length > 2 * Math.min(text.length, to - from)) return []
      const rate = errorRate(text, oldText.slice(from, to)).errors / length
      return rate <= 0.5 ? [{ index, span: [from, to] as const, rate }] : []
    })
  )
  for (const { index, span } of pairs.sort((a, b) => a.rate - b.rate || a.index - b.index)) {
    if (isFilled(matched[index]!) || matched.some((one) => isFilled(one) && one[0] < span[1] && one[1] > span[0])) continue
    matched[index] = span
  }
  return matched
}

/** At least a third of the longer text is shared. */
export function isLike(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length)
  if (longer <= 2) return a !== '' && b !== ''
  return longer <= 3 * Math.min(a.length, b.length) && errorRate(a, b).errors <= (longer * 2) / 3
}

/** Up to this much text between two lines was lost by the new reading at the end of the first, or the start of the second. */
const smallGap = 5

export function closeGaps(spans: readonly Span[], oldText: string): Span[] {
  const closed = spans.map(([from, to]) => ({ from, to }))
  const taken = closed.filter((span) => span.to > span.from).sort((a, b) => a.from - b.from)
  for (let index = -1; index < taken.length; index++) {
    const [before, after] = [taken[index], taken[index + 1]]
    const [from, to] = [before?.to ?? 0, after?.from ?? oldText.length]
    if (to <= from || to - from > smallGap * 2) continue
    const cut = oldText.slice(from, to).indexOf('\n')
    const middle = cut < 0 ? (before ? to : from) : from + cut
    if (before && middle - from <= smallGap) before.to = middle
    if (after && to - middle <= smallGap && (cut >= 0 || !before)) after.from = Math.min(to, middle + (cut < 0 ? 0 : 1))
  }
  return closed.map(({ from, to }) => [from, to])
}

export function freeRuns(used: Uint8Array, from: number, to: number): [number, number][] {
  const runs: [number, number][] = []
  for (let at = from; at < to; at++) {
    if (used[at]) continue
    const last = runs.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else runs.push([at, at + 1])
  }
  return runs
}
