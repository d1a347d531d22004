import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What a run does again and what it keeps, through the built command. The tests go on from one another. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
const sharp = createRequire(new URL('../../ocr/package.json', import.meta.url))('sharp')
let root: string

interface Outcome {
  readonly page: string
  readonly read: boolean
  readonly cleaned: boolean
}

/** `p1 read`, `p2 cleaned`, `p3 kept`: what became of each page in one run. */
function run(...args: string[]): string[] {
  const env = { ...process.env, BROADSHEET_ENGINE: 'silent' }
  const { stdout } = spawnSync(process.execPath, [command, 'run', '--json', ...args], { encoding: 'utf8', env, cwd: root })
  const pages: Outcome[] = JSON.parse(stdout).issues[0].pages
  return pages.map((page) => `${page.page} ${page.read ? 'read' : page.cleaned ? 'cleaned' : 'kept'}`)
}
const scan = (name: string): string => join(root, 'scans/paper', name)
const out = (path: string): string => join(root, 'output/paper', path)
const readings = (): number =>
  (readdirSync(join(root, 'output/.broadsheet/reading'), { recursive: true }) as string[]).filter((name) => name.endsWith('.json')).length

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-kept-'))
  mkdirSync(join(root, 'scans/paper'), { recursive: true })
  writeFileSync(scan('broadsheet.yaml'), 'title: 临湖晚报\n')
  writeFileSync(scan('p1.txt'), '昨天,城东的小广场开了门。\n')
  writeFileSync(scan('p2.txt'), '今天,城西的图书馆开了门。\n')
  await sharp({ create: { width: 300, height: 400, channels: 3, background: '#fff' } })
    .png()
    .toFile(scan('p3.png'))
})
afterAll(() => rmSync(root, { recursive: true }))

test('what is done is kept', () => {
  expect(run()).toEqual(['p1 read', 'p2 read', 'p3 read'])
  expect(run()).toEqual(['p1 kept', 'p2 kept', 'p3 kept'])
})
test('a page that was changed is read again, the others are not', () => {
  appendFileSync(scan('p2.txt'), '\n居民都来了。\n')
  expect(run()).toEqual(['p1 kept', 'p2 read', 'p3 kept'])
})
test('another setting of a rule cleans again and reads nothing', () => {
  const before = readings()
  appendFileSync(scan('broadsheet.yaml'), 'rules:\n  half-width-punctuation: off\n')
  expect(run()).toEqual(['p1 cleaned', 'p2 cleaned', 'p3 cleaned'])
  expect(readings()).toBe(before)
})
test('a decision cleans its page again and no other', () => {
  writeFileSync(scan('p1.decisions.jsonl'), '{"verdict":"reject","change":"wrapped-space/r1@3"}\n')
  expect(run()).toEqual(['p1 cleaned', 'p2 kept', 'p3 kept'])
})
test('a scan under a new name is not read again, and its old pages go', () => {
  renameSync(scan('p3.png'), scan('p4.png'))
  expect(run()).toEqual(['p1 kept', 'p2 kept', 'p4 cleaned'])
  expect([existsSync(out('pages/p3')), existsSync(out('pages/p4/page.json'))]).toEqual([false, true])
})
test('a page taken out of the scans goes out of the archive', () => {
  rmSync(scan('p2.txt'))
  expect(run()).toEqual(['p1 kept', 'p4 kept'])
  expect(existsSync(out('pages/p2'))).toBe(false)
})
test('the encoding that an issue states is what its text pages are read in', () => {
  writeFileSync(scan('p5.txt'), Buffer.from('Fu\xdf\n', 'latin1'))
  expect(run()).toHaveLength(3)
  expect(existsSync(out('pages/p5/raw.txt'))).toBe(false)
  appendFileSync(scan('broadsheet.yaml'), 'encoding: windows-1252\n')
  expect(run()).toContain('p5 read')
  expect(readFileSync(out('pages/p5/raw.txt'), 'utf8')).toContain('Fuß')
  rmSync(scan('p5.txt'))
})
test('--fresh reads all of it again', () => {
  expect(run('--fresh')).toEqual(['p1 read', 'p4 read'])
})
