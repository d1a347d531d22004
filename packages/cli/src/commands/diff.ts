import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, resolve, sep } from 'node:path'
import {
  comparePages,
  compareRules,
  type Explanation,
  explain,
  explainTexts,
  formatHtml,
  formatJson,
  formatPatch,
  formatTable,
  formatTerminal,
  onlyBlocks,
  type TerminalOptions,
  tablesOfRuns
} from '@broadsheet/compare'
import { blockText, type CleanPage } from '@broadsheet/document'
import { readMarkdown } from '@broadsheet/export'
import { type Command, Option } from 'commander'
import pc from 'picocolors'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { isIssueFolder, isPageFolder, loadCleanPage, loadIssue } from '../load.ts'
import { plain } from '../plain.ts'
import { findPages } from '../read-pages.ts'
import { cutSnippets } from '../snippets.ts'
import { print, say } from '../terminal.ts'
import { cleanPage, readAny } from './clean.ts'

interface Options {
  readonly html?: string | true
  readonly json?: boolean
  readonly patch?: boolean
  readonly side?: boolean
  readonly between?: boolean
  readonly scans?: string
  readonly language: string
  readonly color: 'auto' | 'always' | 'never'
}

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('raw against clean, every difference with the rule that made it; or two texts; or two runs')
    .argument('<page>', 'a page, article (.md) or issue of the output, a raw text or OCR file, or - for standard input')
    .argument('[other]', 'a second text file: compare the two as they are')
    .option('--between', 'both are outputs (issues or pages of two runs): what changed, rule by rule')
    .option('--html [file]', 'one self-contained page (to stdout, or into the file)')
    .option('--scans <folder>', 'with --html: show the place on the scan beside each change')
    .option('--json', 'as one JSON document')
    .option('--patch', 'as a unified diff')
    .option('--side', 'side by side')
    .option('-l, --language <tag>', 'what a text file is in', 'zh-Hans')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet diff output/my-issue/pages/p01\n  broadsheet diff output/my-issue/articles/0001-title.md --html article.html --scans scans/my-issue\n  broadsheet diff page.txt --html report.html\n  broadsheet diff old.txt new.txt\n  broadsheet diff --between before/my-issue after/my-issue\n\nExit code: 0 the same, 1 different, more than 1 trouble.'
    )
    .action(perform)
}

async function perform(page: string, other: string | undefined, options: Options): Promise<void> {
  if (options.between) return compareRuns(page, other, options)
  if (other !== undefined) return compareTexts(page, other, options)
  const cleaned = await openPages(page, options)
  const explanations = cleaned.map(({ clean, blocks }) => explainPart(clean, blocks))
  await show(explanations, options, await snippetsOf(cleaned, options))
}

interface Part {
  readonly clean: CleanPage
  /** The blocks to be shown; absent: all of the page. */
  readonly blocks?: ReadonlySet<string>
}

/** What a path names: an article, an issue, a page of the output, or a text to be cleaned now. */
async function openPages(path: string, options: Options): Promise<Part[]> {
  if (extname(path).toLowerCase() === '.md') return openArticle(path)
  if (await isPageFolder(path)) return [{ clean: await loadCleanPage(path) }]
  if (await isIssueFolder(path)) return (await loadIssue(path)).pages.map((clean) => ({ clean }))
  return (await readAny(path, options)).map((raw) => ({ clean: cleanPage(raw, options) }))
}

/** The pages of an article, each with the article's blocks. */
async function openArticle(path: string): Promise<Part[]> {
  const { article, problems } = readMarkdown(await readFile(path, 'utf8'))
  if (!article) throw new Failure(`${plain(path)}: ${plain(problems[0]?.message ?? 'no article of ours')}`, exitCodes.fileAccess)
  const { pages } = await loadIssue(await issueFolderOf(path))
  const blocks = article.parts.flatMap((part) => part.blocks)
  return pages.flatMap((clean) => {
    const own = new Set(blocks.filter((ref) => ref.page === clean.page.id).map((ref) => ref.block))
    return own.size > 0 ? [{ clean, blocks: own }] : []
  })
}

async function issueFolderOf(path: string): Promise<string> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (await isIssueFolder(folder)) return folder
    if (dirname(folder) === folder)
      throw new Failure(
        `${plain(path)}: there is no issue.json above it; name an article inside a folder that broadsheet run has written`,
        exitCodes.fileAccess
      )
  }
}

function explainPart(clean: CleanPage, blocks: ReadonlySet<string> | undefined): Explanation {
  const explanation = explain(clean)
  const [first] = explanation.unexplained
  if (first)
    throw new Failure(
      `${clean.page.id}: the difference at ${first.place} is explained by no change; this is a bug`,
      exitCodes.invalidOutput
    )
  return blocks ? onlyBlocks(explanation, blocks) : explanation
}

async function snippetsOf(parts: readonly Part[], options: Options): Promise<Record<string, string>> {
  // A change's id is its own on its page only: several pages would share cuttings.
  if (!options.html || options.scans === undefined || parts.length !== 1) return {}
  return cutSnippets(parts[0]!.clean, [options.scans])
}

async function show(all: readonly Explanation[], options: Options, snippets: Record<string, string> = {}): Promise<void> {
  const isChanged = (row: Explanation['rows'][number]): boolean =>
    row.kind !== 'block' || row.hunks.some((hunk) => hunk.kind !== 'same' && hunk.kind !== 'note')
  if (all.some((one) => one.rows.some(isChanged))) process.exitCode = exitCodes.different
  if (options.html) return printHtml(formatHtml(all, { snippets }), options.html)
  if (options.json) return print(all.length === 1 ? formatJson(all[0]!) : `[${all.map(formatJson).join(',')}]\n`)
  for (const one of all) await print(options.patch ? formatPatch(one) : formatTerminal(one, terminalOptions(options)))
}

function terminalOptions(options: Options): TerminalOptions {
  return { color: useColor(options), layout: options.side ? 'side-by-side' : 'inline', width: process.stdout.columns ?? 100 }
}

async function printHtml(html: string, target: string | true): Promise<void> {
  if (target === true) return print(html)
  await writeFile(target, html)
  say(`${basename(target)} written; open it in a browser`)
}

async function compareTexts(a: string, b: string, options: Options): Promise<void> {
  const [left, right] = await Promise.all([readFile(a, 'utf8'), readFile(b, 'utf8')])
  await show([explainTexts(left, right, { leftName: basename(a), rightName: basename(b) })], options)
}

/** What two runs made of the same pages: per rule, with samples; every changed page in the HTML. */
async function compareRuns(a: string, b: string | undefined, options: Options): Promise<void> {
  if (b === undefined)
    throw new Failure('diff --between needs two outputs: broadsheet diff --between before/my-issue after/my-issue', exitCodes.usage)
  const [left, right] = [await runPages(a, options), await runPages(b, options)]
  const both = [...left].flatMap(([id, clean]) => {
    const other = right.get(id)
    return other ? [{ id, clean, other }] : []
  })
  const strays = [...[...left.keys()].filter((id) => !right.has(id)), ...[...right.keys()].filter((id) => !left.has(id))]
  if (both.length === 0) throw new Failure(`${plain(a)} and ${plain(b)} have no page in common`, exitCodes.fileAccess)
  if (strays.length > 0) say(`note ${strays.length} pages are in one of the two only: ${plain(strays.slice(0, 10).join(', '))}`)
  const pages = both.map(({ id, clean, other }) => ({ ...comparePages(clean, other), page: id }))
  const [nameA, nameB] = runNames(a, b)
  const changed = both.filter((_, index) => pages[index]!.edits > 0)
  if (pages.some((page) => page.edits + page.onlyA.length + page.onlyB.length + page.altered.length > 0))
    process.exitCode = exitCodes.different
  const tables = tablesOfRuns(pages, nameA, nameB)
  if (options.json) return print(`${JSON.stringify({ a: nameA, b: nameB, pages, rules: compareRules(pages) }, null, 2)}\n`)
  if (!options.html) return print(tables.map(formatTable).join('\n'))
  const texts = changed.map(({ id, clean, other }) =>
    explainTexts(textOf(clean), textOf(other), { title: id, leftName: nameA, rightName: nameB })
  )
  return printHtml(formatHtml(texts, { title: `${nameA} and ${nameB}`, tables }), options.html)
}

/** The end of each path, from where the two differ. */
function runNames(a: string, b: string): [string, string] {
  const [left, right] = [resolve(a).split(sep), resolve(b).split(sep)]
  let end = 0
  while (end < Math.min(left.length, right.length) - 1 && left.at(-1 - end) === right.at(-1 - end)) end++
  return [left[left.length - 1 - end]!, right[right.length - 1 - end]!]
}

const textOf = (clean: CleanPage): string => clean.blocks.map((block) => `${blockText(block)}\n`).join('')

async function runPages(path: string, options: Options): Promise<Map<string, CleanPage>> {
  const pages = new Map<string, CleanPage>()
  for await (const { clean, issue } of findPages(path, options.language))
    pages.set(issue ? `${issue.id}/${clean.page.id}` : clean.page.id, clean)
  return pages
}

function useColor(options: Options): boolean {
  if (options.color !== 'auto') return options.color === 'always'
  return pc.isColorSupported && process.stdout.isTTY === true && !process.env.NO_COLOR
}
