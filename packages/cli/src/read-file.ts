import { readFile } from 'node:fs/promises'
import type { Page, Problem } from '@broadsheet/document'
import { createEngine, type Engine, engineFingerprint, openScan, readOcr, readText, recognize } from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import type { EngineChoice } from './page-task.ts'
import { plain } from './plain.ts'
import type { PlannedFile } from './plan.ts'

export interface ReadOptions {
  readonly language: string
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
  const names = choice.name === 'both' ? (['paddle', 'tesseract'] as const) : ([choice.name] as const)
  const options = { threads, ...(choice.recording === undefined ? {} : { recording: choice.recording }) }
  const made = new Map<string, Promise<Engine>>()
  const make = (name: (typeof names)[number]): Promise<Engine> => {
    const known = made.get(name)
    if (known) return known
    const engine = Promise.resolve(createEngine(name, options)).catch((error: Error) => {
      throw new Failure(`engine ${name}: ${error.message}`, exitCodes.missingDependency)
    })
    made.set(name, engine)
    return engine
  }
  return {
    fingerprint: async () => (await Promise.all(names.map((name) => engineFingerprint(name, options)))).join('+'),
    first: () => make(names[0]),
    second: async () => (names[1] ? make(names[1]) : undefined),
    close: async () => {
      for (const engine of made.values()) await (await engine).close()
    }
  }
}

/** Every page of one file, whatever it is. @throws Failure or the reader's own error, one line each. */
export async function readPages(file: PlannedFile, bytes: Uint8Array, options: ReadOptions): Promise<Page[]> {
  if (bytes.length === 0) throw new Failure('is empty; copy it again from where it came', exitCodes.fileAccess)
  if (file.kind === 'text') return [readTextPage(file, bytes, options.language)]
  if (file.kind === 'ocr') return readOcrPages(file, bytes)
  return readScan(file, bytes, options)
}

function readTextPage(file: PlannedFile, bytes: Uint8Array, language: string): Page {
  const { page, problems } = readText(bytes, { id: file.pageId, language })
  return withProblems(page, problems)
}

async function readOcrPages(file: PlannedFile, bytes: Uint8Array): Promise<Page[]> {
  const { pages, problems } = await readOcr(bytes, { name: file.name, id: file.pageId })
  if (pages.length === 0)
    throw new Failure(
      `holds no page that can be read (${plain(problems[0]?.message ?? 'not ALTO, PAGE-XML, hOCR or known JSON')})`,
      exitCodes.fileAccess
    )
  return pages.map((page, index) => withProblems({ ...page, id: sheetId(file.pageId, index) }, index === 0 ? problems : []))
}

async function readScan(file: PlannedFile, bytes: Uint8Array, options: ReadOptions): Promise<Page[]> {
  const scans = await openScan(bytes, file.name)
  const pages: Page[] = []
  for (const [index, scan] of scans.entries()) {
    const second = await options.engines.second()
    pages.push(
      await recognize(scan, {
        engine: await options.engines.first(),
        ...(second ? { second } : {}),
        language: options.language,
        pageId: sheetId(file.pageId, index),
        ...(options.signal ? { signal: options.signal } : {}),
        ...(options.onProgress ? { onProgress: options.onProgress } : {})
      })
    )
  }
  return pages
}

/** `p01` for the first sheet of a file, `p01-2` for the second. */
function sheetId(pageId: string, index: number): string {
  return index === 0 ? pageId : `${pageId}-${index + 1}`
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
