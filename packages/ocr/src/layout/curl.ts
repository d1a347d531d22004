import type { Mask } from './mask.ts'
import { stepsIn } from './steps.ts'

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

/** Writes how far down a page's curls displace every place of a row. */
export function curlRows({ curls, width, height }: Curls, places: number): (y: number, drops: Float64Array) => void {
  const shares = curls.map(({ side, reach, power }) =>
    Float64Array.from({ length: places }, (_, x) => {
      const inside = 1 - (side === 'left' ? x : width - x) / reach
      return inside > 0 ? inside ** power : 0
    })
  )
  return (y, drops) => {
    drops.fill(0)
    for (const [index, { shift, spread }] of curls.entries()) {
      const drop = shift + spread * (y - height / 2)
      const share = shares[index]!
      for (let x = 0; x < places; x++) drops[x]! += drop * share[x]!
    }
  }
}

/** Points where ink begins, seen from one side, the nearest first: those `d` pixels away stand from `starts[d]` up to `starts[d + 1]`. */
interface Points {
  readonly starts: Int32Array
  /** In which row each is once the page's own slope is taken off. */
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
    const seen = seenFrom(side, points, width, levelled)
    if (seen.away.length < fewestPoints) return []
    const first = coarsest(sharpnessIn(inOrder(seen, height, 3), height, em, Math.max(1, em / 6)), width, em)
    if (!first) return []
    const all = inOrder(seen, height, 1)
    const sharpness = sharpnessIn(all, height, em, 1)
    const found = refine(first, sharpness, width, em)
    if (!isCurl(found, all, sharpness, em)) return []
    const { reach, power, middle, ends } = found
    return [{ side, reach, power, shift: middle, spread: ends / (height / 2) }]
  })
}

const fewestPoints = 800

interface Seen {
  readonly away: readonly number[]
  readonly row: readonly number[]
}

function seenFrom(side: Curl['side'], points: Int32Array, width: number, levelled: (x: number, y: number) => number): Seen {
  const away: number[] = []
  const row: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const d = side === 'left' ? points[i]! : width - points[i]!
    if (d > reaches.most * width) continue
    away.push(d)
    row.push(levelled(points[i]!, points[i + 1]!))
  }
  return { away, row }
}

/** Every so-manieth point, the nearest first. */
function inOrder({ away, row }: Seen, height: number, every: number): Points {
  const farthest = away.reduce((most, d) => Math.max(most, d), 0)
  const starts = new Int32Array(farthest + 3)
  for (let i = 0; i < away.length; i += every) starts[away[i]! + 2]!++
  for (let d = 1; d < starts.length; d++) starts[d]! += starts[d - 1]!
  const sorted = new Float32Array(starts[farthest + 2]!)
  for (let i = 0; i < away.length; i += every) sorted[starts[away[i]! + 1]!++] = row[i]!
  return { starts: starts.subarray(0, -1), row: sorted, level: sorted.map((y) => (2 * y) / height - 1) }
}

/** How sharp the rows within `within` pixels of the side are with a curl taken off, or with none. */
type Sharpness = (guess: Guess | undefined, within: number) => number

/** @param bin height of the rows, in pixels */
function sharpnessIn(points: Points, height: number, em: number, bin: number): Sharpness {
  const margin = Math.ceil((mostSteps + 1) * firstStep * em + em)
  const strip = stripEms * em
  const rows = Math.ceil((height + 2 * margin) / bin) + 1
  const sharesFor = rememberingShares()
  let counts = new Int32Array(0)
  return (guess, within) => {
    const length = rows * Math.ceil(within / strip + 1)
    if (counts.length < length) counts = new Int32Array(length)
    counts.fill(0, 0, length)
    const { middle, ends } = guess ?? flat
    countMoved(counts, points, { middle, ends, shares: sharesFor(guess ?? flat, within) }, { within, strip, rows, bin, margin })
    return stepsIn(counts, length)
  }
}

const flat: Guess = { reach: 1, power: 1, middle: 0, ends: 0 }

interface Grid {
  readonly within: number
  readonly strip: number
  readonly rows: number
  readonly bin: number
  readonly margin: number
}

/** How many points fall into each row of each strip. */
function countMoved(
  counts: Int32Array,
  { starts, row, level }: Points,
  { middle, ends, shares }: { readonly middle: number; readonly ends: number; readonly shares: Float32Array },
  { within, strip, rows, bin, margin }: Grid
): void {
  const end = Math.min(Math.ceil(within), starts.length - 1)
  for (let d = 0; d < end; d++) {
    const share = shares[d]!
    const base = Math.floor(d / strip) * rows
    const last = starts[d + 1]!
    for (let i = starts[d]!; i < last; i++) {
      const moved = (middle + ends * level[i]!) * share
      // Rounded: cutting off the fraction rounds down only what is not below nought.
      const at = (((row[i]! - moved + margin) / bin + 1.5) | 0) - 1
      if (at >= 0 && at < rows) counts[base + at]!++
    }
  }
}

/** For every distance from the side, which share of a curl is left. Guesses that follow each other mostly differ in something else. */
function rememberingShares(): (guess: Guess, within: number) => Float32Array {
  let last = { reach: 0, power: 0, within: 0, shares: sharesOf(0, 0, 0) }
  return ({ reach, power }, within) => {
    if (reach !== last.reach || power !== last.power || within !== last.within)
      last = { reach, power, within, shares: sharesOf(reach, power, within) }
    return last.shares
  }
}

function sharesOf(reach: number, power: number, within: number): Float32Array {
  const shares = new Float32Array(Math.ceil(within) + 1)
  for (let d = 0; d < shares.length && d < reach; d++) shares[d] = (1 - d / reach) ** power
  return shares
}

/** The best of a coarse grid of guesses; undefined where none is better than a flat sheet by far. */
function coarsest(sharpness: Sharpness, width: number, em: number): Guess | undefined {
  const step = firstStep * em
  let best: Guess | undefined
  let most = 0
  for (const share of firstReaches) {
    const reach = share * width
    const level = sharpness(undefined, reach)
    for (let i = -firstSteps; i <= firstSteps; i++)
      for (let k = -firstSteps; k <= firstSteps; k++) {
        if (Math.abs(i) + Math.abs(k) > mostSteps) continue
        const guess = { reach, power: powers.first, middle: i * step, ends: k * step }
        const gain = sharpness(guess, reach) - level * (1 + owed(guess, em))
        if (gain > most && gain > leastFirstGain * level) [best, most] = [guess, gain]
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

/** One move at a time, in ever finer steps, each size of step twice; a move that was tried on the same guess is not tried again. */
function refine(first: Guess, sharpness: Sharpness, width: number, em: number): Guess {
  const within = reaches.most * width
  let best = first
  let value = sharpness(best, within)
  for (let round = 0; round < rounds; round++) {
    const size = finer ** -round
    let tried = 0
    for (let turn = 0; turn < 4 * moves.length && tried < 2 * moves.length; turn++) {
      tried++
      const guess = moves[(turn >> 1) % moves.length]!(best, turn % 2 === 0 ? -size : size, width, em)
      if (guess.reach < reaches.least * width || guess.reach > within || guess.power < powers.least || guess.power > powers.most) continue
      const sharp = sharpness(guess, within)
      if (sharp <= value) continue
      best = guess
      value = sharp
      tried = 0
    }
  }
  return best
}

/** How much sharper the rows within its reach must become, and how far type must be moved that is moved most (one in fifty), in ems. */
const leastGain = 1.2
const leastMoved = 0.5
const amongMoved = 0.98
/** How many points within its reach must tell of it, in ems: those of some twenty short lines. Fewer rows fit a curl by chance. */
const leastPoints = 250

function isCurl(guess: Guess, { starts, level }: Points, sharpness: Sharpness, em: number): boolean {
  const { reach, power, middle, ends } = guess
  if (sharpness(guess, reach) < leastGain * sharpness(undefined, reach)) return false
  const near = Math.min(Math.ceil(reach), starts.length - 1)
  if (starts[near]! < leastPoints * em) return false
  const shares = sharesOf(reach, power, reach)
  const moved = new Float64Array(starts[near]!)
  for (let d = 0; d < near; d++)
    for (let i = starts[d]!; i < starts[d + 1]!; i++) moved[i] = Math.abs((middle + ends * level[i]!) * shares[d]!)
  const visibly = moved.filter((value) => value > 0).sort()
  return (visibly[Math.floor(amongMoved * visibly.length)] ?? 0) >= leastMoved * em
}
