import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import pc from 'picocolors'
import { type AskOptions, addAskOptions, askedOnCommandLine } from '../ask/choice.ts'
import { exitCodes } from '../exit-codes.ts'
import { engineChoice, engineOptions, wholeNumber } from '../options.ts'
import type { EngineChoice } from '../page-task.ts'
import { plain, shellWord } from '../plain.ts'
import { type Plan, planScans } from '../plan.ts'
import { createProgress } from '../progress.ts'
import { runPlan } from '../run.ts'
import { formatSummary, type IssueOutcome } from '../summary.ts'
import { complain, ownCommand, print, say } from '../terminal.ts'

interface Options extends AskOptions {
  readonly out: string
  readonly jobs: number
  readonly engine: EngineChoice['name']
  readonly recording?: string
  readonly timeout: number
  readonly fresh?: boolean
  readonly force?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
  readonly progress: boolean
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('the main job: read every issue folder, clean every page, write the Markdown archive')
    .argument('[scans]', 'folder of issue folders, or one issue folder', 'scans')
    .option('-o, --out <folder>', 'where the archive goes', 'output')
    .option('-j, --jobs <n>', 'pages read at the same time', wholeNumber(1), availableParallelism())
    .option('--timeout <seconds>', 'give a page up after so long', wholeNumber(1), 900)
    .option('--fresh', 'read again what was read before')
    .option('--force', 'overwrite output files that were edited by hand')
    .option('-n, --dry-run', 'say what would be done, do nothing')
    .option('--json', 'the outcome as one JSON document on stdout')
    .option('-q, --quiet', 'nothing but errors')
    .option('--no-progress', 'a line a page instead of the bar')
    .addHelpText(
      'after',
      `
Examples:
  broadsheet run                          scans/ into output/
  broadsheet run scans/1987-05-04 -o out  one issue
  broadsheet run --engine both --jobs 1   two engines vote on every line

A run may be stopped at any moment and started again: what is done is kept. Exit codes: docs/errors.md.`
    )
  for (const option of engineOptions()) command.addOption(option)
  addAskOptions(command)
  command.action(perform)
}

async function perform(scans: string, options: Options): Promise<void> {
  askedOnCommandLine(options)
  const plan = await planScans(scans)
  if (plan.failures.length > 0) process.exitCode = exitCodes.partial
  if (options.dryRun) return print(options.json ? `${JSON.stringify(plan, null, 2)}\n` : describePlan(plan, options))
  for (const note of options.quiet ? [] : plan.notes) say(`${pc.yellow('note')} ${note}`)
  for (const failure of plan.failures) complain(failure)
  const outcomes = await runWatched(plan, options)
  if (options.json) await print(`${JSON.stringify({ issues: outcomes, failures: plan.failures }, null, 2)}\n`)
  else if (!options.quiet) await print(`${formatSummary(outcomes)}\n${whereNext(options.out, outcomes)}`)
  for (const outcome of outcomes) reportIssue(outcome, options)
  const failed = outcomes.flatMap((outcome) => outcome.pages).filter((page) => page.state === 'failed')
  const done = outcomes.flatMap((outcome) => outcome.pages).length - failed.length
  if (failed.length + plan.failures.length > 0) {
    if (!options.quiet) say(`${failed.length + plan.failures.length} failed, ${done} pages done: the archive is partial.`)
    process.exitCode = exitCodes.partial
  }
}

const stopCodes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: exitCodes.hungUp } as const
type StopSignal = keyof typeof stopCodes
const stopSignals = Object.keys(stopCodes) as StopSignal[]

async function runWatched(plan: Plan, options: Options): Promise<IssueOutcome[]> {
  const stop = new AbortController()
  const onSignal = (signal: StopSignal): void => {
    process.exitCode = stopCodes[signal]
    stop.abort()
  }
  for (const signal of stopSignals) process.once(signal, onSignal)
  const files = plan.issues.reduce((sum, issue) => sum + issue.files.length, 0)
  const bar = options.progress && process.stderr.isTTY === true && !process.env.CI
  const ask = askedOnCommandLine(options)
  const watch = createProgress({ files, quiet: (options.quiet || options.json) ?? false, bar })
  try {
    return await runPlan({
      plan,
      out: options.out,
      jobs: Math.min(options.jobs, Math.max(1, files)),
      threads: 1,
      timeoutMs: options.timeout * 1000,
      engine: engineChoice(options),
      ...(ask ? { ask } : {}),
      askRemote: options.askRemote ?? false,
      fresh: options.fresh ?? false,
      force: options.force ?? false,
      signal: stop.signal,
      watch
    })
  } catch (error) {
    if (stop.signal.aborted) {
      watch.stop()
      say('Stopped. What is done is kept; the same command goes on from here.')
      stop.signal.throwIfAborted()
    }
    throw error
  } finally {
    watch.stop()
    for (const signal of stopSignals) process.off(signal, onSignal)
  }
}

function describePlan(plan: Plan, options: Options): string {
  const lines = plan.issues.flatMap((issue) => [
    `${plain(issue.id)}: ${plain(issue.config.title)}${issue.config.date ? `, ${issue.config.date}` : ''} → ${plain(join(options.out, issue.id))}`,
    ...issue.files.map((file) => `  ${plain(file.pageId)}  ${file.kind}  ${plain(file.name)}`)
  ])
  return `${[...lines, ...plan.notes.map((note) => `note ${note}`), ...plan.failures.map((failure) => `cannot: ${failure}`), `engine ${options.engine}, ${options.jobs} at a time; nothing was written`].join('\n')}\n`
}

function reportIssue(outcome: IssueOutcome, options: Options): void {
  if (options.quiet) return
  for (const path of outcome.conflicts)
    say(
      `${pc.yellow('note')} ${plain(join(options.out, outcome.issue, path))}: edited since it was written, so it was left as it is; --force overwrites it`
    )
  for (const contradiction of outcome.contradictions) say(`${pc.yellow('note')} ${plain(outcome.issue)}: ${plain(contradiction)}`)
}

function whereNext(out: string, outcomes: readonly IssueOutcome[]): string {
  const first = outcomes.find((outcome) => outcome.pages.some((page) => page.state === 'done'))
  if (!first) return ''
  const page = first.pages.find((page) => page.state === 'done')!
  return `
Read:    ${plain(join(out, first.issue, 'index.md'))}
Compare: ${ownCommand()} diff ${shellWord(join(out, first.issue, 'pages', page.page))}
Keep:    ${ownCommand()} bundle ${shellWord(join(out, first.issue))} --to bags
`
}
