import { readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type CleanPage, type Issue, replay } from '@broadsheet/document'
import { readAny } from './commands/clean.ts'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { listFolder } from './files.ts'
import { isIssueFolder, isPageFolder, loadCleanPage, openIssue } from './load.ts'
import { readOurs } from './our-json.ts'
import { plain } from './plain.ts'

/** A page to be judged, with the issue it belongs to where it has one. */
export interface FoundPage {
  readonly clean: CleanPage
  readonly issue?: Issue
}

const endings: ReadonlySet<string> = new Set(['.txt', '.xml', '.hocr', '.html', '.json'])

/**
 * The pages under a path, one after the other: an issue or page of the output with its changes; a text or OCR file, or a folder of
 * them, as it stands.
 *
 * @throws Failure when there is no page.
 */
export async function* findPages(path: string, language: string): AsyncGenerator<FoundPage> {
  if (await isIssueFolder(path)) {
    const { issue, pages } = await openIssue(path)
    for (const id of pages.ids) yield { clean: pages.get(id)!, issue }
    return
  }
  if (await isPageFolder(path)) {
    yield { clean: await loadCleanPage(path) }
    return
  }
  const status = await stat(path).catch(() => undefined)
  if (!status) throw new Failure(`${plain(path)}: there is no such file or folder`, exitCodes.fileAccess)
  if (status.isFile()) yield* fromFile(path, language)
  else yield* fromFolder(path, language)
}

async function* fromFolder(folder: string, language: string): AsyncGenerator<FoundPage> {
  let count = 0
  for (const name of await listFolder(folder)) {
    const path = join(folder, name)
    if (await isIssueFolder(path)) {
      count++
      yield* findPages(path, language)
    } else if (endings.has(extname(name).toLowerCase())) {
      count++
      yield* fromFile(path, language)
    }
  }
  if (count === 0) throw new Failure(`${plain(folder)}: no issue of an output and no text or OCR file lies there`, exitCodes.fileAccess)
}

async function* fromFile(path: string, language: string): AsyncGenerator<FoundPage> {
  const stem = basename(path).split('.')[0]!
  const ours = readOurs(await readFile(path), path)
  if (ours) {
    yield { clean: { ...ours, page: { ...ours.page, id: stem } } }
    return
  }
  const pages = await readAny(path, { language })
  for (const [index, page] of pages.entries()) {
    const named = { ...page, id: index === 0 ? stem : `${stem}-${index + 1}` }
    yield { clean: { page: named, changes: [], blocks: replay(named, []) } }
  }
}
