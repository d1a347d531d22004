import { readFile } from 'node:fs/promises'
import type { Page, Problem } from '@broadsheet/document'
import {
  createEngine,
  createRecordedEngine,
  createSilentEngine,
  type Engine,
  type EngineName,
  openScan,
  type Recording,
  readOcr,
  readText,
  recognize
} from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { type FileReading, type SheetFailure, sheetId } from './file-reading.ts'
import type { EngineChoice } from './page-task.ts'
import { plain } from './plain.ts'
import type { PlannedFile } from './plan.ts'

export interface ReadOptions {
  readonly language: string
  /** Of a text file, where it is known. */
  readonly encoding?: string
  readonly engines: Engines
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal
}

/** The engines of one process, made when the first scan asks for them. */
export interface Engines {
  readonly fingerprint: () => Promise<string>
  readonly first: () => Promise<Engine>
  readonly second: () => Promise<Engine | undefined>
  readonly close: () => Promise<void>
}

export function openEngines(choice: EngineChoice, threads: number): Engines {
  const names: readonly EngineChoice['name'][] = choice.name === 'both' ? ['paddle', 'tesseract'] : [choice.name]
  const made = new Map<EngineChoice['name'], Promise<Engine>>()
  const make = (name: EngineChoice['name']): Promise<Engine> => {
    const known = made.get(name)
    if (known) return known
    const engine = makeEngine(name, choice, threads)
    made.set(name, engine)
    return engine
  }
  return {
    fingerprint: async () => (await Promise.all(names.map(make))).map((engine) => engine.fingerprint).join('+'),
    first: () => make(names[0]!),
    second: async () => (names[1] ? make(names[1]) : undefined),
    close: async () => {
      for (const engine of made.values()) await (await engine).close()
    }
  }
}

/** The doubles are for trials and for checks of the run itself: they answer without reading. */
async function makeEngine(name: EngineChoice['name'], choice: EngineChoice, threads: number): Promise<Engine> {
  if (name === 'silent') return createSilentEngine()
  if (name === 'recorded') return createRecordedEngine(await readRecording(choice.recording))
  try {
    return await createEngine(name as EngineName, { paddle: { threads } })
  } catch (error) {
    throw new Failure(`engine ${name}: ${(error as Error).message}`, exitCodes.missingDependency)
  }
}

async function readRecording(path: string | undefined): Promise<Recording> {
  if (path === undefined) throw new Failure('--engine recorded needs --recording <file>', exitCodes.usage)
  return JSON.parse(await readFile(path, 'utf8')) as Recording
}

/** Every page of one file, whatever it is. @throws Failure or the reader's own error, one line each. */
export async function readPages(file: PlannedFile, bytes: Uint8Array, options: ReadOptions): Promise<FileReading> {
  if (bytes.length === 0) throw new Failure('is empty; copy it again from where it came', exitCodes.fileAccess)
  if (file.kind === 'text') return { pages: [readTextPage(file, bytes, options)], failures: [] }
  if (file.kind === 'ocr') return { pages: readOcrPages(file, bytes, options.language), failures: [] }
  return readScan(file, bytes, options)
}

function readTextPage(file: PlannedFile, bytes: Uint8Array, { language, encoding }: ReadOptions): Page {
  const { page, problems } = readText(bytes, { id: file.pageId, language, ...(encoding ? { encoding } : {}) })
  return withProblems(page, problems)
}

function readOcrPages(file: PlannedFile, bytes: Uint8Array, language: string): Page[] {
  const { pages, problems, format } = readOcr(bytes, { name: file.name, id: file.pageId, language })
  if (format === 'text' || pages.length === 0)
    throw new Failure(
      `holds no page that can be read (${plain(problems[0]?.message ?? 'not ALTO, PAGE-XML, hOCR, PaddleOCR or MinerU JSON')})`,
      exitCodes.fileAccess
    )
  return pages.map((page, index) => withProblems({ ...page, id: sheetId(file.pageId, index) }, index === 0 ? problems : []))
}

async function readScan(file: PlannedFile, bytes: Uint8Array, options: ReadOptions): Promise<FileReading> {
  const scans = await openScan(bytes, file.name, { split: file.split ?? 'auto' })
  const pages: Page[] = []
  const failures: SheetFailure[] = []
  for (const [place, scan] of scans.entries()) {
    const second = await options.engines.second()
    try {
      pages.push(
        await recognize(scan, {
          engine: await options.engines.first(),
          ...(second ? { second } : {}),
          language: options.language,
          pageId: sheetId(file.pageId, place),
          ...(options.signal ? { signal: options.signal } : {}),
          ...(options.onProgress ? { onProgress: options.onProgress } : {})
        })
      )
    } catch (error) {
      // A damaged sheet costs itself; a file of nothing else is damaged as a whole.
      if ((error as Error).name !== 'ScanError' || failures.length + 1 === scans.length) throw error
      failures.push({ place, message: withoutName((error as Error).message, file.name) })
    }
  }
  return { pages, failures }
}

function withoutName(message: string, name: string): string {
  return message.startsWith(`${name} `) ? message.slice(name.length + 1) : message
}

/** Problems found while reading belong to the page's record. */
function withProblems(page: Page, problems: readonly Problem[]): Page {
  const known = new Set((page.problems ?? []).map((problem) => problem.message))
  const more = problems.filter((problem) => !known.has(problem.message))
  return more.length === 0 ? page : { ...page, problems: [...(page.problems ?? []), ...more] }
}

export async function readBytes(file: PlannedFile): Promise<Buffer> {
  return readFile(file.path)
}
