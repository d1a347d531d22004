import { doubledLines } from './doubles.ts'
import type { LineReading } from './engine.ts'
import { commonShare, type Gaps } from './gaps.ts'
import { arrange, type OtherArrangement, otherArrangements } from './layout/arrange.ts'
import { type FoundLine, type FoundRegion, type Layout, lineBounds } from './layout/types.ts'
import type { LineResult } from './page-line.ts'

/** What was read on each line. */
export type Readings = ReadonlyMap<FoundLine, LineResult>

/** A layout as it stands after reading. */
export interface SettledLayout {
  readonly layout: Layout
  /** Orders of its regions that were plausible too, by their places in the layout; the most plausible first. */
  readonly orders: readonly { readonly regions: readonly number[]; readonly confidence: number }[]
  /** Lines on which nothing was read. */
  readonly unread: readonly FoundLine[]
}

/** Below this confidence a region of one or two lines is held to be no text: a drawing, a stain, the other side of the sheet. */
const leastConfidence = 0.45
/** What one or two characters must reach, which a pattern gives by chance. */
const leastShortConfidence = 0.6
/** How sure the place of what was found at a second look is at most. */
const surestFoundLater = 0.8

/**
 * Settles regions and their order by what was read. Lines of gaps stand among the others as if they had been found at once; lines on
 * which nothing was read leave; what reads badly is noise. What is text is put in order without the noise, whose large specks would
 * else be headings and part what belongs together.
 *
 * @param results of the layout's lines and of those of the gaps
 */
export function settleLayout(layout: Layout, gaps: Gaps, results: Readings): SettledLayout {
  const found = layout.regions.flatMap((region) => region.lines)
  const { staying, news } = withGaps(found, gaps, results)
  const settled = { ...layout, uncovered: gaps.unread }
  if (isPhotograph([...staying, ...news], results))
    return { layout: { ...settled, regions: [] }, orders: [], unread: [...staying, ...news] }
  const named = nameNoise(keepOnly(layout.regions, new Set(staying)), results)
  const noise = named.filter((region) => region.role === 'noise')
  const text = named.filter((region) => region.role !== 'noise').flatMap((region) => region.lines)
  const regions = nameNoise(layout.plane ? arrange(layout.plane, [...text, ...news]) : named, results)
  const all = noise.reduce(placeAmong, lessSure(regions, new Set(news)))
  return {
    layout: { ...settled, regions: all },
    orders: layout.plane ? otherArrangements(layout.plane, [...text, ...news]).flatMap((other) => orderOf(all, other)) : [],
    unread: staying.filter((line) => isUnread(line, results))
  }
}

/** The regions by an order of their lines; noise, which it does not hold, stays behind what it stands behind. None when it changes nothing. */
function orderOf(regions: readonly FoundRegion[], { lines, confidence }: OtherArrangement): SettledLayout['orders'] {
  const places = new Map(lines.map((line, index) => [line, index]))
  let place = -1
  const ranked = regions.map(({ lines: [first] }, index) => {
    place = places.get(first!) ?? place
    return { index, place }
  })
  const order = ranked.sort((a, b) => a.place - b.place || a.index - b.index).map(({ index }) => index)
  return order.some((index, k) => index !== k) ? [{ regions: order, confidence }] : []
}

/** Lines as found but for those that lines of gaps read better, the lines of gaps that are not there already; no doubles. */
function withGaps(found: readonly FoundLine[], gaps: Gaps, results: Readings): { staying: FoundLine[]; news: FoundLine[] } {
  const lines = gaps.lines.map((gap) => gap.line)
  const confidence = (line: FoundLine): number => results.get(line)!.reading.confidence
  const staying = found.filter((line) => !lines.some((gap) => commonShare(line, gap) > 0.5 && confidence(line) < confidence(gap)))
  const news = lines.filter((gap) => !staying.some((line) => commonShare(line, gap) > 0.5))
  const doubled = doubledLines([...staying, ...news], results)
  const isOwn = (line: FoundLine): boolean => !doubled.has(line)
  return { staying: staying.filter(isOwn), news: news.filter(isOwn) }
}

function isUnread(line: FoundLine, results: Readings): boolean {
  return results.get(line)!.reading.text === ''
}

/** Whether here and there something looks like a character or two, and nowhere is there a line of text beyond doubt. */
function isPhotograph(lines: readonly FoundLine[], results: Readings): boolean {
  const isSure = ({ text, confidence }: LineReading): boolean => text.length >= 5 && confidence >= 0.7
  return lines.length >= 6 && !lines.some((line) => isSure(results.get(line)!.reading))
}

function keepOnly(regions: readonly FoundRegion[], lines: ReadonlySet<FoundLine>): FoundRegion[] {
  return regions.map((region) => ({ ...region, lines: region.lines.filter((line) => lines.has(line)) }))
}

/** Leaves out lines on which nothing was read, and marks as noise what was read without confidence. */
function nameNoise(regions: readonly FoundRegion[], results: Readings): FoundRegion[] {
  const isDoubtful = ({ text, confidence }: LineReading): boolean => confidence < leastSure(text)
  return regions
    .map((region) => ({ ...region, lines: region.lines.filter((line) => !isUnread(line, results)) }))
    .filter((region) => region.lines.length > 0)
    .map((region) =>
      region.lines.length <= 2 && region.lines.every((line) => isDoubtful(results.get(line)!.reading))
        ? { ...region, role: 'noise' }
        : region
    )
}

/** How sure a reading must be to be text. */
function leastSure(text: string): number {
  if (isPattern(text)) return leastPatternConfidence
  if (hasMarks(text)) return /[\p{L}\p{N}]/u.test(text) ? leastMarkedConfidence : leastMarksConfidence
  return text.length <= 2 ? leastShortConfidence : leastConfidence
}

/** Most characters of a reading whose marks tell against it, the share of them that are marks, and how sure it must be: with letters or figures, and without. */
const mostMarked = 12
const leastMarks = 0.2
const leastMarkedConfidence = 0.95
const leastMarksConfidence = 0.99

/** Whether a short reading holds many marks that newspapers hardly print: strokes and edges of a drawing (`[17`, `|~`). */
function hasMarks(text: string): boolean {
  const printed = text.replace(/\s/gu, '')
  const marks = printed.match(/[|¦[\]{}<>~^_=\\™®©°]/g)?.length ?? 0
  return printed.length <= mostMarked && marks >= leastMarks * printed.length && marks > 0
}

/** Length from which a reading may be a pattern, the share of it that two characters make, and how sure it must be to be text all the same. */
const leastPattern = 12
const mostOfTwo = 0.75
const leastPatternConfidence = 0.8

/** Whether a reading is hardly more than two letters or figures over and over: dots of a halftone, a row of windows. */
function isPattern(text: string): boolean {
  if (text.length < leastPattern || !/^[\w.]+$/.test(text)) return false
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  const [first = 0, second = 0] = [...counts.values()].sort((a, b) => b - a)
  return first + second >= mostOfTwo * text.length
}

function lessSure(regions: readonly FoundRegion[], news: ReadonlySet<FoundLine>): FoundRegion[] {
  return regions.map((region) =>
    region.lines.some((line) => news.has(line))
      ? { ...region, orderConfidence: Math.min(region.orderConfidence, surestFoundLater) }
      : region
  )
}

/** A region put among others: after the lowest that stands above it in its column, else before the first below, else at the end. */
export function placeAmong(regions: readonly FoundRegion[], region: FoundRegion): FoundRegion[] {
  const at = placeOf(regions, region)
  return [...regions.slice(0, at), region, ...regions.slice(at)]
}

function placeOf(regions: readonly FoundRegion[], placed: FoundRegion): number {
  const box = boundsOf(placed)
  const middle = (box.top + box.bottom) / 2
  let above = -1
  let lowest = -Infinity
  let below = -1
  for (const [index, region] of regions.entries()) {
    const { left, right, top, bottom } = boundsOf(region)
    if (Math.min(right, box.right) <= Math.max(left, box.left)) continue
    if (bottom <= middle && bottom > lowest) {
      above = index
      lowest = bottom
    }
    if (below === -1 && top >= middle) below = index
  }
  return above >= 0 ? above + 1 : below >= 0 ? below : regions.length
}

function boundsOf({ lines }: FoundRegion): { left: number; right: number; top: number; bottom: number } {
  const boxes = lines.map(lineBounds)
  return {
    left: Math.min(...boxes.map(({ x }) => x)),
    right: Math.max(...boxes.map(({ x, width }) => x + width)),
    top: Math.min(...boxes.map(({ y }) => y)),
    bottom: Math.max(...boxes.map(({ y, height }) => y + height))
  }
}
