import type { LineGlyph } from '../engine.ts'
import type { InkRun, LineInk } from './line-ink.ts'
import { middleOf, type Place } from './line-places.ts'

/**
 * Quotation marks of a Chinese line as their ink shows them: one or two short strokes at the upper edge of the type, close to what
 * they open or close and with the rest of their square on the other side. Tesseract takes one kind for the other, writes `"` for
 * many and passes over some.
 *
 *     作标杆”。      read 作标杆"。    two strokes that touch 杆: ”
 *     更大 ‘桓台     read 更大“桓台    one stroke before 桓: ‘
 */
export function settleQuotes(places: readonly Place[], ink: LineInk): Place[] {
  const marks = marksIn(ink)
  const quotes = [...places.keys()].filter((index) => likeQuote.test(places[index]!.glyph.text))
  const pairs = pairUp(quotes, marks, (index, mark) => Math.abs(middleOf(places[index]!.glyph) - middleOf(mark)) / ink.em)
  const markOf = new Map(pairs.map(({ quote, mark }) => [quote, mark]))
  const settled = places.map((place, index) => {
    const mark = markOf.get(index)
    return mark ? withQuote(place, places, index, mark) : place
  })
  const read = new Set(markOf.values())
  const isTwin = (index: number): boolean => !markOf.has(index) && quotes.includes(index) && markOf.has(index - 1) !== markOf.has(index + 1)
  const own = settled.filter((_, index) => !isTwin(index))
  return marks.filter((mark) => !read.has(mark)).reduce((line, mark) => insert(line, mark, ink), own)
}

/** What a quotation mark that was read without ink costs, and ink on which none was read, in ems of distance. */
const single = 1

/** Quotation marks as read and as their ink shows them, in order, so that they lie as near to each other as can be. */
function pairUp(
  quotes: readonly number[],
  marks: readonly Mark[],
  away: (quote: number, mark: Mark) => number
): { readonly quote: number; readonly mark: Mark }[] {
  const costs = Array.from({ length: quotes.length + 1 }, (_, i) =>
    Array.from({ length: marks.length + 1 }, (_, j) => (i === 0 ? j * single : j === 0 ? i * single : 0))
  )
  const join = (i: number, j: number): number => costs[i - 1]![j - 1]! + away(quotes[i - 1]!, marks[j - 1]!)
  for (let i = 1; i <= quotes.length; i++)
    for (let j = 1; j <= marks.length; j++) costs[i]![j] = Math.min(join(i, j), costs[i - 1]![j]! + single, costs[i]![j - 1]! + single)
  const pairs: { quote: number; mark: Mark }[] = []
  for (let [i, j] = [quotes.length, marks.length]; i > 0 && j > 0; )
    if (costs[i]![j] === join(i, j)) pairs.push({ quote: quotes[--i]!, mark: marks[--j]! })
    else if (costs[i]![j] === costs[i - 1]![j]! + single) i--
    else j--
  return pairs
}

/** What Tesseract reads quotation marks as. */
const likeQuote = /^["“”„'‘’‛`´*°]$/u

interface Mark {
  readonly from: number
  readonly to: number
  /** 1 or 2; undefined where two strokes may have run together. */
  readonly strokes: 1 | 2 | undefined
  readonly side: 'opening' | 'closing' | undefined
  readonly before: InkRun | undefined
  readonly after: InkRun | undefined
}

/** Widest stroke of a mark, widest gap between two strokes, and widest mark that ran together, in ems. */
const stroke = 0.2
const betweenStrokes = 0.22
const runTogether = 0.5
/** How near a mark stands to what it opens or closes, and how much further from the other neighbour, in ems. */
const near = 0.3
const nearer = 0.12

function marksIn({ runs, em }: LineInk): Mark[] {
  const found: Mark[] = []
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!
    if (!isUpper(run, em)) continue
    const next = runs[at + 1]
    const isPair =
      isStroke(run, em) && next !== undefined && isUpper(next, em) && isStroke(next, em) && next.from - run.to <= betweenStrokes * em
    const last = isPair ? next : run
    const [before, after] = [runs[at - 1], runs[isPair ? at + 2 : at + 1]]
    const strokes = isPair ? 2 : isStroke(run, em) ? 1 : undefined
    found.push({ from: run.from, to: last.to, strokes, side: sideOf(run.from, last.to, before, after, em), before, after })
    if (isPair) at++
  }
  return found
}

/** Ink at the upper edge of the type alone, of some height. */
function isUpper({ from, to, top, bottom }: InkRun, em: number): boolean {
  return top <= 0.25 && bottom <= 0.45 && bottom - top >= 0.1 && to - from <= runTogether * em
}

function isStroke({ from, to }: InkRun, em: number): boolean {
  return to - from <= Math.max(3, stroke * em)
}

function sideOf(from: number, to: number, before: InkRun | undefined, after: InkRun | undefined, em: number): Mark['side'] {
  if (!before) return 'opening'
  if (!after || isLow(after)) return 'closing'
  const [left, right] = [(from - before.to) / em, (after.from - to) / em]
  if (left <= near && right >= left + nearer) return 'closing'
  return right <= near && left >= right + nearer ? 'opening' : undefined
}

/** A comma or stop. */
function isLow({ top, bottom }: InkRun): boolean {
  return top >= 0.55 && bottom - top >= 0.1
}

function withQuote(place: Place, places: readonly Place[], index: number, mark: Mark): Place {
  const text = isDegree(places, index) ? '°' : quoteOf(place.glyph.text, mark)
  const isApostrophe = [places[index - 1], places[index + 1]].every((each) => each && /[A-Za-z]/.test(each.glyph.text))
  if (text === undefined || isApostrophe) return place
  return { ...place, glyph: { ...place.glyph, text, from: mark.from, to: mark.to } }
}

/** What stands between a figure and a C: 26°C. */
function isDegree(places: readonly Place[], index: number): boolean {
  return /\d$/.test(places[index - 1]?.glyph.text ?? '') && places[index + 1]?.glyph.text === 'C'
}

function quoteOf(text: string, { strokes, side }: Mark): string | undefined {
  // A ring is one stroke too.
  if (/[*°]/.test(text) && strokes !== 2) return undefined
  const isDouble = strokes === undefined ? /["“”„]/.test(text) : strokes === 2
  const which = side ?? (/[“‘„]/.test(text) ? 'opening' : /[”’]/.test(text) ? 'closing' : undefined)
  if (which === undefined) return undefined
  return which === 'opening' ? (isDouble ? '“' : '‘') : isDouble ? '”' : '’'
}

/** How sure a mark is that only its ink tells. */
const byInkAlone = 0.9

/** A mark that was passed over, put between the characters it stands between; none where that cannot be told. */
function insert(places: readonly Place[], mark: Mark, { em }: LineInk): Place[] {
  if (mark.strokes !== 2 || !mark.side || (mark.before && isOpenUpper(mark.before)) || (mark.after && isOpenUpper(mark.after)))
    return [...places]
  const at = placeFor(places, mark, em)
  if (at === undefined) return [...places]
  const text = mark.side === 'opening' ? '“' : '”'
  const glyph: LineGlyph = { text, confidence: byInkAlone, from: mark.from, to: mark.to }
  return [...places.slice(0, at), { glyph, blank: false }, ...places.slice(at)]
}

function isOpenUpper({ top, bottom }: InkRun): boolean {
  return top <= 0.25 && bottom <= 0.45
}

/** Where a mark stands among what was read: the nearest place whose neighbours are commas and stops where the ink's are. */
function placeFor(places: readonly Place[], mark: Mark, em: number): number | undefined {
  let best: number | undefined
  let least = 1.1 * em
  for (let at = 0; at <= places.length; at++) {
    const [before, after] = [places[at - 1]?.glyph, places[at]?.glyph]
    if ((before && likeQuote.test(before.text)) || (after && likeQuote.test(after.text))) continue
    if (!fits(before, mark.before) || !fits(after, mark.after)) continue
    const away = Math.abs(between(before, after, em) - middleOf(mark))
    if (away < least) {
      best = at
      least = away
    }
  }
  return best
}

/** The middle between two characters, or half a character beyond the first or last. */
function between(before: LineGlyph | undefined, after: LineGlyph | undefined, em: number): number {
  const left = before ? middleOf(before) : (after?.from ?? 0) - em / 2
  const right = after ? middleOf(after) : (before?.to ?? 0) + em / 2
  return (left + right) / 2
}

function fits(glyph: LineGlyph | undefined, run: InkRun | undefined): boolean {
  if (!glyph || !run) return !glyph && !run
  return /^[，,。.、]$/u.test(glyph.text) === isLow(run)
}
