import { otsu } from '../layout/mask.ts'
import type { Grey } from './resample.ts'
import { acrossProfile, inkSpan } from './type-size.ts'

/** Neighbouring columns of a line that all hold ink: a character, a part of one, or several that touch. */
export interface InkRun {
  /** Columns of the crop, `[from, to)`. */
  readonly from: number
  readonly to: number
  /** How far its ink reaches down the line, in ems from the upper edge of the type: 0 to 1 for most of Han. */
  readonly top: number
  readonly bottom: number
  /** Share of the rectangle about its ink that is ink. */
  readonly fill: number
}

/** The ink of a line set in rows. */
export interface LineInk {
  /** Size of the type, in pixels of the crop. */
  readonly em: number
  readonly runs: readonly InkRun[]
  /** Whether there is ink in a part of the crop; `[from, to)` across, `top` and `bottom` in ems as in a run. */
  readonly hasInk: (from: number, to: number, top: number, bottom: number) => boolean
}

/**
 * Binarised for looking at shapes only: no engine reads it.
 *
 * @param flat an evenly lit crop
 */
export function inkOf(flat: Grey): LineInk {
  const { width, height } = flat
  const counts = new Uint32Array(256)
  for (let i = 0; i < width * height; i++) counts[flat.pixels[i]! | 0]!++
  const threshold = Math.max(otsu(counts), 1)
  const [first, last] = inkSpan(acrossProfile(flat, false))
  const em = Math.max(4, last - first)
  const row = (ems: number): number => Math.min(height, Math.max(0, Math.round(first + ems * em)))
  return {
    em,
    runs: runsOf(flat, threshold).map(({ from, to, top, bottom, count }) => ({
      from,
      to,
      top: (top - first) / em,
      bottom: (bottom - first) / em,
      fill: count / ((to - from) * (bottom - top))
    })),
    hasInk(from, to, top, bottom) {
      const end = row(bottom)
      for (let y = row(top); y < end; y++)
        for (let x = Math.max(0, from); x < Math.min(width, to); x++) if (flat.pixels[y * width + x]! < threshold) return true
      return false
    }
  }
}

interface Columns {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
  readonly count: number
}

function runsOf({ pixels, width, height }: Grey, threshold: number): Columns[] {
  const count = new Uint32Array(width)
  const top = new Uint32Array(width)
  const bottom = new Uint32Array(width)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (pixels[at]! < threshold) {
        if (count[x]!++ === 0) top[x] = y
        bottom[x] = y + 1
      }
  const runs: Columns[] = []
  for (let from = 0; from < width; from++) {
    if (count[from] === 0) continue
    let to = from
    while (to < width && count[to]! > 0) to++
    const inside = { top: top.subarray(from, to), bottom: bottom.subarray(from, to), count: count.subarray(from, to) }
    runs.push({
      from,
      to,
      top: inside.top.reduce((a, b) => Math.min(a, b)),
      bottom: inside.bottom.reduce((a, b) => Math.max(a, b)),
      count: inside.count.reduce((a, b) => a + b)
    })
    from = to
  }
  return runs
}
