import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { createChangedFiles } from '../changed-files.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeFormats, type FormatOptions, formatFiles, formatList, formatNames, openSource } from '../export-formats.ts'
import { Failure } from '../failure.ts'
import { isIssueFolder } from '../load.ts'
import { plain } from '../plain.ts'
import { print, say } from '../terminal.ts'

interface Options extends FormatOptions {
  readonly format: readonly string[]
  readonly to: string
  readonly json?: boolean
  readonly quiet?: boolean
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('an issue in other formats, all saying the same text')
    .argument('<issue>', 'an issue folder of the output')
    .option('-f, --format <list>', `${formatNames.join(', ')}, or all`, formatList, ['md'])
    .option('--to <folder>', 'where the files go', 'export')
    .option('--from <scans>', 'folder of issue folders that holds the scans (pdf, iiif)', 'scans')
    .addOption(new Option('--alto-version <version>', 'of ALTO').choices(['4.4', '3.1', '2.1']).default('4.4'))
    .addOption(
      new Option('--glyphs <which>', 'of ALTO and PAGE-XML: of all words, of those with a doubtful character, of none')
        .choices(['all', 'doubtful', 'none'])
        .default('all')
    )
    .addOption(new Option('--flavor <name>', 'of Markdown').choices(['plain', 'hugo', 'vitepress', 'obsidian', 'jekyll']).default('plain'))
    .option('--base-url <address>', 'where an IIIF manifest will stand', address, 'https://example.org')
    .option('--json', 'the list of files as JSON')
    .option('-q, --quiet', 'nothing but errors')
    .addHelpText(
      'after',
      `\nFormats:\n${describeFormats()}\n\nExamples:\n  broadsheet export output/my-issue -f alto,mets --to export\n  broadsheet export output/my-issue -f pdf,epub --from scans\n\nA file that is there already with the same content is not written again.`
    )
    .action(perform)
}

async function perform(folder: string, options: Options): Promise<void> {
  if (!(await isIssueFolder(folder)))
    throw new Failure(`${plain(folder)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
  const source = await openSource(folder, options)
  const target = join(options.to, source.issue.id)
  await mkdir(target, { recursive: true })
  const workbench = { folder: await mkdtemp(join(target, '.export-')) }
  const paths: string[] = []
  try {
    const files = createChangedFiles(workbench, target)
    for await (const file of formatFiles(options.format, source)) {
      paths.push(file.path)
      await files.add(file)
    }
    await files.settle()
    if (options.json) await print(`${JSON.stringify({ folder: target, ...files.count(), files: paths.sort() }, null, 2)}\n`)
    else if (!options.quiet) report(target, paths, files.count(), options)
  } finally {
    await rm(workbench.folder, { recursive: true, force: true })
  }
}

function report(target: string, paths: readonly string[], count: { readonly unchanged: number }, options: Options): void {
  say(`${plain(target)}: ${paths.length} files, ${count.unchanged} of them unchanged`)
  if (options.format.includes('pdf') && !paths.some((path) => path.endsWith('.pdf')))
    say('note: no page has a scan, and without one there is nothing to make a PDF of')
}

/** An address of http or https without a slash at its end. */
export function address(text: string): string {
  if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(text))
    throw new InvalidArgumentError('Expected an address such as https://archive.example/papers.')
  return text.replace(/\/+$/, '')
}
