import type { Article, Issue, IssuePage } from '@broadsheet/document'
import { groupArticles } from '@broadsheet/normalize'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { isIssueFolder, loadIssue } from '../load.ts'
import { padCells, plain } from '../plain.ts'
import { print } from '../terminal.ts'
import { cleanPage, readAny } from './clean.ts'

interface Options {
  readonly language: string
  readonly json?: boolean
  readonly furniture?: boolean
}

export function addArticles(program: Command): void {
  program
    .command('articles')
    .description('list the articles of an issue, or of one text or OCR file')
    .argument('<issue>', 'an issue folder of the output, a file of raw text or OCR, or - for standard input')
    .option('-l, --language <tag>', 'what a file is in', 'zh-Hans')
    .option('--furniture', 'also what belongs to the pages: mastheads, folios, slogans, advertisements')
    .option('--json', 'the whole issue as JSON: parts with their blocks, credits, jumps, alternatives')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet articles output/my-issue\n  broadsheet articles page.txt --furniture\n  broadsheet articles output/my-issue --json | jq .articles[].heading'
    )
    .action(perform)
}

async function perform(path: string, options: Options): Promise<void> {
  const issue = (await isIssueFolder(path)) ? (await loadIssue(path)).issue : await groupFile(path, options)
  await print(options.json ? `${JSON.stringify(issue)}\n` : list(issue, options))
}

async function groupFile(path: string, options: Options): Promise<Issue> {
  const read = await readAny(path, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EISDIR') throw new Failure(`${plain(path)}: not an issue that broadsheet run has written`, exitCodes.fileAccess)
    throw error
  })
  const pages = read.map((page) => cleanPage(page, options))
  return groupArticles(pages, { issue: { id: 'issue', title: '', language: read[0]?.language ?? options.language } })
}

function list(issue: Issue, options: Options): string {
  const title = [issue.title, issue.date, issue.edition].filter(Boolean).join(', ')
  const lines = [
    ...(title ? [plain(title)] : []),
    ...issue.pages.flatMap((page) => listPage(page, issue, options)),
    ...(issue.contradictions ?? []).map((sentence) => `does not agree: ${plain(sentence)}`)
  ]
  return `${lines.join('\n')}\n`
}

function listPage(page: IssuePage, issue: Issue, options: Options): string[] {
  const own = issue.articles.filter((article) => article.pages[0] === page.id)
  const furniture = options.furniture ? page.furniture.map(({ role, text }) => `    ${padCells(role, 12)}${plain(text.slice(0, 60))}`) : []
  return [
    [plain(page.id), page.label, page.section]
      .filter(Boolean)
      .map((word) => plain(word!))
      .join('  '),
    ...own.flatMap(listArticle),
    ...furniture
  ]
}

function listArticle(article: Article): string[] {
  const count = (role: string): number => article.parts.filter((part) => part.role === role).length
  const head = plain(article.heading ?? `(no heading) ${article.parts[0]?.text.slice(0, 20) ?? ''}…`)
  const facts = [
    article.dateline,
    article.credits.map((credit) => credit.name).join(' '),
    `${count('paragraph')} paragraphs`,
    ...(article.pages.length > 1 ? [`pages ${article.pages.join(' → ')}`] : []),
    `${Math.round(article.confidence * 100)} %`
  ]
  const more = [article.kicker ? `    kicker  ${plain(article.kicker)}` : '', article.deck ? `    deck    ${plain(article.deck)}` : '']
  return [
    `  ${padCells(article.id.slice(-5), 6)} ${head}`,
    ...more.filter(Boolean),
    `         ${facts
      .filter(Boolean)
      .map((fact) => plain(fact!))
      .join(' · ')}`,
    ...(article.alternatives ?? []).map(listAlternative)
  ]
}

/** Another grouping that is nearly as plausible, for a person to choose. */
function listAlternative({ reason, confidence }: NonNullable<Article['alternatives']>[number]): string {
  return `         or: ${plain(reason)} (${Math.round(confidence * 100)} %)`
}
