import { type VerifyReport, verifyBundle } from '@broadsheet/export/bundle'
import type { Command } from 'commander'
import pc from 'picocolors'
import { exitCodes } from '../exit-codes.ts'
import { plain } from '../plain.ts'
import { print, say } from '../terminal.ts'

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('check a bag or an OCFL object, ours or another house’s: what is missing, altered or extra')
    .argument('<bundle>', 'a folder, a .tar or a .zip')
    .option('--json', 'the report as JSON')
    .option('-q, --quiet', 'only the exit code')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet verify bags/my-issue\n  broadsheet verify delivery.zip --json\n\nExit code: 0 valid, 1 not valid. fetch.txt is read and never followed.'
    )
    .action(perform)
}

async function perform(path: string, options: { json?: boolean; quiet?: boolean }): Promise<void> {
  const report = await verifyBundle(path)
  if (!report.ok) process.exitCode = exitCodes.different
  if (options.json) return print(`${JSON.stringify(report, null, 2)}\n`)
  if (options.quiet) return
  for (const finding of report.findings)
    say(
      `${finding.level === 'error' ? pc.red(finding.kind) : pc.yellow('warning')} ${plain(finding.path ?? '')}${finding.path ? ': ' : ''}${plain(finding.message)}`
    )
  await print(`${plain(path)}: ${describe(report)}\n`)
}

function describe(report: VerifyReport): string {
  const errors = report.findings.filter((finding) => finding.level === 'error').length
  const kind = report.format === 'unknown' ? 'no bundle that we know' : `${report.format} ${report.version ?? ''}`.trim()
  return report.ok
    ? `valid, ${kind}, ${report.files} files, ${report.bytes} bytes`
    : `not valid (${kind}): ${errors} ${errors === 1 ? 'fault' : 'faults'}`
}
