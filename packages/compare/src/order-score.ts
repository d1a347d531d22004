import { alignBlocks } from './block-align.ts'

/** How well a text keeps the reading order of the truth, whatever its characters are like. */
export interface OrderScore {
  /** Share of pairs of blocks that stand in the right order, 0 to 1; 1 where there are no two. */
  readonly pairwise: number
  /** Kendall's τ: 1 the same order, 0 none, −1 the reverse. */
  readonly kendall: number
  /** Share of steps from one block to the next that the text takes too. */
  readonly steps: number
  /** Blocks of the truth that were found in the text. */
  readonly found: number
  readonly blocks: number
}

/** Compares the order of the blocks of the truth with the order their text stands in. */
export function orderScore(truth: readonly string[], text: string): OrderScore {
  const places = locateBlocks(truth, text)
  const found = places.filter((place) => place >= 0)
  let [right, pairs, steps] = [0, 0, 0]
  for (const [index, place] of found.entries()) {
    for (const later of found.slice(index + 1)) {
      pairs++
      if (place < later) right++
    }
    const next = found[index + 1]
    if (next !== undefined && next > place && !found.some((other) => other > place && other < next)) steps++
  }
  const pairwise = pairs === 0 ? 1 : right / pairs
  return {
    pairwise,
    kendall: pairs === 0 ? 1 : 2 * pairwise - 1,
    steps: found.length < 2 ? 1 : steps / (found.length - 1),
    found: found.length,
    blocks: truth.length
  }
}

/** Where each block begins in a text, by the place of most of it; -1 for those that are not there. */
export function locateBlocks(blocks: readonly string[], text: string): number[] {
  const whole = blocks.join('\n')
  const segments = alignBlocks(whole, text)
  let at = 0
  return blocks.map((block) => {
    const [from, to] = [at, at + block.length]
    at = to + 1
    let [best, place] = [0, -1]
    for (const segment of segments) {
      const shared = Math.min(to, segment.aTo) - Math.max(from, segment.aFrom)
      if (shared <= best) continue
      best = shared
      place = segment.bFrom + Math.max(0, from - segment.aFrom)
    }
    return place
  })
}
