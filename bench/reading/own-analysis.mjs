// Our layout against Tesseract's own page analysis on real pages with truth: German black letter (NZZ) and English columns (UNLV).
//   pnpm bench reading --own-analysis [--engine auto|tesseract|native|paddle|both] [--pages 1786,8071] [--overlay folder] [--dump folder]
// `--engine native` gives our lines to the very program and data that reads the whole page beside it.
// Both are measured alike: characters of the whole page in order, and, as “order-free”, those of each true line wherever it was
// read. The second is what recognition and lines missed cost, the rest of the first is order and what was read too much.
// The program's own readings are kept, with what they cost, in the folder for temporary files, since they never change.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createEngine, drawOverlay, openScan, recognize } from '../../packages/ocr/dist/index.js'
import { measure } from '../lib/process.mjs'
import { distance, folded, orderFree } from './measures.mjs'

const modes = ['3', '1']
const engineNames = { none: ['tesseract'], both: ['paddle', 'tesseract'] }

export async function measureOwnAnalysis(corpus, { engine: name, pages: wanted, overlay, dump }) {
  const pages = realPages(join(corpus, 'corpus')).filter((page) => !wanted || wanted.split(',').some((part) => page.id.includes(part)))
  const [engine, second] = await Promise.all((engineNames[name] ?? [name]).map((each) => createEngine(each)))
  for (const folder of [overlay, dump]) if (folder) mkdirSync(folder, { recursive: true })
  console.log(`in order / order-free, CPU seconds: ours is ${second ? name : engine.name} on our lines
page           characters                        ours           tesseract --psm 3                     --psm 1   better than both in order, order-free`)
  try {
    for (const page of pages) {
      const truth = { whole: folded(page.truth), lines: page.truth.split('\n').filter((line) => line.trim() !== '') }
      const start = process.cpuUsage()
      const [scan] = await openScan(readFileSync(page.file), basename(page.file))
      const read = await recognize(scan, { engine, ...(second ? { second } : {}), language: page.language, pageId: page.id })
      const { user, system } = process.cpuUsage(start)
      const regions = read.regions.filter((region) => region.type === 'text' && region.role !== 'noise')
      const ours = {
        ...errorOf(truth, regions.flatMap((region) => region.lines.map((line) => line.text)).join('\n')),
        cpu: (user + system) / 1e6
      }
      const others = []
      for (const mode of modes) {
        const { text, cpu } = await ownReading(page, mode)
        others.push({ ...errorOf(truth, text), cpu })
      }
      const better = ['order', 'free'].map((key) => (others.every((other) => ours[key] < other[key]) ? 'yes' : 'NO'))
      const row = [ours, ...others].map(({ order, free, cpu }) =>
        `${percent(order)} / ${percent(free)} ${cpu.toFixed(1).padStart(6)}`.padStart(27)
      )
      console.log(`${page.id.padEnd(14)} ${String([...truth.whole].length).padStart(10)} ${row.join(' ')}   ${better.join(', ')}`)
      if (dump) writeFileSync(join(dump, `${page.id}.json`), JSON.stringify(read, null, 1))
      if (overlay) writeFileSync(join(overlay, `${page.id}.png`), await drawOverlay(scan, read))
    }
  } finally {
    await engine.close()
    await second?.close()
  }
}

/** NFKC (which makes the long s a short one), blanks and the hyphens of broken words left as they are printed. */
function errorOf({ whole, lines }, text) {
  const { edits, length } = orderFree(lines, text, folded)
  return { order: distance(whole, folded(text)) / Math.max(1, [...whole].length), free: edits / Math.max(1, length) }
}
const percent = (share) => `${(100 * share).toFixed(2)} %`

/** What the program makes of the whole page by itself, on one thread, and what that cost it in seconds. */
async function ownReading({ file, code }, mode) {
  const version = execFileSync('tesseract', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const key = createHash('sha256').update(readFileSync(file)).update([version, code, mode].join('\n')).digest('hex')
  const folder = join(tmpdir(), 'broadsheet-bench-own-analysis')
  const kept = join(folder, `${key}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const { status, stdout, cpuSeconds } = await measure('tesseract', [file, 'stdout', '-l', code, '--psm', mode], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' }
  })
  if (status !== 0) throw new Error(`Expected tesseract to read ${file} with -l ${code} but it ended with ${status}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(kept, JSON.stringify({ text: stdout, cpu: cpuSeconds }))
  return { text: stdout, cpu: cpuSeconds }
}

function realPages(corpus) {
  const german = join(corpus, 'de-nzz')
  const english = join(corpus, 'en-news', 'unlv')
  return [
    ...readdirSync(german)
      .filter((file) => file.endsWith('.tif'))
      .map((file) => ({
        id: file.slice(0, 12),
        file: join(german, file),
        truth: readFileSync(join(german, file.replace('.tif', '.gt.txt')), 'utf8'),
        language: 'de-Latf',
        code: 'frk'
      })),
    ...readdirSync(english)
      .filter((file) => file.endsWith('3B.tif'))
      .map((file) => ({
        id: file.slice(0, 8),
        file: join(english, file),
        truth: readFileSync(join(english, file.replace('.tif', '.txt')), 'utf8'),
        language: 'en',
        code: 'eng'
      }))
  ]
}
