import type { GreyImage } from '../image/grey.ts'
import { usualPaper } from './mask.ts'

/** Bands into which each side is cut: an edge that leans is a step a little further on in every band. */
const bands = 16
/** How far in from the side of the picture the sheet's edge is looked for, as a share of it. */
const deepest = 0.14
/** Pixels on either side of an edge that are compared. */
const window = 8
/** Least difference of the two sides in brightness. */
const leastStep = 14

/**
 * Paints over what lies around the sheet: the scanner's lid or bed, its shadow, the black of a microfilm. On each side, the edge is
 * the first place where the lightest of the next few pixels changes at once, along most of the side; print does not show in it,
 * since there is paper between its strokes. What is outside becomes paper of the brightness just inside.
 */
export function paintSurround(image: GreyImage): GreyImage {
  const pixels = new Uint8Array(image.pixels)
  const usual = usualPaper(image)
  let found = false
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    const view = viewFrom(image, side)
    const edges = findEdges(view, usual)
    if (!edges) continue
    found = true
    for (let line = 0; line < view.lines; line++) {
      const to = Math.min(view.depth - 1, edges[Math.floor((line * bands) / view.lines)]! + window)
      const paper = lightest(image.pixels, view, line, to, Math.min(view.depth, to + 3 * window))
      for (let i = 0, at = view.first + line * view.along; i < to; i++, at += view.inwards) pixels[at] = paper
    }
  }
  return found ? { ...image, pixels } : image
}

/** The picture seen from one side: `lines` of `depth` pixels that run inwards. */
interface SideView {
  readonly pixels: Uint8Array
  readonly lines: number
  readonly depth: number
  /** Where the first pixel of the first line is, how far from line to line, and how far to the next pixel of a line. */
  readonly first: number
  readonly along: number
  readonly inwards: number
}

function viewFrom({ pixels, width, height }: GreyImage, side: 'left' | 'right' | 'top' | 'bottom'): SideView {
  const level = side === 'left' || side === 'right'
  const [lines, depth] = level ? [height, width] : [width, height]
  const steps = {
    left: [0, width, 1],
    right: [width - 1, width, -1],
    top: [0, 1, width],
    bottom: [(height - 1) * width, 1, -width]
  } as const
  const [first, along, inwards] = steps[side]
  return { pixels, lines, depth, first, along, inwards }
}

function lightest(pixels: Uint8Array, { first, along, inwards }: SideView, line: number, from: number, to: number): number {
  let best = 0
  for (let i = from; i < to; i++) best = Math.max(best, pixels[first + line * along + i * inwards]!)
  return best
}

/** Where the sheet begins in each band; undefined when most bands show no edge. */
function findEdges(view: SideView, paper: number): number[] | undefined {
  const reach = Math.floor(view.depth * deepest)
  if (reach < 4 * window || view.lines < bands * 4) return undefined
  const found = Array.from({ length: bands }, (_, band) => edgeInBand(view, band, reach, paper))
  const sure = found.filter((edge) => edge >= 0).sort((a, b) => a - b)
  if (sure.length < bands * 0.6) return undefined
  const middle = sure[sure.length >> 1]!
  const spread = Math.max(3 * window, 0.03 * view.depth)
  const near = found.map((edge) => (edge >= 0 && Math.abs(edge - middle) <= spread ? edge : -1))
  if (near.filter((edge) => edge >= 0).length < bands * 0.5) return undefined
  return near.map((edge, band) => (edge >= 0 ? edge : nearestKnown(near, band)))
}

function nearestKnown(edges: readonly number[], band: number): number {
  for (let away = 1; ; away++) {
    const known = [edges[band - away], edges[band + away]].filter((edge) => edge !== undefined && edge >= 0)
    if (known.length > 0) return Math.max(...(known as number[]))
  }
}

/** The first step of one band, and what follows it closely, as the median of its lines has it; -1 when there is none. */
function edgeInBand(view: SideView, band: number, reach: number, paper: number): number {
  const first = Math.floor((band * view.lines) / bands)
  const last = Math.floor(((band + 1) * view.lines) / bands)
  const every = Math.max(1, Math.floor((last - first) / 24))
  const rows: Uint8Array[] = []
  for (let line = first; line < last; line += every) {
    const row = new Uint8Array(reach + 2 * window)
    for (let i = 0, at = view.first + line * view.along; i < row.length; i++, at += view.inwards) row[i] = view.pixels[at]!
    rows.push(lightestAhead(row))
  }
  let best = -1
  for (let i = window; i < reach && (best < 0 || i < best + 2 * window); i++) {
    let small = 0
    for (const row of rows) if (Math.abs(row[i]! - row[i - window]!) < leastStep) small++
    // Then their median is a step.
    if (small <= rows.length >> 1) best = i
  }
  return best >= 0 && isSurround(rows, best - window, paper) ? best : -1
}

/**
 * Whether what lies before an edge is not the sheet: of another brightness than its paper, or blank up to an edge behind which
 * there is paper. The edge of an advert or of a tinted panel is neither: behind it lies a tint, before it stand folio and margin.
 */
function isSurround(rows: readonly Uint8Array[], to: number, paper: number): boolean {
  const outside = mean(rows, 0, to + 1)
  const usual = middle(rows, 0, to + 1)
  const isOther = [outside, usual].every((value) => Math.abs(value - paper) >= leastStep)
  // In uneven light a margin differs from the usual paper too, but not from the paper behind what is printed beside it.
  if (isOther) return Math.abs(usual - middle(rows, to + 2 * window, rows[0]!.length, 0.9)) >= leastStep
  const inside = mean(rows, to + 2 * window, to + 4 * window)
  return (
    inside > 0.9 * paper && rows.filter((row) => row.subarray(0, to + 1).every((value) => value > 0.8 * outside)).length > 0.9 * rows.length
  )
}

function mean(rows: readonly Uint8Array[], from: number, to: number): number {
  let sum = 0
  let count = 0
  for (const row of rows) for (let i = from; i < Math.min(row.length, to); i++, count++) sum += row[i]!
  return sum / Math.max(1, count)
}

/** Brightness that a share of a strip stays below. Half: print on it, even bold and close, covers less. */
function middle(rows: readonly Uint8Array[], from: number, to: number, share = 0.5): number {
  const counts = new Int32Array(256)
  let total = 0
  for (const row of rows) for (let i = Math.max(0, from); i < Math.min(row.length, Math.max(1, to)); i++, total++) counts[row[i]!]!++
  let value = 0
  for (let left = Math.floor(total * share); total > 0 && left >= counts[value]!; value++) left -= counts[value]!
  return value
}

/** For every pixel the lightest of itself and the few that follow. */
function lightestAhead(row: Uint8Array): Uint8Array {
  const out = new Uint8Array(row.length)
  for (let i = 0; i < row.length; i++) {
    let best = 0
    for (let k = i; k < Math.min(row.length, i + window); k++) best = Math.max(best, row[k]!)
    out[i] = best
  }
  return out
}
