// Made scans as programs read them. Reading takes minutes, so each reading is kept: in --readings, by the digest of the scan.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine, openScan, recognize } from '../../packages/ocr/dist/index.js'

/** Where readings are kept when nobody says where. */
export const usualReadings = join(tmpdir(), 'broadsheet-bench-readings')

/** Truth and scan of every page in folders that the forge has made. */
export function madeScans(folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.truth.json'))
      .sort()
      .flatMap((name) => {
        const truth = JSON.parse(readFileSync(join(folder, name), 'utf8'))
        const id = basename(name, '.truth.json')
        const file = ['.jpg', '.png', '.tif'].map((ending) => join(folder, id + ending)).find((path) => existsSync(path))
        return file ? [{ id: `${basename(folder)}/${id}`, file, truth, language: truth.page.lang, level: truth.scan.level }] : []
      })
  )
}

/** Blocks of the truth in reading order, each its lines. */
export function truthBlocks(truth) {
  const lines = new Map(truth.lines.map((line) => [line.id, line.text]))
  return [...truth.blocks]
    .sort((a, b) => a.order - b.order)
    .map((block) => block.lines.map((id) => lines.get(id)).filter((text) => text.trim() !== ''))
    .filter((block) => block.length > 0)
}

/** Made pages that fill their columns with the same sentences over and over: no real page does, and no alignment can tell which is which. */
export function repeatsItself({ truth }) {
  const text = truthBlocks(truth).flat().join('')
  const seen = new Set()
  let repeated = 0
  for (let at = 0; at + 20 <= text.length; at++) {
    const run = text.slice(at, at + 20)
    if (seen.has(run)) repeated++
    seen.add(run)
  }
  return repeated > text.length / 5
}

/** The pages as our own engine reads them: `{ ...scan, page, stale }`; stale readings were made by other code. */
export async function readScans(scans, { cache = usualReadings, fresh = false } = {}) {
  const code = codeDigest()
  mkdirSync(cache, { recursive: true })
  const read = []
  let engine
  try {
    for (const scan of scans) {
      const bytes = readFileSync(scan.file)
      const path = join(cache, `${digest(bytes)}.json`)
      const known = !fresh && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
      if (known) {
        read.push({ ...scan, page: known.page, stale: known.code !== code })
        continue
      }
      engine ??= await createEngine('auto')
      const [sheet] = await openScan(bytes, basename(scan.file))
      const page = await recognize(sheet, { engine, language: scan.language, pageId: scan.id.replace('/', '-') })
      writeFileSync(path, JSON.stringify({ code, page }))
      read.push({ ...scan, page, stale: false })
      console.error(`read ${scan.id}`)
    }
  } finally {
    await engine?.close()
  }
  return read
}

const tesseractLanguages = { 'zh-Hans': 'chi_sim', 'zh-Hant': 'chi_tra_vert', en: 'eng', de: 'frk' }

/** Native tesseract's own text of a whole page (its layout, its order); undefined where it is not installed. */
export function tesseractText(scan, { cache = usualReadings, only = false } = {}) {
  mkdirSync(cache, { recursive: true })
  const path = join(cache, `${digest(readFileSync(scan.file))}.tesseract.txt`)
  if (existsSync(path) || only) return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const { status, stdout } = spawnSync('tesseract', [scan.file, '-', '-l', tesseractLanguages[scan.language] ?? 'eng', '--psm', '3'], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    encoding: 'utf8'
  })
  if (status !== 0) return undefined
  writeFileSync(path, stdout)
  return stdout
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 24)

/** Of all code of the package that reads: readings by other code are told from those of this build. */
function codeDigest() {
  const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'packages/ocr/dist')
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'))
  return digest(
    names
      .sort()
      .map((name) => digest(readFileSync(join(folder, name))))
      .join()
  )
}
