import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import pc from 'picocolors'
import { plain, shellWord } from './plain.ts'

/** Results go to stdout, and nothing else does. Waits for a slow reader, so that a pipe gets all of it. */
export async function print(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain').catch(() => undefined)
}

/** One line for the person at the terminal, on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** One line about something that went wrong. */
export function complain(message: string): void {
  say(`${pc.red('broadsheet:')} ${plain(message)}`)
}

/** Everything on standard input. */
export async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** The version in our own package.json. */
export function ownVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

/** The command as it was called, so that a line we suggest can be pasted: `broadsheet`, `npx broadsheet` or `node …/broadsheet.js`. */
export function ownCommand(): string {
  if (process.env.npm_command !== undefined) return 'npx broadsheet'
  const script = process.argv[1] ?? ''
  return script.endsWith('.js') ? `node ${shellWord(relative('', script))}` : 'broadsheet'
}
