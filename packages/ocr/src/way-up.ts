import type { Engine, LineImage, LineReading } from './engine.ts'
import { cutLine } from './image/cut-line.ts'
import type { GreyImage } from './image/grey.ts'
import { type Orientation, orientGrey, turnedAgain } from './image/orientation.ts'
import { analyseLayout } from './layout/layout.ts'
import type { FoundLine, Layout } from './layout/types.ts'
import type { Scan } from './scan.ts'

/** Lines that are read to see which way up a page stands, and how badly they must read before another way is tried. */
const probes = 10
const readsWell = 0.72
/** How much better another way up must read; a quarter turn, which needs a layout of its own, must also read fairly well. */
const clearlyBetter = 0.15
const readsFairly = 0.6

export interface WayUpOptions {
  readonly engine: Engine
  readonly language: string
  readonly dpi?: number
}

/** How a page must be turned, if it must; and what its longest lines read as they stand, which need not be read twice. */
export interface WayUp {
  readonly turn?: Orientation
  readonly readings: ReadonlyMap<FoundLine, LineReading>
}

/**
 * How a page that was scanned upside down or on its side must be turned: its longest lines read badly as they stand and clearly better
 * another way up. No turn where it stands right, which costs nothing: the lines would have been read anyway.
 */
export async function findWayUp(grey: GreyImage, layout: Layout, options: WayUpOptions): Promise<WayUp> {
  const lines = probeLines(layout)
  const images = imagesOf(grey, lines, options.language)
  const found = images.length < fewestProbes ? [] : await options.engine.readLines(images)
  const readings = new Map(found.map((reading, index) => [lines[index]!, reading]))
  const asItStands = found.length === 0 ? 0 : meanConfidence(found)
  const turn = asItStands >= readsWell ? undefined : await betterWay(grey, images, asItStands, options)
  return { readings, ...(turn ? { turn } : {}) }
}

async function betterWay(
  grey: GreyImage,
  images: readonly LineImage[],
  asItStands: number,
  options: WayUpOptions
): Promise<Orientation | undefined> {
  const ways: { turn: Orientation; confidence: number }[] = []
  const tryWay = async (turn: Orientation, lines: readonly LineImage[], least: number): Promise<void> => {
    if (lines.length < fewestProbes) return
    const confidence = meanConfidence(await options.engine.readLines(lines))
    if (confidence > Math.max(least, asItStands + clearlyBetter)) ways.push({ turn, confidence })
  }
  await tryWay(3, images.map(overTurned), 0)
  const side = orientGrey(grey, 6)
  const layoutOptions = { language: options.language, ...(options.dpi ? { dpi: options.dpi } : {}) }
  const sideways = imagesOf(side, probeLines(analyseLayout(side, layoutOptions)), options.language)
  await tryWay(6, sideways, readsFairly)
  await tryWay(8, sideways.map(overTurned), readsFairly)
  return ways.sort((a, b) => b.confidence - a.confidence)[0]?.turn
}

const fewestProbes = 3

function probeLines(layout: Layout): FoundLine[] {
  return layout.regions
    .flatMap((region) => region.lines)
    .filter((line) => !line.reversed)
    .sort((a, b) => lengthInEms(b) - lengthInEms(a))
    .slice(0, probes)
}

function imagesOf(grey: GreyImage, lines: readonly FoundLine[], language: string): LineImage[] {
  return lines.map((line) => ({ ...cutLine(grey, line), language, direction: line.direction }))
}

function overTurned(image: LineImage): LineImage {
  return { ...image, pixels: image.pixels.slice().reverse() }
}

function lengthInEms(line: FoundLine): number {
  return Math.max(line.box.width, line.box.height) / line.em
}

function meanConfidence(readings: readonly LineReading[]): number {
  return readings.reduce((sum, reading) => sum + reading.confidence, 0) / readings.length
}

/** The same scan turned; boxes still come out on the archival image. */
export function turnScan(scan: Scan, turn: Orientation): Scan {
  return { ...scan, orientation: turnedAgain(scan.orientation, turn), readGrey: async () => orientGrey(await scan.readGrey(), turn) }
}
