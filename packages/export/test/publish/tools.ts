import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether a program of someone else's is on this machine; tests that need it are skipped without. */
export function hasTool(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs `use` with the path of a file that holds these bytes. */
export function withFile<T>(name: string, bytes: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  try {
    writeFileSync(join(folder, name), bytes)
    return use(join(folder, name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What a program prints; throws when it fails. */
export function run(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** How epubcheck is called here; Debian's is a jar that not every system starts by itself. Undefined where there is none. */
export function findEpubcheck(): { readonly tool: string; readonly args: readonly string[] } | undefined {
  const jar = '/usr/share/java/epubcheck.jar'
  if (existsSync(jar) && hasTool('java')) return { tool: 'java', args: ['-jar', jar] }
  return hasTool('epubcheck') ? { tool: 'epubcheck', args: [] } : undefined
}
