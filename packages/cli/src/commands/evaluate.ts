import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  evaluatePage,
  explainTexts,
  type Folding,
  formatEvaluation,
  formatHtml,
  type PageEvaluation,
  summarizeEvaluations,
  type Truth,
  tablesOf,
  truthText
} from '@broadsheet/compare'
import { blockText } from '@broadsheet/document'
import { type Command, InvalidArgumentError } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { gradePages } from '../grades.ts'
import { plain } from '../plain.ts'
import { type FoundPage, findPages } from '../read-pages.ts'
import { print, say } from '../terminal.ts'
import { articlesOf, openTruth } from '../truth.ts'

interface Options {
  readonly truth?: string
  readonly scans?: string
  readonly fold: Folding
  readonly language: string
  readonly json?: boolean
  readonly html?: string
}

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('how good the text is: error rates against the truth, or grades without it')
    .argument('<what>', 'an issue or page of the output, a text or OCR file, or a folder of them')
    .option('--truth <path>', 'folder (or file) with the true text: <page>.txt, .md, ALTO, PAGE-XML, or our JSON')
    .option('--scans <folder>', 'without --truth: the scans, to find ink that was not read')
    .option('--fold <list>', 'differences not counted: width, variants, spaces (drop them), strict (count every blank)', readFolding, {
      spaces: 'collapse'
    } satisfies Folding)
    .option('-l, --language <tag>', 'what text files are in', 'zh-Hans')
    .option('--json', 'all figures as one JSON document')
    .option('--html <file>', 'a report with the worst pages first')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet evaluate output/my-issue                      grades, and where to look\n  broadsheet evaluate output/my-issue --truth truth/       error rates, joins, order, harm\n  broadsheet evaluate old-ocr/ --truth truth/ --fold width,variants\n\nHow the figures are counted: docs/comparing.md.'
    )
    .action(perform)
}

/** `width,variants`: blanks and line ends are one unless `strict` is among them. */
function readFolding(text: string): Folding {
  const folding: { width?: true; variants?: true; spaces: 'collapse' | 'drop' | 'keep' } = { spaces: 'collapse' }
  for (const name of text.split(',')) {
    if (name === 'width' || name === 'variants') folding[name] = true
    else if (name === 'spaces') folding.spaces = 'drop'
    else if (name === 'strict') folding.spaces = 'keep'
    else throw new InvalidArgumentError('Expected width, variants, spaces or strict, with commas between.')
  }
  return folding
}

async function perform(what: string, options: Options): Promise<void> {
  if (options.truth === undefined) return gradePages(what, options)
  const judged = await judge(what, options.truth, options)
  const evaluation = summarizeEvaluations(judged.map((one) => one.figures))
  if (options.html) await writeReport(options.html, judged, options)
  if (options.json) await print(`${JSON.stringify({ folding: options.fold, ...evaluation }, null, 2)}\n`)
  else await print(formatEvaluation(evaluation))
}

interface Judged {
  readonly figures: PageEvaluation
  readonly truth: Truth
  readonly text: string
  readonly language: string | undefined
}

async function judge(what: string, truthPath: string, options: Options): Promise<Judged[]> {
  const source = await openTruth(truthPath, options.language)
  const judged: Judged[] = []
  const without: string[] = []
  for await (const found of findPages(what, options.language)) {
    const truth = await source.find(found.clean.page.id, found.issue?.id)
    if (truth) judged.push(judgePage(found, truth, options))
    else without.push(found.clean.page.id)
  }
  if (judged.length === 0)
    throw new Failure(
      `${plain(truthPath)}: no truth for ${plain(without.slice(0, 5).join(', '))}; name the files after the pages: ${plain(without[0] ?? 'p01')}.txt`,
      exitCodes.fileAccess
    )
  if (without.length > 0) say(`note ${without.length} pages have no truth and are left out: ${plain(without.slice(0, 10).join(', '))}`)
  return judged
}

function judgePage({ clean, issue }: FoundPage, truth: Truth, options: Options): Judged {
  const figures = evaluatePage(clean, truth, {
    fold: options.fold,
    ...(issue ? { articleOf: articlesOf(issue, clean.page.id) } : {})
  })
  const name = issue ? `${issue.id}/${clean.page.id}` : clean.page.id
  return {
    figures: { ...figures, page: name },
    truth,
    text: clean.blocks.map(blockText).join('\n'),
    language: clean.page.language
  }
}

/** So many pages are shown in full: the worst. */
const shownPages = 20

async function writeReport(path: string, judged: readonly Judged[], { fold }: Options): Promise<void> {
  const evaluation = summarizeEvaluations(judged.map((one) => one.figures))
  const byPage = new Map(judged.map((one) => [one.figures.page, one]))
  const shown = evaluation.pages.slice(0, shownPages).map((page) => byPage.get(page.page)!)
  const explanations = shown.map(({ figures, truth, text, language }) =>
    explainTexts(text, truthText(truth), { title: figures.page, leftName: 'result', rightName: 'truth', ...(language ? { language } : {}) })
  )
  const title = `Evaluation of ${judged.length} pages (${Object.entries(fold)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')})`
  await writeFile(path, formatHtml(explanations, { title, tables: tablesOf(evaluation) }))
  say(`${basename(path)} written; open it in a browser`)
}
