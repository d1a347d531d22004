import { digest } from './digest.ts'
import { type BundleEntry, openEntry } from './entry.ts'
import { listOcflVersions, type OcflChange, type OcflOptions, ocflState, writeOcflVersion } from './ocfl.ts'
import { exists } from './temporary.ts'

/** The files of an issue, in the two states that a history tells apart. */
export interface IssueState {
  /** What was seen: scans and raw reading. */
  readonly reading: readonly BundleEntry[]
  /** What was made of it: changes, decisions, clean text, articles, other formats. */
  readonly rest: readonly BundleEntry[]
}

const messages = { first: 'raw reading', again: 'read again', cleaned: 'cleaned', cleanedAgain: 'cleaned again' } as const

/**
 * Writes an issue into the OCFL object at `path`: a version of the raw reading alone when there is none of this reading yet
 * (`raw reading`, later `read again`), then one of the whole issue (`cleaned`, `cleaned again`). So every reading can be
 * had as it was before anything was cleaned, and nothing is written when nothing is new.
 *
 * @returns the versions written, oldest first
 */
export async function writeIssueVersions(
  path: string,
  state: IssueState,
  options: Omit<OcflOptions, 'message'>
): Promise<readonly OcflChange[]> {
  const versions = (await exists(path)) ? await listOcflVersions(path) : []
  const lastReading = versions.findLastIndex(({ message }) => message === messages.first || message === messages.again)
  const written: OcflChange[] = []
  const write = async (entries: readonly BundleEntry[], message: string): Promise<void> => {
    const change = await writeOcflVersion(path, entries, { ...options, message })
    if (change.added.length + change.altered.length + change.removed.length > 0) written.push(change)
  }
  const known = lastReading >= 0 && (await isState(path, versions[lastReading]!.version, state.reading))
  if (!known) await write(state.reading, lastReading < 0 ? messages.first : messages.again)
  const isCleaned = known && lastReading < versions.length - 1
  await write([...state.reading, ...state.rest], isCleaned ? messages.cleanedAgain : messages.cleaned)
  return written
}

async function isState(path: string, version: string, entries: readonly BundleEntry[]): Promise<boolean> {
  const { algorithm, files } = await ocflState(path, version)
  if (files.size !== entries.length) return false
  for (const entry of entries) {
    const known = files.get(entry.path)
    if (known === undefined || known !== (await digest(openEntry(entry), [algorithm])).hex[algorithm]) return false
  }
  return true
}
