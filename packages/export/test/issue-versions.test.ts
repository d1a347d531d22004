import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type BundleEntry, diffOcflVersions, listOcflVersions, readOcflVersion, verifyBundle, writeIssueVersions } from '../src/index.ts'

const root = mkdtempSync(join(tmpdir(), 'broadsheet-versions-'))
afterAll(() => rmSync(root, { recursive: true }))

const entries = (files: Record<string, string>): BundleEntry[] => Object.entries(files).map(([path, source]) => ({ path, source }))
const write = (path: string, reading: Record<string, string>, rest: Record<string, string>): Promise<unknown> =>
  writeIssueVersions(
    path,
    { reading: entries(reading), rest: entries(rest) },
    { id: 'urn:example:paper', created: '2024-09-27T00:00:00Z', user: { name: 'Archive', address: 'mailto:archive@example.org' } }
  )
const messages = async (path: string): Promise<string[]> =>
  (await listOcflVersions(path)).map(({ version, message }) => `${version} ${message}`)
const textsOf = async (path: string, version: string): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {}
  for (const { path: name, source } of await readOcflVersion(path, version)) {
    const chunks: Uint8Array[] = []
    for await (const chunk of (source as () => AsyncIterable<Uint8Array>)()) chunks.push(chunk)
    texts[name] = Buffer.concat(chunks).toString('utf8')
  }
  return texts
}

describe('the versions of an issue', () => {
  const path = join(root, 'paper')
  const reading = { 'scans/p1.jpg': 'scan', 'pages/p1/raw.txt': '小广埸开了门' }
  const again = { 'scans/p1.jpg': 'scan', 'pages/p1/raw.txt': '小广场开了门' }

  test('raw, cleaned, cleaned again, read again: each state is kept and can be had', async () => {
    await write(path, reading, { 'pages/p1/clean.txt': '小广场开了门', 'issue.json': '1' })
    expect(await messages(path)).toEqual(['v1 raw reading', 'v2 cleaned'])
    await write(path, reading, { 'pages/p1/clean.txt': '小广场开了门。', 'issue.json': '1' })
    await write(path, again, { 'pages/p1/clean.txt': '小广场开了门。', 'issue.json': '2' })
    expect(await messages(path)).toEqual(['v1 raw reading', 'v2 cleaned', 'v3 cleaned again', 'v4 read again', 'v5 cleaned'])
    expect(await textsOf(path, 'v1')).toEqual(reading)
    expect(await textsOf(path, 'v4')).toEqual(again)
    expect(await textsOf(path, 'v3')).toEqual({ ...reading, 'pages/p1/clean.txt': '小广场开了门。', 'issue.json': '1' })
    const report = await verifyBundle(path)
    expect([report.ok, report.findings]).toEqual([true, []])
  })

  test('says what is different between any two', async () => {
    expect(await diffOcflVersions(path, 'v1', 'v5')).toEqual({
      added: ['issue.json', 'pages/p1/clean.txt'],
      altered: ['pages/p1/raw.txt'],
      removed: []
    })
    expect(await diffOcflVersions(path, 'v5', 'v3')).toEqual({ added: [], altered: ['issue.json', 'pages/p1/raw.txt'], removed: [] })
  })

  test('nothing new, nothing written', async () => {
    expect(await write(path, again, { 'pages/p1/clean.txt': '小广场开了门。', 'issue.json': '2' })).toEqual([])
    expect(await messages(path)).toHaveLength(5)
  })

  test('the scan is stored once', async () => {
    const { files } = await verifyBundle(path)
    // Five inventories and the root's with their sidecars, the declaration; scan, two readings, two clean texts (one is the second reading), two records.
    expect(files).toBe(6 * 2 + 1 + 1 + 2 + 1 + 2)
  })
})
