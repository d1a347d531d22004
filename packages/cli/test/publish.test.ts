import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeGrey } from '@broadsheet/export'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The built command, used as a person would. `npm test` builds first. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
let root: string

const broadsheet = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const env = { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1767225600' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env, cwd: root })
  return { status, stdout, stderr }
}

const filesOf = (folder: string): Map<string, number> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), statSync(path).mtimeMs])
  )

const addIssue = (id: string, date: string, text: string): void => {
  mkdirSync(join(root, 'scans', id), { recursive: true })
  writeFileSync(join(root, 'scans', id, 'broadsheet.yaml'), `title: 临湖晚报\ndate: ${date}\n`)
  writeFileSync(join(root, 'scans', id, 'p1.txt'), text)
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-publish-'))
  addIssue('paper-1', '2024-09-26', '小广场开了门\n\n昨天，城东的小广场开了门，居民们早早来到这里散步。\n')
  broadsheet('run', '--quiet')
})
afterAll(() => rmSync(root, { recursive: true }))

describe('broadsheet publish', () => {
  test('makes site, bags, feed and sitemap in one go', () => {
    const { status, stdout } = broadsheet('publish', '--base-url', 'https://archive.example/', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ issues: 1, made: 1, bags: 1, unchanged: 0, notes: [] })
    for (const path of [
      'index.html',
      'feed.xml',
      'sitemap.xml',
      'search.html',
      'years/2024.html',
      'bags/paper-1.zip',
      'issues/paper-1/paper-1.epub'
    ])
      expect([path, existsSync(join(root, 'site', path))]).toEqual([path, true])
    expect(broadsheet('verify', 'site/bags/paper-1.zip').status).toBe(0)
  })

  test('touches nothing when nothing is new', () => {
    const before = filesOf(join(root, 'site'))
    const { stdout } = broadsheet('publish', '--base-url', 'https://archive.example/', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ made: 0, written: 0, bags: 0 })
    expect(filesOf(join(root, 'site'))).toEqual(before)
  })

  test('takes a new issue in without the old one being there', () => {
    const before = filesOf(join(root, 'site'))
    addIssue('paper-2', '2024-09-27', '老茶馆添书架\n\n茶馆开了三十年，今年添了书架，街坊们坐下来看书。\n')
    broadsheet('run', '--quiet')
    rmSync(join(root, 'output', 'paper-1'), { recursive: true })
    const { stdout } = broadsheet('publish', 'output/paper-2', '--base-url', 'https://archive.example/', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ issues: 1, made: 1, bags: 1 })
    for (const [path, time] of before)
      if (/^(?:issues|bags)\//.test(path)) expect([path, statSync(join(root, 'site', path)).mtimeMs]).toEqual([path, time])
    const feed = readFileSync(join(root, 'site', 'feed.xml'), 'utf8')
    expect([...feed.matchAll(/<published>([\d-]+)/g)].map((match) => match[1])).toEqual(['2024-09-27', '2024-09-26'])
    expect(readFileSync(join(root, 'site', 'years/2024.html'), 'utf8')).toMatch(/paper-1\/index\.html.*paper-2\/index\.html/s)
  })

  test('makes an issue again when its scan turns up, and takes away what is no longer made', async () => {
    mkdirSync(join(root, 'scans/paper-3'), { recursive: true })
    const scan = await encodeGrey({ width: 60, height: 80, pixels: new Uint8Array(60 * 80).fill(255) })
    writeFileSync(join(root, 'scans/paper-3/p1.jpg'), scan)
    broadsheet('run', 'scans/paper-3', '--engine', 'silent', '--quiet')
    const publish = (...args: string[]): Record<string, unknown> =>
      JSON.parse(broadsheet('publish', 'output/paper-3', '--no-bags', '--json', '--to', 'site-3', ...args).stdout)
    expect(publish('--from', 'output')).toMatchObject({ made: 1, notes: [expect.stringContaining('p1.jpg: the scan is not there')] })
    expect(publish('--from', 'output')).toMatchObject({ made: 0 })
    expect(publish()).toMatchObject({ made: 1, notes: [] })
    expect(publish()).toMatchObject({ made: 0, written: 0 })
    writeFileSync(join(root, 'site-3/issues/paper-3/mine.txt'), 'left by a person')
    expect(publish('--formats', 'epub')).toMatchObject({ made: 1, removed: 1 })
    expect([...filesOf(join(root, 'site-3/issues/paper-3')).keys()].filter((path) => /\.(?:pdf|epub|txt)$/.test(path)).sort()).toEqual([
      'mine.txt',
      'paper-3.epub'
    ])
  })

  test('says what is no issue and what is no address', () => {
    expect(broadsheet('publish', 'scans')).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('scans: no issue that broadsheet run has written')
    })
    expect(broadsheet('publish', '--base-url', 'javascript:alert(1)').status).toBe(2)
  })
})
