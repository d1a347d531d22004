import { type Blob, heightOf, shared, sizeOf, widthOf } from './blob.ts'
import { heaviest } from './lettering.ts'
import type { Mask } from './mask.ts'
import { strokesAcross } from './texture.ts'
import type { TintedArea } from './tints.ts'

/** Size from which on a piece is no character, in ems, and the height of a run of bold characters that touch. */
export const largestPiece = 14
const runHeights = [1.2, 7] as const
/** Share of its box that the ink of such a run fills. */
const runInk = [0.3, 0.7] as const
/** Strokes that a row of pixels crosses in as much of it as it is high. */
const runStrokes = [1.3, 4.5] as const

/** Whether a piece is the character before or after a run: right at one of its ends, as high (or as wide) as it. */
function continuesRun(blob: Blob, run: Blob, low: number): boolean {
  const level = widthOf(run) > heightOf(run)
  const [along, across] = level
    ? [shared(blob.x0, blob.x1, run.x0, run.x1), shared(blob.y0, blob.y1, run.y0, run.y1)]
    : [shared(blob.y0, blob.y1, run.y0, run.y1), shared(blob.x0, blob.x1, run.x0, run.x1)]
  return along < 0.1 * low && along > -0.5 * low && across > 0.7 * low && (level ? heightOf(blob) : widthOf(blob)) < 1.2 * low
}

/** A headline whose bold characters touch is cut into pieces as wide as it is high; all else is one piece. */
export function cutRun(blob: Blob, blobs: readonly Blob[], mask: Mask, em: number): Blob[] {
  const [width, height] = [widthOf(blob), heightOf(blob)]
  const low = Math.min(width, height)
  const share = blob.area / (width * height)
  if (sizeOf(blob) <= largestPiece * em || low < runHeights[0] * em || low > runHeights[1] * em) return [blob]
  if (share < runInk[0] || share > runInk[1]) return [blob]
  if (!blobs.some((other) => other !== blob && continuesRun(other, blob, low))) return [blob]
  const strokes = strokesAcross(mask, blob, low)
  if (strokes < runStrokes[0] || strokes > runStrokes[1]) return [blob]
  const count = Math.round(sizeOf(blob) / low)
  const along = (from: number, to: number, k: number): number => Math.round(from + ((to - from) * k) / count)
  return Array.from({ length: count }, (_, k) => {
    const part = { ...blob, area: blob.area / count }
    return width > height
      ? { ...part, x0: along(blob.x0, blob.x1, k), x1: along(blob.x0, blob.x1, k + 1) }
      : { ...part, y0: along(blob.y0, blob.y1, k), y1: along(blob.y0, blob.y1, k + 1) }
  })
}

/** Largest character that may look like a tint, in ems; how exactly it fills it; how near and like in height the next one is. */
const largestCharacter = 9
const filledBy = 0.8
const nextCharacter = 0.4

/** Leaves out tinted areas that are a single bold character of a headline: a piece of ink that fills the area, with others beside it. */
export function withoutCharacters(areas: readonly TintedArea[], blobs: readonly Blob[], em: number): TintedArea[] {
  const large = blobs.filter((blob) => sizeOf(blob) > 2 * em)
  return areas.filter((area) => {
    if (sizeOf(area) > largestCharacter * em) return true
    const own = large.find((blob) => agreement(blob, area) > filledBy)
    return !own || own.area > heaviest * widthOf(own) * heightOf(own) || !large.some((other) => other !== own && standsBeside(other, own))
  })
}

/** Share that two boxes have in common of what they cover together. */
function agreement(a: Blob, b: Blob): number {
  const [width, height] = [shared(a.x0, a.x1, b.x0, b.x1), shared(a.y0, a.y1, b.y0, b.y1)]
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (widthOf(a) * heightOf(a) + widthOf(b) * heightOf(b) - width * height)
}

/** Whether a piece stands beside a character, in its row or column, and is not higher (or wider). */
function standsBeside(blob: Blob, character: Blob): boolean {
  const size = sizeOf(character)
  const across = shared(blob.x0, blob.x1, character.x0, character.x1)
  const down = shared(blob.y0, blob.y1, character.y0, character.y1)
  if (Math.max(-across, -down) > nextCharacter * size || Math.min(heightOf(blob), widthOf(blob)) > 1.2 * size) return false
  return down > 0.5 * heightOf(blob) ? across < 0 : across > 0.5 * widthOf(blob) && down < 0
}
