import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { blockText, type CleanPage, type Page } from '@broadsheet/document'
import { type LanguageModel, normalize } from '@broadsheet/normalize'
import { readOcr } from '@broadsheet/ocr'
import type { Command } from 'commander'
import { writeApparatus } from '../apparatus.ts'
import { balance } from '../balance.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeErrorOf, Failure } from '../failure.ts'
import { toJsonLines } from '../json-lines.ts'
import { readLanguageFile } from '../language-file.ts'
import { collectRule } from '../options.ts'
import { plain } from '../plain.ts'
import { print, readStdin, say } from '../terminal.ts'

interface Options {
  readonly language: string
  readonly encoding?: string
  readonly rule?: Record<string, 'off' | 'propose' | 'apply'>
  readonly languageModel?: string
  readonly explain?: boolean
  readonly json?: boolean
  readonly changes?: boolean
  readonly check?: boolean
}

export function addClean(program: Command): void {
  program
    .command('clean')
    .description('clean raw OCR text (or ALTO, PAGE-XML, hOCR, engine JSON) without a scan')
    .argument('[file]', 'a file, or - for standard input', '-')
    .option('-l, --language <tag>', 'what the text is in', 'zh-Hans')
    .option('--encoding <name>', 'of a text file, where it is not UTF-8, UTF-16 or GB18030')
    .option('--rule <name=setting>', 'off, propose or apply; repeatable', collectRule)
    .option('--language-model <file>', 'what broadsheet language train has learned of the archive')
    .option('--explain', 'list every change with what stands around it and why (校勘记) instead of the text')
    .option('--changes', 'the changes as JSON lines')
    .option('--json', 'page, changes and blocks as one JSON document')
    .option('--check', 'print nothing; exit 1 when there is something to change')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet clean page.txt > clean.txt\n  cat page.txt | broadsheet clean --explain\n  broadsheet clean page.txt --rule look-alike=off'
    )
    .action(perform)
}

async function perform(file: string, options: Options): Promise<void> {
  const pages = await readAny(file, options)
  const model = options.languageModel === undefined ? undefined : await readLanguageFile(options.languageModel)
  let changed = false
  for (const page of pages) {
    const clean = cleanPage(page, { ...options, ...(model ? { model } : {}) })
    changed ||= clean.changes.some((change) => change.kind !== 'label' && change.status === 'applied')
    if (!options.check) await print(present(clean, options))
  }
  if (options.check && changed) process.exitCode = exitCodes.different
}

/** The pages of any text or OCR file, or of standard input. */
export async function readAny(file: string, options: { readonly language: string; readonly encoding?: string }): Promise<readonly Page[]> {
  const bytes = file === '-' ? await readStdin() : await readFile(file).catch((error) => fail(file, error))
  const name = file === '-' ? 'stdin.txt' : basename(file)
  const { pages, problems } = readOcr(bytes, {
    name,
    id: 'page',
    language: options.language,
    ...(options.encoding ? { encoding: options.encoding } : {})
  })
  for (const problem of problems) say(`note ${plain(name)}: ${plain(problem.message)}`)
  if (pages.length === 0) throw new Failure(`${plain(file)}: holds no page that can be read`, exitCodes.fileAccess)
  return pages
}

/** Reading a folder as a file fails without a name. */
function fail(file: string, error: unknown): never {
  throw new Failure(describeErrorOf(file, error), exitCodes.fileAccess)
}

/** A page cleaned and proved to balance. */
export function cleanPage(
  page: Page,
  options: { readonly language: string; readonly rule?: Record<string, 'off' | 'propose' | 'apply'>; readonly model?: LanguageModel }
): CleanPage {
  const { changes, blocks } = normalize(page, {
    language: page.language ?? options.language,
    rules: options.rule ?? {},
    ...(options.model ? { model: options.model } : {})
  })
  return balance({ page, changes, blocks })
}

function present(clean: CleanPage, options: Options): string {
  if (options.json) return `${JSON.stringify(clean)}\n`
  if (options.changes) return toJsonLines(clean.changes)
  if (options.explain) return writeApparatus(clean)
  return clean.blocks.map((block) => `${blockText(block)}\n`).join('\n')
}
