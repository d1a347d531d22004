import { join, resolve } from 'node:path'
import { gradePage } from '@broadsheet/compare'
import { type Change, type CleanPage, type Decision, type Issue, type IssuePage, replay } from '@broadsheet/document'
import { exportMarkdown } from '@broadsheet/export'
import { type Answer, groupArticles, type LanguageModel, loadLanguageModel, readProfile, readTraditional } from '@broadsheet/normalize'
import { archiveFiles } from './archive-files.ts'
import { type AskChoice, askedByIssue, remoteNotice } from './ask/choice.ts'
import { balance } from './balance.ts'
import { claimOutput } from './claim.ts'
import { exitCodes } from './exit-codes.ts'
import { describeError, describeErrorOf, Failure, isDiskError } from './failure.ts'
import { type FileReading, sheetId, withNames } from './file-reading.ts'
import { openLanguageFile } from './language-file.ts'
import { type WriteReport, writeFolder } from './output-folder.ts'
import type { EngineChoice, TaskResult } from './page-task.ts'
import type { Plan, PlannedFile, PlannedIssue } from './plan.ts'
import { createPool, type Pool } from './pool.ts'
import { openStore, type Store, sweepWorkbench } from './store.ts'
import { countChanges, type IssueOutcome, type PageOutcome } from './summary.ts'

export interface RunOptions {
  readonly plan: Plan
  readonly out: string
  readonly jobs: number
  readonly threads: number
  readonly timeoutMs: number
  readonly engine: EngineChoice
  /** Whom the user named to be asked about flagged places; goes before what issues name. */
  readonly ask?: AskChoice
  /** Whether an issue may name an address that is not on this machine. */
  readonly askRemote?: boolean
  /** Read again what was read before. */
  readonly fresh: boolean
  /** Overwrite files that a person has edited. */
  readonly force: boolean
  readonly signal: AbortSignal
  readonly watch: RunWatch
}

/** What the run tells while it goes on. */
export interface RunWatch {
  readonly pageProgress: (issue: PlannedIssue, file: PlannedFile, done: number, total: number) => void
  readonly pageDone: (issue: PlannedIssue, outcome: PageOutcome) => void
  /** All pages of the file are done, or the file has failed. */
  readonly fileDone: (issue: PlannedIssue, file: PlannedFile) => void
  readonly note: (text: string) => void
}

/** The part of the output that is ours alone: results by digest, claims, ledgers, workbench. */
export const storeFolder = '.broadsheet'

/**
 * Scans in, archive out: reads and cleans every page of every issue in the plan, then writes each issue's folder.
 * Can be stopped at any instant and taken up again; the output depends on nothing but the inputs.
 */
export async function runPlan(options: RunOptions): Promise<IssueOutcome[]> {
  const state = join(resolve(options.out), storeFolder)
  const release = await claimOutput(join(state, 'claims'))
  const pool = createPool({ jobs: options.jobs, timeoutMs: options.timeoutMs, recycleAfter: 24 })
  const stop = (): void => void pool.close()
  options.signal.addEventListener('abort', stop)
  try {
    const run: Run = { ...options, said: new Set(), pool, state, store: openStore(state), workbench: await sweepWorkbench(state) }
    return await mapBounded(options.plan.issues, 2, (issue) => runIssue(run, issue).catch((error) => failIssue(run, issue, error)))
  } finally {
    options.signal.removeEventListener('abort', stop)
    await pool.close()
    await release()
  }
}

interface Run extends RunOptions {
  readonly pool: Pool
  readonly state: string
  readonly store: Store
  readonly workbench: string
  /** What needs to be said once a run. */
  readonly said: Set<string>
}

function noteOnce({ said, watch }: Run, text: string): void {
  if (said.has(text)) return
  said.add(text)
  watch.note(text)
}

/** Whom to ask about the pages of an issue: whom the command line names, else whom the issue names, where that is allowed. */
function askOf(run: Run, issue: PlannedIssue): AskChoice | undefined {
  const choice = run.ask ?? (issue.config.ask && askedByIssue(issue.config.ask, run.askRemote ?? false))
  const line = choice && ('refused' in choice ? choice.refused : remoteNotice(choice))
  if (line !== undefined) noteOnce(run, line)
  return choice && 'refused' in choice ? undefined : choice
}

/** Like Promise.all over `items`, with no more than `limit` under way, so that memory does not grow with their number. */
async function mapBounded<T, R>(items: readonly T[], limit: number, perform: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await perform(items[index]!)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane))
  return results
}

async function runIssue(run: Run, issue: PlannedIssue): Promise<IssueOutcome> {
  const read = await mapBounded(issue.files, run.jobs + 1, (file) => runFile(run, issue, file))
  run.signal.throwIfAborted()
  const done = read.filter((file): file is DoneFile => 'pages' in file)
  const failed = read.filter((file): file is FailedFile => 'outcome' in file)
  const pages = done.flatMap((file) => file.pages)
  const { written, record, outcomes } = await writeIssue(run, issue, pages, done, failed)
  return {
    issue: issue.id,
    title: record.title,
    pages: outcomes,
    articles: record.articles.length,
    written: written.written,
    unchanged: written.unchanged,
    conflicts: written.conflicts,
    contradictions: record.contradictions ?? []
  }
}

/** An issue that cannot be written (its folder belongs to somebody else) costs itself; what is read of it is kept in the store. */
function failIssue(run: Run, issue: PlannedIssue, error: unknown): IssueOutcome {
  if (run.signal.aborted || isDiskError(error)) throw error
  const message = `${issue.id}: ${describeError(error)}`
  run.watch.pageDone(issue, { page: issue.id, state: 'failed', message })
  const pages = issue.files.map((file): PageOutcome => ({ page: file.pageId, state: 'failed', message }))
  return { issue: issue.id, title: issue.config.title, pages, articles: 0, written: 0, unchanged: 0, conflicts: [], contradictions: [] }
}

interface DoneFile {
  readonly file: PlannedFile
  readonly pages: readonly CleanPage[]
  /** What came of each of them. */
  readonly outcomes: readonly PageOutcome[]
  /** Sheets of it that cannot be read. */
  readonly failed: readonly PageOutcome[]
  /** Its pages, failed ones too, in the order of the file. */
  readonly order: readonly string[]
  /** What a language model said of its pages, by page id. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>
  readonly result: TaskResult
}

interface FailedFile {
  readonly file: PlannedFile
  readonly outcome: PageOutcome
}

async function runFile(run: Run, issue: PlannedIssue, file: PlannedFile): Promise<DoneFile | FailedFile> {
  const engine = run.engine.name === 'auto' && issue.config.engine ? { name: issue.config.engine } : run.engine
  const ask = askOf(run, issue)
  const task = {
    file,
    language: issue.config.language,
    ...(issue.config.encoding ? { encoding: issue.config.encoding } : {}),
    engine,
    rules: issue.config.rules ?? {},
    decisions: issue.decisions,
    ...(issue.profile === undefined ? {} : { profile: issue.profile }),
    ...(issue.languageModel ? { languageModel: issue.languageModel } : {}),
    ...(ask ? { ask } : {}),
    answers: issue.answers,
    store: run.state,
    threads: run.threads,
    fresh: run.fresh
  }
  try {
    const result = await run.pool.run(task, (finished, total) => run.watch.pageProgress(issue, file, finished, total))
    const { pages, failed, order, answers } = await loadPages(run.store, file, result)
    const model = await modelOf(issue)
    if (result.unanswered !== undefined) noteOnce(run, result.unanswered)
    for (const note of [...result.notes, ...withoutText(file, pages)]) run.watch.note(`${issue.id}/${file.pageId}: ${note}`)
    const outcomes = pages.map((clean) => outcomeOf(clean, result, pages.length, model))
    for (const outcome of [...outcomes, ...failed]) run.watch.pageDone(issue, outcome)
    run.watch.fileDone(issue, file)
    return { file, pages, outcomes, failed, order, answers, result }
  } catch (error) {
    // A full disk would stop every other page too, and a run that was stopped is not the page's fault.
    if (run.signal.aborted || isDiskError(error)) throw error
    const outcome: PageOutcome = { page: file.pageId, state: 'failed', message: describeErrorOf(file.path, error) }
    run.watch.pageDone(issue, outcome)
    run.watch.fileDone(issue, file)
    return { file, outcome }
  }
}

/** A blank page may well be one; where it is not, somebody must look. */
function withoutText(file: PlannedFile, pages: readonly CleanPage[]): string[] {
  const empty = pages.filter(({ page }) => !page.regions.some((region) => region.type === 'text')).length
  if (file.kind !== 'scan' || empty === 0) return []
  return [pages.length === 1 ? 'no text was found on it' : `no text was found on ${empty} of its ${pages.length} pages`]
}

/** What a page is graded with: the language it was cleaned with. */
async function modelOf({ languageModel }: PlannedIssue): Promise<LanguageModel> {
  return languageModel ? openLanguageFile(languageModel) : loadLanguageModel()
}

function outcomeOf(clean: CleanPage, result: TaskResult, sheets: number, model: LanguageModel): PageOutcome {
  const grade = gradePage(clean, { model, traditional: readTraditional(model) }).grade
  return {
    page: clean.page.id,
    state: 'done',
    read: result.read,
    cleaned: result.cleaned,
    ...countChanges(clean.changes),
    grade,
    seconds: result.seconds / sheets
  }
}

/** The pages of one file as the worker left them in the store, replayed and proved to balance. */
async function loadPages(store: Store, file: PlannedFile, result: TaskResult): Promise<Omit<DoneFile, 'file' | 'result' | 'outcomes'>> {
  const reading = (await store.get('reading', result.reading)) as FileReading | undefined
  if (!reading) throw new Failure('what was read is not in the store any more; run the same command again', exitCodes.fileAccess)
  const clean: CleanPage[] = []
  const answers = new Map<string, readonly Answer[]>()
  for (const [index, page] of withNames(reading, file).pages.entries()) {
    const cleaning = (await store.get('cleaning', result.cleanings[index]!)) as
      | { changes: Change[]; answers?: readonly Answer[] }
      | undefined
    if (!cleaning) throw new Failure('what was cleaned is not in the store any more; run the same command again', exitCodes.fileAccess)
    clean.push(balance({ page, changes: cleaning.changes, blocks: replay(page, cleaning.changes) }))
    if (cleaning.answers?.length) answers.set(page.id, cleaning.answers)
  }
  return { pages: clean, answers, ...failuresOf(reading, file, clean) }
}

/** What is told of the sheets that cannot be read, and the order of all pages of the file. */
function failuresOf({ failures }: FileReading, file: PlannedFile, clean: readonly CleanPage[]): Pick<DoneFile, 'failed' | 'order'> {
  const failed = failures.map(({ place, message }): PageOutcome => {
    const error = new Error(`${file.name} ${message}`)
    return { page: sheetId(file.pageId, place), state: 'failed', message: describeErrorOf(file.path, error) }
  })
  const order = clean.map(({ page }) => page.id)
  // Places are counted from the front, so each failed sheet finds those before it already there.
  for (const [index, { place }] of failures.entries()) order.splice(place, 0, failed[index]!.page)
  return { failed, order }
}

async function writeIssue(
  run: Run,
  planned: PlannedIssue,
  pages: readonly CleanPage[],
  done: readonly DoneFile[],
  failed: readonly FailedFile[]
): Promise<{ written: WriteReport; record: Issue; outcomes: PageOutcome[] }> {
  const { profile, decisions } = planned
  const { title, date, edition, language, publisher, rights } = planned.config
  const facts = {
    id: planned.id,
    title,
    language,
    ...(date ? { date } : {}),
    ...(edition ? { edition } : {}),
    ...(publisher ? { publisher } : {}),
    ...(rights ? { rights } : {})
  }
  const grouped = groupArticles(pages, { issue: facts, ...(profile === undefined ? {} : { profile: readProfile(profile) }) })
  const outcomes = new Map<string, PageOutcome>(failed.map((file) => [file.outcome.page, file.outcome]))
  for (const outcome of done.flatMap((file) => [...file.outcomes, ...file.failed])) outcomes.set(outcome.page, outcome)
  const order = planned.files.flatMap((file) => done.find((one) => one.file === file)?.order ?? [file.pageId])
  const record: Issue = { ...grouped, pages: withStates(grouped.pages, order, outcomes, decisions) }
  const files = [...archiveFiles(record, pages, new Map(done.flatMap((file) => [...file.answers]))), ...exportMarkdown(record, pages)]
  const folder = join(resolve(run.out), planned.id)
  const written = await writeFolder({ folder: run.workbench }, folder, join(run.state, 'ledgers', `${planned.id}.json`), files, run.force)
  return { written, record, outcomes: order.map((id) => outcomes.get(id)!) }
}

/** Every page of the issue with its state, in the plan's order; failed ones too, since the record should say that they are missing. */
function withStates(
  grouped: readonly IssuePage[],
  order: readonly string[],
  outcomes: ReadonlyMap<string, PageOutcome>,
  decisions: Readonly<Record<string, readonly Decision[]>>
): IssuePage[] {
  const known = new Map(grouped.map((page) => [page.id, page]))
  return order.map((id) => {
    const outcome = outcomes.get(id)
    // The message names a path of this machine, which is no business of the archive.
    if (!outcome || outcome.state === 'failed') return { id, furniture: [], state: { stage: 'failed' } }
    return {
      ...known.get(id)!,
      state: { stage: decisions[id]?.length ? 'reviewed' : 'cleaned', ...(outcome.grade ? { grade: outcome.grade } : {}) }
    }
  })
}
