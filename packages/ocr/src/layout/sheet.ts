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
      for (let i = 0; i < to; i++) pixels[view.at(line, i)] = paper
    }
  }
  return found ? { ...image, pixels } : image
}

/** The picture seen from one side: `lines` of `depth` pixels that run inwards. */
interface SideView {
  readonly pixels: Uint8Array
  readonly lines: number
  readonly depth: number
  readonly at: (line: number, inwards: number) => number
}

function viewFrom({ pixels, width, height }: GreyImage, side: 'left' | 'right' | 'top' | 'bottom'): SideView {
  const level = side === 'left' || side === 'right'
  const [lines, depth] = level ? [height, width] : [width, height]
  const at: Record<typeof side, (line: number, inwards: number) => number> = {
    left: (line, i) => line * width + i,
    right: (line, i) => line * width + width - 1 - i,
    top: (line, i) => i * width + line,
    bottom: (line, i) => (height - 1 - i) * width + line
  }
  return { pixels, lines, depth, at: at[side] }
}

function lightest(pixels: Uint8Array, view: SideView, line: number, from: number, to: number): number {
  let best = 0
  for (let i = from; i < to; i++) best = Math.max(best, pixels[view.at(line, i)]!)
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
    for (let i = 0; i < row.length; i++) row[i] = view.pixels[view.at(line, i)]!
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
  const isOther = [outside, middle(rows, 0, to + 1)].every((value) => Math.abs(value - paper) >= leastStep)
  if (isOther) return true
  const inside = mean(rows, to + 2 * window, to + 4 * window)
  return (
    inside > 0.9 * paper && rows.filter((row) => row.subarray(0, to + 1).every((value) => value > 0.8 * outside)).length > 0.9 * rows.length
  )
}

function mean(rows: readonly Uint8Array[], from: number, to: number): number {
  const values = rows.flatMap((row) => [...row.subarray(from, to)])
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** Brightness of half of a strip: print on it, even bold and close, covers less. */
function middle(rows: readonly Uint8Array[], from: number, to: number): number {
  const values = rows.flatMap((row) => [...row.subarray(Math.max(0, from), Math.min(row.length, Math.max(1, to)))]).sort((a, b) => a - b)
  return values[values.length >> 1] ?? 0
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
