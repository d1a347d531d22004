import { copyFile, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, extname, join } from 'node:path'
import { explain, explainTexts, formatHtml, formatTable, type Table, verdictRule } from '@broadsheet/compare'
import { blockText, type Change, type CleanPage, type Page, rawText, textRegions } from '@broadsheet/document'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { listFolder } from '../files.ts'
import { isPageFolder, loadCleanPage } from '../load.ts'
import { type OldReading, readOldPages } from '../old-reading.ts'
import { engineChoice, engineOptions, wholeNumber } from '../options.ts'
import type { EngineChoice } from '../page-task.ts'
import { plain } from '../plain.ts'
import { type PlannedFile, type PlannedIssue, planScans } from '../plan.ts'
import { createProgress } from '../progress.ts'
import { runPlan } from '../run.ts'
import { print, say } from '../terminal.ts'

interface Options {
  readonly against?: string
  readonly out: string
  readonly jobs: number
  readonly engine: EngineChoice['name']
  readonly recording?: string
  readonly html?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

export function addReocr(program: Command): void {
  const command = program
    .command('reocr')
    .description('read the scans of an issue anew and decide, line by line, between the old text and the new')
    .argument('<issue>', 'an issue folder with scans, or a folder of them')
    .option(
      '--against <path>',
      'the old readings: a folder of <page>.txt, ALTO, hOCR, PAGE-XML or JSON (of several issues: a folder for each), or one file; else those beside the scans'
    )
    .option('-o, --out <folder>', 'where the archive goes', 'output')
    .option('-j, --jobs <n>', 'pages read at the same time', wholeNumber(1), availableParallelism())
    .option('--html <file>', 'both readings against the verdict, with the evidence')
    .option('--json', 'the verdict of every line as one JSON document')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  broadsheet reocr scans/1987-05-04 --against old-ocr/
  broadsheet reocr scans/1987-05-04 --html verdict.html
  broadsheet reocr scans/ --against old-ocr/                old-ocr/1987-05-04/p01.txt and so on

The old readings are kept beside the scans as <page>.old.<ending>: from then on every run weighs them, until they are taken away.
Nothing of the old text is lost: what the page does not use stands in page.json as a reading of its line.`
    )
  for (const option of engineOptions()) command.addOption(option)
  command.action(perform)
}

async function perform(path: string, options: Options): Promise<void> {
  const { issues } = await planScans(path)
  if (issues.length === 0)
    throw new Failure(`${plain(path)}: no issue that can be read; broadsheet run --dry-run says why`, exitCodes.fileAccess)
  const placed = issues.length === 1 ? [await placeOldReadings(issues[0]!, options)] : await placeInAll(issues, options)
  await read(placed, options)
  const pages: JudgedPage[] = []
  for (const issue of placed)
    for (const file of issue.files)
      if (file.old) for (const page of await judge(issue, file, options)) pages.push(placed.length > 1 ? named(page, issue) : page)
  if (options.html) await writeReport(options.html, pages)
  if (options.json)
    await print(
      `${JSON.stringify(
        pages.map(({ name, outcome, changes, oldText, newText }) => ({ page: name, ...outcome, changes, oldText, newText })),
        null,
        2
      )}\n`
    )
  else await print(formatTable(verdictTable(pages)))
}

/** Several issues: the old readings of each lie in a folder of its name. Issues without any are left as they are. */
async function placeInAll(issues: readonly PlannedIssue[], options: Options): Promise<PlannedIssue[]> {
  const placed: PlannedIssue[] = []
  for (const issue of issues) {
    const own = options.against === undefined ? undefined : await folderOf(issue, options.against)
    if (options.against === undefined ? issue.files.some((file) => file.old) : own)
      placed.push(await placeOldReadings(issue, own === undefined ? options : { ...options, against: own }))
    else if (!options.quiet) say(`note ${plain(issue.id)}: no old readings; left out`)
  }
  if (placed.length === 0)
    throw new Failure(
      `${plain(options.against ?? 'the scans')}: no old readings of ${issues.length} issues; put those of each into a folder of its name: ${plain(join(options.against ?? 'old-ocr', basename(issues[0]!.folder)))}`,
      exitCodes.fileAccess
    )
  return placed
}

async function folderOf(issue: PlannedIssue, against: string): Promise<string | undefined> {
  for (const name of [basename(issue.folder), issue.id]) {
    const status = await stat(join(against, name)).catch(() => undefined)
    if (status?.isDirectory()) return join(against, name)
  }
  return undefined
}

function named(page: JudgedPage, { id }: PlannedIssue): JudgedPage {
  return { ...page, name: `${id}/${page.name}` }
}

/** Puts the old readings beside the scans, so that this run and every later one finds them. */
async function placeOldReadings(issue: PlannedIssue, options: Options): Promise<PlannedIssue> {
  const found = await Promise.all(
    issue.files.map(async (file) => {
      if (file.kind !== 'scan') return file
      const old = await findOld(file, issue, options.against)
      return old ? { ...file, old: await place(old, file, issue.folder) } : file
    })
  )
  if (!found.some((file) => file.old))
    throw new Failure(
      `${plain(options.against ?? issue.folder)}: no old reading of ${plain(
        issue.files
          .map((file) => file.pageId)
          .slice(0, 4)
          .join(', ')
      )}; name them after the scans: ${plain(issue.files[0]!.pageId)}.txt`,
      exitCodes.fileAccess
    )
  for (const file of found)
    if (file.kind === 'scan' && !file.old && !options.quiet) say(`note ${plain(file.name)}: no old reading; read anew without one`)
  return { ...issue, files: found }
}

const endings: readonly string[] = ['.txt', '.xml', '.hocr', '.html', '.json']

async function findOld(file: PlannedFile, issue: PlannedIssue, against: string | undefined): Promise<OldReading | undefined> {
  const source = against ?? issue.folder
  const status = await stat(source).catch(() => undefined)
  if (!status) throw new Failure(`${plain(source)}: there is no such file or folder`, exitCodes.fileAccess)
  if (status.isFile())
    return issue.files.filter((one) => one.kind === 'scan').length === 1 ? { path: source, name: basename(source) } : undefined
  if (against === undefined && file.old) return file.old
  const stem = file.name.slice(0, file.name.length - extname(file.name).length)
  const names = (await listFolder(source)).filter((name) => name.startsWith(`${stem}.`) && endings.includes(extname(name).toLowerCase()))
  const [best] = names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return best === undefined ? file.old : { path: join(source, best), name: best }
}

async function place(old: OldReading, file: PlannedFile, folder: string): Promise<OldReading> {
  const stem = file.name.slice(0, file.name.length - extname(file.name).length)
  const name = `${stem}.old${extname(old.name).toLowerCase()}`
  const path = join(folder, name)
  const other = (await listFolder(folder)).find((one) => one !== name && endings.some((ending) => one === `${stem}.old${ending}`))
  if (other !== undefined && old.path !== path)
    throw new Failure(
      `${plain(join(folder, other))}: an old reading of this page is here already; take it away first, or leave --against out`,
      exitCodes.fileAccess
    )
  if (old.path !== path)
    await copyFile(old.path, path).catch((error) => {
      throw new Failure(
        `${plain(path)}: the old reading could not be put beside the scan (${(error as Error).message}); make the folder writable`,
        exitCodes.fileAccess
      )
    })
  return { path, name }
}

async function read(issues: readonly PlannedIssue[], options: Options): Promise<void> {
  const files = issues.reduce((sum, issue) => sum + issue.files.length, 0)
  const watch = createProgress({
    files,
    quiet: options.quiet ?? false,
    bar: process.stderr.isTTY === true && !process.env.CI
  })
  try {
    const outcomes = await runPlan({
      plan: { issues, failures: [], notes: [] },
      out: options.out,
      jobs: Math.min(options.jobs, files),
      threads: 1,
      timeoutMs: 900_000,
      engine: engineChoice(options),
      fresh: false,
      force: false,
      signal: new AbortController().signal,
      watch
    })
    if (outcomes.some((outcome) => outcome.pages.some((page) => page.state === 'failed'))) process.exitCode = exitCodes.partial
  } finally {
    watch.stop()
  }
}

interface JudgedPage {
  /** The page, with its issue where there are several. */
  readonly name: string
  readonly clean: CleanPage
  readonly oldText: string
  readonly newText: string
  /** Settings of the page's `verdict` step: how many lines were kept as what, how much better one reading is. */
  readonly outcome: Readonly<Record<string, string | number | boolean>>
  readonly changes: readonly Change[]
}

/** What was decided on the pages of a file, from what the run has written. */
async function judge(issue: PlannedIssue, file: PlannedFile, options: Options): Promise<JudgedPage[]> {
  const oldPages = await readOldPages(file.old!, issue.config.language)
  const judged: JudgedPage[] = []
  for (const [index, old] of oldPages.entries()) {
    const folder = join(options.out, issue.id, 'pages', index === 0 ? file.pageId : `${file.pageId}-${index + 1}`)
    if (!(await isPageFolder(folder))) continue
    const clean = await loadCleanPage(folder)
    judged.push({
      name: clean.page.id,
      clean,
      oldText: textRegions(old).map(rawText).join('\n'),
      newText: newTextOf(clean.page),
      outcome: clean.page.processing.find((step) => step.id === 'verdict')?.settings ?? {},
      changes: clean.changes.filter((change) => change.rule === verdictRule)
    })
  }
  return judged
}

/** The new reading as it came from the engine: the page's own lines, or what stands beside them where the old page was kept. */
function newTextOf(page: Page): string {
  return textRegions(page)
    .filter((region) => !region.id.startsWith('old-'))
    .map((region) => region.lines.map((line) => line.readings?.find((reading) => reading.engine === 'new')?.text ?? line.text).join(''))
    .join('\n')
}

const kinds = ['same', 'new', 'old', 'mixed', 'only-new', 'only-old'] as const

function verdictTable(pages: readonly JudgedPage[]): Table {
  return {
    heading: 'Verdict, in lines',
    columns: ['page', ...kinds, 'close calls', 'for new, bits', 'page kept'],
    rows: pages.map(({ name, outcome }) => [
      name,
      ...kinds.map((kind) => String(outcome[`lines-${kind}`] ?? '–')),
      String(outcome.closeCalls ?? '–'),
      String(outcome.priorBits ?? '–'),
      String(outcome.base ?? '–')
    ])
  }
}

/** In both directions: what the verdict made of the new reading, with its evidence, and what it made of the old text. */
async function writeReport(path: string, pages: readonly JudgedPage[]): Promise<void> {
  const explanations = pages.flatMap(({ name, clean, oldText }) => {
    const { language } = clean.page
    const text = clean.blocks.map(blockText).join('\n')
    const tag = language ? { language } : {}
    return [
      { ...explain(clean), title: `${name}: new reading`, leftName: 'new reading', rightName: 'verdict, cleaned' },
      explainTexts(oldText, text, { title: `${name}: old text`, leftName: 'old text', rightName: 'verdict, cleaned', ...tag })
    ]
  })
  await writeFile(path, formatHtml(explanations, { title: 'Old text and new reading', tables: [verdictTable(pages)] }))
  say(`${basename(path)} written; open it in a browser`)
}
