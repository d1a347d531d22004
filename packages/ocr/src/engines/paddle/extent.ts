/** Where each character begins and ends along a line, from where the network saw its middle. */
export interface Extent {
  readonly from: number
  readonly to: number
}

/**
 * Characters stand between their neighbours: the border is the lightest place about half way between two middles, and no character
 * reaches further than `reach` from its own. Blank edges are trimmed.
 *
 * @param middles along the line, ascending; pixels
 * @param ink darkness along the line, one value a pixel
 */
export function extentsAround(middles: readonly number[], ink: Float64Array, reach: number): Extent[] {
  const borders = bordersBetween(middles, ink)
  return middles.map((middle, index) => {
    const from = Math.max(index === 0 ? 0 : borders[index - 1]!, Math.floor(middle - reach))
    const to = Math.min(index === middles.length - 1 ? ink.length : borders[index]!, Math.ceil(middle + reach))
    return trim(ink, Math.max(0, from), Math.min(ink.length, Math.max(to, from)))
  })
}

/** Where to cut between each two neighbours. */
export function bordersBetween(middles: readonly number[], ink: Float64Array): number[] {
  return middles.slice(1).map((middle, index) => lightest(ink, middles[index]!, middle))
}

function lightest(ink: Float64Array, left: number, right: number): number {
  const middle = (left + right) / 2
  const quarter = (right - left) / 4
  let best = Math.round(middle)
  let least = Number.POSITIVE_INFINITY
  for (let x = Math.ceil(middle - quarter); x <= middle + quarter; x++) {
    const value = (ink[x] ?? 0) + Math.abs(x - middle) * 0.01
    if (value < least) {
      least = value
      best = x
    }
  }
  return best
}

function trim(ink: Float64Array, from: number, to: number): Extent {
  let most = 0
  let least = Number.POSITIVE_INFINITY
  for (let x = from; x < to; x++) {
    most = Math.max(most, ink[x]!)
    least = Math.min(least, ink[x]!)
  }
  const limit = least + (most - least) * 0.1
  let start = from
  let end = to
  while (start < end - 1 && ink[start]! <= limit) start++
  while (end > start + 1 && ink[end - 1]! <= limit) end--
  return { from: start, to: end }
}
