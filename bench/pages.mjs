// Seconds, CPU and memory of the main job: 1 job, 2 jobs, everything cached; beside native tesseract on the same images.
//   pnpm bench pages [folder of scans] [--made 8] [--rounds 1] [--engines auto,tesseract,both] [--jobs 1,2] [--no-native]
// --made takes that many pages of BROADSHEET_CORPUS/corpus/made-pages as one issue: the sample scans are too few to keep two jobs busy.
// Rounds are interleaved (1 job, 2 jobs, 1 job, …), so that a machine with other work to do slows both; ratios are of sums over rounds.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installed, measure } from './lib/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')

export default async function pages(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      made: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      engines: { type: 'string', default: 'auto' },
      jobs: { type: 'string', default: '1,2' },
      native: { type: 'boolean', default: true }
    },
    allowNegative: true
  })
  const scans = values.made ? issueOfMadePages(Number(values.made)) : (positionals[0] ?? join(root, 'scans'))
  if (!scans) return console.log('pages --made: skipped, BROADSHEET_CORPUS is not set')
  const images = imagesBelow(scans)
  const jobs = values.jobs.split(',').map(Number)
  const rows = []
  for (const engine of values.engines.split(',')) rows.push(...(await measureEngine(scans, engine, jobs, Number(values.rounds))))
  if (values.native && installed('tesseract')) rows.push(['native tesseract --psm 3, one after the other', await nativeTesseract(images)])
  print(rows, images.length)
  if (values.made) rmSync(scans, { recursive: true })
}

async function measureEngine(scans, engine, jobs, rounds) {
  const sums = new Map(jobs.map((count) => [count, nothing()]))
  const cached = nothing()
  for (let round = 0; round < rounds; round++)
    for (const count of jobs) {
      const out = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
      const run = () =>
        measure(process.execPath, [main, 'run', scans, '--out', out, '--jobs', String(count), '--engine', engine, '--quiet'])
      add(sums.get(count), await run(), 1 / rounds)
      if (round === 0 && count === jobs.at(-1)) add(cached, await run(), 1)
      rmSync(out, { recursive: true })
    }
  const rows = jobs.map((count) => [`broadsheet run, engine ${engine}, ${count} job${count > 1 ? 's' : ''}`, sums.get(count)])
  const [one, ...more] = jobs
  for (const count of more) {
    const ratio = (key) => (sums.get(one)[key] / sums.get(count)[key]).toFixed(2)
    console.log(
      `engine ${engine}: ${count} jobs give ${ratio('seconds')} × the pages per minute of ${one}, for ${(1 / ratio('cpuSeconds')).toFixed(2)} × the CPU time`
    )
  }
  return [...rows, ['  the same again (cached)', cached]]
}

const nothing = () => ({ status: 0, seconds: 0, cpuSeconds: 0, peakMb: 0 })

function add(sum, one, weight) {
  sum.seconds += one.seconds * weight
  sum.cpuSeconds += one.cpuSeconds * weight
  sum.peakMb = Math.max(sum.peakMb, one.peakMb)
  sum.status ||= one.status
}

/** Pages that differ, in a folder of their own as one issue of Chinese pages. */
function issueOfMadePages(count) {
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus) return undefined
  const folder = join(corpus, 'corpus', 'made-pages')
  const chosen = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    .pages.filter((page) => page.lang === 'zh-Hans')
    .slice(0, count)
  const scans = mkdtempSync(join(tmpdir(), 'broadsheet-scans-'))
  mkdirSync(join(scans, 'made-pages'))
  for (const [index, page] of chosen.entries())
    copyFileSync(join(folder, page.image), join(scans, 'made-pages', `p${String(index + 1).padStart(2, '0')}${extname(page.image)}`))
  return scans
}

async function nativeTesseract(images) {
  const sum = nothing()
  for (const image of images)
    add(sum, await measure('tesseract', [image, '-', '-l', 'chi_sim', '--psm', '3'], { env: { ...process.env, OMP_THREAD_LIMIT: '1' } }), 1)
  return sum
}

function imagesBelow(folder) {
  if (!existsSync(folder)) throw new Error(`Expected a folder of scans but there is no ${folder}`)
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(jpe?g|png|tiff?)$/i.test(name))
    .map((name) => join(folder, name))
    .sort()
}

function print(rows, count) {
  console.log(`${count} scanned pages`)
  console.log('what'.padEnd(52), 'exit', '  s/page', ' CPU s/page', ' peak MB', ' pages/min')
  for (const [name, row] of rows)
    console.log(
      name.padEnd(52),
      String(row.status).padStart(4),
      (row.seconds / count).toFixed(2).padStart(8),
      (row.cpuSeconds / count).toFixed(2).padStart(11),
      row.peakMb.toFixed(0).padStart(8),
      ((count / row.seconds) * 60).toFixed(1).padStart(10)
    )
}
