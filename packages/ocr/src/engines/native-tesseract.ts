import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Engine, LineImage, LineReading } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { EngineError } from './engine-error.ts'
import { settleByInk } from './marks-by-ink.ts'
import { tesseractCode } from './tesseract-languages.ts'
import { type PreparedLine, prepareLine } from './tesseract-line.ts'
import { readingOf, type TesseractSymbol, type TesseractWord } from './tesseract-text.ts'

export interface NativeTesseractOptions {
  /** The program; `tesseract` on the PATH when absent. */
  readonly program?: string
  readonly lineTimeoutMs?: number
}

const revision = 5
/** BCP 47 of Tesseract's own names. */
const languageOf: Readonly<Record<string, string>> = { chi_sim: 'zh-Hans', chi_tra: 'zh-Hant', eng: 'en', deu: 'de', frk: 'de-Latf' }

/**
 * The `tesseract` program where it is installed, line by line. A process for each line is slow; it is here because people have it,
 * with languages that npm has not.
 *
 * @throws EngineError when there is no such program.
 */
export async function createNativeTesseractEngine(options: NativeTesseractOptions = {}): Promise<Engine> {
  const program = options.program ?? 'tesseract'
  const timeout = options.lineTimeoutMs ?? 30_000
  const version = await versionOf(program)
  const installed = await installedLanguages(program)
  return {
    name: 'native',
    version: `tesseract ${version}`,
    fingerprint: fingerprintOf({ engine: 'native', version, revision, languages: installed.join('+') }),
    languages: installed.flatMap((code) => languageOf[code] ?? []),
    async readLines(lines, { signal } = {}) {
      const readings: LineReading[] = []
      for (const line of lines) {
        signal?.throwIfAborted()
        readings.push(await readLine(program, dataFor(line, installed), line, timeout, signal))
      }
      return readings
    },
    async close() {}
  }
}

async function versionOf(program: string): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, ['--version'], { timeout: 10_000 })
    return /tesseract\s+v?(\S+)/.exec(stdout + stderr)?.[1] ?? 'unknown'
  } catch {
    throw new EngineError(
      `The program ${program} is not on the PATH: install Tesseract 5, or choose --engine tesseract, which needs nothing`
    )
  }
}

async function installedLanguages(program: string): Promise<string[]> {
  const { stdout, stderr } = await promisify(execFile)(program, ['--list-langs'], { timeout: 10_000 })
  const lines = (stdout || stderr).split(/\r?\n/).slice(1)
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'osd')
    .sort()
}

function dataFor(line: LineImage, installed: readonly string[]): string {
  const code = tesseractCode(line.language)
  const upright = line.direction === 'vertical-rl' && code.startsWith('chi') ? `${code}_vert` : code
  const found = [upright, code === 'chi_sim' && upright !== code ? 'chi_tra_vert' : upright, code].find((each) => installed.includes(each))
  if (!found)
    throw new EngineError(`Native Tesseract has no data for ${line.language} (${upright}): install it, or choose --engine tesseract`)
  return found
}

async function readLine(
  program: string,
  code: string,
  line: LineImage,
  timeout: number,
  signal: AbortSignal | undefined
): Promise<LineReading> {
  const prepared = prepareLine(line)
  if (!prepared) return { text: '', confidence: 0, glyphs: [] }
  const hocr = await run(program, arguments_(code, prepared), prepared.file, timeout, signal)
  return settleByInk(line, prepared.flat, readingOf(wordsOf(hocr), prepared.em, prepared.vertical, prepared.along))
}

function arguments_(code: string, line: PreparedLine): string[] {
  const settings = ['preserve_interword_spaces=1', 'hocr_char_boxes=1', 'tessedit_create_hocr=1', 'user_defined_dpi=200']
  return ['stdin', 'stdout', '-l', code, '--oem', '1', '--psm', line.vertical ? '5' : '7', ...settings.flatMap((each) => ['-c', each])]
}

/** One thread: OpenMP gains nothing on a line and would take the cores of the other jobs. */
const environment = { ...process.env, OMP_THREAD_LIMIT: '1' }

function run(program: string, args: string[], input: Buffer, timeout: number, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { timeout, env: environment, maxBuffer: 64 << 20, ...(signal ? { signal } : {}) },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout)
        else if (signal?.aborted) reject(signal.reason)
        else
          reject(
            new EngineError(
              `${program} failed on a line (${stderr.trim().split('\n').pop() || error.message.split('\n')[0]}): try another engine`
            )
          )
      }
    )
    // A program that ends early closes its end; the callback above says why.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

const wordOrChar = /<span class='(ocrx_word|ocrx_cinfo)'[^>]*title='([^']*)'[^>]*>([^<]*)/g

/** Words and characters of Tesseract's own hOCR. */
function wordsOf(hocr: string): TesseractWord[] {
  const words: { bbox: TesseractSymbol['bbox']; symbols: TesseractSymbol[] }[] = []
  for (const [, kind, title, text] of hocr.matchAll(wordOrChar)) {
    if (kind === 'ocrx_word') words.push({ bbox: boxOf(/bbox ([\d ]+)/.exec(title!)?.[1]), symbols: [] })
    else words[words.length - 1]?.symbols.push(symbolOf(title!, unescapeXml(text!)))
  }
  return words
}

function symbolOf(title: string, text: string): TesseractSymbol {
  return { text, confidence: Number(/x_conf ([\d.]+)/.exec(title)?.[1] ?? 0), bbox: boxOf(/x_bboxes ([\d ]+)/.exec(title)?.[1]) }
}

function boxOf(numbers = ''): TesseractSymbol['bbox'] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbers.split(' ').map(Number)
  return { x0, y0, x1, y1 }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
    code ? String.fromCodePoint(Number(code)) : (entities[name ?? ''] ?? whole)
  )
}
