import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type Change, type CleanPage, type Issue, type Page, replay } from '@broadsheet/document'
import type { PageSource } from '@broadsheet/export'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, listFolder, readIfThere } from './files.ts'
import { plain } from './plain.ts'

/** A cleaned page from its folder in the output (`output/<issue>/pages/<page>`), or from its page.json. */
export async function loadCleanPage(path: string): Promise<CleanPage> {
  const folder = basename(path) === 'page.json' ? join(path, '..') : path
  const page = await readIfThere(join(folder, 'page.json'))
  return parseCleanPage(folder, page, await readIfThere(join(folder, 'changes.jsonl')))
}

function parseCleanPage(folder: string, pageFile: Buffer | undefined, changesFile: Buffer | undefined): CleanPage {
  const page = parseJson(join(folder, 'page.json'), pageFile) as Page
  if (!changesFile) throw new Failure(`${plain(folder)}: there is no changes.jsonl; run broadsheet run again`, exitCodes.fileAccess)
  const changes = changesFile
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Change)
  return { page, changes, blocks: replay(page, changes) }
}

/** An issue and its pages from its folder in the output. */
export async function loadIssue(folder: string): Promise<{ issue: Issue; pages: CleanPage[] }> {
  const { issue, pages } = await openIssue(folder)
  return { issue, pages: pages.ids.flatMap((id) => pages.get(id) ?? []) }
}

/** An issue, and where its pages are: for work that needs no more than a page or two at a time. */
export async function openIssue(folder: string): Promise<{ issue: Issue; pages: PageSource }> {
  const path = join(folder, 'issue.json')
  const issue = parseJson(path, await readIfThere(path)) as Issue
  return { issue, pages: openPages(folder, issue) }
}

/** Pages held at once: an article and its continuation over the turn are often looked at by turns. */
const held = 3

/** Read when they are asked for (and not before), the last few kept. */
function openPages(folder: string, issue: Issue): PageSource {
  const known = issue.pages.filter((page) => page.state.stage !== 'failed')
  const ids = new Set(known.map((page) => page.id))
  const last = new Map<string, CleanPage>()
  const get = (id: string): CleanPage | undefined => {
    if (!ids.has(id)) return undefined
    const own = join(folder, 'pages', id)
    const page = last.get(id) ?? parseCleanPage(own, readNow(join(own, 'page.json')), readNow(join(own, 'changes.jsonl')))
    last.delete(id)
    last.set(id, page)
    if (last.size > held) last.delete(last.keys().next().value!)
    return page
  }
  return { ids: [...ids], get }
}

function readNow(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function parseJson(path: string, bytes: Buffer | undefined): unknown {
  if (!bytes) throw new Failure(`${plain(path)}: not there; name a folder that broadsheet run has written`, exitCodes.fileAccess)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Failure(
      `${plain(path)}: not valid JSON (${(error as Error).message}); delete it and run broadsheet run again`,
      exitCodes.fileAccess
    )
  }
}

/** Whether `path` is a page folder of an output. */
export async function isPageFolder(path: string): Promise<boolean> {
  return (
    extname(path) === '' && (await stat(path).catch(() => undefined))?.isDirectory() === true && (await exists(join(path, 'page.json')))
  )
}

/** Whether `path` is an issue folder of an output. */
export async function isIssueFolder(path: string): Promise<boolean> {
  return (await listFolder(path).catch(() => [] as string[])).includes('issue.json')
}
