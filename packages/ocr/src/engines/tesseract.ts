import { createWorker, OEM, type Worker } from 'tesseract.js'
import type { Engine, LineImage, LineReading, ReadLinesOptions } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { EngineError } from './engine-error.ts'
import { settleByInk } from './marks-by-ink.ts'
import { isDoubtful, type Look, secondSize, surer } from './second-look.ts'
import { findTesseractLanguage, tesseractCode, tesseractDataDigest, tesseractLanguages } from './tesseract-languages.ts'
import { type PreparedLine, prepareLine } from './tesseract-line.ts'
import { readingOf, type TesseractWord } from './tesseract-text.ts'

export interface TesseractOptions {
  /** Longest time one line may take before its worker is replaced, in milliseconds; 30,000 when absent. */
  readonly lineTimeoutMs?: number
  /** Lines a worker reads before a fresh one takes over: WASM memory only grows. 600 when absent. */
  readonly linesPerWorker?: number
}

const version = '7.0.0'
/** Raised when a change here can change a reading. */
const revision = 9
const startTimeoutMs = 60_000

/** Nothing may be learnt from one line to the next, and nothing may be printed. */
const parameters: Readonly<Record<string, string>> = {
  preserve_interword_spaces: '1',
  classify_enable_learning: '0',
  tessedit_enable_doc_dict: '0',
  user_defined_dpi: '200',
  debug_file: '/dev/null'
}

const singleLine = '7'
const singleVerticalBlock = '5'

/**
 * tesseract.js, line by line and wholly offline. Every call has a timer; a worker that hangs or dies is replaced and the line is
 * tried once more.
 */
export async function createTesseractEngine(options: TesseractOptions = {}): Promise<Engine> {
  const lineTimeoutMs = options.lineTimeoutMs ?? 30_000
  const linesPerWorker = options.linesPerWorker ?? 600
  const workers = new Map<string, LineWorker>()
  let closed = false
  let turn: Promise<unknown> = Promise.resolve()

  async function readLine(line: LineImage, { signal, rough }: ReadLinesOptions): Promise<LineReading> {
    const prepared = prepareLine(line)
    if (!prepared) return { text: '', confidence: 0, glyphs: [] }
    const first = { words: await look(line, prepared, signal), prepared }
    const again = !rough && isDoubtful(line, first.words) ? prepareLine(line, secondSize) : undefined
    if (!again) return toReading(line, first)
    return surer(first, { words: await look(line, again, signal), prepared: again }, (each) => toReading(line, each))
  }

  async function look(line: LineImage, prepared: PreparedLine, signal: AbortSignal | undefined): Promise<TesseractWord[]> {
    const code = dataFor(line)
    const mode = prepared.vertical ? singleVerticalBlock : singleLine
    const key = `${code} ${mode}`
    for (let attempt = 1; ; attempt++) {
      let worker = workers.get(key)
      if (worker && worker.lines >= linesPerWorker) worker = dismiss(workers, key)
      if (!worker) {
        worker = await startWorker(code, mode)
        workers.set(key, worker)
      }
      try {
        return await worker.read(prepared, lineTimeoutMs, signal)
      } catch (error) {
        dismiss(workers, key)
        signal?.throwIfAborted()
        if (attempt === 2) throw new EngineError(`Tesseract failed twice on one line (${messageOf(error)}): try --engine paddle`)
      }
    }
  }

  async function readAll(lines: readonly LineImage[], options: ReadLinesOptions): Promise<LineReading[]> {
    const readings: LineReading[] = []
    for (const line of lines) {
      options.signal?.throwIfAborted()
      if (closed) throw new EngineError('Expected an open engine but tesseract was closed')
      readings.push(await readLine(line, options))
    }
    return readings
  }

  return {
    name: 'tesseract',
    version: `tesseract.js ${version}`,
    fingerprint: fingerprintOf({ engine: 'tesseract', version, revision, data: tesseractDataDigest, ...parameters }),
    languages: tesseractLanguages,
    readLines(lines, options = {}) {
      const result = turn.then(() => readAll(lines, options))
      turn = result.catch(() => undefined)
      return result
    },
    async close() {
      closed = true
      for (const key of [...workers.keys()]) dismiss(workers, key)
    }
  }
}

function dataFor(line: LineImage): string {
  const code = tesseractCode(line.language)
  return line.direction === 'vertical-rl' && code.startsWith('chi') ? 'chi_tra_vert' : code
}

function dismiss(workers: Map<string, LineWorker>, key: string): undefined {
  workers.get(key)?.stop()
  workers.delete(key)
}

interface LineWorker {
  /** How many lines it has read. */
  readonly lines: number
  read(line: PreparedLine, timeoutMs: number, signal: AbortSignal | undefined): Promise<TesseractWord[]>
  stop(): void
}

/** The parts of a tesseract.js worker that its types leave out. */
interface WorkerThread {
  on(event: 'error' | 'exit', listener: (reason: unknown) => void): void
}

async function startWorker(code: string, mode: string): Promise<LineWorker> {
  const language = await findTesseractLanguage(code)
  const starting = createWorker(code, OEM.LSTM_ONLY, {
    langPath: language.folder,
    cacheMethod: 'none',
    gzip: true,
    errorHandler: () => undefined
  })
  const worker = await within(starting, startTimeoutMs, undefined).catch((error) => {
    // Should it come up after all, nobody waits for it any more.
    starting.then((late) => late.terminate()).catch(() => undefined)
    throw new EngineError(`Tesseract does not start with ${code} (${messageOf(error)}): try --engine paddle`)
  })
  const died = new Promise<never>((_, reject) => {
    const thread = (worker as unknown as { worker: WorkerThread }).worker
    thread.on('error', (reason) => reject(new Error(`its worker died: ${messageOf(reason)}`)))
    thread.on('exit', () => reject(new Error('its worker ended')))
  })
  died.catch(() => undefined)
  // Set once and not a call: tesseract.js saves and restores all of Tesseract's seven hundred parameters round a call that sets one.
  await within(
    Promise.race([worker.setParameters({ ...parameters, tessedit_pageseg_mode: mode } as object), died]),
    startTimeoutMs,
    undefined
  )
  let lines = 0
  return {
    get lines() {
      return lines
    },
    async read(line, timeoutMs, signal) {
      lines++
      return within(Promise.race([readWords(worker, line), died]), timeoutMs, signal)
    },
    stop: () => void worker.terminate()
  }
}

async function readWords(worker: Worker, line: PreparedLine): Promise<TesseractWord[]> {
  const { data } = await worker.recognize(line.file, {}, { text: false, blocks: true })
  return (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines.flatMap((row) => row.words)))
}

function toReading(line: LineImage, { words, prepared }: Look): LineReading {
  return settleByInk(line, prepared.flat, readingOf(words, prepared.em, prepared.vertical, prepared.along, line.language))
}

/** Waits for `work`, but no longer than `timeoutMs` and no longer than the caller cares. */
function within<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
    const onAbort = (): void => reject(signal!.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    })
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
