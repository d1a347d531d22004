import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type BagOptions,
  type BundleEntry,
  createFolderSink,
  createTarSink,
  createZipSink,
  roCrate,
  verifyBundle,
  writeBag
} from '../src/index.ts'
import { sampleIssue } from './sample.ts'

const root = await mkdtemp(join(tmpdir(), 'broadsheet-bundle-'))
afterAll(() => rm(root, { recursive: true, force: true }))
let next = 0
const fresh = (ending = ''): string => join(root, `b${next++}${ending}`)

async function* stream(...parts: string[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part)
}

const entries: readonly BundleEntry[] = [
  { path: 'scans/p01.jpg', source: () => stream('not ', 'really ', 'a scan'), size: 17 },
  { path: 'pages/p01/raw.txt', source: '东渠的闸门\n' },
  { path: 'pages/p01/空 白%\n.txt', source: new Uint8Array(0) },
  { path: `${'a'.repeat(150)}/${'b'.repeat(200)}`, source: () => stream('long') }
]
const options: BagOptions = {
  info: { identifier: 'linhu-evening-2024-03-05', baggingDate: '2024-03-06', description: 'One issue:\nmade up' },
  derive: roCrate(sampleIssue, { date: '2024-03-06' })
}

async function sampleBag(): Promise<string> {
  const path = fresh()
  await writeBag(await createFolderSink(path), entries, options)
  return path
}

async function tree(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
  const pairs = await Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name)
      return [
        path.slice(folder.length + 1),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      ] as const
    })
  )
  return Object.fromEntries(pairs.sort())
}

const errors = async (path: string): Promise<string[]> =>
  (await verifyBundle(path)).findings
    .filter((finding) => finding.level === 'error')
    .map((finding) => `${finding.kind} ${finding.path ?? ''}`)

describe('writeBag', () => {
  test('writes a bag that is valid without a warning', async () => {
    const report = await verifyBundle(await sampleBag())
    expect(report).toMatchObject({ format: 'bagit', version: '1.0', ok: true, findings: [], files: 12 })
  })

  test('writes what RFC 8493 asks for', async () => {
    const bag = await sampleBag()
    expect(await readFile(join(bag, 'bagit.txt'), 'utf8')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    expect(await readFile(join(bag, 'bag-info.txt'), 'utf8')).toMatch(
      /^External-Identifier: linhu-evening-2024-03-05\nExternal-Description: One issue:\n {2}made up\nBagging-Date: 2024-03-06\nBag-Size: .*\nPayload-Oxum: \d+\.5\nBagIt-Profile-Identifier: https:/
    )
    const manifest = await readFile(join(bag, 'manifest-sha512.txt'), 'utf8')
    expect(manifest).toContain(`${createHash('sha512').update('东渠的闸门\n').digest('hex')}  data/pages/p01/raw.txt\n`)
    expect(manifest).toContain('data/pages/p01/空 白%25%0A.txt\n')
    const crate = JSON.parse(await readFile(join(bag, 'data/ro-crate-metadata.json'), 'utf8'))
    expect(crate['@graph'].filter((item: { '@type': string }) => item['@type'] === 'File')).toHaveLength(4)
  })

  test.each([
    ['folder', createFolderSink, ''],
    ['tar', createTarSink, '.tar'],
    ['zip', createZipSink, '.zip']
  ] as const)('the same entries give the same bytes in any zone: %s', async (_, createSink, ending) => {
    const results: unknown[] = []
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/St_Johns']) {
      process.env.TZ = zone
      const path = fresh(ending)
      await writeBag(await createSink(path, { folder: 'bag' }), [...entries].reverse(), options)
      expect((await verifyBundle(path)).findings).toEqual([])
      results.push(
        ending === ''
          ? await tree(path)
          : createHash('sha256')
              .update(await readFile(path))
              .digest('hex')
      )
    }
    delete process.env.TZ
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  test('tar and zip hold the files of the folder', async () => {
    const path = fresh('.tar')
    await writeBag(await createTarSink(path, { folder: 'bag' }), entries, options)
    const out = fresh()
    await mkdir(out)
    execFileSync('tar', ['-xf', path, '-C', out])
    expect(await tree(join(out, 'bag'))).toEqual(await tree(await sampleBag()))
  })

  test.each(['', '.tar', '.zip'])('a failure leaves nothing behind (%s)', async (ending) => {
    const createSink = ending === '' ? createFolderSink : ending === '.tar' ? createTarSink : createZipSink
    const folder = fresh()
    await mkdir(folder)
    const broken: BundleEntry = {
      path: 'z',
      source: async function* () {
        yield new Uint8Array(10)
        throw new Error('The disk is gone.')
      },
      size: 20
    }
    const wrong: BundleEntry = { path: 'z', source: () => stream('abc'), size: 2 }
    const short: BundleEntry = { path: 'z', source: () => stream('abc'), size: 4 }
    for (const [entry, message] of [
      [broken, 'The disk is gone.'],
      [wrong, 'changed while being read'],
      [short, 'changed while being read']
    ] as const) {
      const sink = await createSink(join(folder, `x${ending}`), { folder: 'x' })
      await expect(writeBag(sink, [...entries, entry], options)).rejects.toThrow(message)
      expect(await readdir(folder)).toEqual([])
    }
  })

  test('stops when told to', async () => {
    const folder = fresh()
    await mkdir(folder)
    const controller = new AbortController()
    const sink = await createFolderSink(join(folder, 'x'))
    await expect(writeBag(sink, entries, { ...options, signal: controller.signal, onFile: () => controller.abort() })).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
  })

  test('does not write over what is there unless told to', async () => {
    const path = await sampleBag()
    await expect(createFolderSink(path)).rejects.toThrow('exists already')
    await writeBag(await createFolderSink(path, { replace: true }), entries.slice(0, 2), options)
    expect((await verifyBundle(path)).ok).toBe(true)
    expect(await readdir(join(path, 'data'))).toEqual(['pages', 'ro-crate-metadata.json', 'scans'])
  })

  test.each(['../x', '/x', '~/x', 'a/../b', 'C:/x', 'a//b', './a', 'a/', '', 'a\0b', '\\\\server\\x', '%HOME%/x', '\ud800'])(
    'refuses the path %j',
    async (path) => {
      const sink = await createFolderSink(fresh())
      await expect(writeBag(sink, [{ path, source: 'x' }], options)).rejects.toThrow('Expected a path')
    }
  )

  test('names what is elsewhere in fetch.txt, lists it, and does not hold it', async () => {
    const path = fresh()
    const elsewhere = { path: 'scans/第 2%.jpg', source: 'far away', fetch: 'https://scans.example/p2.jpg' }
    await writeBag(await createFolderSink(path), [...entries, elsewhere], options)
    expect(await readFile(join(path, 'fetch.txt'), 'utf8')).toBe('https://scans.example/p2.jpg 8 data/scans/第 2%25.jpg\n')
    const report = await verifyBundle(path)
    expect(report.findings.map(({ kind, path }) => [kind, path])).toEqual([['fetch', 'data/scans/第 2%.jpg']])
    await writeFile(join(path, 'data/scans/第 2%.jpg'), 'far away')
    expect((await verifyBundle(path)).findings).toEqual([])
    await expect(writeBag(await createFolderSink(fresh()), [{ ...elsewhere, fetch: 'a b' }], options)).rejects.toThrow(
      /address without blanks/
    )
  })

  test('refuses names that meet elsewhere', async () => {
    for (const pair of [
      ['a', 'A'],
      ['é', 'e\u0301'],
      ['x', 'x'],
      ['ro-crate-metadata.json', 'b']
    ]) {
      const sink = await createFolderSink(fresh())
      await expect(
        writeBag(
          sink,
          pair.map((path) => ({ path, source: 'x' })),
          options
        )
      ).rejects.toThrow('Expected different paths')
    }
  })
})

describe('verifyBundle', () => {
  const damages: readonly (readonly [string, (bag: string) => Promise<unknown>, readonly string[]])[] = [
    [
      'a changed file',
      (bag) => writeFile(join(bag, 'data/pages/p01/raw.txt'), '东渠的闸门。'),
      ['altered data/pages/p01/raw.txt', 'altered bag-info.txt']
    ],
    ['a changed bit', (bag) => writeFile(join(bag, 'data/scans/p01.jpg'), 'not really a scaN'), ['altered data/scans/p01.jpg']],
    ['a lost file', (bag) => rm(join(bag, 'data/scans/p01.jpg')), ['missing data/scans/p01.jpg', 'altered bag-info.txt']],
    ['a file too many', (bag) => writeFile(join(bag, 'data/x'), ''), ['extra data/x', 'altered bag-info.txt']],
    ['a lost manifest', (bag) => rm(join(bag, 'manifest-sha256.txt')), ['missing manifest-sha256.txt']],
    ['changed metadata', (bag) => writeFile(join(bag, 'bag-info.txt'), 'A: b\n'), ['altered bag-info.txt']],
    ['no declaration', (bag) => rm(join(bag, 'bagit.txt')), ['missing bagit.txt']],
    ['a link out', (bag) => symlink('/etc/passwd', join(bag, 'data/passwd')), ['unsafe data/passwd']],
    ['a link to a folder', (bag) => symlink('/', join(bag, 'data/all')), ['unsafe data/all']],
    ['a pipe', async (bag) => execFileSync('mkfifo', [join(bag, 'data/pipe')]), ['unsafe data/pipe']],
    [
      'a fetch list',
      (bag) => writeFile(join(bag, 'fetch.txt'), 'http://127.0.0.1:1/x 3 data/x\nhttp://127.0.0.1:1/y - ../y\nno\n'),
      ['format fetch.txt', 'format data/x', 'unsafe ../y']
    ],
    [
      'a new version',
      (bag) => writeFile(join(bag, 'bagit.txt'), 'BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n'),
      ['format bagit.txt', 'altered bagit.txt']
    ],
    [
      'an unknown encoding',
      (bag) => writeFile(join(bag, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: x-none\n'),
      ['format bag-info.txt', 'format manifest-sha256.txt']
    ],
    [
      'a manifest of another thing',
      (bag) => writeFile(join(bag, 'manifest-crc99.txt'), 'abcd  data/scans/p01.jpg\n'),
      ['format manifest-crc99.txt']
    ],
    ['a line that is none', (bag) => writeFile(join(bag, 'manifest-sha1.txt'), 'hello\n'), ['format manifest-sha1.txt']]
  ]
  test.each(damages)('finds %s', async (_, damage, expected) => {
    const bag = await sampleBag()
    await damage(bag)
    expect(await errors(bag)).toEqual(expect.arrayContaining([...expected]))
    const report = await verifyBundle(bag)
    expect(report.ok).toBe(false)
  })

  test('finds any single changed bit of any file', async () => {
    const bag = await sampleBag()
    for (const path of Object.keys(await tree(bag)).filter((path) => !path.startsWith('tagmanifest'))) {
      const bytes = await readFile(join(bag, path))
      if (bytes.length === 0) continue
      const at = (path.length * 7919) % bytes.length
      const damaged = Uint8Array.from(bytes)
      damaged[at] = damaged[at]! ^ (1 << (path.length % 8))
      await writeFile(join(bag, path), damaged)
      expect(await verifyBundle(bag), path).toMatchObject({ ok: false })
      await writeFile(join(bag, path), bytes)
    }
    expect(await verifyBundle(bag)).toMatchObject({ ok: true })
  })

  test('warns of names that meet, and of an operating system’s own files', async () => {
    const bag = fresh()
    await mkdir(join(bag, 'data'), { recursive: true })
    await writeFile(join(bag, 'bagit.txt'), 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n')
    const empty = createHash('md5').digest('hex')
    const names = ['A.txt', 'a.txt', 'Thumbs.db']
    for (const name of names) await writeFile(join(bag, 'data', name), '')
    await writeFile(join(bag, 'manifest-md5.txt'), names.map((name) => `${empty} *data/${name}\n`).join(''))
    const report = await verifyBundle(bag)
    expect(report.ok).toBe(true)
    expect(report.findings.map((finding) => finding.message).join(' ')).toMatch(/no longer safe.*md5sum.*operating system.*case/)
  })

  test('takes archives as it takes folders', async () => {
    const bag = await sampleBag()
    await writeFile(join(bag, 'data/scans/p01.jpg'), 'not really a scaN')
    const tarball = fresh('.tar')
    execFileSync('tar', ['-C', bag, '-cf', tarball, '.'])
    expect(await errors(tarball)).toEqual(await errors(bag))
  })

  test.each(['.tar', '.zip'])('says that an archive was cut off (%s)', async (ending) => {
    const path = fresh(ending)
    await writeBag(await (ending === '.tar' ? createTarSink : createZipSink)(path, { folder: 'bag' }), entries, options)
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length >> 1))
    const { ok, findings } = await verifyBundle(path)
    expect([ok, findings.map((finding) => finding.message).join(' ')]).toEqual([false, expect.stringMatching(/cannot be read/)])
  })
  test('survives archives that mean harm', async () => {
    const folder = fresh()
    await mkdir(join(folder, 'bag'), { recursive: true })
    await cp(await sampleBag(), join(folder, 'bag'), { recursive: true })
    await symlink('/etc/passwd', join(folder, 'bag/data/link'))
    const tarball = fresh('.tar')
    execFileSync('tar', ['-C', folder, '-cf', tarball, '--transform=s,^bag/data/pages/p01/raw.txt,../../raw.txt,', 'bag'])
    expect(await errors(tarball)).toEqual(
      expect.arrayContaining(['unsafe ../../raw.txt', 'unsafe bag/data/link', 'missing data/pages/p01/raw.txt'])
    )
    const half = fresh('.tar')
    await writeFile(half, (await readFile(tarball)).subarray(0, 5000))
    expect((await verifyBundle(half)).ok).toBe(false)
    const noise = fresh()
    await writeFile(noise, 'PK\u0003\u0004 nothing')
    expect((await verifyBundle(noise)).ok).toBe(false)
    await writeFile(noise, 'nothing at all')
    expect(await verifyBundle(noise)).toMatchObject({ format: 'unknown', ok: false })
  })
})

const corpus = process.env.BROADSHEET_CORPUS
const suite = join(corpus ?? '', 'conformance/bagit-suite')
const bags = corpus
  ? (await readdir(suite))
      .filter((name) => name.startsWith('v'))
      .flatMap((version) => ['valid', 'invalid', 'linux-only', 'windows-only', 'warning'].map((kind) => [version, kind] as const))
  : []

describe.skipIf(!corpus)('the conformance suite of the Library of Congress (set BROADSHEET_CORPUS to run it)', async () => {
  for (const [version, kind] of bags) {
    const names = await readdir(join(suite, version, kind), { withFileTypes: true }).catch(() => [])
    for (const { name } of names.filter((entry) => entry.isDirectory()))
      test(`${version} ${kind} ${name}`, async () => {
        const report = await verifyBundle(join(suite, version, kind, name))
        if (kind === 'valid') expect(report.findings.filter((finding) => finding.level === 'error')).toEqual([])
        else if (kind === 'warning') expect(report.findings.map((finding) => finding.level)).toContain('warning')
        else expect(report.ok).toBe(false)
      })
  }
})
