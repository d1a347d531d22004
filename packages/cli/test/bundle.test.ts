import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The built command, used as a person would. `npm test` builds first. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
let root: string

const broadsheet = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const env = { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1767225600' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env, cwd: root })
  return { status, stdout, stderr }
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()

const alto = `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="P" PHYSICAL_IMG_NR="1" WIDTH="600" HEIGHT="800"><PrintSpace>
<TextBlock ID="b1" HPOS="20" VPOS="20" WIDTH="400" HEIGHT="40"><TextLine ID="l1" HPOS="20" VPOS="20" WIDTH="400" HEIGHT="40">
<String CONTENT="老茶馆添书架" HPOS="20" VPOS="20" WIDTH="400" HEIGHT="40"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>`

const scans = {
  'broadsheet.yaml': 'id: paper-1\ntitle: 临湖晚报\ndate: 2024-09-26\n',
  'p1.txt': '小广场开了门\n\n昨天，城东的小广场开了门。\n',
  'p1.decisions.jsonl': '',
  'p2.xml': alto,
  'README.md': 'Lent by the museum.',
  '.hidden': 'not ours'
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-bundle-'))
  // The folder is not called what the issue is called.
  mkdirSync(join(root, 'scans/box 7'), { recursive: true })
  for (const [name, text] of Object.entries(scans)) writeFileSync(join(root, 'scans/box 7', name), text)
  broadsheet('run', '--quiet')
})
afterAll(() => rmSync(root, { recursive: true }))

describe('broadsheet bundle', () => {
  test('holds all of the issue: every file of its scans, every file of its output, formats that were asked for', () => {
    expect(broadsheet('bundle', 'output/paper-1', '--formats', 'alto,tei')).toMatchObject({ status: 0, stderr: '' })
    const files = filesOf(join(root, 'bags/paper-1/data'))
    const expected = Object.keys(scans).filter((name) => name !== '.hidden')
    expect(files.filter((path) => path.startsWith('scans/'))).toEqual(expected.map((name) => `scans/${name}`).sort())
    expect(files).toEqual(expect.arrayContaining(filesOf(join(root, 'output/paper-1'))))
    expect(files.filter((path) => path.startsWith('formats/'))).toEqual([
      'formats/pages/p1/alto.xml',
      'formats/pages/p2/alto.xml',
      'formats/tei.xml'
    ])
    expect(broadsheet('verify', 'bags/paper-1')).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(join(root, 'bags'))).toEqual(['paper-1'])
  })

  test.runIf(process.platform === 'linux')('loses no scan whose name another has on other disks', () => {
    cpSync(join(root, 'scans/box 7'), join(root, 'twins/paper-1'), { recursive: true })
    writeFileSync(join(root, 'twins/paper-1/P1.txt'), 'other')
    const { status, stderr } = broadsheet('bundle', 'output/paper-1', '--from', 'twins', '--to', 'twin-bags')
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining('scans/p1.txt: its name is another’s on some file systems; it is kept as scans/p1-')
    ])
    const kept = filesOf(join(root, 'twin-bags/paper-1/data/scans')).filter((name) => /^p1.*\.txt$/i.test(name))
    expect(kept).toEqual(['P1.txt', expect.stringMatching(/^p1-[0-9a-f]{8}\.txt$/)])
    expect(broadsheet('verify', 'twin-bags/paper-1')).toMatchObject({ status: 0, stderr: '' })
  })

  test('refers to scans that are elsewhere', () => {
    expect(broadsheet('bundle', 'output/paper-1', '--to', 'thin', '--scans-at', 'https://scans.example/7/').status).toBe(0)
    expect(readFileSync(join(root, 'thin/paper-1/fetch.txt'), 'utf8')).toContain('https://scans.example/7/p2.xml ')
    expect(existsSync(join(root, 'thin/paper-1/data/scans/p2.xml'))).toBe(false)
    const { status, stderr } = broadsheet('verify', 'thin/paper-1')
    expect([status, stderr]).toEqual([1, expect.stringContaining('data/scans/p2.xml: It is still to be fetched')])
  })

  test('keeps versions, tells them apart, gives every state back', () => {
    const bundle = (): { versions: { version: string }[] } => JSON.parse(broadsheet('bundle', 'output/paper-1', '--ocfl', '--json').stdout)
    expect(bundle().versions.map((change) => change.version)).toEqual(['v1', 'v2'])
    expect(bundle().versions).toEqual([])
    writeFileSync(join(root, 'scans/box 7/p1.txt'), '小广场开了门\n\n昨天，城西的小广场开了门。\n')
    broadsheet('run', '--quiet')
    expect(bundle().versions.map((change) => change.version)).toEqual(['v3', 'v4'])
    expect(broadsheet('versions', 'bags/paper-1.ocfl').stdout).toBe(
      'v1  2026-01-01T00:00:00Z  raw reading\nv2  2026-01-01T00:00:00Z  cleaned\nv3  2026-01-01T00:00:00Z  read again\nv4  2026-01-01T00:00:00Z  cleaned\n'
    )
    const { status, stdout } = broadsheet('versions', 'bags/paper-1.ocfl', 'v2', 'v4')
    expect(status).toBe(1)
    expect(stdout).toContain('~ pages/p1/raw.txt\n')
    expect(stdout).toContain('-昨天，城东的小广场开了门。\n+昨天，城西的小广场开了门。\n')
    expect(broadsheet('versions', 'bags/paper-1.ocfl', 'v1', '--to', 'as-read').status).toBe(0)
    expect(readFileSync(join(root, 'as-read/scans/p1.txt'), 'utf8')).toBe(scans['p1.txt'])
    expect(existsSync(join(root, 'as-read/pages/p1/clean.txt'))).toBe(false)
    expect(broadsheet('verify', 'bags/paper-1.ocfl')).toMatchObject({ status: 0, stderr: '' })
  })

  test('reads nothing out of an object that is not sound', () => {
    cpSync(join(root, 'bags/paper-1.ocfl'), join(root, 'damaged.ocfl'), { recursive: true })
    writeFileSync(join(root, 'damaged.ocfl/v1/content/scans/p1.txt'), 'altered')
    expect(broadsheet('versions', 'damaged.ocfl', 'v1', '--to', 'out')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not a sound OCFL object')
    })
    expect(existsSync(join(root, 'out'))).toBe(false)
    expect(broadsheet('versions', 'output').status).toBe(5)
    expect(broadsheet('versions', 'bags/paper-1.ocfl', 'v1', 'v9').status).toBe(2)
  })
})
