import type { GreyImage } from '../image/grey.ts'
import { type Blob, heightOf, sizeOf, widthOf } from './blob.ts'
import { type Curls, curlAt, curlRows, estimateCurls } from './curl.ts'
import { type Mask, usualPaper } from './mask.ts'
import { stepsIn } from './steps.ts'

/**
 * How a scan leans. A point of the straight picture comes from the scan's
 * `x - (upright + uprightChange * x) * (y - cy)`, `y + (level + levelChange * y) * (x - cx)`:
 * lines of text slope by `level`, columns by `upright`, and both may change across the page (a sheet that was not flat). Where the sheet
 * curls into a fold, the curl's displacement comes on top.
 */
export interface Lean {
  readonly level: number
  readonly levelChange: number
  readonly upright: number
  readonly uprightChange: number
  readonly cx: number
  readonly cy: number
  /** Absent where the sheet lies flat. */
  readonly curls?: Curls
}

/** Where a point of the straight picture lies on the scan. */
export function scanPoint(lean: Lean, x: number, y: number): [x: number, y: number] {
  return [
    x - (lean.upright + lean.uprightChange * (x - lean.cx)) * (y - lean.cy),
    y + (lean.level + lean.levelChange * (y - lean.cy)) * (x - lean.cx) + (lean.curls ? curlAt(lean.curls, x, y) : 0)
  ]
}

/** How often the way back is followed: leans are slight, and every round takes a twentieth of what is left. */
const rounds = 12

/** Where a point of the scan lies on the straight picture: the way back from `scanPoint`. */
export function straightPoint(lean: Lean, px: number, py: number): [x: number, y: number] {
  let [x, y] = [px, py]
  for (let round = 0; round < rounds; round++) {
    const [sx, sy] = scanPoint(lean, x, y)
    ;[x, y] = [x + px - sx, y + py - sy]
  }
  return [x, y]
}

/** The scan as it would be had it not leant; nearest pixels, for layout only. What lies outside the scan is paper. */
export function straighten(image: GreyImage, lean: Lean): GreyImage {
  const { width, height, pixels } = image
  const out = new Uint8Array(width * height).fill(usualPaper(image))
  const { cx, cy } = lean
  const uprights = Float64Array.from({ length: width }, (_, x) => lean.upright + lean.uprightChange * (x - cx))
  const curl = lean.curls ? curlRows(lean.curls, width) : undefined
  const drops = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    const slope = lean.level + lean.levelChange * (y - cy)
    const fall = y - cy
    curl?.(y, drops)
    for (let x = 0; x < width; x++) {
      // Rounded: where cutting off the fraction does not round down, it is outside.
      const sx = ((x - uprights[x]! * fall + 1.5) | 0) - 1
      const sy = ((y + slope * (x - cx) + drops[x]! + 1.5) | 0) - 1
      if (sx >= 0 && sy >= 0 && sx < width && sy < height) out[y * width + x] = pixels[sy * width + sx]!
    }
  }
  return { pixels: out, width, height }
}

/** Steepest lean looked for first: 4 degrees; and where nothing or a steep lean is found: 8 degrees. */
const steepest = Math.tan((4 * Math.PI) / 180)
const steepestOfAll = Math.tan((8 * Math.PI) / 180)
/** Beyond that share of the first, 2 degrees, a lean is steep; beyond that one, what is found farther off counts. */
const steepShare = 0.5
const farShare = 0.85
/** How much sharper than at its dullest the picture is at a slope that counts; one looked for farther off must be plainer. */
const sharpEnough = { first: 1.25, far: 1.4 } as const

/**
 * Estimates how a scan leans from the edges of its ink: at the right slope the upper edges of text and rules fall on few rows,
 * and their histogram is sharpest (Postl 1986). Lines and columns are estimated apart, each in three bands. Only pieces of the size
 * of type count, and rules: a halftone screen has a slope of its own.
 *
 * @param em size of the type, in pixels of the mask
 */
export function estimateLean(mask: Mask, blobs: readonly Blob[], em: number): Lean {
  const cx = mask.width / 2
  const cy = mask.height / 2
  const kept = blobs.filter((blob) => isTypeOrRule(blob, em))
  const rows = edgePoints(mask, kept, false)
  const columns = edgePoints(mask, kept, true)
  const level = trend(rows, mask.height, mask.width)
  const upright = trend(columns, mask.width, mask.height, level.sure ? -level.slope : undefined)
  // Both come from one rotation when only one of them is plain to see.
  const levelSlope = level.sure || !upright.sure ? level.slope : -upright.slope
  const uprightSlope = upright.sure ? -upright.slope : levelSlope
  const lean = {
    level: levelSlope,
    levelChange: level.sure ? level.change : 0,
    upright: uprightSlope,
    uprightChange: upright.sure ? -upright.change : 0,
    cx,
    cy
  }
  const levelled = (x: number, y: number): number => y - (lean.level + lean.levelChange * (y - cy)) * (x - cx)
  const curls = estimateCurls(rows, mask, em, levelled)
  return curls.length > 0 ? { ...lean, curls: { curls, width: mask.width, height: mask.height } } : lean
}

function isTypeOrRule(blob: Blob, em: number): boolean {
  const size = sizeOf(blob)
  if (size < em * 0.4) return false
  return size < em * 4 || (size > em * 8 && blob.area < size * em * 0.5 && Math.min(widthOf(blob), heightOf(blob)) < size * 0.08)
}

/** Points where ink begins, as pairs: along the lines, across them. */
function edgePoints(mask: Mask, blobs: readonly Blob[], turned: boolean): Int32Array {
  const { data, width, height } = mask
  const points: number[] = []
  const step = Math.max(1, Math.round(Math.max(width, height) / 1500))
  const stride = turned ? 1 : width
  for (const { x0, y0, x1, y1 } of blobs)
    for (let y = y0; y < y1; y += turned ? step : 1)
      for (let x = x0; x < x1; x += turned ? 1 : step) {
        const at = y * width + x
        if (data[at] === 1 && (turned ? x === 0 : y === 0) === false && data[at - stride] === 0) points.push(turned ? y : x, turned ? x : y)
      }
  return Int32Array.from(points)
}

interface Trend {
  readonly slope: number
  /** Change of the slope for each pixel across. */
  readonly change: number
  readonly sure: boolean
}

/** The slope along which the points fall on the fewest rows, and how it changes from the first third of the page to the last. */
function trend(points: Int32Array, across: number, along: number, guess?: number): Trend {
  const whole = wholeSlope(points, across, along, guess)
  if (!whole.sure) return { slope: guess ?? 0, change: 0, sure: false }
  const near = 0.012
  const bands = [0, 1, 2].map((band) => {
    const from = (across * band) / 3
    const found = bestSlope(points, across, along, from, from + across / 3, whole.slope, near, steepest)
    return { at: from + across / 6, ...found }
  })
  const sure = bands.filter((band) => band.sure)
  if (sure.length < 2) return { slope: whole.slope, change: 0, sure: true }
  const first = sure[0]!
  const last = sure.at(-1)!
  const change = (last.slope - first.slope) / (last.at - first.at)
  const mean = sure.reduce((sum, band) => sum + band.slope, 0) / sure.length
  const centre = sure.reduce((sum, band) => sum + band.at, 0) / sure.length
  return { slope: mean + change * (across / 2 - centre), change, sure: true }
}

/**
 * The slope of the whole page: where a steep one or none is found, it is looked for farther off; but not for columns when the lines
 * are known to lean little.
 */
function wholeSlope(points: Int32Array, across: number, along: number, guess?: number): { slope: number; sure: boolean } {
  const first = bestSlope(points, across, along, 0, across, guess ?? 0, steepest, steepest)
  const leansLittle = (slope: number): boolean => Math.abs(slope) < steepShare * steepest
  if ((first.sure && leansLittle(first.slope)) || (guess !== undefined && leansLittle(guess))) return first
  const far = bestSlope(points, across, along, 0, across, guess ?? 0, steepestOfAll, steepestOfAll)
  return far.sharpness > sharpEnough.far && Math.abs(far.slope) > farShare * steepest ? { ...far, sure: true } : first
}

/** Points in the order of their place along: those at `place` are the rows from `starts[place]` up to `starts[place + 1]`. */
interface Places {
  readonly starts: Int32Array
  readonly rows: Int32Array
}

/** The points whose second number is in `[from, to)`. */
function placesBetween(points: Int32Array, along: number, from: number, to: number): Places {
  const starts = new Int32Array(along + 2)
  for (let i = 0; i < points.length; i += 2) if (points[i + 1]! >= from && points[i + 1]! < to) starts[points[i]! + 2]!++
  for (let place = 1; place < starts.length; place++) starts[place]! += starts[place - 1]!
  const rows = new Int32Array(starts[along + 1]!)
  for (let i = 0; i < points.length; i += 2) {
    const row = points[i + 1]!
    if (row >= from && row < to) rows[starts[points[i]! + 1]!++] = row
  }
  return { starts, rows }
}

/** So near to a whole number a sum of fractions may fall on either side of it. */
const hair = 1e-7

/** How often each row (and `margin` before it) is met by points that are moved along a slope. */
function countRows(histogram: Int32Array, { starts, rows }: Places, slope: number, middle: number, margin: number): void {
  histogram.fill(0)
  for (let place = 0; place + 1 < starts.length; place++) {
    const end = starts[place + 1]!
    let i = starts[place]!
    if (i === end) continue
    // Never below nought, so that cutting off its fraction rounds it: the same for all points of a place.
    const drop = slope * (place - middle)
    const shift = margin + 0.5 - drop
    const whole = shift | 0
    if (shift - whole > hair && shift - whole < 1 - hair) for (; i < end; i++) histogram[rows[i]! + whole]!++
    else for (; i < end; i++) histogram[(rows[i]! - drop + (margin + 0.5)) | 0]!++
  }
}

/** Slopes tried on each side of a guess. */
const coarsestSteps = 12

function bestSlope(
  points: Int32Array,
  across: number,
  along: number,
  from: number,
  to: number,
  guess: number,
  reach: number,
  most: number
): { slope: number; sure: boolean; sharpness: number } {
  const inside = placesBetween(points, along, from, to)
  if (inside.rows.length < 200) return { slope: guess, sure: false, sharpness: 1 }
  // What is looked for near a guess may pass the limit with it.
  const limit = Math.max(most, Math.abs(guess) + (reach < steepest ? reach : 0))
  const margin = Math.ceil(limit * along) + 2
  const histogram = new Int32Array(across + 2 * margin)
  const sharpness = (slope: number): number => {
    countRows(histogram, inside, slope, along / 2, margin)
    return stepsIn(histogram, histogram.length)
  }
  const least = 0.3 / along
  const count = coarsestSteps * Math.max(1, Math.round(reach / steepest))
  let finest = reach / count
  while (finest / 3 > least) finest /= 3
  const tried = new Set([0])
  let best = guess
  let value = sharpness(guess)
  let worst = value
  let centre = guess
  for (let step = reach / count; step > least; step /= 3) {
    for (let k = -count; k <= count; k++) {
      const slope = centre + k * step
      const place = Math.round((slope - guess) / finest)
      if (Math.abs(slope) > limit || tried.has(place)) continue
      tried.add(place)
      const score = sharpness(slope)
      worst = Math.min(worst, score)
      if (score > value) {
        value = score
        best = slope
      }
    }
    centre = best
  }
  return { slope: best, sure: value > sharpEnough.first * worst, sharpness: value / worst }
}
