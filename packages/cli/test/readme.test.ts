import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** What README.md says, held against the built command and the sample page. */
const root = fileURLToPath(new URL('../../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const page = 'scans/linhu-evening-2024-09-26/p06.txt'

function broadsheet(...args: string[]): string {
  const env = { ...process.env, NO_COLOR: '1' }
  return spawnSync(process.execPath, [join(root, 'packages/cli/bin/broadsheet.js'), ...args], { encoding: 'utf8', env, cwd: root }).stdout
}

/** Block quotes, a paragraph an element. */
const quotes = (readme.match(/^>.*(?:\n>.*)*/gm) ?? []).map((block) => block.split(/\n?> ?/).filter((line) => line !== ''))

describe('README', () => {
  const [, raw, clean] = quotes as [string[], string[], string[]]
  test('quotes the raw page', () => {
    const text = readFileSync(join(root, page), 'utf8')
    for (const line of raw) expect(text).toContain(line)
  })
  test('quotes the page as it is cleaned', () => {
    const text = broadsheet('clean', page)
    for (const line of clean) expect(text).toContain(line)
  })
  test('shows what diff prints, block by block', () => {
    const printed = broadsheet('diff', page)
    const shown = /```\n(── [\s\S]*?\n)```/.exec(readme)![1]!
    for (const block of shown.split(/(?=^── )/m)) expect(printed).toContain(block)
  })
  const commands = [...readme.matchAll(/npx broadsheet ([a-z]+)((?: [^`#\n>]+)?)/g)].map((match) => [match[1]!, match[2]!] as const)
  const names = [...new Set(commands.map(([name]) => name))]
  test.each(names)('%s is a command, with the options that are named', (name) => {
    const help = broadsheet(name, '--help')
    const options = commands.filter(([one]) => one === name).flatMap(([, rest]) => rest.match(/(?<= )--?[a-z-]+/g) ?? [])
    expect(help).toContain(`Usage: broadsheet ${name}`)
    for (const option of options) expect(help).toMatch(new RegExp(`(^|[ ,])${option}[ ,]`, 'm'))
  })
  test('names files that are there', () => {
    const paths = [...readme.matchAll(/`((?:docs|scans|packages|scripts)\/[^`*…]+?\.[a-z]+)`|src="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2]!
    )
    const own = paths.filter((path) => !path.startsWith('scans/my-issue'))
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
