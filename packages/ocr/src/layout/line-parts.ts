import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import { isLettering, isSmallPrint } from './lettering.ts'
import type { TextLine } from './text-line.ts'

/** Share of a small line's box that lies in a larger line for it to be a part of that: a stroke, a mark that stood apart. */
const mostlyWithin = 0.75

/** Puts strokes and marks that came as lines of their own back into the lines they lie in. */
export function absorbParts(lines: readonly TextLine[], em: number, latin: boolean): TextLine[] {
  const areaOf = (box: Blob): number => widthOf(box) * heightOf(box)
  const sorted = [...lines].sort((a, b) => areaOf(b) - areaOf(a))
  const homes = new Map<TextLine, Blob[]>()
  const taken = new Set<TextLine>()
  for (const [index, part] of sorted.entries()) {
    const home = sorted.slice(0, index).find((line) => {
      if (taken.has(line) || areaOf(part) > 0.5 * areaOf(line)) return false
      const width = shared(part.x0, part.x1, line.x0, line.x1)
      const height = shared(part.y0, part.y1, line.y0, line.y1)
      return width > 0 && height > 0 && width * height > mostlyWithin * areaOf(part)
    })
    if (!home || isText(part, home, em, latin)) continue
    taken.add(part)
    homes.set(home, [...(homes.get(home) ?? []), ...part.blobs])
  }
  return lines.flatMap((line) => {
    if (taken.has(line)) return []
    const parts = homes.get(line)
    return [parts ? { ...line, ...unite([line, ...parts]), blobs: [...line.blobs, ...parts] } : line]
  })
}

/** Whether a line within another, of much larger type, is text of its own. */
function isText(part: TextLine, home: TextLine, em: number, latin: boolean): boolean {
  if (home.em <= 3 * part.em || part.blobs.length < 5 || part.upright !== home.upright) return false
  return isLettering(part, em) || (latin && isSmallPrint(part, em))
}
