import type { Engine, LineGlyph, LineImage, LineReading } from '../../engine.ts'
import { calibrate } from '../calibration.ts'
import { fingerprintOf } from '../digest.ts'
import { EngineError } from '../engine-error.ts'
import { hasInk } from '../ink.ts'
import { alongProfile, typeSize } from '../type-size.ts'
import { type Alphabet, alphabetFor, mergeClasses, type Script, scriptOf } from './alphabet.ts'
import { takeAnyHeight } from './any-height.ts'
import { decodeCtc, likeliestIn, type Peak } from './ctc.ts'
import { horizontalStrips } from './cut.ts'
import { type Extent, extentsAround } from './extent.ts'
import { readShapes } from './flat-stroke.ts'
import { foldActivations } from './fold-activations.ts'
import { lostFigures } from './lost-figures.ts'
import { type PaddleModel, type PaddleModelFiles, readPaddleModel } from './model.ts'
import { readOutline } from './outline.ts'
import { passedOver } from './passed-over.ts'
import { readRowMarks } from './row-marks.ts'
import { type Backend, inputHeight, loadRecognizer, type Recognizer } from './runtime.ts'
import { because, type Watched } from './shown.ts'
import { type Stretch, stretchesAround } from './stretch.ts'
import { crop, networkInput, type Strip } from './strip.ts'
import { nameUprightMarks } from './upright-mark.ts'
import { verticalStrips } from './vertical.ts'

export interface PaddleOptions extends Watched {
  /** Threads inside one line; 1 when absent. The reading does not depend on it. */
  readonly threads?: number
  /** Absent: native where it loads, else WASM. */
  readonly backend?: Backend
  /** Another recogniser of the PP-OCR family instead of the shipped one. */
  readonly model?: PaddleModelFiles
}

/** Raised when a change here can change a reading. */
const revision = 18

/**
 * PP-OCR on ONNX Runtime. Takes the raw grey line: every preparation that was tried harmed it. Lines go through one by one, each at
 * its own width: on a processor a batch is no faster, and so no line can depend on its neighbours.
 *
 * @throws EngineError when model or runtime cannot be loaded.
 */
export async function createPaddleEngine(options: PaddleOptions = {}): Promise<Engine> {
  const model = await readPaddleModel(options.model)
  const { onnx, quick } = prepared(model)
  const loaded = await loadRecognizer(onnx, {
    threads: options.threads ?? 1,
    ...(options.backend ? { backend: options.backend } : {})
  })
  const recognizer = options.onLook ? { ...loaded, onLook: options.onLook } : loaded
  const alphabets: Readonly<Record<Script, Alphabet>> = {
    simplified: alphabetFor(model.characters, 'simplified'),
    traditional: alphabetFor(model.characters, 'traditional'),
    'standard traditional': alphabetFor(model.characters, 'standard traditional')
  }
  let closed = false
  return {
    name: 'paddle',
    version: `${model.name}, ${recognizer.backend} ${recognizer.version}`,
    fingerprint: fingerprintOf({
      engine: 'paddle',
      revision,
      model: model.sha256,
      backend: recognizer.backend,
      runtime: recognizer.version
    }),
    languages: ['zh-Hans', 'zh-Hant', 'en'],
    async readLines(lines, { signal, rough = false } = {}) {
      if (closed) throw new EngineError('Expected an open engine but paddle was closed')
      const readings: LineReading[] = []
      for (const line of lines) {
        signal?.throwIfAborted()
        readings.push(await readLine(recognizer, alphabets[scriptOf(line.language)], line, quick, rough))
      }
      return readings
    },
    async close() {
      if (!closed) await recognizer.close()
      closed = true
    }
  }
}

/** The model as it is run, and how lines of Chinese are shown to it first. */
function prepared(model: PaddleModel): { onnx: Uint8Array; quick: Look } {
  try {
    const folded = foldActivations(model.onnx)
    const free = takeAnyHeight(folded)
    return free ? { onnx: free, quick: lowLook } : { onnx: folded, quick: narrowLook }
  } catch (error) {
    if (error instanceof RangeError) throw new EngineError(`${model.name} is no ONNX model (${error.message}): give another recogniser`)
    throw error
  }
}

const nothing: LineReading = { text: '', confidence: 0, glyphs: [] }

/** A peak with its middle along the line, in pixels of the crop. */
interface PlacedPeak extends Peak {
  readonly middle: number
}

async function readLine(recognizer: Recognizer, alphabet: Alphabet, line: LineImage, quick: Look, rough: boolean): Promise<LineReading> {
  if (line.pixels.length !== line.width * line.height)
    throw new TypeError(`Expected ${line.width} × ${line.height} pixels but received ${line.pixels.length}`)
  if (line.width < 2 || line.height < 2 || !hasInk(line)) return nothing
  return toReading(await readLooks(recognizer, alphabet, line, quick, rough), line)
}

/** How a line is shown to the network. */
interface Look {
  /** Width in parts of its true one at a height of 48 pixels. */
  readonly narrow: number
  /** In pixels. */
  readonly height: number
  /** The network's own probability of a character below which it is read again. */
  readonly doubtful: number
}

/**
 * The network was trained on lines squeezed into 320 columns, and its cost is its pixels: measured, 0.65 of the width reads Chinese as
 * well as 1, and 0.6 at two thirds of the height nearly so. What is doubtful then, and numbers that are short of ink, is read again at 0.65
 * and full height, with a few characters round it. Letters, which are narrow already, need their full width, and the cells of a vertical
 * line, which are few, 0.65.
 */
const lowLook: Look = { narrow: 0.6, height: 32, doubtful: 0.65 }
/** For a model that takes one height only. */
const narrowLook: Look = { narrow: 0.5, height: inputHeight, doubtful: 0.7 }
const hanWidth = 0.65
const letterWidth = 1

async function readLooks(recognizer: Recognizer, alphabet: Alphabet, line: LineImage, look: Look, rough: boolean): Promise<PlacedPeak[]> {
  const first = because(recognizer, 'first look')
  const isRow = line.direction === 'horizontal-lr' && isEastAsianLanguage(line.language)
  const whole = isRow ? because(recognizer, 'whole line again') : first
  const readAll = (narrow: number): Promise<PlacedPeak[]> => readAt(whole, alphabet, line, narrow)
  if (!isEastAsianLanguage(line.language)) return readAll(letterWidth)
  const quick = isRow ? await readAt(first, alphabet, line, look.narrow, look.height) : []
  if (rough) return quick.length > 0 ? quick : readAll(hanWidth)
  if (isMostlyLatin(quick)) return readAll(letterWidth)
  const isWhole = quick.length === 0 || hasLetters(quick)
  const peaks = isWhole ? await readAll(hanWidth) : await readDoubtful(recognizer, alphabet, line, quick, look)
  return isMostlyLatin(peaks) ? readAll(letterWidth) : readLost(recognizer, alphabet, line, peaks, isWhole ? letterWidth : hanWidth)
}

/** Marks that look like others, small as they are: when the network doubts them at all, at a height of 32 it mostly takes one for the other. */
const smallMark = /^[‘’“”'°·]$/u
const doubtfulMark = 0.9

async function readDoubtful(
  recognizer: Recognizer,
  alphabet: Alphabet,
  line: LineImage,
  peaks: readonly PlacedPeak[],
  look: Look
): Promise<readonly PlacedPeak[]> {
  const isDoubtful = ({ text, confidence }: Peak): boolean => confidence < (smallMark.test(text) ? doubtfulMark : look.doubtful)
  const stretches = stretchesAround(line, middlesOf(peaks), indicesOf(peaks, isDoubtful), 1)
  return readStretches(because(recognizer, 'doubtful'), alphabet, line, peaks, stretches, hanWidth, () => true)
}

/** Numbers that have lost figures, once more; what is read then counts where it has more of them. */
async function readLost(
  recognizer: Recognizer,
  alphabet: Alphabet,
  line: LineImage,
  peaks: readonly PlacedPeak[],
  narrow: number
): Promise<PlacedPeak[]> {
  const stretches = stretchesAround(line, middlesOf(peaks), lostFigures(line, peaks), 0)
  const hasMore = (before: readonly Peak[], again: readonly Peak[]): boolean => figuresIn(again) > figuresIn(before)
  return readStretches(because(recognizer, 'lost figures'), alphabet, line, peaks, stretches, narrow, hasMore)
}

/** @param isBetter whether what was read of a stretch takes the place of what stood there */
async function readStretches(
  recognizer: Recognizer,
  alphabet: Alphabet,
  line: LineImage,
  peaks: readonly PlacedPeak[],
  stretches: readonly Stretch[],
  narrow: number,
  isBetter: (before: readonly Peak[], again: readonly Peak[]) => boolean
): Promise<PlacedPeak[]> {
  let mended = [...peaks]
  for (const { from, to, keepFrom, keepTo } of stretches) {
    const isKept = ({ middle }: PlacedPeak): boolean => middle >= keepFrom && middle < keepTo
    const part = { ...line, ...crop(line, from, 0, to - from, line.height) }
    const read = await readAt(recognizer, alphabet, part, narrow)
    const again = read.map((peak) => ({ ...peak, middle: from + peak.middle })).filter(isKept)
    if (isBetter(mended.filter(isKept), again)) mended = [...mended.filter((peak) => !isKept(peak)), ...again]
  }
  return mended.sort((a, b) => a.middle - b.middle)
}

function middlesOf(peaks: readonly PlacedPeak[]): number[] {
  return peaks.map(({ middle }) => middle)
}

function indicesOf(peaks: readonly Peak[], is: (peak: Peak) => boolean): number[] {
  return [...peaks.keys()].filter((index) => is(peaks[index]!))
}

function figuresIn(peaks: readonly Peak[]): number {
  return peaks.filter(({ text }) => /^[0-9]$/.test(text)).length
}

function hasLetters(peaks: readonly Peak[]): boolean {
  return peaks.some(({ text }) => /\p{Script=Latin}/u.test(text))
}

function isEastAsianLanguage(language: string): boolean {
  return /^(?:zh|ja|ko|yue|lzh)\b/i.test(language)
}

/** A third of Latin letters, or a word of them. Figures are wide enough. */
function isMostlyLatin(peaks: readonly Peak[]): boolean {
  const text = peaks.map((peak) => peak.text).join('')
  const letters = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  return letters * 3 > text.length || /\p{Script=Latin}{4}/u.test(text)
}

async function readAt(
  recognizer: Recognizer,
  alphabet: Alphabet,
  line: LineImage,
  narrow: number,
  height: number = inputHeight
): Promise<PlacedPeak[]> {
  const peaks: PlacedPeak[] = []
  for (const strip of line.direction === 'vertical-rl' ? verticalStrips(line, narrow) : horizontalStrips(line, narrow, height))
    peaks.push(...(await readStrip(recognizer, alphabet, strip)))
  return peaks
}

async function readStrip(recognizer: Recognizer, alphabet: Alphabet, strip: Strip): Promise<PlacedPeak[]> {
  const output = mergeClasses(await recognizer.run(networkInput(strip), strip.width), alphabet)
  const columns = strip.width / output.steps
  const seen = decodeCtc(output, alphabet.characters).map((peak) => ({ ...peak, at: middleOf(peak) * columns }))
  const peaks = readShapes(strip.shapes ?? [], strip.cells ? nameUprightMarks(seen, strip.isLast ?? false) : seen)
  const guesses = passedOver(strip, peaks).flatMap(({ from, to, mark }) => {
    const steps = { firstStep: Math.round(from / columns), lastStep: Math.round(to / columns) - 1, mark }
    const peak = likeliestIn(output, alphabet.characters, steps)
    return peak ? [{ ...peak, at: (from + to) / 2 }] : []
  })
  return [...peaks, ...guesses].sort((a, b) => a.at - b.at).map(({ at, ...peak }) => ({ ...peak, middle: strip.along(at) }))
}

function middleOf({ firstStep, lastStep }: Peak): number {
  return (firstStep + lastStep + 1) / 2
}

function toReading(seen: readonly PlacedPeak[], line: LineImage): LineReading {
  const vertical = line.direction === 'vertical-rl'
  const isRow = !vertical && isEastAsianLanguage(line.language)
  const marked = isRow ? readRowMarks(seen, line.height) : seen
  const places = extentsOf(marked.filter(isInked), line)
  const size = typeSize(line, vertical)
  const peaks = isRow ? marked.map((peak) => (places.has(peak) ? readOutline(peak, line, places.get(peak)!, size) : peak)) : marked
  const glyphs = marked.flatMap((peak, index): LineGlyph[] => {
    const extent = places.get(peak)
    if (!extent) return []
    const { text, confidence, variants } = peaks[index]!
    return [{ text, confidence, ...extent, ...(variants.length > 0 ? { variants } : {}) }]
  })
  if (glyphs.length === 0) return nothing
  const text = peaks
    .map((peak) => peak.text)
    .join('')
    .trim()
  return calibrate('paddle', { text, confidence: 0, glyphs }, line)
}

function isInked({ text }: Peak): boolean {
  return text.trim() !== ''
}

/** Where the ink of each peak lies along the line. */
function extentsOf(peaks: readonly PlacedPeak[], line: LineImage): Map<PlacedPeak, Extent> {
  const vertical = line.direction === 'vertical-rl'
  const across = vertical ? line.width : line.height
  const extents = extentsAround(middlesOf(peaks), alongProfile(line, vertical), across * 0.6)
  return new Map(peaks.map((peak, index) => [peak, extents[index]!]))
}
