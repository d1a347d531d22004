import type { Page, Replace } from '@broadsheet/document'
import { normalize, readProfile } from '@broadsheet/normalize'
import { describeError, exitCodeOf } from './failure.ts'
import { sha256 } from './files.ts'
import { openLanguageFile } from './language-file.ts'
import { verdictDecisions, weighOnce, withProposals } from './old-reading.ts'
import type { Answer, Task, TaskResult } from './page-task.ts'
import { type Engines, openEngines, readBytes, readPages, withNames, withoutNames } from './read-file.ts'
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
  for (const [index, page] of pages.entries()) {
    const cleaning = await cleanOnce(task, page, verdicts[index] ?? [], store)
    cleanings.push(cleaning.key)
    notes.push(...cleaning.notes)
    cleaned ||= cleaning.done
  }
  return {
    reading,
    cleanings,
    read,
    cleaned,
    notes,
    seconds: (performance.now() - start) / 1000,
    peakMemoryMb: process.resourceUsage().maxRSS / 1024
  }
}

async function readOnce(task: Task, bytes: Buffer, store: Store): Promise<{ reading: string; pages: readonly Page[]; read: boolean }> {
  const engine = enginesFor(task)
  const reading = await readingKey(task, bytes, engine)
  const known = task.fresh ? undefined : ((await store.get('reading', reading)) as { pages: Page[] } | undefined)
  if (known) return { reading, pages: withNames(known.pages, task.file), read: false }
  const pages = await readPages(task.file, bytes, {
    language: task.language,
    ...(task.encoding ? { encoding: task.encoding } : {}),
    engines: engine,
    onProgress: (done, total) => send({ type: 'progress', done, total })
  })
  await store.put('reading', reading, { pages: withoutNames(pages, task.file) })
  return { reading, pages: withNames(pages, task.file), read: true }
}

/** What a reading depends on. The name of a scan is not among it: a scan that was renamed need not be read again. */
async function readingKey(task: Task, bytes: Buffer, engine: Engines): Promise<string> {
  const { kind, name, pageId } = task.file
  return keyOf(
    'reading',
    sha256(bytes),
    ...(kind === 'scan' ? [task.engine.name, await engine.fingerprint()] : [kind, name, pageId, task.encoding]),
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

async function cleanOnce(
  task: Task,
  page: Page,
  verdict: readonly Replace[],
  store: Store
): Promise<{ key: string; done: boolean; notes: readonly string[] }> {
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
    packageFingerprint('@broadsheet/normalize'),
    packageFingerprint('@broadsheet/document')
  )
  const known = (await store.get('cleaning', key)) as { notes: string[] } | undefined
  if (known) return { key, done: false, notes: known.notes }
  const profile = task.profile === undefined ? {} : { profile: readProfile(task.profile) }
  const model = task.languageModel ? { model: await openLanguageFile(task.languageModel) } : {}
  const language = page.language ?? task.language
  const { changes, notes } = normalize(page, { language, rules: task.rules, decisions, ...profile, ...model })
  await store.put('cleaning', key, { changes: withProposals(changes, verdict), notes })
  return { key, done: true, notes }
}
