import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type LanguageModel, layerArchive, loadLanguageModel, unpackArchive } from '@broadsheet/normalize'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { readIfThere, sha256 } from './files.ts'
import { plain } from './plain.ts'

/** What `broadsheet language train` wrote. By its digest a cleaning knows what it was made with. */
export interface LanguageFile {
  readonly path: string
  readonly digest: string
}

/** The model of the package with the archive's own language over it. */
export async function readLanguageFile(path: string): Promise<LanguageModel> {
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) throw new Failure(`${plain(path)}: no language file that can be read`, exitCodes.fileAccess)
  return layer(path, bytes)
}

function layer(path: string, bytes: Uint8Array): LanguageModel {
  try {
    return layerArchive(loadLanguageModel(), unpackArchive(bytes))
  } catch (error) {
    throw new Failure(`${plain(path)}: ${plain((error as Error).message)}`, exitCodes.fileAccess)
  }
}

/** `profiles/<name>.blm` beside the issue folders, read once to see that it is one. */
export async function findLanguageFile(folder: string, name: string | undefined): Promise<LanguageFile | undefined> {
  if (name === undefined) return undefined
  const path = join(folder, '..', 'profiles', `${name}.blm`)
  const bytes = await readIfThere(path)
  if (!bytes)
    throw new Failure(
      `${plain(path)}: the language model that ${plain(basename(folder))} names is not there; make one with broadsheet language train`,
      exitCodes.invalidConfig
    )
  layer(path, bytes)
  return { path, digest: sha256(bytes) }
}

const opened = new Map<string, LanguageModel>()

/** The model of a planned file, kept for the pages to come. */
export async function openLanguageFile({ path, digest }: LanguageFile): Promise<LanguageModel> {
  const known = opened.get(digest)
  if (known) return known
  const bytes = await readIfThere(path)
  if (!bytes || sha256(bytes) !== digest)
    throw new Failure(`${plain(path)}: the language model was changed during the run; run the same command again`, exitCodes.fileAccess)
  const model = layer(path, bytes)
  opened.set(digest, model)
  return model
}
