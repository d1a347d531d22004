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

/**
 * Whether nothing about the place of the end `a` and the start `b` is in doubt: both lines reach from edge to edge of columns of one width that other
 * lines show, but for the last line of a paragraph; and what stands at the joint was read well. Pieces of lines, which a layout in trouble leaves
 * about, fill the box that was cut round them and tell nothing. `most` is what a full line may leave blank, in ems.
 */
export function isSure(a: Place, b: Place, most: number): boolean {
  if (tailConfidence(a.view.lines.at(-1)!) < legible || headConfidence(b.view.lines[0]!) < legible) return false
  return (
    isSeatedEnd(a, most) &&
    (isLastLine(b) || (isSeatedStart(b, most) && Math.abs(measureOf(a.foot) / a.em - measureOf(b.head) / b.em) <= sameMeasure))
  )
}

function isSeatedEnd({ foot, last, em, view }: Place, most: number): boolean {
  const from = (last.start - foot.start) / em
  const blank = (foot.end - last.end) / em
  const isAlone = view.lines.length === 1
  const isAtEdge = from <= atEdge || (isAlone && from >= indents.from && from <= indents.to)
  return foot.witnesses >= 2 && isAtEdge && blank <= (isAlone ? Math.min(most, fullAlone) : most)
}

function isSeatedStart({ head, first, em }: Place, most: number): boolean {
  return head.witnesses >= 2 && first.start - head.start <= atEdge * em && head.end - first.end <= most * em
}

/** One line that ends its paragraph may be as short as it likes, but begins where its column does. */
function isLastLine({ view, head, first, em }: Place): boolean {
  return (
    view.lines.length === 1 && /[.。!！?？;；…][”’"'»“」』)）\]]*$/.test(view.text.slice(-8)) && first.start - head.start <= atEdge * em
  )
}

const measureOf = ({ start, end }: Footing): number => end - start
