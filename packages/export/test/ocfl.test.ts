import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { diffOcflVersions, listOcflVersions, type OcflOptions, readOcflVersion, verifyBundle, writeOcflVersion } from '../src/index.ts'

const root = await mkdtemp(join(tmpdir(), 'broadsheet-ocfl-'))
afterAll(() => rm(root, { recursive: true, force: true }))
let next = 0

const options = (message: string): OcflOptions => ({
  id: 'urn:test:linhu-2024-03-05',
  created: '2024-03-06T00:00:00Z',
  message,
  user: { name: 'Broadsheet', address: 'urn:broadsheet' }
})
const raw = [
  { path: 'pages/p01/raw.txt', source: '东渠的闸门' },
  { path: 'scans/p01.jpg', source: 'a scan' },
  { path: 'scans/again.jpg', source: 'a scan' }
]
const cleaned = [...raw, { path: 'pages/p01/clean.txt', source: '东渠的闸门。' }]
const again = [
  { path: 'pages/p01/raw.txt', source: '东渠的新闸门' },
  { path: 'pages/p01/clean.txt', source: '东渠的闸门。' },
  { path: 'scans/p01.jpg', source: 'a scan' }
]

async function threeVersions(): Promise<string> {
  const path = join(root, `o${next++}`)
  await writeOcflVersion(path, raw, options('raw reading'))
  await writeOcflVersion(path, cleaned, options('cleaned'))
  await writeOcflVersion(path, again, options('read again'))
  return path
}

async function textsOf(path: string, version: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const entry of await readOcflVersion(path, version)) {
    const chunks: Uint8Array[] = []
    for await (const part of (entry.source as () => AsyncIterable<Uint8Array>)()) chunks.push(part)
    texts[entry.path] = Buffer.concat(chunks).toString('utf8')
  }
  return texts
}

const asTexts = (entries: typeof raw): Record<string, string> => Object.fromEntries(entries.map((entry) => [entry.path, entry.source]))

describe('an OCFL object', () => {
  test('is valid without a warning', async () => {
    expect(await verifyBundle(await threeVersions())).toMatchObject({ format: 'ocfl', version: '1.1', ok: true, findings: [] })
  })

  test('gives every state back', async () => {
    const path = await threeVersions()
    expect(await textsOf(path, 'v1')).toEqual(asTexts(raw))
    expect(await textsOf(path, 'v2')).toEqual(asTexts(cleaned))
    expect(await textsOf(path, 'v3')).toEqual(asTexts(again))
    expect((await listOcflVersions(path)).map(({ version, message }) => `${version} ${message}`)).toEqual([
      'v1 raw reading',
      'v2 cleaned',
      'v3 read again'
    ])
  })

  test('tells two versions apart', async () => {
    const path = await threeVersions()
    expect(await diffOcflVersions(path, 'v1', 'v3')).toEqual({
      added: ['pages/p01/clean.txt'],
      altered: ['pages/p01/raw.txt'],
      removed: ['scans/again.jpg']
    })
    await expect(diffOcflVersions(path, 'v1', 'v9')).rejects.toThrow('Expected a version')
  })

  test('stores what it has only once', async () => {
    const path = await threeVersions()
    const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter(
      (file) => file.isFile() && file.parentPath.includes('content')
    )
    expect(files).toHaveLength(4)
  })

  test('does not grow when nothing changed', async () => {
    const path = await threeVersions()
    const before = await readFile(join(path, 'inventory.json'))
    expect(await writeOcflVersion(path, again, options('nothing new'))).toEqual({ version: 'v3', added: [], altered: [], removed: [] })
    expect(await readFile(join(path, 'inventory.json'))).toEqual(before)
  })

  test('the same versions give the same bytes', async () => {
    const [a, b] = [await threeVersions(), await threeVersions()]
    expect(await readFile(join(a, 'inventory.json'))).toEqual(await readFile(join(b, 'inventory.json')))
  })

  test('a failure leaves the old one, and nothing beside it', async () => {
    const path = await threeVersions()
    const before = await readdir(root)
    const broken = {
      path: 'z',
      source: async function* (): AsyncIterable<Uint8Array> {
        yield new Uint8Array(3)
        throw new Error('The disk is gone.')
      }
    }
    await expect(writeOcflVersion(path, [...again, broken], options('broken'))).rejects.toThrow('The disk is gone.')
    await expect(writeOcflVersion(path, again, { ...options('x'), id: 'urn:other' })).rejects.toThrow('Expected the object urn:other')
    await expect(writeOcflVersion(path, raw, { ...options('x'), created: 'yesterday' })).rejects.toThrow('RFC 3339')
    expect(await readdir(root)).toEqual(before)
    expect(await verifyBundle(path)).toMatchObject({ ok: true, findings: [] })
  })

  test('is not written on when it was damaged', async () => {
    const path = await threeVersions()
    await writeFile(join(path, 'inventory.json'), (await readFile(join(path, 'inventory.json'), 'utf8')).replace('cleaned', 'cleanex'))
    await expect(writeOcflVersion(path, raw, options('x'))).rejects.toThrow('damaged')
    const report = await verifyBundle(path)
    expect(report.findings.map((finding) => finding.code)).toEqual(expect.arrayContaining(['E060', 'E064']))
  })

  test('an altered, a lost and a foreign file are found', async () => {
    const path = await threeVersions()
    await writeFile(join(path, 'v1/content/scans/again.jpg'), 'a scaN')
    await rm(join(path, 'v3/content/pages/p01/raw.txt'))
    await writeFile(join(path, 'v2/content/x'), '')
    await writeFile(join(path, 'y'), '')
    const codes = (await verifyBundle(path)).findings.map((finding) => `${finding.code} ${finding.kind} ${finding.path}`)
    expect(codes).toEqual(
      expect.arrayContaining([
        'E092 altered v1/content/scans/again.jpg',
        'E092 missing v3/content/pages/p01/raw.txt',
        'E023 extra v2/content/x',
        'E001 extra y'
      ])
    )
  })

  test('hostile inventories are read, not obeyed', async () => {
    const path = await threeVersions()
    for (const text of [
      '{}',
      '[]',
      'null',
      '{"versions":{"v1":7},"manifest":{"ab":["../../etc/passwd"]},"head":"v1"}',
      '{"__proto__":{"x":1}}',
      '"'
    ]) {
      await writeFile(join(path, 'inventory.json'), text)
      expect(await verifyBundle(path)).toMatchObject({ format: 'ocfl', ok: false })
    }
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})
