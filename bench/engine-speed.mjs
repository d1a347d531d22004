// CPU seconds and errors of reading whole pages with each engine, beside native Tesseract and OCRmyPDF on the same images in the same run;
// and how far PP-OCR is from the pure arithmetic of its model. Made pages with truth, as in bench/engines.mjs.
//   pnpm bench engine-speed [--folder made/by/forge] [--pages dev-04,dev-08] [--engines paddle,tesseract,both]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cutLines, distance, fold } from './engines.mjs'
import { installed, measure } from './lib/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')

export default async function (args) {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string' },
      pages: { type: 'string', default: 'dev-04,dev-05,dev-08' },
      engines: { type: 'string', default: 'paddle,tesseract,both' }
    }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('engine-speed: skipped, BROADSHEET_CORPUS is not set')
  const folder = values.folder ?? join(corpus, 'corpus', 'made-pages')
  const wanted = values.pages.split(',')
  const pages = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).pages.filter((page) => wanted.includes(page.id))
  const truths = pages.map((page) => truthOf(folder, page))
  printHead(pages.length, truths.join('').length)
  for (const engine of values.engines.split(','))
    printRow(`broadsheet ocr --engine ${engine}`, await total(pages, truths, (page) => ours(folder, page, engine)), pages.length)
  if (installed('tesseract')) printRow('tesseract --psm 3', await total(pages, truths, (page) => native(folder, page)), pages.length)
  if (installed('ocrmypdf')) printRow('ocrmypdf --jobs 1', await total(pages, truths, (page) => ocrmypdf(folder, page)), pages.length)
  const start = await measure(process.execPath, [main, '--version'])
  console.log(`of which starting Node and the command line: ${start.cpuSeconds.toFixed(2)} CPU s a page`)
  await printArithmetic(folder, pages)
}

/** Han characters and all, in the truth's reading order. */
function truthOf(folder, page) {
  const truth = JSON.parse(readFileSync(join(folder, page.truth), 'utf8'))
  return fold(truth.lines.map((line) => line.text).join(''))
}

async function total(pages, truths, read) {
  const sum = { cpu: 0, peak: 0, errors: 0, bag: 0, characters: 0 }
  for (const [index, page] of pages.entries()) {
    const { text, cpuSeconds, peakMb } = await read(page)
    const found = fold(text)
    sum.cpu += cpuSeconds
    sum.peak = Math.max(sum.peak, peakMb)
    sum.errors += distance(truths[index], found)
    sum.bag += bagDistance(truths[index], found)
    sum.characters += [...truths[index]].length
  }
  return sum
}

const languages = { 'zh-Hans': 'chi_sim', 'zh-Hant': 'chi_tra', en: 'eng', de: 'deu' }

async function ours(folder, page, engine) {
  const result = await measure(process.execPath, [main, 'ocr', join(folder, page.image), '--engine', engine, '-l', page.lang, '-q'])
  return { ...result, text: result.stdout }
}

async function native(folder, page) {
  const result = await measure('tesseract', [join(folder, page.image), '-', '-l', languages[page.lang], '--psm', '3'], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' }
  })
  return { ...result, text: result.stdout }
}

async function ocrmypdf(folder, page) {
  const out = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const text = join(out, 'page.txt')
  const options = ['-l', languages[page.lang], '--jobs', '1', '--output-type', 'pdf', '--image-dpi', '200', '--sidecar', text]
  const result = await measure('ocrmypdf', [...options, join(folder, page.image), join(out, 'page.pdf')], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' }
  })
  const found = result.status === 0 ? readFileSync(text, 'utf8') : ''
  rmSync(out, { recursive: true })
  return { ...result, text: found }
}

/** Characters that are in one text and not in the other, order ignored: half of what they differ by, at least the surplus. */
function bagDistance(a, b) {
  const counts = new Map()
  for (const char of a) counts.set(char, (counts.get(char) ?? 0) + 1)
  for (const char of b) counts.set(char, (counts.get(char) ?? 0) - 1)
  let missing = 0
  let surplus = 0
  for (const count of counts.values()) {
    missing += Math.max(0, count)
    surplus += Math.max(0, -count)
  }
  return Math.max(missing, surplus)
}

function printHead(count, characters) {
  console.log(`${count} pages, ${characters} characters`)
  console.log('| what | CPU s/page | CPU s per 3,000 characters | errors in reading order | order ignored | peak MB |')
  console.log('|---|---|---|---|---|---|')
}

function printRow(name, { cpu, peak, errors, bag, characters }, count) {
  console.log(
    `| ${name} | ${(cpu / count).toFixed(1)} | ${((cpu / characters) * 3000).toFixed(1)} | ${((errors / characters) * 100).toFixed(2)} % | ${((bag / characters) * 100).toFixed(2)} % | ${peak.toFixed(0)} |`
  )
}

/** The engine on true lines beside nothing but the model on strips of the same widths. */
async function printArithmetic(folder, pages) {
  const engines = join(root, 'packages/ocr/dist/engines')
  const [{ createPaddleEngine }, { readPaddleModel }, { loadRecognizer }, { horizontalStrips }, { networkInput }] = await Promise.all(
    ['index', 'paddle/model', 'paddle/runtime', 'paddle/cut', 'paddle/strip'].map((name) => import(join(engines, `${name}.js`)))
  )
  const samples = []
  for (const page of pages.filter(({ lang }) => lang === 'zh-Hans')) samples.push(...(await cutLines(folder, page)))
  const images = samples.map(({ image }) => image).filter(({ direction }) => direction === 'horizontal-lr')
  const strips = images.flatMap((image) => horizontalStrips(image, 0.65))
  const inputs = strips.map(networkInput)
  const engine = await createPaddleEngine({ backend: 'onnxruntime-node' })
  const recognizer = await loadRecognizer((await readPaddleModel()).onnx, { threads: 1, backend: 'onnxruntime-node' })
  await engine.readLines(images.slice(0, 5))
  for (const input of inputs.slice(0, 5)) await recognizer.run(input, input.length / 144)
  const whole = await cpuSecondsOf(() => engine.readLines(images))
  const bare = await cpuSecondsOf(async () => {
    for (const input of inputs) await recognizer.run(input, input.length / 144)
  })
  await Promise.all([engine.close(), recognizer.close()])
  const columns = strips.reduce((sum, strip) => sum + strip.width, 0)
  console.log(
    `PP-OCR on ${images.length} true lines: ${whole.toFixed(2)} CPU s; the model alone on their ${columns} columns: ${bare.toFixed(2)} CPU s; ratio ${(whole / bare).toFixed(2)}`
  )
}

async function cpuSecondsOf(work) {
  const before = process.cpuUsage()
  await work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}
