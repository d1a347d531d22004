import { cropGrey, type GreyImage, softened } from '../image/grey.ts'
import { type Blob, connectedBlobs, heightOf, sizeOf, widthOf } from './blob.ts'
import { isLettering, standsClear } from './lettering.ts'
import { type Mask, usualPaper } from './mask.ts'
import type { TextLine } from './text-line.ts'
import { type TintedArea, toneOf } from './tints.ts'

/** Share of its box from which on a square piece is a blot: a lit window, a spot of light; of a piece as narrow as a bold figure. */
const leastBlot = 0.68
const leastNarrowBlot = 0.78
const figureWidth = 0.8

/** Whether a line on a dark ground is one of blots: half of what is about as wide as high is solid, as no character is. */
function isOfBlots({ blobs, em }: TextLine): boolean {
  const square = blobs.filter(
    (blob) => sizeOf(blob) > 0.5 * em && widthOf(blob) > 0.6 * heightOf(blob) && heightOf(blob) > 0.6 * widthOf(blob)
  )
  const least = (blob: Blob): number => (widthOf(blob) < figureWidth * heightOf(blob) ? leastNarrowBlot : leastBlot)
  const blots = square.filter((blob) => blob.area > least(blob) * widthOf(blob) * heightOf(blob))
  return square.length > 0 && 2 * blots.length >= square.length
}

/** Share of their boxes that the ink of light type on an even ground may fill: bold figures in a solid box. */
const heaviestLight = 0.8

/** Longest run of bold characters that touch, in their height, about how wide one of them is, and what share of it is ink. */
const longestRun = 4.5
const boldWidth = 0.7
const leastBold = 0.45

/** A row as it would be if its bold characters did not touch: `A04`, `0533`. */
function withRunsCut(line: TextLine): TextLine {
  if (line.upright) return line
  const height = heightOf(line)
  const blobs = line.blobs.flatMap((blob) => {
    const width = widthOf(blob)
    if (heightOf(blob) < 0.8 * height || width < 1.3 * height || width > longestRun * height) return [blob]
    if (blob.area < leastBold * width * heightOf(blob)) return [blob]
    const count = Math.round(width / (boldWidth * height))
    const at = (k: number): number => Math.round(blob.x0 + (width * k) / count)
    return Array.from({ length: count }, (_, k) => ({ ...blob, x0: at(k), x1: at(k + 1), area: blob.area / count }))
  })
  return { ...line, blobs }
}

/** How far a dark ground is softened, in ems: not at all; fine grain; a worn solid. */
const grains = [0, 1 / 12, 1 / 6] as const
/** Specks of light on a square em of ground from which on it is grainy. */
const fewestGrains = 0.6

/** Lines of light type on one dark area; where its ground is grainy, as it shows best when softened. */
export function reversedLines(
  image: GreyImage,
  area: TintedArea,
  em: number,
  arrangeOn: (blobs: readonly Blob[], around: readonly Blob[]) => TextLine[]
): TextLine[] {
  const ground = cropGrey(image, { x: area.x0, y: area.y0, width: widthOf(area), height: heightOf(area) }).image
  const leastLight = lightFrom(ground, usualPaper(image))
  let best: TextLine[] = []
  for (const grain of grains) {
    const seen = grain === 0 ? ground : softened(ground, Math.max(1, Math.round(grain * em)))
    const tone = grain === 0 ? area : toneOfAll(seen)
    const light = lightMask(seen, grain === 0 ? tone.threshold : Math.max(tone.threshold, leastLight))
    const pieces = connectedBlobs(light)
    const lines = lightLines(pieces, light, { ...area, kind: tone.kind }, em, arrangeOn)
    if (typeArea(lines) > typeArea(best)) best = lines
    const specks = pieces.filter((blob) => sizeOf(blob) < 0.2 * em).length
    if (specks < (fewestGrains * ground.width * ground.height) / (em * em)) break
  }
  return best.map((line) => ({ ...line, reversed: true }))
}

/** Share of the brightness of the paper below which a row or column of a dark area belongs to it. */
const darkRow = 0.72

/** The part of a dark area that is dark all through: a panel without the paper and the edge of the sheet beside it. */
export function darkPart(image: GreyImage, area: TintedArea): TintedArea {
  const limit = usualPaper(image) * darkRow
  const mean = (x0: number, x1: number, y0: number, y1: number): number => {
    let sum = 0
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += image.pixels[y * image.width + x]!
    return sum / Math.max(1, (x1 - x0) * (y1 - y0))
  }
  const [y0, y1] = longestStretch(area.y0, area.y1, (y) => mean(area.x0, area.x1, y, y + 1) < limit)
  const [x0, x1] = longestStretch(area.x0, area.x1, (x) => mean(x, x + 1, y0, y1) < limit)
  if ((x1 - x0) * (y1 - y0) < 0.25 * widthOf(area) * heightOf(area)) return area
  const part = { ...area, x0, x1, y0, y1 }
  return { ...part, ...toneOf(image, part) }
}

/** The longest run of numbers in `from`…`to` for which `holds`. */
function longestStretch(from: number, to: number, holds: (at: number) => boolean): [number, number] {
  let best: [number, number] = [from, from]
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && holds(at)) continue
    if (at - start > best[1] - best[0]) best = [start, at]
    start = at + 1
  }
  return best
}

/** Share of the way from the ground's mean to the paper from which on a softened pixel is light. */
const lightShare = 0.4

function lightFrom({ pixels }: GreyImage, paper: number): number {
  let sum = 0
  for (let at = 0; at < pixels.length; at++) sum += pixels[at]!
  const mean = sum / Math.max(1, pixels.length)
  return mean + lightShare * (paper - mean)
}

const toneOfAll = (image: GreyImage): Pick<TintedArea, 'kind' | 'threshold' | 'dark'> =>
  toneOf(image, { x0: 0, y0: 0, x1: image.width, y1: image.height, area: 0 })

/** Whether a picture is a dark ground once its grain is softened, as solids are in black and white. */
export function isDark(image: GreyImage, area: TintedArea, em: number): boolean {
  if (area.kind !== 'picture') return false
  const ground = cropGrey(image, { x: area.x0, y: area.y0, width: widthOf(area), height: heightOf(area) }).image
  const tone = toneOfAll(softened(ground, Math.max(1, Math.round(grains[2] * em))))
  return tone.dark && tone.kind === 'flat'
}

const typeArea = (lines: readonly Blob[]): number => lines.reduce((sum, line) => sum + widthOf(line) * heightOf(line), 0)

function lightLines(
  pieces: readonly Blob[],
  light: Mask,
  area: TintedArea,
  em: number,
  arrangeOn: (blobs: readonly Blob[], around: readonly Blob[]) => TextLine[]
): TextLine[] {
  const blobs = pieces
    .filter((blob) => isLightType(blob, light, em))
    .map((blob) => ({ ...blob, x0: blob.x0 + area.x0, x1: blob.x1 + area.x0, y0: blob.y0 + area.y0, y1: blob.y1 + area.y0 }))
  const ink = blobs.reduce((sum, blob) => sum + blob.area, 0)
  if (ink > 0.45 * widthOf(area) * heightOf(area)) return []
  const lines = arrangeOn(blobs, []).filter((line) => !isOfBlots(line))
  return lines.filter((line) =>
    area.kind === 'flat' ? isLettering(withRunsCut(line), em, heaviestLight) : isLettering(line, em) && standsClear(line, blobs, em)
  )
}

function lightMask({ width, height, pixels }: GreyImage, threshold: number): Mask {
  const data = new Uint8Array(pixels.length)
  for (let at = 0; at < data.length; at++) if (pixels[at]! >= threshold) data[at] = 1
  return { data, width, height }
}

/** Light pieces of the size of type that do not reach the area's edge. */
function isLightType(blob: Blob, light: Mask, em: number): boolean {
  const inside = blob.x0 > 0 && blob.y0 > 0 && blob.x1 < light.width && blob.y1 < light.height
  return inside && sizeOf(blob) > 0.2 * em && sizeOf(blob) < 8 * em
}
