import { type Change, type Page, type Replace, replay } from '@broadsheet/document'
import { loadLanguageModel, type Answer as ModelAnswer, normalize, questionKey, questionsOf, readProfile } from '@broadsheet/normalize'
import { type AnswerBook, askAll } from './ask/ask.ts'
import { describeError, exitCodeOf } from './failure.ts'
import { type FileReading, withNames, withoutNames } from './file-reading.ts'
import { sha256 } from './files.ts'
import { openLanguageFile } from './language-file.ts'
import { verdictDecisions, weighOnce, withProposals } from './old-reading.ts'
import type { Answer, Task, TaskResult } from './page-task.ts'
import { type Engines, openEngines, readBytes, readPages } from './read-file.ts'
import { keyOf, openStore, packageFingerprint, type Store } from './store.ts'

/** The process that reads and cleans pages. One task at a time; what it finds goes into the store, only keys go back. */
const engines = new Map<string, Engines>()

const send = (answer: Answer): void => {
  process.send?.(answer)
}

process.on('message', (task: Task) => {
  void perform(task).then(
    (result) => send({ type: 'done', result }),
    (error) => send(failed(error))
  )
})
// Ctrl-C reaches the whole group; the parent decides what becomes of us.
process.on('SIGINT', () => undefined)
// The parent is gone: nobody waits for the answer.
process.on('disconnect', () => process.exit(0))

function failed(error: unknown): Answer {
  const errno = (error as NodeJS.ErrnoException)?.code
  if (process.env.BROADSHEET_DEBUG) console.error(error)
  return { type: 'failed', message: describeError(error), exitCode: exitCodeOf(error), ...(typeof errno === 'string' ? { errno } : {}) }
}

async function perform(task: Task): Promise<TaskResult> {
  const start = performance.now()
  const store = openStore(task.store)
  const bytes = await readBytes(task.file)
  const { read, ...seen } = await readOnce(task, bytes, store)
  const { reading, pages, verdicts } = task.file.old
    ? await weighOnce(task.file.old, seen, task.language, store)
    : { ...seen, verdicts: [] }
  const cleanings: string[] = []
  const notes: string[] = []
  let cleaned = false
  let unanswered: string | undefined
  for (const [index, page] of pages.entries()) {
    const cleaning = await cleanOnce(task, page, verdicts[index] ?? [], store)
    cleanings.push(cleaning.key)
    notes.push(...cleaning.notes)
    unanswered ??= cleaning.unanswered
    cleaned ||= cleaning.done
  }
  return {
    reading,
    cleanings,
    read,
    cleaned,
    notes,
    ...(unanswered === undefined ? {} : { unanswered }),
    seconds: (performance.now() - start) / 1000,
    peakMemoryMb: process.resourceUsage().maxRSS / 1024
  }
}

async function readOnce(task: Task, bytes: Buffer, store: Store): Promise<FileReading & { reading: string; read: boolean }> {
  const engine = enginesFor(task)
  const reading = await readingKey(task, bytes, engine)
  const known = task.fresh ? undefined : ((await store.get('reading', reading)) as FileReading | undefined)
  if (known) return { reading, ...withNames(known, task.file), read: false }
  const seen = await readPages(task.file, bytes, {
    language: task.language,
    ...(task.encoding ? { encoding: task.encoding } : {}),
    engines: engine,
    onProgress: (done, total) => send({ type: 'progress', done, total })
  })
  await store.put('reading', reading, withoutNames(seen, task.file))
  return { reading, ...withNames(seen, task.file), read: true }
}

/** What a reading depends on. The name of a scan is not among it: a scan that was renamed need not be read again. */
async function readingKey(task: Task, bytes: Buffer, engine: Engines): Promise<string> {
  const { kind, name, pageId, split } = task.file
  return keyOf(
    'reading',
    sha256(bytes),
    ...(kind === 'scan' ? [task.engine.name, await engine.fingerprint(), split ?? 'auto'] : [kind, name, pageId, task.encoding]),
    task.language,
    packageFingerprint('@broadsheet/ocr'),
    packageFingerprint('@broadsheet/document')
  )
}

function enginesFor(task: Task): Engines {
  const key = keyOf(task.engine, task.threads)
  const known = engines.get(key)
  if (known) return known
  const opened = openEngines(task.engine, task.threads)
  engines.set(key, opened)
  return opened
}

interface Cleaning {
  readonly key: string
  readonly done: boolean
  readonly changes: Change[]
  readonly notes: readonly string[]
  readonly unanswered?: string
}

/** Cleans a page; where somebody is to be asked about what is flagged then, cleans it again with the answers. */
async function cleanOnce(task: Task, page: Page, verdict: readonly Replace[], store: Store): Promise<Cleaning> {
  const first = await cleanWith(task, page, verdict, [], store)
  const atHand = task.answers[page.id] ?? []
  if (!task.ask && atHand.length === 0) return first
  const names = new Set([...(readProfile(task.profile).names ?? []), ...((await modelOf(task)).names ?? [])])
  const questions = questionsOf(
    { blocks: replay(page, first.changes), changes: first.changes },
    { names, most: Math.max(task.ask?.most ?? 0, atHand.length) }
  )
  const { answers, unanswered } = await askAll(questions, atHand, task.ask, answerBook(store))
  const second = answers.length === 0 ? first : await cleanWith(task, page, verdict, answers, store)
  return { ...second, ...(unanswered === undefined ? {} : { unanswered }) }
}

/** Kept under whom was asked and what: told again without asking, also where nobody answers any more. */
function answerBook(store: Store): AnswerBook {
  return {
    get: async ({ of, model }, question) =>
      (await store.get('answer', keyOf('answer', of, model, questionKey(question)))) as ModelAnswer | undefined,
    put: ({ of, model }, answer) => store.put('answer', keyOf('answer', of, model, questionKey(answer)), answer)
  }
}

async function modelOf({ languageModel }: Task): Promise<ReturnType<typeof loadLanguageModel>> {
  return languageModel ? openLanguageFile(languageModel) : loadLanguageModel()
}

async function cleanWith(
  task: Task,
  page: Page,
  verdict: readonly Replace[],
  answers: readonly ModelAnswer[],
  store: Store
): Promise<Cleaning> {
  const decisions = verdictDecisions(verdict, task.decisions[page.id] ?? [])
  const key = keyOf(
    'cleaning',
    page,
    task.rules,
    decisions,
    verdict,
    task.profile ?? null,
    task.language,
    task.languageModel?.digest ?? null,
    answers,
    packageFingerprint('@broadsheet/normalize'),
    packageFingerprint('@broadsheet/document')
  )
  const known = (await store.get('cleaning', key)) as { changes: Change[]; notes: string[] } | undefined
  if (known) return { key, done: false, changes: known.changes, notes: known.notes }
  const profile = task.profile === undefined ? {} : { profile: readProfile(task.profile) }
  const model = await modelOf(task)
  const language = page.language ?? task.language
  const cleaned = normalize(page, { language, rules: task.rules, decisions, model, answers, ...profile })
  const changes = withProposals(cleaned.changes, verdict)
  await store.put('cleaning', key, { changes, notes: cleaned.notes, ...(answers.length === 0 ? {} : { answers }) })
  return { key, done: true, changes, notes: cleaned.notes }
}
