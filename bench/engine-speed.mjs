// CPU seconds and errors of reading whole pages with each engine, beside native Tesseract and OCRmyPDF on the same images in the same run;
// and how far PP-OCR is from the pure arithmetic of its model. Made pages with truth, as in bench/engines.mjs.
//   pnpm bench engine-speed [--folder made/by/forge] [--pages dev-04,dev-08] [--engines paddle,tesseract,both] [--steps]
// The pages are those of about 3,000 characters: what a page costs whatever stands on it must not be counted more than once for 3,000 of them.
// Each engine reads them with one command, and PP-OCR once more with a command for every page.
// --steps: nothing but where the time of a page goes, step by step, what the network is shown and why, and the arithmetic; in one process, so that load matters little.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, parse } from 'node:path'
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
      pages: { type: 'string', default: 'dev-01,dev-03,dev-09' },
      engines: { type: 'string', default: 'auto,paddle,tesseract,both' },
      steps: { type: 'boolean', default: false }
    }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('engine-speed: skipped, BROADSHEET_CORPUS is not set')
  const folder = values.folder ?? join(corpus, 'corpus', 'made-pages')
  const wanted = values.pages.split(',')
  const pages = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).pages.filter((page) => wanted.includes(page.id))
  if (values.steps) {
    for (const engine of values.engines.split(',')) await printSteps(folder, pages, engine)
    await printLooks(folder, pages)
    return printArithmetic(folder, pages)
  }
  const truths = pages.map((page) => truthOf(folder, page))
  printHead(pages.length, truths.join('').length)
  const rows = [
    ...values.engines.split(',').map((engine) => [`broadsheet ocr --engine ${engine}`, () => ours(folder, pages, engine)]),
    ['the same with paddle, a command a page', () => eachAlone(pages, async (page) => (await ours(folder, [page], 'paddle'))[0])],
    ...(installed('tesseract') ? [['tesseract --psm 3', () => eachAlone(pages, (page) => native(folder, page))]] : []),
    ...(installed('ocrmypdf') ? [['ocrmypdf --jobs 1', () => eachAlone(pages, (page) => ocrmypdf(folder, page))]] : [])
  ]
  for (const [name, read] of rows) printRow(name, sumUp(truths, await read()), pages.length)
  const start = await measure(process.execPath, [main, 'ocr', '--help'])
  console.log(`of which starting Node and the command line: ${start.cpuSeconds.toFixed(2)} CPU s a page`)
  await printArithmetic(folder, pages)
}

/** Han characters and all, in the truth's reading order. */
function truthOf(folder, page) {
  const truth = JSON.parse(readFileSync(join(folder, page.truth), 'utf8'))
  return fold(truth.lines.map((line) => line.text).join(''))
}

async function eachAlone(pages, read) {
  const results = []
  for (const page of pages) results.push(await read(page))
  return results
}

function sumUp(truths, results) {
  const sum = { cpu: 0, peak: 0, errors: 0, bag: 0, characters: 0 }
  for (const [index, { text, cpuSeconds, peakMb }] of results.entries()) {
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

/** Pages read with one command, all of one language; the first of them has the whole command's cost. */
async function ours(folder, pages, engine) {
  const to = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const images = pages.map((page) => join(folder, page.image))
  const result = await measure(process.execPath, [main, 'ocr', ...images, '--engine', engine, '-l', pages[0].lang, '-q', '--to', to])
  const results = pages.map((page, index) => ({
    text: readFileSync(join(to, `${parse(page.image).name}.txt`), 'utf8'),
    cpuSeconds: index === 0 ? result.cpuSeconds : 0,
    peakMb: result.peakMb
  }))
  rmSync(to, { recursive: true })
  return results
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

/** CPU milliseconds a page of each step. What `recognize` does beside layout and engine is cutting lines, looking again at gaps, voting. */
async function printSteps(folder, pages, name) {
  const { analyseLayout, createEngine, openScan, recognize } = await import(join(root, 'packages/ocr/dist/index.js'))
  const { writeAlto } = await import(join(root, 'packages/export/dist/index.js'))
  const sums = { decode: 0, layout: 0, recognise: 0, 'cut, gaps, vote': 0, write: 0 }
  const timed = async (step, work) => {
    const before = process.cpuUsage()
    const result = await work()
    const { user, system } = process.cpuUsage(before)
    sums[step] += (user + system) / 1000
    return result
  }
  const watched = (engine) => ({ ...engine, readLines: (lines, options) => timed('recognise', () => engine.readLines(lines, options)) })
  const engines = await Promise.all((name === 'both' ? ['paddle', 'tesseract'] : [name]).map((each) => createEngine(each)))
  const [engine, second] = engines.map(watched)
  let characters = 0
  for (const [index, page] of [pages[0], ...pages].entries()) {
    if (index === 1) for (const step of Object.keys(sums)) sums[step] = 0
    const bytes = readFileSync(join(folder, page.image))
    const scan = await timed('decode', async () => {
      const [scan] = await openScan(bytes, page.image)
      const grey = await scan.readGrey()
      return { ...scan, readGrey: async () => grey }
    })
    await timed('layout', async () => analyseLayout(await scan.readGrey(), { ...(scan.dpi ? { dpi: scan.dpi } : {}), language: page.lang }))
    const read = await timed('cut, gaps, vote', () =>
      recognize(scan, { engine, ...(second ? { second } : {}), language: page.lang, pageId: page.id })
    )
    await timed('write', async () => [JSON.stringify(read), writeAlto(read)])
    if (index > 0) characters += read.regions.flatMap((region) => region.lines ?? []).reduce((sum, line) => sum + [...line.text].length, 0)
  }
  await Promise.all(engines.map((each) => each.close()))
  sums['cut, gaps, vote'] = Math.max(0, sums['cut, gaps, vote'] - sums.recognise - sums.layout)
  const total = Object.values(sums).reduce((sum, value) => sum + value, 0)
  console.log(
    `\nengine ${name}: ${((total / characters) * 3).toFixed(1)} CPU s per 3,000 characters, started engines; of ${pages.length} pages a page:`
  )
  for (const [step, value] of Object.entries(sums))
    console.log(
      `  ${step.padEnd(16)} ${(value / pages.length).toFixed(0).padStart(6)} ms  ${((100 * value) / total).toFixed(0).padStart(3)} %`
    )
}

/** What the network is shown of the pages, by who asks and why, in parts of the pixels of one look at every line. */
async function printLooks(folder, pages) {
  const { openScan, recognize } = await import(join(root, 'packages/ocr/dist/index.js'))
  const engines = join(root, 'packages/ocr/dist/engines')
  const [{ createPaddleEngine }, { lookAgain }] = await Promise.all(
    ['paddle/paddle', 'look-again'].map((name) => import(join(engines, `${name}.js`)))
  )
  const counts = new Map()
  let asker = ''
  const onLook = ({ why, width, height }) => {
    const name = `${asker}${why}`
    const { pictures = 0, columns = 0, pixels = 0 } = counts.get(name) ?? {}
    counts.set(name, { pictures: pictures + 1, columns: columns + width, pixels: pixels + width * height })
  }
  const paddle = await createPaddleEngine({ onLook })
  let asked = new Set()
  const isAsked = (line) => asked.has(line)
  const inner = {
    ...paddle,
    async readLines(lines, options) {
      asker = options?.rough ? 'which way up: ' : lines.every(isAsked) ? '' : 'implausible: '
      return paddle.readLines(lines, options)
    }
  }
  const twice = lookAgain(inner)
  const engine = {
    ...twice,
    readLines(lines, options) {
      asked = new Set(lines)
      return twice.readLines(lines, options)
    }
  }
  let lines = 0
  for (const page of pages) {
    const [scan] = await openScan(readFileSync(join(folder, page.image)), page.image)
    const read = await recognize(scan, { engine, language: page.lang, pageId: page.id })
    lines += read.regions.flatMap((region) => region.lines ?? []).length
  }
  await engine.close()
  const once = counts.get('first look')?.pixels ?? 0
  const all = [...counts.values()].reduce((sum, { pixels }) => sum + pixels, 0)
  console.log(`\nPP-OCR, ${pages.length} pages, ${lines} lines: shown ${(all / once).toFixed(2)} × the pixels of one look at each`)
  for (const [name, { pictures, columns, pixels }] of [...counts].sort((a, b) => b[1].pixels - a[1].pixels))
    console.log(
      `  ${name.padEnd(32)} ${String(pictures).padStart(5)} pictures ${String(columns).padStart(7)} columns  ${(pixels / once).toFixed(3)}`
    )
}

/** What PP-OCRv4's recogniser counts: 1.40 thousand million multiplications and additions for 320 columns 48 high, 92 % of them where height counts. */
const operationsPerColumn = 1.4e9 / 320
const shareOfHeight = 0.92
/** How every line is shown first (`lowLook` in paddle.ts). */
const [lowWidth, lowHeight] = [0.6, 32]

/**
 * The engine on true lines, the model alone on what every line is shown at first, low and narrow, and on the same columns at full height, and the bare
 * arithmetic of the low ones: the model's operations at the rate this processor multiplies matrices of the model's size.
 */
async function printArithmetic(folder, pages) {
  const engines = join(root, 'packages/ocr/dist/engines')
  const [
    { createPaddleEngine },
    { readPaddleModel },
    { loadRecognizer },
    { foldActivations },
    { takeAnyHeight },
    { horizontalStrips },
    { networkInput }
  ] = await Promise.all(
    ['index', 'paddle/model', 'paddle/runtime', 'paddle/fold-activations', 'paddle/any-height', 'paddle/cut', 'paddle/strip'].map(
      (name) => import(join(engines, `${name}.js`))
    )
  )
  const samples = []
  for (const page of pages.filter(({ lang }) => lang === 'zh-Hans')) samples.push(...(await cutLines(folder, page)))
  const images = samples.map(({ image }) => image).filter(({ direction }) => direction === 'horizontal-lr')
  const shown = (height) => images.flatMap((image) => horizontalStrips(image, lowWidth, height)).map(networkInput)
  const [inputs, low] = [shown(48), shown(lowHeight)]
  const engine = await createPaddleEngine({ backend: 'onnxruntime-node' })
  const { onnx } = await readPaddleModel()
  const load = (model) => loadRecognizer(model, { threads: 1, backend: 'onnxruntime-node' })
  const asExported = await load(onnx)
  const folded = await load(takeAnyHeight(foldActivations(onnx)))
  const multiply = await matrixProduct()
  const runAll = async (recognizer, some, height = 48) => {
    for (const input of some) await recognizer.run(input, input.length / (3 * height))
  }
  const sums = { whole: 0, exported: 0, folded: 0, low: 0, product: 0 }
  await engine.readLines(images.slice(0, 5))
  for (const recognizer of [asExported, folded]) await runAll(recognizer, inputs.slice(0, 5))
  await multiply.run(5)
  for (let from = 0; from < inputs.length; from += 20) {
    sums.exported += await cpuSecondsOf(() => runAll(asExported, inputs.slice(from, from + 20)))
    sums.folded += await cpuSecondsOf(() => runAll(folded, inputs.slice(from, from + 20)))
    sums.low += await cpuSecondsOf(() => runAll(folded, low.slice(from, from + 20), lowHeight))
    sums.product += await cpuSecondsOf(() => multiply.run(20))
  }
  sums.whole = await cpuSecondsOf(() => engine.readLines(images))
  await Promise.all([engine.close(), asExported.close(), folded.close()])
  const columns = inputs.reduce((sum, input) => sum + input.length / 144, 0)
  const operations = columns * operationsPerColumn * (1 - shareOfHeight + (shareOfHeight * lowHeight) / 48)
  const rate = (Math.ceil(inputs.length / 20) * 20 * multiply.operations) / sums.product
  const bare = operations / rate
  const row = (what, seconds) =>
    console.log(`  ${what.padEnd(48)} ${seconds.toFixed(2).padStart(6)} CPU s  ${(seconds / bare).toFixed(2)} × the arithmetic`)
  console.log(`\nPP-OCR, ${images.length} true lines, ${columns} columns, ${(operations / 1e9).toFixed(1)} thousand million operations:`)
  row(`their arithmetic at ${(rate / 1e9).toFixed(0)} thousand million a second`, bare)
  row('the model as it is exported, lines 48 high', sums.exported)
  row('the model with its activations folded', sums.folded)
  row(`the same, lines ${lowHeight} high`, sums.low)
  row('the engine: prepares, decodes, reads some again', sums.whole)
}

/** A product of matrices as large as those of the network's largest convolutions, in ONNX Runtime, on one thread. */
async function matrixProduct() {
  const ort = createRequire(new URL('../packages/ocr/package.json', import.meta.url))('onnxruntime-node')
  const { nested, text, whole, writeFields } = await import(join(root, 'packages/ocr/dist/engines/paddle/protobuf.js'))
  const [rows, inner, columns] = [480, 480, 480]
  const tensor = (field, name, sides) =>
    nested(field, [
      text(1, name),
      nested(2, [
        nested(1, [
          whole(1, 1),
          nested(
            2,
            sides.map((side) => nested(1, [whole(1, side)]))
          )
        ])
      ])
    ])
  const values = Float32Array.from({ length: inner * columns }, (_, at) => ((at * 7919) % 1000) / 1000 - 0.5)
  const weights = [
    whole(1, inner),
    whole(1, columns),
    whole(2, 1),
    text(8, 'w'),
    { number: 9, wire: 2, bytes: new Uint8Array(values.buffer) }
  ]
  const graph = nested(7, [
    nested(1, [text(1, 'x'), text(1, 'w'), text(2, 'y'), text(4, 'MatMul')]),
    text(2, 'product'),
    nested(5, weights),
    tensor(11, 'x', [rows, inner]),
    tensor(12, 'y', [rows, columns])
  ])
  const session = await ort.InferenceSession.create(writeFields([whole(1, 7), graph, nested(8, [whole(2, 13)])]), { intraOpNumThreads: 1 })
  const x = new ort.Tensor('float32', values.slice(0, rows * inner), [rows, inner])
  return {
    operations: 2 * rows * inner * columns,
    async run(times) {
      for (let i = 0; i < times; i++) await session.run({ x })
    }
  }
}

async function cpuSecondsOf(work) {
  const before = process.cpuUsage()
  await work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}
