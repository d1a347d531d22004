import type { Mask } from './mask.ts'

/**
 * How a sheet curls down into the fold at one side of the scan. What would lie at `x`, `y` were the sheet flat is displaced on the scan,
 * downwards, by `(shift + spread * (y - cy)) * (1 - d / reach) ** power` (`d`: how far it lies from that side): nothing from `reach` on, all of it at
 * the side. A camera sees what lies deeper nearer to the point below it, hence the `spread`. Lengths in pixels.
 */
export interface Curl {
  readonly side: 'left' | 'right'
  readonly reach: number
  readonly power: number
  readonly shift: number
  readonly spread: number
}

/** The curls of a page, and the size of the picture they are measured in. */
export interface Curls {
  readonly curls: readonly Curl[]
  readonly width: number
  readonly height: number
}

/** How far down a page's curls displace a point of the flat page. */
export function curlAt({ curls, width, height }: Curls, x: number, y: number): number {
  let sum = 0
  for (const { side, reach, power, shift, spread } of curls) {
    const inside = 1 - (side === 'left' ? x : width - x) / reach
    if (inside > 0) sum += (shift + spread * (y - height / 2)) * inside ** power
  }
  return sum
}

/** Points where ink begins, seen from one side: how far away, in which row once the page's own slope is taken off. */
interface Points {
  readonly away: Int32Array
  readonly row: Float32Array
  /** -1 at the upper edge of the picture, 1 at the lower. */
  readonly level: Float32Array
}

/** A guess: `shift` and `spread` as displacement at the side's middle, and how much more it is at its end. */
interface Guess {
  readonly reach: number
  readonly power: number
  readonly middle: number
  readonly ends: number
}

/** Width of the strips whose rows are counted apart, in ems: columns side by side need not share their lines. */
const stripEms = 8
/** Reaches tried first, as shares of the width; the farthest a curl may reach, and the nearest. */
const firstReaches = [0.08, 0.14, 0.24, 0.42]
const reaches = { least: 0.05, most: 0.5 } as const
const powers = { first: 2.5, least: 1.5, most: 5 } as const
/** Displacements tried first, in ems at the side: so many steps of so much to both sides, for middle and ends together. */
const firstStep = 0.6
const firstSteps = 7
const mostSteps = 8
/** What the first guess must gain to be looked into, as a share of the sharpness of a flat sheet. */
const leastFirstGain = 0.08
/** What it must gain more for every em by which it displaces an end: where hardly any rows tell (a table, a dark panel), the end stays nearly flat. */
const gainForAnEm = 0.01
/** Rounds of refinement, and how much finer each is. */
const rounds = 7
const finer = 1.7

/**
 * Finds how a sheet curls at its two sides. With the right curl taken off, the upper edges of text fall on few rows and their histogram is
 * sharpest, as with the slope of a page (Postl 1986). A curl counts only where it brings much and moves type visibly: a flat page has none.
 *
 * @param points where ink begins, x and y by turns; `levelled` the row a point would have did the page not lean
 */
export function estimateCurls(
  points: Int32Array,
  { width, height }: Pick<Mask, 'width' | 'height'>,
  em: number,
  levelled: (x: number, y: number) => number
): Curl[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const seen = pointsFrom(side, points, width, height, levelled)
    if (seen.away.length < fewestPoints) return []
    const sharpness = sharpnessOf(seen, height, em)
    const first = coarsest(sharpness, width, em)
    if (!first) return []
    const found = refine(first, sharpness, width, em)
    if (!isCurl(found, seen, sharpness, em)) return []
    const { reach, power, middle, ends } = found
    return [{ side, reach, power, shift: middle, spread: ends / (height / 2) }]
  })
}

const fewestPoints = 800

function pointsFrom(
  side: Curl['side'],
  points: Int32Array,
  width: number,
  height: number,
  levelled: (x: number, y: number) => number
): Points {
  const away: number[] = []
  const row: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const d = side === 'left' ? points[i]! : width - points[i]!
    if (d > reaches.most * width) continue
    away.push(d)
    row.push(levelled(points[i]!, points[i + 1]!))
  }
  return { away: Int32Array.from(away), row: Float32Array.from(row), level: Float32Array.from(row, (y) => (2 * y) / height - 1) }
}

/** How sharp the rows within `within` pixels of the side are with a curl taken off; coarse: rows several pixels high, every third point. */
type Sharpness = (guess: Guess | undefined, within: number, coarse: boolean) => number

function sharpnessOf({ away, row, level }: Points, height: number, em: number): Sharpness {
  const margin = Math.ceil((mostSteps + 1) * firstStep * em + em)
  const strip = stripEms * em
  return (guess, within, coarse) => {
    const bin = coarse ? Math.max(1, em / 6) : 1
    const rows = Math.ceil((height + 2 * margin) / bin) + 1
    const counts = new Int32Array(rows * Math.ceil(within / strip + 1))
    const shares = guess ? sharesOf(guess, within) : undefined
    for (let i = 0; i < away.length; i += coarse ? 3 : 1) {
      const d = away[i]!
      if (d >= within) continue
      const moved = shares ? (guess!.middle + guess!.ends * level[i]!) * shares[d]! : 0
      const at = Math.round((row[i]! - moved + margin) / bin)
      if (at >= 0 && at < rows) counts[Math.floor(d / strip) * rows + at]!++
    }
    let sum = 0
    for (let i = 1; i < counts.length; i++) sum += (counts[i]! - counts[i - 1]!) ** 2
    return sum
  }
}

/** For every distance from the side, which share of a curl is left. */
function sharesOf({ reach, power }: Guess, within: number): Float32Array {
  return Float32Array.from({ length: Math.ceil(within) + 1 }, (_, d) => (d < reach ? (1 - d / reach) ** power : 0))
}

/** The best of a coarse grid of guesses; undefined where none is better than a flat sheet by far. */
function coarsest(sharpness: Sharpness, width: number, em: number): Guess | undefined {
  const step = firstStep * em
  let best: Guess | undefined
  let most = 0
  for (const share of firstReaches) {
    const reach = share * width
    const flat = sharpness(undefined, reach, true)
    for (let i = -firstSteps; i <= firstSteps; i++)
      for (let k = -firstSteps; k <= firstSteps; k++) {
        if (Math.abs(i) + Math.abs(k) > mostSteps) continue
        const guess = { reach, power: powers.first, middle: i * step, ends: k * step }
        const gain = sharpness(guess, reach, true) - flat * (1 + owed(guess, em))
        if (gain > most && gain > leastFirstGain * flat) [best, most] = [guess, gain]
      }
  }
  return best
}

/** What a first guess owes for displacing both its ends, as a share of the sharpness of a flat sheet. */
function owed({ middle, ends }: Guess, em: number): number {
  return (gainForAnEm * (Math.abs(middle - ends) + Math.abs(middle + ends))) / em
}

/**
 * How a guess is altered, by so many steps: the displacement at the upper end, at the lower, at both alike and against each other; reach
 * and power, what is displaced where type stands (a sixth of the reach in) being kept.
 */
type Move = (guess: Guess, steps: number, width: number, em: number) => Guess

const moves: readonly Move[] = [
  (guess, steps, _, em) => ({ ...guess, middle: guess.middle + 0.2 * steps * em, ends: guess.ends - 0.2 * steps * em }),
  (guess, steps, _, em) => ({ ...guess, middle: guess.middle + 0.2 * steps * em, ends: guess.ends + 0.2 * steps * em }),
  (guess, steps, _, em) => ({ ...guess, middle: guess.middle + 0.4 * steps * em }),
  (guess, steps, _, em) => ({ ...guess, ends: guess.ends + 0.4 * steps * em }),
  (guess, steps, width) => keeping(guess, { ...guess, reach: guess.reach + 0.05 * steps * width }),
  (guess, steps) => keeping(guess, { ...guess, power: guess.power + 0.5 * steps })
]

function keeping(before: Guess, after: Guess): Guess {
  const place = before.reach / 6
  const gain = (1 - place / before.reach) ** before.power / Math.max(0.1, 1 - place / after.reach) ** after.power
  return { ...after, middle: after.middle * gain, ends: after.ends * gain }
}

/** One move at a time, in ever finer steps. */
function refine(first: Guess, sharpness: Sharpness, width: number, em: number): Guess {
  const within = reaches.most * width
  let best = first
  let value = sharpness(best, within, false)
  for (let round = 0; round < 2 * rounds; round++)
    for (const move of moves)
      for (const sign of [-1, 1]) {
        const guess = move(best, sign * finer ** -(round >> 1), width, em)
        if (guess.reach < reaches.least * width || guess.reach > within || guess.power < powers.least || guess.power > powers.most) continue
        const sharp = sharpness(guess, within, false)
        if (sharp > value) [best, value] = [guess, sharp]
      }
  return best
}

/** How much sharper the rows within its reach must become, and how far type must be moved that is moved most (one in fifty), in ems. */
const leastGain = 1.2
const leastMoved = 0.5
const amongMoved = 0.98
/** How many points within its reach must tell of it, in ems: those of some twenty short lines. Fewer rows fit a curl by chance. */
const leastPoints = 250

function isCurl(guess: Guess, { away, level }: Points, sharpness: Sharpness, em: number): boolean {
  if (sharpness(guess, guess.reach, false) < leastGain * sharpness(undefined, guess.reach, false)) return false
  if (away.reduce((count, d) => count + (d < guess.reach ? 1 : 0), 0) < leastPoints * em) return false
  const shares = sharesOf(guess, guess.reach)
  const moved = Array.from(away, (d, i) => (d < guess.reach ? Math.abs((guess.middle + guess.ends * level[i]!) * shares[d]!) : 0))
    .filter((value) => value > 0)
    .sort((a, b) => a - b)
  return (moved[Math.floor(amongMoved * moved.length)] ?? 0) >= leastMoved * em
}
