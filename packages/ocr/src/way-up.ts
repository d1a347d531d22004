import { commonWordShare } from './common-words.ts'
import type { Engine, LineImage, LineReading } from './engine.ts'
import { cutLine } from './image/cut-line.ts'
import { cropGrey, type GreyImage } from './image/grey.ts'
import { type Orientation, orientGrey, swapsSides, turnedAgain } from './image/orientation.ts'
import { analyseLayout } from './layout/layout.ts'
import type { FoundLine, Layout } from './layout/types.ts'
import type { Scan } from './scan.ts'

/** Lines that are read to see which way up a page stands. */
const probes = 10
/** What they read at least, on average, where it stands right: in squares, and in letters, which Tesseract reads surely upside down too. */
const readsWell = { square: 0.72, latin: 0.92 } as const
/** What another way up must reach at least. */
const readsFairly = 0.6
/** Lines that are read to tell upright characters from such as lie on their side. */
const fewProbes = 4

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
 * another way up. No turn where it stands right, which costs next to nothing: the lines would have been read anyway.
 */
export async function findWayUp(grey: GreyImage, layout: Layout, options: WayUpOptions): Promise<WayUp> {
  const lines = probeLines(layout)
  const images = imagesOf(grey, lines, options.language)
  const found = images.length < fewestProbes ? [] : await options.engine.readLines(images)
  const readings = new Map(found.map((reading, index) => [lines[index]!, reading]))
  const turn = await (isSquare(options.language) ? turnOfSquare(images, found, options) : turnOfLatin(grey, images, found, options))
  return { readings, ...(turn ? { turn } : {}) }
}

/** Whether characters stand in squares, so that lines are found the same way whether the page stands or lies on its side. */
function isSquare(language: string): boolean {
  return /^(zh|ja|ko|yue|lzh)\b/.test(language)
}

/**
 * Engines to which lying characters are hardly anything (measured: Tesseract reads lines at 0.90 to 0.98 where they stand and at 0.48
 * to 0.52 where they lie), so that what reads well stands.
 */
const readsUprightOnly: ReadonlySet<string> = new Set(['tesseract'])
const readsSurely = 0.8

/** Each way of turning a page, and the one a quarter turn counter-clockwise on from it. */
const quarterOn = new Map<Orientation, Orientation>([
  [1, 8],
  [8, 3],
  [3, 6],
  [6, 1]
])

/**
 * Engines for Chinese also read characters that lie with their heads to the left, since that is how lines that run down are shown to
 * them. So two ways up read well, the right one and the one a quarter turn counter-clockwise on from it, and none of the others.
 */
async function turnOfSquare(
  images: readonly LineImage[],
  standing: readonly LineReading[],
  options: WayUpOptions
): Promise<Orientation | undefined> {
  if (images.length < fewestProbes) return undefined
  const asItStands = meanConfidence(standing)
  const uprightOnly = readsUprightOnly.has(options.engine.name)
  if (uprightOnly && asItStands >= readsSurely) return undefined
  const confidenceOf = async (turn: Orientation, lines: readonly LineImage[]): Promise<number> =>
    meanConfidence(
      await options.engine.readLines(
        lines.map((image) => turnLine(image, turn)),
        { rough: true }
      )
    )
  if (asItStands >= readsWell.square && (await confidenceOf(6, bestRead(images, standing).map(middlePart))) < readsFairly) return undefined
  const found = new Map<Orientation, number>([[1, asItStands]])
  for (const turn of [3, 6, 8] as const) found.set(turn, await confidenceOf(turn, images))
  const score = (turn: Orientation): number => found.get(turn)! + (uprightOnly ? 0 : found.get(quarterOn.get(turn)!)!)
  const [best] = ([3, 6, 8] as const).slice().sort((a, b) => score(b) - score(a))
  const isGood = found.get(best!)! >= Math.max(readsFairly, asItStands - notMuchWorse)
  return isGood && score(best!) > score(1) + clearlyBetter ? best : undefined
}

/** The few lines that read best as they stand: what is no line reads badly in every way and tells nothing. */
function bestRead(images: readonly LineImage[], standing: readonly LineReading[]): LineImage[] {
  return images
    .map((image, index) => ({ image, confidence: standing[index]!.confidence }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, fewProbes)
    .map(({ image }) => image)
}

/** By how much the right way up may read worse than the one a quarter turn on, and by how much the two of it must be better. */
const notMuchWorse = 0.25
const clearlyBetter = 0.25

/** Length of what is shown of a line, in its heights: a dozen characters tell whether they lie on their side. */
const probeLength = 12

function middlePart(image: LineImage): LineImage {
  const vertical = image.direction === 'vertical-rl'
  const [length, across] = vertical ? [image.height, image.width] : [image.width, image.height]
  const shown = Math.min(length, probeLength * across)
  const from = (length - shown) >> 1
  const part = vertical ? { x: 0, y: from, width: across, height: shown } : { x: from, y: 0, width: shown, height: across }
  return { ...image, ...cropGrey(image, part).image }
}

/** A line as it would have been cut out of the page turned so. */
function turnLine(image: LineImage, turn: Orientation): LineImage {
  const direction = image.direction === 'vertical-rl' ? 'horizontal-lr' : 'vertical-rl'
  return { ...image, ...orientGrey(image, turn), ...(swapsSides(turn) ? { direction } : {}) }
}

/** A way up, and how it reads. */
interface Way {
  readonly turn: Orientation
  readonly confidence: number
  /** Share of the commonest words of the language; undefined where that cannot be told. */
  readonly words: number | undefined
}

/**
 * Lines of letters are only found on a page that stands, or stands on its head: on its side it needs a layout of its own. Running text
 * shows by its commonest words which way up it stands. Where it cannot be told by them (a language not known, hardly a word on the
 * page), another way up is taken when its doubt is less than half of what it is as the page stands.
 */
async function turnOfLatin(
  grey: GreyImage,
  images: readonly LineImage[],
  found: readonly LineReading[],
  options: WayUpOptions
): Promise<Orientation | undefined> {
  const here = wayOf(1, found, options.language)
  if (here.words === undefined ? here.confidence >= readsWell.latin : here.words >= running) return undefined
  const tryWay = async (turn: Orientation, lines: readonly LineImage[]): Promise<Way[]> => {
    if (lines.length < fewestProbes) return []
    const way = wayOf(turn, await options.engine.readLines(lines), options.language)
    return isBetter(way, here) ? [way] : []
  }
  const turnedOver = await tryWay(
    3,
    images.map((image) => turnLine(image, 3))
  )
  if (turnedOver.length > 0) return 3
  if (here.words === undefined ? here.confidence >= notOnItsSide : here.words >= hardlyText) return undefined
  const side = orientGrey(grey, 6)
  const layoutOptions = { language: options.language, ...(options.dpi ? { dpi: options.dpi } : {}) }
  const sideways = imagesOf(side, probeLines(analyseLayout(side, layoutOptions)), options.language)
  const lying = await tryWay(6, sideways)
  if (lying.some(({ words }) => words !== undefined && words >= running)) return 6
  const other = await tryWay(
    8,
    sideways.map((image) => turnLine(image, 3))
  )
  return [...lying, ...other].sort((a, b) => (b.words ?? 0) - (a.words ?? 0) || b.confidence - a.confidence)[0]?.turn
}

function wayOf(turn: Orientation, readings: readonly LineReading[], language: string): Way {
  const texts = readings.map(({ text }) => text)
  return { turn, confidence: readings.length === 0 ? 0 : meanConfidence(readings), words: commonWordShare(texts, language) }
}

/** Where both ways can be told by their words, these decide alone. */
function isBetter(way: Way, here: Way): boolean {
  if (way.words !== undefined && (way.words >= running || here.words !== undefined))
    return way.words >= Math.max(running, 2 * (here.words ?? 0))
  return way.confidence > readsFairly && 1 - way.confidence < muchLess * (1 - here.confidence)
}

/** Share of the commonest words that running text has at least, however badly it is read; and what hardly any text has less of. */
const running = 0.16
const hardlyText = 0.1

/** What lines read on average only where they are lines: not those that are found on a page that lies on its side. */
const notOnItsSide = 0.8
/** Share of the doubt that another way up may have. */
const muchLess = 0.45

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
