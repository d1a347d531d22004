import type { Page, Problem, ProcessingStep, ReadingOrder, Region, TextRegion } from '@broadsheet/document'
import type { Engine, LineReading } from './engine.ts'
import { voteLine } from './engines/vote.ts'
import { readGaps } from './gaps.ts'
import { cutLine } from './image/cut-line.ts'
import type { GreyImage } from './image/grey.ts'
import { withLineEnds } from './image/line-ends.ts'
import { analyseLayout } from './layout/layout.ts'
import { type FoundLine, type FoundRegion, type Layout, lineBounds } from './layout/types.ts'
import { type Frame, frameOf, type LineResult, toArchival, toLine } from './page-line.ts'
import { rowsFromTheRight } from './right-to-left.ts'
import type { Scan } from './scan.ts'
import { type SettledLayout, settleLayout } from './settle.ts'
import { findWayUp, turnScan, type WayUp } from './way-up.ts'

export interface RecognizeOptions {
  readonly engine: Engine
  /** Reads every line too; where the two differ they vote, and what each read is kept. */
  readonly second?: Engine
  /** BCP 47; `zh-Hans` when absent. */
  readonly language?: string
  readonly pageId: string
  readonly signal?: AbortSignal
  /** Called after every batch of lines. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Lines given to an engine at a time: enough to batch by width, few enough to stop soon and show progress. */
const batchSize = 48

/**
 * Reads one sheet: layout, then every line by the engine, then a Page whose boxes lie on the archival image as stored.
 * Deterministic: the same scan, engine and language give the same page.
 *
 * @throws ScanError when the picture is damaged, EngineError when the engine fails, AbortError when `signal` says stop
 */
export async function recognize(scan: Scan, options: RecognizeOptions): Promise<Page> {
  return readSheet(scan, options, false)
}

async function readSheet(scan: Scan, options: RecognizeOptions, turned: boolean): Promise<Page> {
  const language = options.language ?? 'zh-Hans'
  const grey = await scan.readGrey()
  const found = analyseLayout(grey, { ...(scan.dpi ? { dpi: scan.dpi } : {}), language })
  const layout = /^(?:zh|ja|yue|lzh)\b/i.test(language) ? withLineEnds(grey, found) : found
  const wayUp: WayUp = turned
    ? { readings: new Map() }
    : await findWayUp(grey, layout, { engine: options.engine, language, ...(scan.dpi ? { dpi: scan.dpi } : {}) })
  if (wayUp.turn) {
    const changed = wayUp.turn === upsideDown && scan.facing && (await liesUpsideDown(scan.facing(), options))
    return readSheet(turnScan(changed ? scan.facing!() : scan, wayUp.turn), options, true)
  }
  const lines = layout.regions.flatMap((region) => region.lines)
  const total = lines.length * (options.second ? 2 : 1)
  const read = (engine: Engine, before: number, known?: WayUp['readings']): Promise<LineReading[]> =>
    readAll(grey, lines, engine, language, {
      ...options,
      ...(known ? { known } : {}),
      onProgress: (done) => options.onProgress?.(before + done, total)
    })
  const first = await read(options.engine, 0, wayUp.readings)
  const second = options.second ? await read(options.second, lines.length) : undefined
  const results = lines.map((_, index): LineResult => {
    const reading = first[index]!
    if (!options.second || !second) return { reading, readings: reading.readings ?? [] }
    return voteLine(
      { engine: options.engine.name, reading },
      { engine: options.second.name, reading: second[index]! },
      lines[index]!.direction
    )
  })
  const byLine = new Map(lines.map((line, index) => [line, results[index]!]))
  const gaps = await readGaps(grey, layout, options.second ? [options.engine, options.second] : [options.engine], language)
  for (const { line, reading } of gaps.lines) byLine.set(line, { reading, readings: reading.readings ?? [] })
  for (const row of rowsFromTheRight(layout, byLine)) byLine.set(row, { ...byLine.get(row)!, fromTheRight: true })
  return toPage(scan, settleLayout(layout, gaps, byLine), byLine, { ...options, language, inverted: grey.inverted === true })
}

/** The turn that brings upright what lies upside down. */
const upsideDown = 3

/**
 * Whether the other page of a sheet that was scanned across its fold lies upside down too: then the whole sheet does, and the first
 * page is where the second was taken to be. Both pages ask the same of each other, so both change places or none does.
 */
async function liesUpsideDown(scan: Scan, { engine, language = 'zh-Hans' }: RecognizeOptions): Promise<boolean> {
  const grey = await scan.readGrey()
  const facts = { language, ...(scan.dpi ? { dpi: scan.dpi } : {}) }
  const { turn } = await findWayUp(grey, analyseLayout(grey, facts), { engine, ...facts })
  return turn === upsideDown
}

async function readAll(
  grey: GreyImage,
  lines: readonly FoundLine[],
  engine: Engine,
  language: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void; readonly known?: WayUp['readings'] }
): Promise<LineReading[]> {
  const readings = new Map(options.known)
  for (let from = 0; from < lines.length; from += batchSize) {
    options.signal?.throwIfAborted()
    const batch = lines.slice(from, from + batchSize)
    const open = batch.filter((line) => !readings.has(line))
    const images = open.map((line) => ({ ...cutLine(grey, line), language, direction: line.direction }))
    const found = await engine.readLines(images, options.signal ? { signal: options.signal } : undefined)
    if (found.length !== open.length) throw new Error(`Expected ${open.length} readings from ${engine.name} but received ${found.length}`)
    for (const [index, reading] of found.entries()) readings.set(open[index]!, reading)
    options.onProgress?.(from + batch.length)
  }
  return lines.map((line) => readings.get(line)!)
}

/** `inverted`: the archival image is a negative. */
type PageOptions = RecognizeOptions & { readonly language: string; readonly inverted: boolean }

function toPage(
  scan: Scan,
  { layout, orders, unread }: SettledLayout,
  results: ReadonlyMap<FoundLine, LineResult>,
  options: PageOptions
): Page {
  const frame = frameOf(scan)
  const regions: Region[] = layout.regions.map((region, index) => toTextRegion(region, `r${index + 1}`, results, frame))
  for (const [index, box] of layout.pictures.entries()) regions.push({ type: 'image', id: `i${index + 1}`, box: toArchival(box, frame) })
  for (const [index, box] of layout.separators.entries())
    regions.push({ type: 'separator', id: `s${index + 1}`, box: toArchival(box, frame) })
  const problems: Problem[] = [
    ...layout.uncovered.map((box) => ({ message: 'Ink that looks like text and is in no line', box: toArchival(box, frame) })),
    ...unread.map((line) => ({ message: 'Ink that could not be read as text', box: toArchival(lineBounds(line), frame) }))
  ]
  return {
    id: options.pageId,
    image: {
      href: scan.name,
      ...(scan.sheets > 1 ? { sheet: scan.sheet } : {}),
      width: scan.width,
      height: scan.height,
      ...resolution(scan, layout),
      sha256: scan.sha256,
      ...(scan.crop ? { crop: scan.crop } : {})
    },
    language: options.language,
    regions,
    ...(orders.length > 0 ? { orders: orders.map(toReadingOrder) } : {}),
    processing: processingSteps(scan, layout, options),
    ...(problems.length > 0 ? { problems } : {})
  }
}

function toReadingOrder({ regions, confidence }: SettledLayout['orders'][number]): ReadingOrder {
  return { regions: regions.map((index) => `r${index + 1}`), confidence: Math.round(confidence * 100) / 100 }
}

function toTextRegion(region: FoundRegion, id: string, results: ReadonlyMap<FoundLine, LineResult>, frame: Frame): TextRegion {
  const lines = region.lines.map((line, index) => toLine(line, results.get(line)!, `${id}l${index + 1}`, region.edge, frame))
  return {
    type: 'text',
    id,
    role: region.role,
    box: toArchival(boundsOf(region.lines), frame),
    lines,
    ...(region.column !== undefined ? { column: region.column } : {}),
    orderConfidence: Math.round(region.orderConfidence * 100) / 100
  }
}

function boundsOf(lines: readonly FoundLine[]): { x: number; y: number; width: number; height: number } {
  const boxes = lines.map(lineBounds)
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y
  }
}

/** Body type of newspapers is about 9.5 points, so the type tells the resolution where the file does not. */
function resolution(scan: Scan, layout: Layout): { dpi: number; dpiGuessed?: boolean } {
  if (scan.dpi) return { dpi: scan.dpi }
  const guess = (layout.em / 9.5) * 72
  const usual = [100, 150, 200, 240, 300, 400, 600]
  const dpi = usual.reduce((best, value) => (Math.abs(Math.log(value / guess)) < Math.abs(Math.log(best / guess)) ? value : best))
  return { dpi, dpiGuessed: true }
}

function processingSteps(scan: Scan, layout: Layout, options: PageOptions): ProcessingStep[] {
  const engines = [options.engine, ...(options.second ? [options.second] : [])]
  return [
    {
      id: 'decode',
      category: 'preOperation',
      software: 'broadsheet',
      version: layoutVersion,
      settings: { format: scan.format, orientation: scan.orientation }
    },
    ...(options.inverted ? invertStep() : []),
    ...splitStep(scan),
    {
      id: 'layout',
      category: 'preOperation',
      software: 'broadsheet',
      version: layoutVersion,
      settings: {
        direction: layout.direction,
        skewDegrees: Math.round(layout.skewDegrees * 1000) / 1000,
        emPx: Math.round(layout.em * 10) / 10,
        ...curlSettings(layout)
      }
    },
    ...engines.map(
      (engine, index): ProcessingStep => ({
        id: index === 0 ? 'read' : `read-${index + 1}`,
        category: 'contentGeneration',
        software: engine.name,
        version: engine.version,
        settings: { fingerprint: engine.fingerprint, language: options.language }
      })
    )
  ]
}

/** How far, in pixels, the sheet's curl into a fold displaces its upper and lower corner at that side, and how far in it reaches. */
function curlSettings({ curls = [] }: Layout): Record<string, number> {
  return Object.fromEntries(
    curls.flatMap(({ side, top, bottom, reach }) =>
      Object.entries({ top, bottom, reach }).map(([name, value]) => [
        `curl${side === 'left' ? 'Left' : 'Right'}${name[0]!.toUpperCase()}${name.slice(1)}`,
        Math.round(value)
      ])
    )
  )
}

/** That the archival image is a negative: it was looked at and read inverted. */
function invertStep(): ProcessingStep[] {
  return [{ id: 'invert', category: 'preOperation', software: 'broadsheet', version: layoutVersion, settings: { inverted: true } }]
}

/** That the sheet was scanned across its fold, and which part of it is the page. */
function splitStep({ crop }: Scan): ProcessingStep[] {
  return crop ? [{ id: 'split', category: 'preOperation', software: 'broadsheet', version: layoutVersion, settings: { ...crop } }] : []
}

/** Changes whenever layout finds something else on the same page: part of what a run's cache is keyed by. */
export const layoutVersion: string = '16'
