import type { Flow } from '../articles/space.ts'
import type { Footing } from './footing.ts'
import { headConfidence, tailConfidence } from './legibility.ts'
import type { Place } from './places.ts'

/** In ems: how far a line may begin from the edge of its column, and how far the first line of a paragraph does. */
const atEdge = 1
const indents = { from: 1.2, to: 2.8 } as const
/** How much the widths of two columns may differ that one text runs through. */
const sameMeasure = 2
/** How surely the characters at the joint have to be read. */
const legible = 0.6
/** What a line alone may leave blank. */
const fullAlone = 1

/** What each doubt about a place costs, in bits: so much more has to speak for the joint. */
const costs = { illegible: 90, unwitnessed: 10, offEdge: 16, blank: 16, short: 8, otherMeasure: 10, lone: 10 } as const

/**
 * How much about the place of the end `a` and the start `b` is in doubt, in bits. None where both lines reach from edge to edge of columns of one width that
 * other lines show, but for the last line of a paragraph, and what stands at the joint was read well. Pieces of lines, which a layout in trouble leaves
 * about, fill the box that was cut round them and tell nothing. `most` is what a full line may leave blank, in ems.
 */
export function doubtOf(a: Place, b: Place, most: number): number {
  const isRead = tailConfidence(a.view.lines.at(-1)!) >= legible && headConfidence(b.view.lines[0]!) >= legible
  const unlike = Math.abs(measureOf(a.foot) / a.em - measureOf(b.head) / b.em)
  return (
    (isRead ? 0 : costs.illegible) +
    doubtOfEnd(a, most) +
    (isLastLine(b) ? 0 : doubtOfStart(b, most) + (unlike > sameMeasure ? costs.otherMeasure : 0))
  )
}

/**
 * How much is in doubt about two pieces of one printed line, in bits: a figure or a word that an engine read by itself. None where the lines above and
 * below run through under both, and what stands at the joint was read well.
 */
export function doubtOfRow(a: Place, b: Place): number {
  const isRead = tailConfidence(a.view.lines.at(-1)!) >= legible && headConfidence(b.view.lines[0]!) >= legible
  return (isRead ? 0 : costs.illegible) + (runsUnder(a.foot, b.first, a.em) || runsUnder(b.head, a.last, b.em) ? 0 : costs.offEdge)
}

/** Lines that are known to fill a column reach under another piece to its far end. */
function runsUnder({ witnesses, start, end }: Footing, piece: Flow, em: number): boolean {
  return witnesses >= 2 && start <= piece.start + em && end >= piece.end - em
}

function doubtOfEnd({ foot, last, em, view }: Place, most: number): number {
  const from = (last.start - foot.start) / em
  const blank = (foot.end - last.end) / em
  const isAlone = view.lines.length === 1
  const isAtEdge = from <= atEdge || (isAlone && from >= indents.from && from <= indents.to)
  const isFull = blank <= (isAlone ? Math.min(most, fullAlone) : most)
  // One line at the edge is no first line of a paragraph: perhaps a heading.
  const isLone = isAlone && from < indents.from
  return doubtOfWitnesses(foot) + (isLone ? costs.lone : 0) + (isAtEdge ? 0 : costs.offEdge) + (isFull ? 0 : costs.blank)
}

function doubtOfStart({ head, first, em, view }: Place, most: number): number {
  const isAtEdge = first.start - head.start <= atEdge * em
  const isFull = head.end - first.end <= most * em
  return doubtOfWitnesses(head) + (isAtEdge ? 0 : costs.offEdge) + (isFull ? 0 : costs.short) + (view.lines.length === 1 ? costs.lone : 0)
}

function doubtOfWitnesses({ witnesses }: Footing): number {
  return Math.max(0, 2 - witnesses) * costs.unwitnessed
}

/** One line that ends its paragraph may be as short as it likes, but begins where its column does. */
function isLastLine({ view, head, first, em }: Place): boolean {
  return (
    view.lines.length === 1 && /[.。!！?？;；…][”’"'»“」』)）\]]*$/.test(view.text.slice(-8)) && first.start - head.start <= atEdge * em
  )
}

const measureOf = ({ start, end }: Footing): number => end - start
