import { type Change, type CleanPage, type Page, rawText, textRegions } from '@broadsheet/document'
import { normalize, type Profile, proposeProfile, type Recurrence, readProfile } from '@broadsheet/normalize'
import type { Command } from 'commander'
import { stringify } from 'yaml'
import { writeApparatus } from '../apparatus.ts'
import { readYaml } from '../config.ts'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { readIfThere } from '../files.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { print } from '../terminal.ts'

interface Options {
  readonly json?: boolean
  readonly preview?: string
}

export function addProfile(program: Command): void {
  program
    .command('profile')
    .description('propose a house profile of a newspaper from what recurs over its issues')
    .argument('<issues...>', 'issue folders of the output')
    .option('--json', 'as JSON, with counts and examples')
    .option('--preview <file>', 'propose nothing: show all that this profile would change on these issues, and change nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet profile output/*/ > profiles/my-paper.yaml\n  broadsheet profile output/*/ --preview profiles/my-paper.yaml\n\nRead it, strike out what is wrong, and name it in broadsheet.yaml (profile: my-paper).\nCounts and places stand behind each entry as comments. Everything works without a profile.'
    )
    .action(perform)
}

async function perform(folders: readonly string[], options: Options): Promise<void> {
  if (options.preview !== undefined) return preview(folders, options.preview)
  const issues = []
  for (const folder of folders) {
    if (!(await isIssueFolder(folder)))
      throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
    issues.push(await loadIssue(folder))
  }
  const proposed = proposeProfile(issues)
  await print(options.json ? `${JSON.stringify(proposed)}\n` : toYaml(proposed, issues.length))
}

/** Every page of the issues cleaned with the profile and without: what only one of the two says. */
async function preview(folders: readonly string[], file: string): Promise<void> {
  const profile = await loadProfile(file)
  let touched = 0
  for (const folder of folders) {
    if (!(await isIssueFolder(folder)))
      throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
    for (const { page } of (await loadIssue(folder)).pages) {
      const settings = page.language ? { language: page.language } : {}
      const without = normalize(page, settings).changes
      const cleaned = normalize(page, { ...settings, profile })
      const more = missingFrom(cleaned.changes, without)
      const less = missingFrom(without, cleaned.changes)
      touched += more.length + less.length
      const place = `${plain(folder)}, ${plain(page.id)}`
      if (more.length > 0) await print(`${place}: with the profile\n${labelsOf(page, more)}${textOf({ ...cleaned, changes: more })}\n`)
      if (less.length > 0)
        await print(`${place}: no more with the profile\n${labelsOf(page, less)}${textOf({ ...cleaned, changes: less })}\n`)
    }
  }
  await print(touched === 0 ? 'The profile would change nothing.\n' : `${touched} changes in all. Nothing was changed.\n`)
}

async function loadProfile(file: string): Promise<Profile> {
  const bytes = await readIfThere(file)
  if (!bytes) throw new Failure(`${plain(file)}: there is no such file`, exitCodes.fileAccess)
  try {
    return readProfile(readYaml(bytes.toString('utf8'), file))
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${plain(file)}: ${plain((error as Error).message)}`, exitCodes.invalidConfig)
  }
}

function missingFrom(changes: readonly Change[], others: readonly Change[]): Change[] {
  const key = (change: Change): string => {
    const what =
      change.kind === 'replace' ? change.after : change.kind === 'label' ? change.role : change.kind === 'join' ? change.target : ''
    return JSON.stringify([change.kind, change.region, change.from, change.to, change.status, what])
  }
  const known = new Set(others.map(key))
  return changes.filter((change) => !known.has(key(change)))
}

function labelsOf(page: Page, changes: readonly Change[]): string {
  const texts = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  return changes
    .flatMap((change) =>
      change.kind === 'label'
        ? [`   ${change.roleBefore} → ${change.role}: ${plain(texts.get(change.region)!.slice(change.from, change.from + 30))}\n`]
        : []
    )
    .join('')
}

const textOf = (clean: CleanPage): string => (clean.changes.some(({ kind }) => kind !== 'label') ? writeApparatus(clean) : '')

/** The fields of a profile with each entry's count and places as a comment behind it. */
function toYaml(proposed: ReturnType<typeof proposeProfile>, issues: number): string {
  const { title, columns, ...lists } = proposed
  const head = [`# Proposed from ${issues} issue${issues === 1 ? '' : 's'}. Strike out what is wrong.`]
  if (title !== undefined) head.push(stringify({ title }).trimEnd())
  if (columns) head.push(`columns: ${columns.value} # on ${columns.count} of ${columns.of} pages`)
  const fields = Object.entries(lists).flatMap(([name, entries]) => (entries.length === 0 ? [] : [`${name}:`, ...entries.map(toEntry)]))
  return `${[...head, ...fields].join('\n')}\n`
}

function toEntry({ text, count, issues, examples }: Recurrence): string {
  return `  - ${JSON.stringify(plain(text))} # ${count} pages, ${issues} issues: ${plain(examples.join(', '))}`
}
