import type { Box, TextRole } from '@broadsheet/document'
import type { Plane } from './arrange.ts'

/** A printed line as found on the upright picture, in its pixels. */
export interface FoundLine {
  readonly direction: 'horizontal-lr' | 'vertical-rl'
  /**
   * The line's ink, straightened: `box` is where it would stand if it did not lean. Its near end (left, or top of a vertical line)
   * is in place; every pixel further along, it is displaced by `lean` across (down, or for a vertical line to the right).
   */
  readonly box: Box
  readonly lean: number
  /**
   * Where the line curves (a sheet that curls into its fold): how far it lies off the straight one between its two ends, across it, at evenly
   * spaced places from the near end to the far one.
   */
  readonly bend?: readonly number[]
  /** Size of the type. */
  readonly em: number
  /** Light ink on dark ground. */
  readonly reversed?: boolean
}

/** A block of lines as found; regions of a layout stand in reading order. */
export interface FoundRegion {
  readonly role: TextRole
  readonly lines: readonly FoundLine[]
  /** Which column of the page's grid, from 0. */
  readonly column?: number
  /** Left edge of the column the region stands in (top of the tier when vertical), where indents are measured from. */
  readonly edge: number
  /** How sure its place in reading order is, 0 to 1. */
  readonly orderConfidence: number
}

/** What layout found on an upright picture, in its pixels. */
export interface Layout {
  readonly direction: 'horizontal-lr' | 'vertical-rl'
  /** Size of the type most of the page is set in. */
  readonly em: number
  /** Slope of the lines, clockwise. */
  readonly skewDegrees: number
  /** How far the sheet's curl into a fold displaces what stands in its corners, by side; absent where the sheet lies flat. */
  readonly curls?: readonly { readonly side: 'left' | 'right'; readonly top: number; readonly bottom: number; readonly reach: number }[]
  readonly regions: readonly FoundRegion[]
  readonly pictures: readonly Box[]
  readonly separators: readonly Box[]
  /** Ink that looks like text and is in no line. */
  readonly uncovered: readonly Box[]
  /** Dark grounds on which no line was found: photographs, and panels whose light type is too grainy to be told at a first look. */
  readonly panels: readonly Box[]
  /** What lines are put in order on again, when some were found later or turned out to be no text; absent where nothing was found. */
  readonly plane?: Plane
}

/** The smallest upright box around a line as it leans. */
export function lineBounds(line: FoundLine): Box {
  if (line.bend) return bentBounds(line, line.bend)
  const { box, lean } = line
  if (line.direction === 'horizontal-lr') {
    const drop = lean * box.width
    return { x: box.x, y: box.y + Math.min(0, drop), width: box.width, height: box.height + Math.abs(drop) }
  }
  const drift = lean * box.height
  return { x: box.x + Math.min(0, drift), y: box.y, width: box.width + Math.abs(drift), height: box.height }
}

function bentBounds({ box, lean, direction }: FoundLine, bend: readonly number[]): Box {
  const horizontal = direction === 'horizontal-lr'
  const length = horizontal ? box.width : box.height
  const moved = bend.map((off, index) => off + (lean * length * index) / (bend.length - 1))
  const [least, most] = [Math.min(...moved), Math.max(...moved)]
  if (horizontal) return { ...box, y: box.y + least, height: box.height + most - least }
  return { ...box, x: box.x + least, width: box.width + most - least }
}

/** How far across a line is displaced `along` pixels from its near end, by its lean and its bend. */
export function offsetAt({ box, lean, bend, direction }: FoundLine, along: number): number {
  if (!bend) return lean * along
  const length = direction === 'horizontal-lr' ? box.width : box.height
  const at = Math.min(Math.max((along / length) * (bend.length - 1), 0), bend.length - 1)
  const before = Math.min(Math.floor(at), bend.length - 2)
  return lean * along + bend[before]! + (bend[before + 1]! - bend[before]!) * (at - before)
}
