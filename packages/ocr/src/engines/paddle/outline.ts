import { otsu } from '../../layout/mask.ts'
import type { Grey } from '../resample.ts'
import type { Peak } from './ctc.ts'

/** 日 stands high and narrow, 口 low and wide: height of the ink in parts of its width, of 200 of the one at most 1.19 and of 217 of the other mostly 1.3. */
const highest = { from: 1.25, to: 1.6 }
/** Least height of a 日 in parts of the line's type. */
const leastHeight = 0.8
/** How sure the outline makes it. */
const sureOfOutline = 0.75

/**
 * A scan in black and white loses thin strokes: a 日 whose middle one is gone looks like 口 but for its outline, which is still 日's. Where
 * the network thought of 日 too, the outline decides.
 *
 * @param extent where the character's ink lies along the line
 * @param size of the line's type, both in pixels of the crop
 */
export function readOutline<P extends Peak>(peak: P, line: Grey, extent: { readonly from: number; readonly to: number }, size: number): P {
  if (peak.text !== '口' || !peak.variants.some(({ text }) => text === '日')) return peak
  const ink = inkBox(line, extent)
  if (!ink || ink.height < leastHeight * size || ink.height < highest.from * ink.width || ink.height > highest.to * ink.width) return peak
  const others = peak.variants.filter(({ text }) => text !== '日')
  return { ...peak, text: '日', confidence: sureOfOutline, variants: [{ text: '口', confidence: 1 - sureOfOutline }, ...others] }
}

function inkBox(
  { pixels, width, height }: Grey,
  { from, to }: { readonly from: number; readonly to: number }
): { width: number; height: number } | undefined {
  const [start, end] = [Math.max(0, Math.floor(from)), Math.min(width, Math.ceil(to))]
  const counts = new Uint32Array(256)
  for (let y = 0; y < height; y++) for (let x = start; x < end; x++) counts[pixels[y * width + x]! | 0]!++
  const limit = otsu(counts)
  let [x0, x1, y0, y1] = [width, -1, height, -1]
  for (let y = 0; y < height; y++)
    for (let x = start; x < end; x++)
      if (pixels[y * width + x]! < limit) [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), y]
  return x1 < 0 ? undefined : { width: x1 - x0 + 1, height: y1 - y0 + 1 }
}
