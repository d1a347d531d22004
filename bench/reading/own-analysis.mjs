// Our layout against Tesseract's own page analysis on real pages with truth: German black letter (NZZ) and English columns (UNLV).
//   pnpm bench reading --own-analysis [--engine tesseract|native] [--pages 1786,8071]
// `--engine native` gives our lines to the very program and data that reads the whole page beside it.
// Both are measured alike: characters of the whole page in order, and, as “order-free”, those of each true line wherever it was
// read. The second is what recognition and lines missed cost, the rest of the first is order and what was read too much.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createEngine, drawOverlay, openScan, recognize } from '../../packages/ocr/dist/index.js'
import { distance, folded, orderFree } from './measures.mjs'

const modes = ['3', '1']

export async function measureOwnAnalysis(corpus, { engine: name, pages: wanted, overlay }) {
  const pages = realPages(join(corpus, 'corpus')).filter((page) => !wanted || wanted.split(',').some((part) => page.id.includes(part)))
  const engine = await createEngine(name === 'none' ? 'tesseract' : name)
  console.log(`in order / order-free: ours is ${engine.name} on our lines
page           characters                ours   tesseract --psm 3             --psm 1   better than both in order, order-free`)
  try {
    for (const page of pages) {
      const truth = { whole: folded(page.truth), lines: page.truth.split('\n').filter((line) => line.trim() !== '') }
      const [scan] = await openScan(readFileSync(page.file), basename(page.file))
      const read = await recognize(scan, { engine, language: page.language, pageId: page.id })
      const regions = read.regions.filter((region) => region.type === 'text' && region.role !== 'noise')
      const ours = errorOf(truth, regions.flatMap((region) => region.lines.map((line) => line.text)).join('\n'))
      const others = modes.map((mode) => errorOf(truth, ownReading(page, mode)))
      const better = ['order', 'free'].map((key) => (others.every((other) => ours[key] < other[key]) ? 'yes' : 'NO'))
      const row = [ours, ...others].map(({ order, free }) => `${percent(order)} / ${percent(free)}`.padStart(19))
      console.log(`${page.id.padEnd(14)} ${String([...truth.whole].length).padStart(10)} ${row.join(' ')}   ${better.join(', ')}`)
      if (!overlay) continue
      mkdirSync(overlay, { recursive: true })
      writeFileSync(join(overlay, `${page.id}.png`), await drawOverlay(scan, read))
    }
  } finally {
    await engine.close()
  }
}

/** NFKC (which makes the long s a short one), blanks and the hyphens of broken words left as they are printed. */
function errorOf({ whole, lines }, text) {
  const { edits, length } = orderFree(lines, text, folded)
  return { order: distance(whole, folded(text)) / Math.max(1, [...whole].length), free: edits / Math.max(1, length) }
}
const percent = (share) => `${(100 * share).toFixed(2)} %`

function ownReading({ file, code }, mode) {
  return execFileSync('tesseract', [file, 'stdout', '-l', code, '--psm', mode], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, OMP_THREAD_LIMIT: '1' }
  })
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
