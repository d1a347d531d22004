import { describeRules, rules } from '@broadsheet/normalize'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { describeRule } from '../rule-book.ts'
import { print } from '../terminal.ts'

export function addRules(program: Command): void {
  program
    .command('rules')
    .description('what every cleaning rule finds, why, with examples')
    .argument('[name]', 'one rule in full')
    .option('--json', 'as JSON')
    .option('--markdown', 'as Markdown: docs/rules.md')
    .addHelpText('after', '\nExamples:\n  broadsheet rules\n  broadsheet rules column-break\n  broadsheet rules --json')
    .action(perform)
}

async function perform(name: string | undefined, options: { json?: boolean; markdown?: boolean }): Promise<void> {
  const chosen = name === undefined ? rules : rules.filter((rule) => rule.name === name)
  if (chosen.length === 0) throw new Failure(`There is no rule “${name}”; broadsheet rules lists them.`, exitCodes.usage)
  if (options.json)
    return print(
      `${JSON.stringify(
        chosen.map(({ find: _find, ...told }) => told),
        null,
        2
      )}\n`
    )
  if (options.markdown) return print(describeRules(chosen))
  if (name === undefined) return print(chosen.map((rule) => `${rule.name.padEnd(26)} ${rule.summary}\n`).join(''))
  await print(chosen.map(describeRule).join('\n'))
}
