// Runs other people's validators and test suites over everything Broadsheet writes and reads, and says what to install for those
// that are missing. Nothing is fetched unless --fetch asks for it. `node scripts/conformance.mjs --help`
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bagChecks } from './conformance/bags.mjs'
import { bookChecks } from './conformance/books.mjs'
import { makeCandidates } from './conformance/candidates.mjs'
import { webChecks } from './conformance/web.mjs'
import { xmlChecks } from './conformance/xml.mjs'

const help = `pnpm conformance [options]

Makes an issue from the sample scans and a hostile one, writes every format of both, and runs every validator that is here.

  --suites <folder>   suites and npm packages of other people's (default: BROADSHEET_SUITES, else ./suites)
  --fetch             get the missing suites into that folder first: git clone at fixed commits, npm install
  --issue <folder>    an issue folder of the output to check instead of the samples; --scans <folder> its scans
  --only <word>       only checks whose name holds the word
  --strict            a check that could not run counts as failed
  --keep              leave the files that were made, and say where

Schemas and the BagIt suite are looked for in BROADSHEET_CORPUS/conformance as well.
Programs, on Debian: apt-get install libxml2-utils epubcheck qpdf poppler-utils mupdf-tools cmark-gfm unzip default-jre-headless python3`

const { values: options } = parseArgs({
  options: {
    suites: { type: 'string' },
    fetch: { type: 'boolean' },
    issue: { type: 'string' },
    scans: { type: 'string' },
    only: { type: 'string' },
    strict: { type: 'boolean' },
    keep: { type: 'boolean' },
    help: { type: 'boolean' }
  }
})
if (options.help) {
  console.log(help)
  process.exit(0)
}

const suites = resolve(options.suites ?? process.env.BROADSHEET_SUITES ?? 'suites')
if (options.fetch) fetchSuites()
const context = {
  /** A file of a suite, in any of the places where it may lie; undefined when it is in none. */
  find: (...paths) => places(paths).find((path) => existsSync(path)),
  suites
}
const checks = [...xmlChecks, ...bookChecks, ...webChecks, ...bagChecks].filter((check) => check.name.includes(options.only ?? ''))
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-conformance-'))
const totals = { passed: 0, failed: 0, 'could not run': 0 }
try {
  console.log('Making the files to be checked …')
  const candidates = await makeCandidates(folder, options)
  for (const check of checks) await runCheck(check, candidates)
} finally {
  if (options.keep) console.log(`\nThe files are in ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}
console.log(
  `\n${Object.entries(totals)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}`
)
if (totals.failed > 0 || (options.strict && totals['could not run'] > 0)) process.exitCode = 1

async function runCheck(check, candidates) {
  const missing = check.missing(context)
  if (missing) {
    totals['could not run']++
    console.log(`–    ${check.name.padEnd(34)} not here: ${missing}`)
    return
  }
  const start = performance.now()
  let results
  try {
    results = await check.run(candidates, context)
  } catch (error) {
    results = [{ subject: check.name, fault: error.message }]
  }
  const faults = results.filter((result) => result.fault)
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`
  totals[faults.length > 0 || results.length === 0 ? 'failed' : 'passed']++
  const outcome = results.length === 0 ? 'nothing was checked' : `${results.length - faults.length} of ${results.length}`
  console.log(
    `${faults.length > 0 || results.length === 0 ? 'FAIL' : 'ok  '} ${check.name.padEnd(34)} ${outcome.padEnd(14)} ${seconds.padStart(7)}  ${check.by}`
  )
  for (const { subject, fault } of faults.slice(0, 10))
    console.log(`       ${subject}: ${String(fault).trim().split('\n').slice(0, 4).join('\n         ')}`)
}

function places(paths) {
  const corpus = process.env.BROADSHEET_CORPUS
  return paths.flatMap((path) => [join(suites, path), ...(corpus ? [join(corpus, 'conformance', path)] : [])])
}

function fetchSuites() {
  mkdirSync(suites, { recursive: true })
  const repositories = {
    'bagit-suite': ['LibraryOfCongress/bagit-conformance-suite', '9ab4870'],
    'bagit-python': ['LibraryOfCongress/bagit-python', '462f6b0'],
    'ocfl-fixtures': ['OCFL/fixtures', 'd323fc2'],
    'presentation-validator': ['IIIF/presentation-validator', 'fb5bd90']
  }
  for (const [name, [repository, commit]] of Object.entries(repositories)) {
    const folder = join(suites, name)
    if (existsSync(folder)) continue
    const fault =
      execute('git', ['clone', '--quiet', `https://github.com/${repository}.git`, folder]) ??
      execute('git', ['-C', folder, 'checkout', '--quiet', commit])
    if (fault !== undefined) rmSync(folder, { recursive: true, force: true })
    sayFetched(`${repository} at ${commit}`, fault)
  }
  const packages = ['vnu-jar@26.9.27', 'pdfjs-dist@6.5.438', '@likecoin/epubcheck-ts@0.7.0']
  if (!existsSync(join(suites, 'node_modules/vnu-jar')))
    sayFetched(packages.join(', '), execute('npm', ['install', '--ignore-scripts', '--no-save', '--prefix', suites, ...packages]))
}

function sayFetched(what, fault) {
  console.log(fault === undefined ? `Fetched ${what}` : `Not fetched: ${what} (${fault}); its checks cannot run`)
}

/** The line with which a program failed; undefined when it did not. Git must not ask for a password. */
function execute(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } })
  if (status === 0) return undefined
  const lines = `${stderr ?? ''}${error?.message ?? ''}`.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /^(fatal|error|npm error)/i.test(line)) ?? lines.at(-1) ?? `exit code ${status}`
}
