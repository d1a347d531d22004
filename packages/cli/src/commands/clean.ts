import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { blockText, type CleanPage, type Page } from '@broadsheet/document'
import { type Answer, type LanguageModel, loadLanguageModel, normalize, questionKey, questionsOf } from '@broadsheet/normalize'
import { readOcr } from '@broadsheet/ocr'
import type { Command } from 'commander'
import { writeApparatus } from '../apparatus.ts'
import { readAnswersFile } from '../ask/answers-file.ts'
import { askAll } from '../ask/ask.ts'
import { type AskOptions, addAskOptions, askedOnCommandLine, remoteNotice } from '../ask/choice.ts'
import { balance } from '../balance.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeErrorOf, Failure } from '../failure.ts'
import { toJsonLines } from '../json-lines.ts'
import { readLanguageFile } from '../language-file.ts'
import { collectRule } from '../options.ts'
import { plain } from '../plain.ts'
import { print, readStdin, say } from '../terminal.ts'

interface Options extends AskOptions {
  readonly answers?: string
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
  const command = program
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
      '\nExamples:\n  broadsheet clean page.txt > clean.txt\n  cat page.txt | broadsheet clean --explain\n  broadsheet clean page.txt --rule look-alike=off\n  broadsheet clean page.txt --ask http://127.0.0.1:8080/v1 --answers page.answers.jsonl --explain'
    )
  addAskOptions(command)
    .option('--answers <file>', 'what a model said earlier, told again without asking; new answers are added')
    .action(perform)
}

async function perform(file: string, options: Options): Promise<void> {
  const pages = await readAny(file, options)
  const model = options.languageModel === undefined ? undefined : await readLanguageFile(options.languageModel)
  const answers: Answer[] = options.answers === undefined ? [] : await readAnswersFile(options.answers)
  const ask = askedOnCommandLine(options)
  if (ask && remoteNotice(ask)) say(remoteNotice(ask)!)
  let changed = false
  for (const page of pages) {
    const clean = await cleanAndAsk(page, options, model, answers)
    changed ||= clean.changes.some((change) => change.kind !== 'label' && change.status === 'applied')
    if (!options.check) await print(present(clean, options))
  }
  if (ask && options.answers !== undefined) await writeFile(options.answers, toJsonLines(answers))
  if (options.check && changed) process.exitCode = exitCodes.different
}

/** A page cleaned, what is flagged on it asked about where somebody is named, and cleaned again with the answers; new ones are added to `kept`. */
async function cleanAndAsk(page: Page, options: Options, model: LanguageModel | undefined, kept: Answer[]): Promise<CleanPage> {
  const { language, rule } = options
  const settings = { language, ...(rule ? { rule } : {}), ...(model ? { model } : {}) }
  const first = cleanPage(page, settings)
  const ask = askedOnCommandLine(options)
  if (!ask && kept.length === 0) return first
  const names = (model ?? loadLanguageModel()).names ?? new Set<string>()
  const questions = questionsOf(first, { names, most: Math.max(ask?.most ?? 0, kept.length) })
  const { answers, unanswered } = await askAll(questions, kept, ask)
  if (unanswered !== undefined) say(unanswered)
  const known = new Set(kept.map(questionKey))
  kept.push(...answers.filter((answer) => !known.has(questionKey(answer))))
  return cleanPage(page, { ...settings, answers })
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
  options: {
    readonly language: string
    readonly rule?: Record<string, 'off' | 'propose' | 'apply'>
    readonly model?: LanguageModel
    readonly answers?: readonly Answer[]
  }
): CleanPage {
  const { changes, blocks } = normalize(page, {
    language: page.language ?? options.language,
    rules: options.rule ?? {},
    ...(options.model ? { model: options.model } : {}),
    ...(options.answers ? { answers: options.answers } : {})
  })
  return balance({ page, changes, blocks })
}

function present(clean: CleanPage, options: Options): string {
  if (options.json) return `${JSON.stringify(clean)}\n`
  if (options.changes) return toJsonLines(clean.changes)
  if (options.explain) return writeApparatus(clean)
  return clean.blocks.map((block) => `${blockText(block)}\n`).join('\n')
}
