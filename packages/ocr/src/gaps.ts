import type { Box } from '@broadsheet/document'
import type { Engine, LineImage, LineReading } from './engine.ts'
import { cutLine } from './image/cut-line.ts'
import { cropGrey, type GreyImage, invertGrey, softened } from './image/grey.ts'
import { analyseLayout } from './layout/layout.ts'
import { type FoundLine, type Layout, lineBounds } from './layout/types.ts'

/** A line found at a second look, and what it reads. */
export interface GapLine {
  readonly line: FoundLine
  readonly reading: LineReading
}

export interface Gaps {
  readonly lines: readonly GapLine[]
  /** Ink that looks like type and reads as nothing, in pixels of the upright picture. */
  readonly unread: readonly Box[]
}

/** What is found at a second look is believed only when it reads this well: a picture's texture gives a character or two by chance. */
const leastConfidence = 0.8
const fewestCharacters = 2
/** What two or three characters must reach. */
const leastShortConfidence = 0.93
/** How far panels are softened, in ems: fine grain, and a worn solid. */
const grains = [1 / 12, 1 / 6] as const
/** Gaps looked at on one page, the first from the top: a page with more is damaged, and would be read for ever. */
const mostGaps = 24

/**
 * Looks again where layout left ink that looks like type, and on dark panels where it found no line: lines are looked for in that
 * part alone, on panels in the inverted and softened picture, and read. @param engines the first that makes something out of a line reads it
 */
export async function readGaps(grey: GreyImage, layout: Layout, engines: readonly Engine[], language: string): Promise<Gaps> {
  const lines: GapLine[] = []
  const unread: Box[] = []
  for (const box of layout.uncovered.slice(0, mostGaps)) {
    const found = await readPart(grey, box, layout, engines, language)
    lines.push(...found)
    if (found.length === 0) unread.push(box)
  }
  for (const box of layout.panels.slice(0, mostGaps)) {
    const trials: GapLine[][] = []
    for (const ems of grains) trials.push(await readPart(grey, box, layout, engines, language, Math.max(1, Math.round(layout.em * ems))))
    lines.push(...trials.reduce((best, trial) => (charactersOf(trial) > charactersOf(best) ? trial : best)))
  }
  return { lines, unread }
}

async function readPart(
  grey: GreyImage,
  box: Box,
  layout: Layout,
  engines: readonly Engine[],
  language: string,
  soften?: number
): Promise<GapLine[]> {
  const reversed = soften !== undefined
  const margin = reversed ? 0 : layout.em
  const part = cropGrey(grey, grown(box, margin))
  const dpi = Math.round((layout.em / 9.5) * 72)
  const seen = reversed ? invertGrey(softened(part.image, soften)) : part.image
  const lines = analyseLayout(seen, { dpi, language })
    .regions.flatMap((region) => region.lines)
    .filter((line) => !line.reversed && (line.direction === 'horizontal-lr' ? line.box.height : line.box.width) >= 0.6 * layout.em)
    .map(
      (line): FoundLine => ({
        ...line,
        box: { ...line.box, x: line.box.x + part.x, y: line.box.y + part.y },
        ...(reversed ? { reversed: true } : {})
      })
    )
  if (lines.length === 0) return []
  return readByFirst(lines, (line) => ({ ...cutLine(grey, line), language, direction: line.direction }), engines)
}

/** Each line as the first engine reads it that is believed; the second is shown only what the first did not make out. */
async function readByFirst(
  lines: readonly FoundLine[],
  imageOf: (line: FoundLine) => LineImage,
  engines: readonly Engine[]
): Promise<GapLine[]> {
  const found = new Map<FoundLine, LineReading>()
  for (const engine of engines) {
    const open = lines.filter((line) => !found.has(line))
    if (open.length === 0) break
    const readings = await engine.readLines(open.map(imageOf))
    for (const [index, line] of open.entries()) if (isBelieved(readings[index]!)) found.set(line, readings[index]!)
  }
  return lines.flatMap((line) => {
    const reading = found.get(line)
    return reading ? [{ line, reading }] : []
  })
}

function isBelieved({ text, confidence }: LineReading): boolean {
  const count = [...text].filter((char) => /[\p{L}\p{N}]/u.test(char)).length
  return count >= fewestCharacters && confidence >= (count <= 3 ? leastShortConfidence : leastConfidence)
}

function charactersOf(lines: readonly GapLine[]): number {
  return lines.reduce((sum, { reading }) => sum + reading.text.length * reading.confidence, 0)
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** Share of its own box that two lines have in common, of the smaller one. */
export function commonShare(a: FoundLine, b: FoundLine): number {
  const [p, q] = [lineBounds(a), lineBounds(b)]
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x)
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y)
  return width > 0 && height > 0 ? (width * height) / Math.min(p.width * p.height, q.width * q.height) : 0
}
