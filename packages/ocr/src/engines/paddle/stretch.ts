import type { Grey } from '../resample.ts'
import { alongProfile } from '../type-size.ts'
import { bordersBetween } from './extent.ts'

/** Part of a line, along it in pixels of the crop: `from` to `to` is read again, `keepFrom` to `keepTo` of it counts; the rest is context. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly keepFrom: number
  readonly keepTo: number
}

/** Characters that are shown on each side of a doubtful one. With three there were 93 errors where five leave 89. */
const shown = 5

/**
 * The stretches of a line round its doubtful characters, cut between characters. Where two would meet they are one.
 *
 * @param middles of all characters, ascending
 * @param doubtful which of them, ascending
 * @param kept characters on each side of a doubtful one that count too
 */
export function stretchesAround(line: Grey, middles: readonly number[], doubtful: readonly number[], kept: number): Stretch[] {
  if (doubtful.length === 0) return []
  const borders = [0, ...bordersBetween(middles, alongProfile(line, false)), line.width]
  const at = (index: number): number => borders[Math.max(0, Math.min(middles.length, index))]!
  const stretches: Stretch[] = []
  for (const index of doubtful) {
    const next = { from: at(index - shown), to: at(index + shown + 1), keepFrom: at(index - kept), keepTo: at(index + kept + 1) }
    const last = stretches.at(-1)
    if (last && last.to > next.from) stretches[stretches.length - 1] = { ...last, to: next.to, keepTo: next.keepTo }
    else stretches.push(next)
  }
  return stretches
}
