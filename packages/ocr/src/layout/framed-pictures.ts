import { type Blob, heightOf, shared, widthOf } from './blob.ts'
import { isLettering, standsClear } from './lettering.ts'
import type { TextLine } from './text-line.ts'

/** Least side of a framed picture, in ems, and most of the page that it covers. */
const leastSide = 5
const mostOfPage = 0.5

/** Share of a line that lies within what frames it. */
const mostlyInside = 0.8
/** Fewest pieces of a line that is surely type. */
const fewestPieces = 3
/** Most rows of a picture that look like type by chance though their ground is not clear. */
const mostByChance = 1
/** Length of a light row that is surely type, in its heights. */
const longRow = 3

/**
 * Boxes in which all that was taken for lines is no type: pictures on white ground, which only their frame, or a large piece of their
 * own ink, holds together. Largest first; none lies in another.
 *
 * @param boxes frames, and large pieces of ink
 * @param ink pieces of the size of type
 * @param isOfScreen whether a line stands amid the dots of a screen
 */
export function framedPictures(
  boxes: readonly Blob[],
  lines: readonly TextLine[],
  ink: readonly Blob[],
  isOfScreen: (line: Blob) => boolean,
  em: number,
  page: { width: number; height: number }
): Blob[] {
  const mayBeType = (line: TextLine): boolean =>
    line.blobs.length >= fewestPieces && isLettering(line, em) && (line.reversed === true ? isLong(line) : !isOfScreen(line))
  const isType = (line: TextLine): boolean => line.reversed === true || standsClear(line, ink, em)
  const holdType = (inside: readonly TextLine[]): boolean => {
    const rows = inside.filter(mayBeType)
    return rows.length > mostByChance || rows.some(isType)
  }
  const large = boxes
    .filter((box) => Math.min(widthOf(box), heightOf(box)) > leastSide * em)
    .filter((box) => areaOf(box) < mostOfPage * page.width * page.height)
    .sort((a, b) => areaOf(b) - areaOf(a))
  const found: Blob[] = []
  for (const box of large) {
    if (found.some((picture) => isInside(box, picture))) continue
    const inside = lines.filter((line) => isInside(line, box))
    const touched = lines.some((line) => !inside.includes(line) && overlap(line, box) > 0.3 * areaOf(line))
    if (inside.length > 0 && !touched && !holdType(inside)) found.push(box)
  }
  return found
}

/** Light windows on the dark of a picture make short rows. */
function isLong(line: Blob): boolean {
  return Math.max(widthOf(line), heightOf(line)) > longRow * Math.min(widthOf(line), heightOf(line))
}

const areaOf = (box: Blob): number => widthOf(box) * heightOf(box)

function overlap(a: Blob, b: Blob): number {
  const [width, height] = [shared(a.x0, a.x1, b.x0, b.x1), shared(a.y0, a.y1, b.y0, b.y1)]
  return width > 0 && height > 0 ? width * height : 0
}

/** Whether a line lies within a box. */
export function isInside(line: Blob, box: Blob): boolean {
  return overlap(line, box) > mostlyInside * areaOf(line)
}
