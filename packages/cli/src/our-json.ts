import { extname } from 'node:path'
import { type CleanPage, type Page, replay } from '@broadsheet/document'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { plain } from './plain.ts'

/**
 * A page that `broadsheet clean --json` wrote, or `ocr --format json` (a page without changes); undefined for other files and for
 * the JSON of others.
 *
 * @throws Failure when a file that is called .json holds none.
 */
export function readOurs(bytes: Uint8Array, path: string): CleanPage | undefined {
  if (extname(path).toLowerCase() !== '.json') return undefined
  const value = parse(Buffer.from(bytes).toString('utf8'), path)
  const page = Array.isArray(value.regions) ? (value as Page) : value.page
  if (!page || !Array.isArray(page.regions)) return undefined
  const changes = Array.isArray(value.changes) ? value.changes : []
  return { page, changes, blocks: replay(page, changes) }
}

function parse(text: string, path: string): Partial<CleanPage & Page> {
  try {
    return JSON.parse(text) ?? {}
  } catch (error) {
    throw new Failure(`${plain(path)}: not valid JSON (${(error as Error).message})`, exitCodes.fileAccess)
  }
}
