import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { type Truth, truthOfBlocks, truthOfMarkdown, truthOfPage } from '@broadsheet/compare'
import type { CleanPage, Issue } from '@broadsheet/document'
import { readOcr } from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, listFolder } from './files.ts'
import { isPageFolder, loadCleanPage, loadIssue } from './load.ts'
import { readOurs } from './our-json.ts'
import { plain } from './plain.ts'

/** Where the truth of pages is sought: a folder of files, an issue of an output, or one file. */
export interface TruthSource {
  /** The truth of a page; undefined where there is none. */
  readonly find: (page: string, issue: string | undefined) => Promise<Truth | undefined>
}

const endings: ReadonlySet<string> = new Set(['.txt', '.md', '.xml', '.hocr', '.html', '.json'])

/** @throws Failure when there is nothing at `path`. */
export async function openTruth(path: string, language: string): Promise<TruthSource> {
  const status = await stat(path).catch(() => undefined)
  if (!status)
    throw new Failure(
      `${plain(path)}: there is no such file or folder; --truth names a folder of <page>.txt, .md, .xml or .json`,
      exitCodes.fileAccess
    )
  if (status.isFile()) return { find: (page) => readTruth(path, page, language) }
  return {
    find: async (page, issue) => {
      for (const folder of issue === undefined ? [path] : [join(path, issue), path]) {
        const found = await findIn(folder, page, language)
        if (found) return found
      }
      return undefined
    }
  }
}

/** `<page>/page.json` as `broadsheet run` writes it, `<page>.txt`, or with any word between: `<page>.gt.txt`. */
async function findIn(folder: string, page: string, language: string): Promise<Truth | undefined> {
  for (const candidate of [join(folder, 'pages', page), join(folder, page)])
    if (await isPageFolder(candidate)) return truthOfClean(await loadCleanPage(candidate), await issueOf(candidate))
  const names = (await listFolder(folder).catch(() => [])).filter(
    (name) => name.startsWith(`${page}.`) && endings.has(extname(name).toLowerCase())
  )
  const best = names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0]
  return best === undefined ? undefined : readTruth(join(folder, best), page, language)
}

/** The issue a page folder belongs to, where it lies beside its issue. */
async function issueOf(pageFolder: string): Promise<Issue | undefined> {
  const folder = dirname(dirname(pageFolder))
  return (await exists(join(folder, 'issue.json'))) ? (await loadIssue(folder)).issue : undefined
}

async function readTruth(path: string, page: string, language: string): Promise<Truth> {
  const bytes = await readFile(path)
  if (extname(path).toLowerCase() === '.md') {
    const markdown = bytes.toString('utf8')
    if (isContents(markdown))
      throw new Failure(
        `${plain(path)}: lists the articles of a page and does not hold its text; name the folder of the issue as the truth, or put the page’s clean.txt here`,
        exitCodes.fileAccess
      )
    return truthOfMarkdown(page, markdown)
  }
  const ours = readOurs(bytes, path)
  if (ours) return truthOfClean(ours)
  const { pages, format } = readOcr(bytes, { name: basename(path), id: page, language })
  if (pages.length === 0) throw new Failure(`${plain(path)}: holds no page that can be read as the truth`, exitCodes.fileAccess)
  const whole = { ...pages[0]!, regions: pages.flatMap((one) => one.regions) }
  return truthOfPage(whole, format === 'page-xml' ? 'page' : 'none')
}

/** The `index.md` that `broadsheet run` writes for each page: links to articles, which hold the text. */
function isContents(markdown: string): boolean {
  return /^---\n[\s\S]*?^generator: "Broadsheet/m.test(markdown) && /^- \[[^\n]*\]\(\.\.\/\.\.\/articles\//m.test(markdown)
}

function truthOfClean(clean: CleanPage, issue?: Issue): Truth {
  return truthOfBlocks(clean.page.id, clean.blocks, issue && articlesOf(issue, clean.page.id))
}

/** The article each block of a page belongs to. */
export function articlesOf(issue: Issue, page: string): (block: string) => string | undefined {
  const articles = new Map<string, string>()
  for (const article of issue.articles)
    for (const { block, page: where } of article.parts.flatMap((part) => part.blocks)) if (where === page) articles.set(block, article.id)
  return (block) => articles.get(block)
}
