import { Command, CommanderError } from 'commander'
import { commands } from './commands/index.ts'
import { exitCodes } from './exit-codes.ts'
import { describeError, exitCodeOf } from './failure.ts'
import { complain, ownVersion } from './terminal.ts'

const program = new Command('broadsheet')
  .description('Newspaper scans and raw OCR text in, clean, reviewable, preservable Markdown archives out.')
  .version(ownVersion(), '-V, --version')
  .showHelpAfterError('(broadsheet --help shows what there is)')
  .addHelpText(
    'after',
    `
Examples:
  broadsheet run scans --out output        read, clean and archive every issue under scans/
  broadsheet diff output/my-issue/pages/p01     what cleaning changed on a page, and why
  broadsheet clean old-ocr.txt > clean.txt      clean raw OCR text, no scan needed
  broadsheet bundle output/my-issue --to bags   a BagIt bag for preservation
  broadsheet doctor                             what works on this machine`
  )
  .exitOverride()

const asked = process.argv[2] ?? ''
// The help lists all commands, the version none.
const others = /^(?:-V|--version)$/.test(asked) ? [] : Object.values(commands)
const loaders = Object.hasOwn(commands, asked) ? [commands[asked]!] : others
for (const add of await Promise.all(loaders.map((load) => load()))) add(program)

// A reader that has seen enough (| head) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = fail(error)
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof Error && error.name === 'AbortError')
    return process.exitCode === undefined ? exitCodes.interrupted : Number(process.exitCode)
  complain(describeError(error))
  if (process.env.BROADSHEET_DEBUG) console.error(error)
  return exitCodeOf(error)
}
