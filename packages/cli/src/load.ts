import { stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type Change, type CleanPage, type Issue, type Page, replay } from '@broadsheet/document'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists, listFolder, readIfThere } from './files.ts'
import { plain } from './plain.ts'

/** A cleaned page from its folder in the output (`output/<issue>/pages/<page>`), or from its page.json. */
export async function loadCleanPage(path: string): Promise<CleanPage> {
  const folder = basename(path) === 'page.json' ? join(path, '..') : path
  const page = (await loadJson(join(folder, 'page.json'))) as Page
  const lines = await readIfThere(join(folder, 'changes.jsonl'))
  if (!lines) throw new Failure(`${plain(folder)}: there is no changes.jsonl; run broadsheet run again`, exitCodes.fileAccess)
  const changes = lines
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Change)
  return { page, changes, blocks: replay(page, changes) }
}

/** An issue and its pages from its folder in the output. */
export async function loadIssue(folder: string): Promise<{ issue: Issue; pages: CleanPage[] }> {
  const { issue, eachPage } = await openIssue(folder)
  const pages: CleanPage[] = []
  for await (const page of eachPage()) pages.push(page)
  return { issue, pages }
}

/** An issue, and its pages one after the other: for work that needs no more than one at a time. */
export async function openIssue(folder: string): Promise<{ issue: Issue; eachPage: () => AsyncGenerator<CleanPage> }> {
  const issue = (await loadJson(join(folder, 'issue.json'))) as Issue
  async function* eachPage(): AsyncGenerator<CleanPage> {
    for (const page of issue.pages) if (page.state.stage !== 'failed') yield await loadCleanPage(join(folder, 'pages', page.id))
  }
  return { issue, eachPage }
}

async function loadJson(path: string): Promise<unknown> {
  const bytes = await readIfThere(path)
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
