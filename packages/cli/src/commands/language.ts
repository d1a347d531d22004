import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { blockText, type CleanPage } from '@broadsheet/document'
import { loadLanguageModel, packArchive, trainArchive } from '@broadsheet/normalize'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { isPageFolder, loadCleanPage } from '../load.ts'
import { plain } from '../plain.ts'
import { say } from '../terminal.ts'

interface Options {
  readonly to: string
  readonly unreviewed?: boolean
}

export function addLanguage(program: Command): void {
  program
    .command('language')
    .description('what the cleaning rules know of a language')
    .command('train')
    .description('learn how an archive writes, and the names it uses, from its own cleaned pages')
    .argument('<folders...>', 'output folders of issues or pages')
    .requiredOption('--to <file>', 'the file to write; name it with --language-model when cleaning')
    .option('--unreviewed', 'learn from pages with open proposals too')
    .addHelpText(
      'after',
      '\nA page counts as reviewed when no proposal waits on it. Nothing is learned from headings, credits and furniture.\n\nExamples:\n  broadsheet language train output/*/ --to language/my-paper.blm\n  broadsheet clean page.txt --language-model language/my-paper.blm'
    )
    .action(train)
}

async function train(folders: readonly string[], { to, unreviewed }: Options): Promise<void> {
  const paths: string[] = []
  for (const folder of folders) paths.push(...(await findPages(folder)))
  if (paths.length === 0)
    throw new Failure(`${plain(folders.join(', '))}: no page that broadsheet run has written is there`, exitCodes.fileAccess)
  const paragraphs: string[] = []
  let skipped = 0
  for (const path of paths.sort()) {
    const page = await loadCleanPage(path)
    if (!unreviewed && page.changes.some(({ status }) => status === 'proposed')) skipped++
    else paragraphs.push(...paragraphsOf(page))
  }
  if (paragraphs.length === 0)
    throw new Failure(
      `None of ${paths.length} pages is reviewed: proposals wait on all of them. Decide them, or learn from them as they are with --unreviewed.`,
      exitCodes.usage
    )
  const archive = trainArchive(paragraphs, loadLanguageModel().dictionary)
  await mkdir(dirname(to), { recursive: true })
  await writeFile(to, packArchive(archive))
  const from = `${paths.length - skipped} of ${paths.length} pages`
  say(`${plain(to)}: ${archive.characters} characters in ${archive.paragraphs} paragraphs of ${from}, ${archive.names.length} names`)
}

/** Running text, less what is flagged: damage is nothing to learn from. */
function paragraphsOf({ blocks, changes }: CleanPage): string[] {
  const damaged = new Set(changes.filter(({ kind }) => kind === 'flag').map(({ region }) => region))
  return blocks
    .filter(({ role, pieces }) => role === 'paragraph' && !pieces.some((piece) => 'region' in piece && damaged.has(piece.region)))
    .map(blockText)
}

/** The page folders under a folder, itself included. */
async function findPages(folder: string, depth = 4): Promise<string[]> {
  if (await isPageFolder(folder)) return [folder]
  if (depth === 0) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new Failure(`${plain(folder)}: no folder that can be read`, exitCodes.fileAccess)
  })
  const found: string[] = []
  for (const entry of entries.filter((item) => item.isDirectory() && !item.name.startsWith('.')))
    found.push(...(await findPages(join(folder, entry.name), depth - 1)))
  return found
}
