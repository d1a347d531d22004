// Seconds, CPU and memory of the main job on the sample scans: 1 job, 2 jobs, everything cached; beside native tesseract on the same images.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installed, measure } from './lib/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')

export default async function pages(args) {
  const scans = args.find((arg) => !arg.startsWith('--')) ?? join(root, 'scans')
  const engines = args.includes('--all-engines') ? ['auto', 'tesseract', 'both'] : ['auto']
  const images = imagesBelow(scans)
  const rows = []
  for (const engine of engines) {
    for (const jobs of [1, 2]) {
      const out = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
      const run = () => measure(process.execPath, [main, 'run', scans, '--out', out, '--jobs', String(jobs), '--engine', engine, '--quiet'])
      rows.push([`broadsheet run, engine ${engine}, ${jobs} job${jobs > 1 ? 's' : ''}`, await run()])
      if (jobs === 2) rows.push([`  the same again (cached)`, await run()])
      rmSync(out, { recursive: true })
    }
  }
  if (installed('tesseract')) rows.push(['native tesseract --psm 3, one after the other', await nativeTesseract(images)])
  else console.log('native tesseract: not installed, skipped')
  print(rows, images.length)
}

async function nativeTesseract(images) {
  const sum = { status: 0, seconds: 0, cpuSeconds: 0, peakMb: 0 }
  for (const image of images) {
    const one = await measure('tesseract', [image, '-', '-l', 'chi_sim', '--psm', '3'], { env: { ...process.env, OMP_THREAD_LIMIT: '1' } })
    sum.seconds += one.seconds
    sum.cpuSeconds += one.cpuSeconds
    sum.peakMb = Math.max(sum.peakMb, one.peakMb)
    sum.status ||= one.status
  }
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
