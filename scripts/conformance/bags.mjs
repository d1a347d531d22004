// Our bundles in other people's readers, and other people's bundles in `broadsheet verify`.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { broadsheet, filesBelow, lacks, lacksSuite, run } from './tools.mjs'

/** Run from its source it has no version of its own to tell, and must not ask for one. */
const validate = 'import sys, importlib.metadata as m; m.version = lambda name: "0"; import bagit; bagit.Bag(sys.argv[1]).validate()'
const bagitPython = ['bagit-python/src/bagit/__init__.py']

export const bagChecks = [
  {
    name: 'Bags: valid to others',
    by: 'bagit-python of the Library of Congress',
    missing: (context) =>
      lacks('python3') ?? lacksSuite(context, 'LibraryOfCongress/bagit-python as <suites>/bagit-python, or --fetch', ...bagitPython),
    run: (candidates, context) =>
      candidates.map((one) => {
        const { status, output } = run('python3', ['-c', validate, join(one.bags, one.issue.id)], {
          env: { ...process.env, PYTHONPATH: join(context.find('bagit-python'), 'src') }
        })
        return { subject: one.name, fault: status === 0 ? undefined : output }
      })
  },
  {
    name: 'Bags: tar and zip',
    by: 'tar, unzip -t, sha512sum -c',
    missing: () => lacks('unzip') ?? lacks('tar') ?? lacks('sha512sum', 'apt-get install coreutils'),
    run: (candidates) =>
      candidates.flatMap((one) => {
        const bag = join(one.bags, one.issue.id)
        const [tar, zip, sums] = [
          run('tar', ['-tf', `${bag}.tar`]),
          run('unzip', ['-tqq', `${bag}.zip`]),
          run('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: bag })
        ]
        const count = filesBelow(bag, '').length
        return [
          {
            subject: `${one.name}.tar`,
            fault: tar.status === 0 && tar.stdout.trim().split('\n').length === count ? undefined : tar.output
          },
          { subject: `${one.name}.zip`, fault: zip.status === 0 ? undefined : zip.output },
          { subject: `${one.name} sums`, fault: sums.status === 0 ? undefined : sums.output }
        ]
      })
  },
  {
    name: 'verify: our own bundles',
    by: 'broadsheet verify',
    missing: () => undefined,
    run: (candidates) =>
      candidates.flatMap((one) =>
        [...readdirSync(one.bags).map((name) => join(one.bags, name)), ...filesBelow(join(one.site, 'bags'), '.zip')].map((path) => {
          const { status, output } = broadsheet('verify', path)
          const warned = one.name === 'sample' && /warning/.test(output)
          return { subject: path.split('/').slice(-2).join('/'), fault: status === 0 && !warned ? undefined : output }
        })
      )
  },
  {
    name: 'verify: BagIt conformance suite',
    by: 'bags of the Library of Congress',
    missing: (context) =>
      lacksSuite(context, 'LibraryOfCongress/bagit-conformance-suite as <suites>/bagit-suite, or --fetch', 'bagit-suite/v1.0'),
    run: (_, context) => {
      const suite = context.find('bagit-suite')
      return versionsOf(suite).flatMap((version) =>
        subfolders(join(suite, version)).flatMap((kind) => bagsOf(suite, version, kind).map((path) => judgeBag(path, kind)))
      )
    }
  },
  {
    name: 'verify: OCFL fixtures',
    by: 'objects of the OCFL editors',
    missing: (context) => lacksSuite(context, 'OCFL/fixtures as <suites>/ocfl-fixtures, or --fetch', 'ocfl-fixtures/1.0'),
    run: (_, context) => {
      const suite = context.find('ocfl-fixtures')
      return ['1.0', '1.1'].flatMap((version) =>
        ['good-objects', 'bad-objects', 'warn-objects'].flatMap((kind) =>
          subfolders(join(suite, version, kind)).map((name) => judgeObject(join(suite, version, kind, name), kind, name))
        )
      )
    }
  }
]

const subfolders = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : []
const versionsOf = (suite) => subfolders(suite).filter((name) => /^v\d/.test(name))
const bagsOf = (suite, version, kind) => subfolders(join(suite, version, kind)).map((name) => join(suite, version, kind, name))

/** Three of the bags that deserve a warning are incomplete where names that differ by case or form are different files. */
function judgeBag(path, kind) {
  const { status, output } = broadsheet('verify', path)
  const right = {
    valid: status === 0,
    warning: /warn/i.test(output),
    invalid: status === 1,
    'linux-only': status === 1,
    'windows-only': status === 1
  }[kind]
  return { subject: path.split('/').slice(-3).join('/'), fault: right ? undefined : output }
}

/** A bad object must be found bad for the reason its name gives (E001_E003_…), a doubtful one be good with that warning. */
function judgeObject(path, kind, name) {
  const report = JSON.parse(broadsheet('verify', '--json', path).stdout)
  const codes = new Set(report.findings.map((finding) => finding.code))
  const wanted = name.match(/[EW]\d{3}/g) ?? []
  // What has no declaration at all (E003) is no object to us, and has no codes.
  const named = wanted.length === 0 || wanted.some((code) => codes.has(code)) || (report.format === 'unknown' && wanted.includes('E003'))
  const right = { 'good-objects': report.ok, 'bad-objects': !report.ok && named, 'warn-objects': report.ok && named }[kind]
  return { subject: path.split('/').slice(-3).join('/'), fault: right ? undefined : `found ${[...codes].join(', ') || 'nothing'}` }
}
