import { isHan, type Reading } from '@broadsheet/document'
import type { Engine, LineGlyph, LineImage, LineReading } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { type Fit, fitOf, isGuess, type Standard, type Stretch } from './plausibility.ts'
import { acrossProfile, inkSpan } from './type-size.ts'
import { blanksBefore, inOrder } from './vote.ts'

/** Raised when a change here can change a reading. */
const revision = 7

/** Another preparation of a line, of the same length along it, so that places on it stay what they are. */
type Preparation = (image: LineImage) => LineImage

/**
 * What says of each engine that it misread a line. PP-OCR is sure of most lines, and knows where its characters stand. Tesseract doubts
 * half of a poor page, and its boxes leave holes on every other line: of 237 lines with holes of up to two ems three readings
 * each made 111 errors, and the first alone 112.
 */
const standards: Readonly<Record<string, Standard>> = {
  paddle: { leastConfidence: 0.9, leastHole: 0 },
  tesseract: { leastConfidence: 0.7, leastHole: 2 }
}
const ofOthers: Standard = { leastConfidence: 0.7, leastHole: 0 }

/** How much better another reading must fit. */
const clearly = 0.02

/**
 * The same engine, looking twice at lines whose reading does not fit their ink (see `fitOf`): cut closer and with more paper round them,
 * and, where there is still ink nobody read on a line of text, with the eyes of `spare`, which is asked for nothing else. What fits
 * better is kept; what else was read stays in `readings`.
 */
export function lookAgain(engine: Engine, spare?: Engine): Engine {
  const standard = standards[engine.name] ?? ofOthers
  return {
    ...engine,
    fingerprint: fingerprintOf({ engine: engine.fingerprint, lookAgain: revision, spare: spare?.fingerprint ?? '' }),
    async readLines(lines, options) {
      const readings = await engine.readLines(lines, options)
      if (options?.rough) return readings
      const found = lines.map(
        (image, index): Found => ({ image, reading: readings[index]!, fit: fitOf(image, readings[index]!, standard), others: [] })
      )
      for (const prepare of preparations) await readAgain(found, prepare, engine, options)
      if (spare) await fillHoles(found, engine, spare, options)
      return found.map(withReadings)
    },
    async close() {
      await Promise.all([engine.close(), spare?.close()])
    }
  }
}

interface Found {
  readonly image: LineImage
  reading: LineReading
  fit: Fit
  others: Reading[]
}

type Options = Parameters<Engine['readLines']>[1]

async function readAgain(found: readonly Found[], prepare: Preparation, engine: Engine, options: Options): Promise<void> {
  const doubted = found.filter(({ fit }) => fit.implausible)
  if (doubted.length === 0) return
  const readings = await engine.readLines(
    doubted.map(({ image }) => prepare(image)),
    options
  )
  for (const [index, line] of doubted.entries()) {
    const reading = readings[index]!
    const fit = fitOf(line.image, reading, standards[engine.name] ?? ofOthers)
    const better = fit.score > line.fit.score + clearly && !(passesOver.has(engine.name) && hanIn(reading) < hanIn(line.reading))
    note(line, engine.name, better ? line.reading : reading)
    if (better) Object.assign(line, { reading, fit })
  }
}

/** What passes over what it does not know, and so makes no two characters of one: what is gone at a second look was there all the same. */
const passesOver: ReadonlySet<string> = new Set(['paddle'])

/** Characters of Chinese. */
function hanIn({ text }: LineReading): number {
  return [...text].filter(isHan).length
}

async function fillHoles(found: readonly Found[], engine: Engine, spare: Engine, options: Options): Promise<void> {
  const open = found.filter(
    ({ fit, image, reading }) =>
      fit.holes.length > 0 && isText(reading) && spare.languages.some((each) => isSameLanguage(each, image.language))
  )
  if (open.length === 0) return
  const readings = await spare.readLines(
    open.map(({ image }) => image),
    options
  )
  for (const [index, line] of open.entries()) {
    const reading = withHolesFilled(line.reading, line.fit.holes, readings[index]!)
    note(line, spare.name, readings[index]!)
    if (reading === line.reading) continue
    note(line, engine.name, line.reading)
    Object.assign(line, { reading, fit: fitOf(line.image, reading) })
  }
}

/** Fewest characters, and how sure of them an engine is, that make a line text. */
const fewestRead = 2
const leastOfText = 0.5

/** What an engine makes hardly anything of is mostly no type (28 of 34 lines that another was asked about on eight pages), and another makes something of everything. */
function isText({ glyphs, confidence }: LineReading): boolean {
  return glyphs.length >= fewestRead && confidence >= leastOfText
}

/** How sure the other engine must be of a character in a hole, and what one witness counts. */
const leastInHole = 0.75
const alone = 0.85

/** The reading with those characters of another that stand in its holes, guesses giving way to them. The other's word counts for nothing
 * else: its marks are often pieces of what it could not read either. */
export function withHolesFilled(reading: LineReading, holes: readonly Stretch[], other: LineReading): LineReading {
  const guesses = reading.glyphs.filter((glyph) => isGuess(glyph) && holes.some((hole) => isWithin(glyph, hole)))
  const read = reading.glyphs.filter((glyph) => !guesses.includes(glyph))
  const isNew = (glyph: LineGlyph): boolean =>
    glyph.confidence >= leastInHole &&
    /[\p{L}\p{N}]/u.test(glyph.text) &&
    holes.some((hole) => isWithin(glyph, hole)) &&
    // The same character next to the hole is that one, seen a little further along.
    !read.some(({ text, from, to }) => text === glyph.text && from < glyph.to + (to - from) && to > glyph.from - (to - from))
  const found = other.glyphs.filter(isNew)
  if (found.length === 0) return reading
  const news = found.map((glyph) =>
    inPlaceOf(
      guesses.find((guess) => shareGround(guess, glyph)),
      glyph
    )
  )
  const blanks = blanksBefore(reading)
  const standing = reading.glyphs.filter((glyph) => !guesses.includes(glyph) || !found.some((each) => shareGround(glyph, each)))
  const glyphs = [...standing, ...news].sort((a, b) => middleOf(a) - middleOf(b))
  const text = glyphs.map((glyph, index) => (index > 0 && blanks.has(glyph) ? ' ' : '') + glyph.text).join('')
  return { text, confidence: glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length, glyphs: inOrder(glyphs) }
}

function middleOf({ from, to }: LineGlyph): number {
  return (from + to) / 2
}

function isWithin(glyph: LineGlyph, { from, to }: Stretch): boolean {
  return middleOf(glyph) > from && middleOf(glyph) < to
}

function shareGround(a: LineGlyph, b: LineGlyph): boolean {
  return Math.abs(middleOf(a) - middleOf(b)) < Math.max(a.to - a.from, b.to - b.from) / 2
}

/** A character of the other engine: one witness, or two where the guess is the same; a guess that is another stays as its variant. */
function inPlaceOf(guess: LineGlyph | undefined, { variants: _, ...glyph }: LineGlyph): LineGlyph {
  if (guess?.text === glyph.text) return glyph
  const confidence = glyph.confidence * alone
  const variant = guess && { text: guess.text, confidence: Math.min(guess.confidence, 1 - confidence) }
  return { ...glyph, confidence, ...(variant ? { variants: [variant] } : {}) }
}

function isSameLanguage(a: string, b: string): boolean {
  return a.split('-')[0]!.toLowerCase() === b.split('-')[0]!.toLowerCase()
}

function note(line: Found, engine: string, { text, confidence }: LineReading): void {
  line.others.push({ engine, text, confidence })
}

/** The reading with the others beside it, those that say the same left out. */
function withReadings({ reading, others }: Found): LineReading {
  const said = new Set([reading.text])
  const different = others.filter(({ text }) => text !== '' && !said.has(text) && said.add(text))
  return different.length === 0 ? reading : { ...reading, readings: different }
}

/** Paper left above and below the ink of a line cut close, and paper put round it, in parts of its height. */
const closeMargin = 0.06
const wideMargin = 0.12

const cutClose: Preparation = (image) => {
  const vertical = image.direction === 'vertical-rl'
  const [from, to] = inkSpan(acrossProfile(image, vertical))
  const margin = Math.round((to - from) * closeMargin)
  return cutAcross(image, Math.max(0, from - margin), Math.min(vertical ? image.width : image.height, to + margin))
}

const putRoom: Preparation = (image) => {
  const across = image.direction === 'vertical-rl' ? image.width : image.height
  const margin = Math.round(across * wideMargin)
  return cutAcross(image, -margin, across + margin)
}

const preparations: readonly Preparation[] = [cutClose, putRoom]

/** The rows `from`…`to` of a line, or the columns of a vertical one; what lies outside is paper. */
function cutAcross(image: LineImage, from: number, to: number): LineImage {
  const vertical = image.direction === 'vertical-rl'
  const width = vertical ? to - from : image.width
  const height = vertical ? image.height : to - from
  const pixels = new Uint8Array(width * height).fill(paperOf(image))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column, row] = vertical ? [x + from, y] : [x, y + from]
      if (column >= 0 && row >= 0 && column < image.width && row < image.height)
        pixels[y * width + x] = image.pixels[row * image.width + column]!
    }
  return { ...image, pixels, width, height }
}

/** The grey that three quarters of a line are not lighter than. */
function paperOf({ pixels }: LineImage): number {
  const sorted = Uint8Array.from(pixels).sort()
  return sorted[Math.floor(sorted.length * 0.75)] ?? 255
}
