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

/**
 * How a page that was scanned upside down or on its side must be turned: its longest lines read badly as they stand and clearly better
 * another way up. Undefined where it stands right. Costs a few lines on pages that read well.
 */
export async function turnNeeded(grey: GreyImage, layout: Layout, options: WayUpOptions): Promise<Orientation | undefined> {
  const images = probeImages(grey, layout, options.language)
  const asItStands = images.length < fewestProbes ? 0 : meanConfidence(await options.engine.readLines(images))
  if (asItStands >= readsWell) return undefined
  const ways: { turn: Orientation; confidence: number }[] = []
  const tryWay = async (turn: Orientation, lines: readonly LineImage[], least: number): Promise<void> => {
    if (lines.length < fewestProbes) return
    const confidence = meanConfidence(await options.engine.readLines(lines))
    if (confidence > Math.max(least, asItStands + clearlyBetter)) ways.push({ turn, confidence })
  }
  await tryWay(3, images.map(overTurned), 0)
  const side = orientGrey(grey, 6)
  const layoutOptions = { language: options.language, ...(options.dpi ? { dpi: options.dpi } : {}) }
  const sideways = probeImages(side, analyseLayout(side, layoutOptions), options.language)
  await tryWay(6, sideways, readsFairly)
  await tryWay(8, sideways.map(overTurned), readsFairly)
  return ways.sort((a, b) => b.confidence - a.confidence)[0]?.turn
}

const fewestProbes = 3

function probeImages(grey: GreyImage, layout: Layout, language: string): LineImage[] {
  return layout.regions
    .flatMap((region) => region.lines)
    .filter((line) => !line.reversed)
    .sort((a, b) => lengthInEms(b) - lengthInEms(a))
    .slice(0, probes)
    .map((line) => ({ ...cutLine(grey, line), language, direction: line.direction }))
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
