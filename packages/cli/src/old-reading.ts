import { readFile } from 'node:fs/promises'
import { decideReadings, type Verdict } from '@broadsheet/compare'
import type { Change, Decision, Page, Replace } from '@broadsheet/document'
import { loadLanguageModel, readTraditional } from '@broadsheet/normalize'
import { readOcr } from '@broadsheet/ocr'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { type FileReading, placesOf } from './file-reading.ts'
import { sha256 } from './files.ts'
import { readOurs } from './our-json.ts'
import { plain } from './plain.ts'
import { keyOf, packageFingerprint, type Store } from './store.ts'

/** An older reading of a scan, in any format: `p01.old.txt` beside `p01.tif`. */
export interface OldReading {
  readonly path: string
  readonly name: string
}

/** Pages as they were read, and what a verdict on an older reading changes on each. */
export interface WeighedPages {
  readonly reading: string
  readonly pages: readonly Page[]
  readonly verdicts: readonly (readonly Replace[])[]
  readonly failures: FileReading['failures']
}

/** The pages of an old reading, in its order. @throws Failure when the file holds none. */
export async function readOldPages(old: OldReading, language: string): Promise<readonly Page[]> {
  const bytes = await readFile(old.path)
  const ours = readOurs(bytes, old.path)
  if (ours) return [ours.page]
  const { pages } = readOcr(bytes, { name: old.name, id: 'old', language })
  if (pages.length === 0) throw new Failure(`${plain(old.path)}: holds no old reading that can be read`, exitCodes.fileAccess)
  return pages
}

/** Old against new, page by page; a page that the old reading does not have stays as it is. */
export function weigh(oldPages: readonly Page[], seen: FileReading): (Verdict | undefined)[] {
  const model = loadLanguageModel()
  const traditional = readTraditional(model)
  const places = placesOf(seen)
  return seen.pages.map((page, index) => {
    const old = oldPages[places[index]!]
    return old ? decideReadings(old, page, { model, traditional }) : undefined
  })
}

/** As `weigh`, once: the verdict is stored under what it depends on. */
export async function weighOnce(
  old: OldReading,
  seen: FileReading & { readonly reading: string },
  language: string,
  store: Store
): Promise<WeighedPages> {
  const reading = keyOf(
    'verdict',
    seen.reading,
    sha256(await readFile(old.path)),
    old.name,
    packageFingerprint('@broadsheet/compare'),
    packageFingerprint('@broadsheet/normalize')
  )
  const known = (await store.get('reading', reading)) as { pages: Page[]; verdicts: Replace[][] } | undefined
  const { failures } = seen
  if (known) return { reading, ...known, failures }
  const decided = weigh(await readOldPages(old, language), seen)
  const pages = decided.map((verdict, index) => verdict?.page ?? seen.pages[index]!)
  const verdicts = decided.map((verdict) => [...(verdict?.changes ?? [])])
  await store.put('reading', reading, { pages, verdicts, failures })
  return { reading, pages, verdicts, failures }
}

/** What the verdict has changed goes into cleaning as decisions; a person's word on one of its changes counts for more. */
export function verdictDecisions(verdict: readonly Replace[], own: readonly Decision[]): Decision[] {
  const spokenOf = new Set(own.map((decision) => (decision.verdict === 'make' ? '' : decision.change)))
  const made = verdict
    .filter((change) => change.status === 'applied' || spokenOf.has(change.id))
    .map(({ id: _id, status: _status, ...make }): Decision => ({ verdict: 'make', make }))
  return [...made, ...own]
}

/** Close calls join the record as proposals, where cleaning has not changed the place itself. */
export function withProposals(changes: readonly Change[], verdict: readonly Replace[]): Change[] {
  const known = new Set(changes.map((change) => change.id))
  const taken = changes.filter((change) => change.kind === 'replace' && change.status === 'applied')
  const open = verdict.filter(
    (one) =>
      one.status === 'proposed' &&
      !known.has(one.id) &&
      !taken.some(
        (change) =>
          change.region === one.region && change.from < Math.max(one.to, one.from + 1) && one.from < Math.max(change.to, change.from + 1)
      )
  )
  return [...changes, ...open]
}
