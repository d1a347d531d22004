import { proposeProfile, type Recurrence } from '@broadsheet/normalize'
import type { Command } from 'commander'
import { stringify } from 'yaml'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { print } from '../terminal.ts'

interface Options {
  readonly json?: boolean
}

export function addProfile(program: Command): void {
  program
    .command('profile')
    .description('propose a house profile of a newspaper from what recurs over its issues')
    .argument('<issues...>', 'issue folders of the output')
    .option('--json', 'as JSON, with counts and examples')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet profile output/*/ > profiles/my-paper.yaml\n\nRead it, strike out what is wrong, and name it in broadsheet.yaml (profile: my-paper).\nCounts and places stand behind each entry as comments. Everything works without a profile.'
    )
    .action(perform)
}

async function perform(folders: readonly string[], options: Options): Promise<void> {
  const issues = []
  for (const folder of folders) {
    if (!(await isIssueFolder(folder)))
      throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
    issues.push(await loadIssue(folder))
  }
  const proposed = proposeProfile(issues)
  await print(options.json ? `${JSON.stringify(proposed)}\n` : toYaml(proposed, issues.length))
}

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
