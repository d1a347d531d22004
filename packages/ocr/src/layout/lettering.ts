import { type Blob, heightOf, shared, sizeOf, widthOf } from './blob.ts'
import type { TextLine } from './text-line.ts'

/** Largest type that is set across, in ems: what is higher is a picture's dark. */
const highestType = 12

/** A single piece this large both ways, in ems, and with so little ink in its box is a scratch or a hair. */
const leastScratch = 0.5
const scratchInk = 0.15

export function isPlausible(line: TextLine, em: number): boolean {
  const width = widthOf(line)
  const height = heightOf(line)
  // A stroke that stands alone, higher than any character beside it: a fold, the edge of a picture.
  if (!line.upright && height > 2 * em && width < 0.25 * height) return false
  if (line.blobs.length === 1 && Math.min(width, height) > leastScratch * em && line.area < scratchInk * width * height) return false
  if (!line.upright && height > highestType * em) return false
  return Math.max(width, height) >= 0.55 * em && height >= 0.28 * em && width >= 0.1 * em && (height >= 0.45 * em || width < 3 * em)
}

/** Least height of small capitals, in ems, and fewest pieces of them, for many touch, that tell them from a broken rule. */
const lowestCapitals = 0.28
const fewestCapitals = 6

/** Greatest width of what is left of an upright rule, in ems; its least height as one stroke, and as several dots or dashes. */
const widestRuleEnd = 0.22
const strokeHeight = 0.85
const dottedHeight = 0.5

/** Whether a row is the end of an upright rule, a hair or a scratch: higher and thinner than any character. */
export function isRuleEnd(line: TextLine, em: number): boolean {
  if (line.upright || widthOf(line) >= widestRuleEnd * em) return false
  return heightOf(line) > strokeHeight * em || (line.blobs.length >= 3 && heightOf(line) > dottedHeight * em)
}

/** Whether a line too low for a line of the page's own type is one in small capitals: a picture's credit, an imprint. */
export function isSmallPrint(line: TextLine, em: number): boolean {
  const height = heightOf(line)
  if (height < lowestCapitals * em || line.upright) return false
  const letters = line.blobs.filter((blob) => heightOf(blob) > 0.6 * height && widthOf(blob) < 6 * height)
  const ink = letters.reduce((sum, blob) => sum + blob.area, 0)
  const boxes = letters.reduce((sum, blob) => sum + widthOf(blob) * heightOf(blob), 0)
  const length = letters.reduce((sum, blob) => sum + widthOf(blob), 0)
  return letters.length >= fewestCapitals && length > 0.5 * widthOf(line) && ink > 0.3 * boxes && ink < 0.85 * boxes
}

/** Whether a line found on a picture is type: several pieces of one height that fill their line as strokes do. */
export function isLettering(line: TextLine, em: number, mostInk = 0.62): boolean {
  const thickness = line.upright ? widthOf(line) : heightOf(line)
  const length = line.upright ? heightOf(line) : widthOf(line)
  if (thickness < 0.65 * em || length < 1.6 * thickness) return false
  const high = line.blobs.filter((blob) => sizeOf(blob) > 0.55 * thickness && sizeOf(blob) < 1.3 * thickness)
  const ink = high.reduce((sum, blob) => sum + blob.area, 0)
  const boxes = high.reduce((sum, blob) => sum + widthOf(blob) * heightOf(blob), 0)
  return high.length >= 2 && ink < mostInk * boxes && ink > 0.1 * boxes && high.reduce((sum, blob) => sum + sizeOf(blob), 0) > 0.5 * length
}

export function isPlainType(line: TextLine, blobs: readonly Blob[], em: number): boolean {
  return isLettering(line, em) && standsClear(line, blobs, em)
}

/** Share of its box that the ink of the boldest type fills. */
export const heaviest = 0.92

/** Whether a line on a picture has its ground to itself: type does, what looks like type in a picture's texture does not. */
export function standsClear(line: TextLine, blobs: readonly Blob[], em: number): boolean {
  if (line.blobs.length < 3) return false
  const margin = 0.5 * em
  const own = new Set(line.blobs)
  let stray = 0
  for (const blob of blobs) {
    if (own.has(blob)) continue
    const width = shared(blob.x0, blob.x1, line.x0 - margin, line.x1 + margin)
    const height = shared(blob.y0, blob.y1, line.y0 - margin, line.y1 + margin)
    if (width > 0 && height > 0) stray += blob.area * Math.min(1, (width * height) / (widthOf(blob) * heightOf(blob)))
  }
  const sizes = line.blobs.map(sizeOf).filter((size) => size > 0.5 * line.em)
  const spread = sizes.length > 0 ? Math.max(...sizes) / Math.min(...sizes) : 9
  return stray < 0.12 * line.area && spread < 2.2 && sizes.length >= 3
}
