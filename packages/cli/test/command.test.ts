import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The built command, used as a person would. `npm test` builds first. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
let root: string

const broadsheet = (args: string[], input = ''): { status: number | null; stdout: string; stderr: string } => {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', input, env, cwd: root })
  return { status, stdout, stderr }
}

const damaged =
  '小广场开了门\n\n昨天,城东的小广场开了门,居民们早早来到这里散步,孩子们在新铺的草地上放风筝,老人们坐在长椅上晒太\n\n阳,一派热闹。\n'

const tree = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.broadsheet'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')])
  )

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-cli-'))
  mkdirSync(join(root, 'scans/paper-1'), { recursive: true })
  writeFileSync(join(root, 'scans/paper-1/broadsheet.yaml'), 'title: 临湖晚报\ndate: 2024-09-26\n')
  writeFileSync(join(root, 'scans/paper-1/p1.txt'), damaged)
  writeFileSync(join(root, 'scans/paper-1/p2.txt'), '')
})
afterAll(() => rmSync(root, { recursive: true }))

describe('broadsheet run', () => {
  test('says what it would do and does nothing', () => {
    const { status, stdout } = broadsheet(['run', '--dry-run'])
    expect(status).toBe(0)
    expect(stdout).toContain('p1  text  p1.txt')
    expect(readdirSync(root)).toEqual(['scans'])
  })
  test('does the good page, names the bad one, ends partial', () => {
    const { status, stdout, stderr } = broadsheet(['run'])
    expect(status).toBe(6)
    expect(stderr).toMatch(/p2\.txt: is empty; copy it again/)
    expect(stdout).toMatch(/paper-1\s+1 of 2\s+1 /)
    expect(Object.keys(tree(join(root, 'output/paper-1')))).toEqual(
      expect.arrayContaining(['index.md', 'issue.json', 'pages/p1/changes.jsonl', 'pages/p1/page.json', 'pages/p1/raw.txt'])
    )
    expect(readFileSync(join(root, 'output/paper-1/pages/p1/clean.txt'), 'utf8')).toContain('晒太阳，一派热闹。')
  })
  test('does nothing twice, and makes the same bytes elsewhere', () => {
    const before = tree(join(root, 'output'))
    const again = broadsheet(['run', '--json', '--jobs', '1'])
    expect(JSON.parse(again.stdout).issues[0]).toMatchObject({ written: 0 })
    expect(JSON.parse(again.stdout).issues[0].pages[0]).toMatchObject({ page: 'p1', read: false })
    broadsheet(['run', '--out', 'elsewhere', '--quiet'])
    expect(tree(join(root, 'output'))).toEqual(before)
    expect(tree(join(root, 'elsewhere'))).toEqual(before)
  })
  test('an issue that cannot be written costs itself and no other', () => {
    for (const name of ['a', 'b']) {
      mkdirSync(join(root, 'two', name), { recursive: true })
      writeFileSync(join(root, 'two', name, 'p1.txt'), damaged)
    }
    mkdirSync(join(root, 'blocked'))
    writeFileSync(join(root, 'blocked/a'), 'in the way')
    const { status, stdout, stderr } = broadsheet(['run', 'two', '--out', 'blocked'])
    expect(status).toBe(6)
    expect(stderr).toMatch(/^failed a: .*(in the way|not a folder)/m)
    expect(stdout).toMatch(/^a +0 of 1 /m)
    expect(readFileSync(join(root, 'blocked/b/pages/p1/clean.txt'), 'utf8')).toContain('晒太阳，')
    expect(readFileSync(join(root, 'blocked/a'), 'utf8')).toBe('in the way')
  })
  test('a decision is an input of the next run', () => {
    const changes = readFileSync(join(root, 'output/paper-1/pages/p1/changes.jsonl'), 'utf8').trim().split('\n')
    const join1 = changes.map((line) => JSON.parse(line)).find((change) => change.kind === 'join')
    writeFileSync(join(root, 'scans/paper-1/p1.decisions.jsonl'), `${JSON.stringify({ verdict: 'reject', change: join1.id })}\n`)
    broadsheet(['run', '--quiet'])
    expect(readFileSync(join(root, 'output/paper-1/pages/p1/clean.txt'), 'utf8')).not.toContain('晒太阳，')
    rmSync(join(root, 'scans/paper-1/p1.decisions.jsonl'))
    broadsheet(['run', '--quiet'])
    expect(readFileSync(join(root, 'output/paper-1/pages/p1/clean.txt'), 'utf8')).toContain('晒太阳，')
  })
})

describe('broadsheet clean and diff', () => {
  test('clean reads standard input and writes the text', () => {
    const { status, stdout } = broadsheet(['clean'], damaged)
    expect([status, stdout]).toEqual([0, expect.stringContaining('昨天，城东的小广场开了门，')])
  })
  test('clean --explain names rule and reason', () =>
    expect(broadsheet(['clean', '--explain'], damaged).stdout).toMatch(/【, → ，】[\s\S]*applied[^\n]*\(half-width-punctuation\/r\d+@/))
  test('clean --check', () => {
    expect(broadsheet(['clean', '--check'], damaged)).toMatchObject({ status: 1, stdout: '' })
    expect(broadsheet(['clean', '--check'], '湖水清清。\n').status).toBe(0)
  })
  test('diff of a page of the output', () => {
    const { status, stdout } = broadsheet(['diff', 'output/paper-1/pages/p1'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/half-width-punctuation/)
  })
  test('diff of standard input, as JSON, nothing else on stdout', () =>
    expect(JSON.parse(broadsheet(['diff', '-', '--json'], damaged).stdout)).toBeTruthy())
  test('diff of two equal texts', () => expect(broadsheet(['diff', 'scans/paper-1/p1.txt', 'scans/paper-1/p1.txt']).status).toBe(0))
  test('diff --html is one file without a script from elsewhere', () =>
    expect(broadsheet(['diff', '-', '--html'], damaged).stdout).not.toMatch(/src=["']?https?:/))
})

describe('manners', () => {
  test.each([
    ['an unknown command', ['frobnicate'], 2],
    ['an unknown option', ['run', '--colour'], 2],
    ['a wrong number', ['run', '--jobs', 'many'], 2],
    ['a folder that is not there', ['run', 'nowhere'], 5],
    ['a file that is not there', ['clean', 'nowhere.txt'], 5],
    ['a file for a folder', ['run', 'scans/paper-1/p1.txt'], 5],
    ['a folder for a file', ['clean', 'scans'], 5],
    ['a text for a scan', ['ocr', 'scans/paper-1/p1.txt'], 5],
    ['an unknown rule', ['rules', 'nothing'], 2],
    ['help', ['run', '--help'], 0],
    ['the version', ['--version'], 0]
  ])('%s', (_name, args, code) => {
    const { status, stderr } = broadsheet(args)
    expect(status).toBe(code)
    expect(stderr).not.toMatch(/\n\s+at /)
    const named = args.find((arg) => /scans|nowhere/.test(arg))
    if (named) expect(stderr.split(named)).toHaveLength(2)
  })
  test('rules explains a rule with examples', () => expect(broadsheet(['rules', 'wrapped-space']).stdout).toMatch(/stays/))
})
