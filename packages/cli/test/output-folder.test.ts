import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimOutput } from '../src/claim.ts'
import { writeFolder } from '../src/output-folder.ts'
import { keyOf, openStore } from '../src/store.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'broadsheet-test-'))
  await mkdir(join(root, 'tmp'))
})
afterEach(() => rm(root, { recursive: true }))

const write = (files: Record<string, string>, force = false) =>
  writeFolder(
    { folder: join(root, 'tmp') },
    join(root, 'out'),
    join(root, 'ledger.json'),
    Object.entries(files).map(([path, content]) => ({ path, content })),
    force
  )
const read = (path: string): Promise<string> => readFile(join(root, 'out', path), 'utf8')

describe('writeFolder', () => {
  test('writes, leaves equal files untouched, removes what is no longer made', async () => {
    expect(await write({ 'a.md': '1', 'b/c.md': '2' })).toMatchObject({ written: 2, unchanged: 0 })
    const before = await stat(join(root, 'out/a.md'))
    expect(await write({ 'a.md': '1', 'd.md': '3' })).toMatchObject({ written: 1, unchanged: 1, removed: 1, conflicts: [] })
    expect((await stat(join(root, 'out/a.md'))).mtimeMs).toBe(before.mtimeMs)
    expect(await readdir(join(root, 'out'))).toEqual(['a.md', 'd.md'])
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })
  test('leaves a file that a person has edited, and says so', async () => {
    await write({ 'a.md': '1', 'b.md': '1' })
    await writeFile(join(root, 'out/a.md'), 'mine')
    await writeFile(join(root, 'out/b.md'), 'mine')
    expect(await write({ 'a.md': '2' })).toMatchObject({ conflicts: ['a.md', 'b.md'] })
    expect(await read('a.md')).toBe('mine')
    expect(await write({ 'a.md': '2' }, true)).toMatchObject({ written: 1, conflicts: [] })
    expect(await read('a.md')).toBe('2')
  })
  test('a file left by a run that was killed is not taken for a person’s', async () => {
    await write({ 'a.md': '1' })
    // Killed after the new content, before the ledger was closed.
    await writeFile(
      join(root, 'ledger.json'),
      JSON.stringify({ 'a.md': [(await import('../src/files.ts')).sha256('1'), (await import('../src/files.ts')).sha256('2')] })
    )
    await writeFile(join(root, 'out/a.md'), '2')
    expect(await write({ 'a.md': '3' })).toMatchObject({ written: 1, conflicts: [] })
  })
})

describe('openStore', () => {
  test('gives back what was put, and nothing for a damaged entry', async () => {
    const store = openStore(root)
    const key = keyOf('x', 1)
    await store.put('reading', key, { 湖: 1 })
    expect(await store.get('reading', key)).toEqual({ 湖: 1 })
    const path = join(root, 'reading', key.slice(0, 2), `${key}.json`)
    await writeFile(path, (await readFile(path, 'utf8')).replace('1}', '2}'))
    expect(await store.get('reading', key)).toBeUndefined()
    expect(await store.get('cleaning', key)).toBeUndefined()
  })
})

describe('claimOutput', () => {
  test('one at a time; a claim of a dead process is swept away', async () => {
    const folder = join(root, 'claims')
    await mkdir(folder)
    await writeFile(
      join(folder, 'old.json'),
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname(), started: '1' })
    )
    await writeFile(join(folder, 'torn.json'), '{"pid":')
    const release = await claimOutput(folder)
    expect(await readdir(folder)).toHaveLength(1)
    await expect(claimOutput(folder)).rejects.toThrow(/Another run/)
    await release()
    await (await claimOutput(folder))()
    expect(await readdir(folder)).toEqual([])
  })
})
