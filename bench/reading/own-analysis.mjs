// Our layout against Tesseract's own page analysis on real pages with truth: German black letter (NZZ) and English columns (UNLV).
//   pnpm bench reading --own-analysis [--engine tesseract|native] [--pages 1786,8071]
// `--engine native` gives our lines to the very program and data that reads the whole page beside it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createEngine, drawOverlay, openScan, recognize } from '../../packages/ocr/dist/index.js'
import { distance, folded } from './measures.mjs'

const modes = ['3', '1']

export async function measureOwnAnalysis(corpus, { engine: name, pages: wanted, overlay }) {
  const pages = realPages(join(corpus, 'corpus')).filter((page) => !wanted || wanted.split(',').some((part) => page.id.includes(part)))
  const engine = await createEngine(name === 'none' ? 'tesseract' : name)
  console.log(`page                       characters   ours (${engine.name})   tesseract --psm 3   --psm 1   better than both`)
  try {
    for (const page of pages) {
      const truth = folded(page.truth)
      const [scan] = await openScan(readFileSync(page.file), basename(page.file))
      const read = await recognize(scan, { engine, language: page.language, pageId: page.id })
      const regions = read.regions.filter((region) => region.type === 'text' && region.role !== 'noise')
      const ours = errorOf(truth, regions.flatMap((region) => region.lines.map((line) => line.text)).join('\n'))
      const others = modes.map((mode) => errorOf(truth, ownReading(page, mode)))
      const better = others.every((other) => ours < other)
      console.log(
        `${page.id.padEnd(26)} ${String([...truth].length).padStart(10)}   ${percent(ours).padStart(16)}   ${percent(others[0]).padStart(17)}   ${percent(others[1]).padStart(7)}   ${better ? 'yes' : 'NO'}`
      )
      if (!overlay) continue
      mkdirSync(overlay, { recursive: true })
      writeFileSync(join(overlay, `${page.id}.png`), await drawOverlay(scan, read))
    }
  } finally {
    await engine.close()
  }
}

/** NFKC (which makes the long s a short one), blanks and the hyphens of broken words left as they are printed. */
const errorOf = (truth, text) => distance(truth, folded(text)) / Math.max(1, [...truth].length)
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
