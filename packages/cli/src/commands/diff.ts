import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Explanation, explain, explainTexts, formatHtml, formatJson, formatPatch, formatTerminal } from '@broadsheet/compare'
import type { CleanPage } from '@broadsheet/document'
import { type Command, Option } from 'commander'
import pc from 'picocolors'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { isPageFolder, loadCleanPage } from '../load.ts'
import { print, say } from '../terminal.ts'
import { cleanPage, readAny } from './clean.ts'

interface Options {
  readonly html?: string | true
  readonly json?: boolean
  readonly patch?: boolean
  readonly side?: boolean
  readonly language: string
  readonly color: 'auto' | 'always' | 'never'
}

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('raw against clean, every difference with the rule that made it; or two texts')
    .argument('<page>', 'a page folder of the output, a raw text or OCR file, or - for standard input')
    .argument('[other]', 'a second text file: compare the two as they are')
    .option('--html [file]', 'one self-contained page (to stdout, or into the file)')
    .option('--json', 'as one JSON document')
    .option('--patch', 'as a unified diff')
    .option('--side', 'side by side')
    .option('-l, --language <tag>', 'what a text file is in', 'zh-Hans')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet diff output/my-issue/pages/p01\n  broadsheet diff page.txt --html report.html\n  broadsheet diff old.txt new.txt\n\nExit code: 0 the same, 1 different, more than 1 trouble.'
    )
    .action(perform)
}

async function perform(page: string, other: string | undefined, options: Options): Promise<void> {
  if (other !== undefined) return compareTexts(page, other, options)
  const pages = (await isPageFolder(page))
    ? [await loadCleanPage(page)]
    : (await readAny(page, options)).map((raw) => cleanPage(raw, options))
  for (const clean of pages) await present(clean, options)
}

async function present(clean: CleanPage, options: Options): Promise<void> {
  const explanation = explain(clean)
  const [first] = explanation.unexplained
  if (first)
    throw new Failure(
      `${clean.page.id}: the difference at ${first.place} is explained by no change; this is a bug`,
      exitCodes.invalidOutput
    )
  await show(explanation, options)
}

async function show(explanation: Explanation, options: Options): Promise<void> {
  if (explanation.rows.some((row) => row.kind !== 'block' || row.hunks.some((hunk) => hunk.kind !== 'same' && hunk.kind !== 'note')))
    process.exitCode = exitCodes.different
  if (options.html) return printHtml(formatHtml(explanation), options.html)
  if (options.json) return print(formatJson(explanation))
  if (options.patch) return print(formatPatch(explanation))
  await print(
    formatTerminal(explanation, {
      color: useColor(options),
      layout: options.side ? 'side-by-side' : 'inline',
      width: process.stdout.columns ?? 100
    })
  )
}

async function printHtml(html: string, target: string | true): Promise<void> {
  if (target === true) return print(html)
  await writeFile(target, html)
  say(`${basename(target)} written; open it in a browser`)
}

async function compareTexts(a: string, b: string, options: Options): Promise<void> {
  const [left, right] = await Promise.all([readFile(a, 'utf8'), readFile(b, 'utf8')])
  await show(explainTexts(left, right, { leftName: basename(a), rightName: basename(b) }), options)
}

function useColor(options: Options): boolean {
  if (options.color !== 'auto') return options.color === 'always'
  return pc.isColorSupported && process.stdout.isTTY === true && !process.env.NO_COLOR
}
