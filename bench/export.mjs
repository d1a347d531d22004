// Milliseconds a page and format, and bytes against the image's. Arguments: an issue folder of the output and the folder of its
// scans; without them the sample scans are read first (half a minute). With `--memory [50,200,500] [words]`: instead, the peak
// memory of the commands (those that have one of the words in their name) on issues of so many pages.
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as exporting from '../packages/export/dist/index.js'
import { measureMemory } from './export/memory.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { replay } = await import(pathToFileURL(join(root, 'packages/document/dist/index.js')).href)

export default async function bench(args) {
  const work = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const memory = args.indexOf('--memory')
  const places = memory < 0 ? args : args.slice(0, memory)
  try {
    const [folder, scans] = places.length > 0 ? places : readSamples(work)
    if (!existsSync(join(folder, 'issue.json')))
      throw new Error(`Expected an issue folder of the output but there is no issue.json in ${folder}`)
    if (memory < 0) return await measureIssue(folder, scans ?? folder, work)
    const [counts = '50,200,500', ...words] = args.slice(memory + 1)
    measureMemory(folder, scans ?? folder, counts.split(',').map(Number), words)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function readSamples(work) {
  const out = join(work, 'out')
  const [issue] = readdirSync(join(root, 'scans'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  execFileSync(process.execPath, [join(root, 'packages/cli/bin/broadsheet.js'), 'run', join(root, 'scans'), '--out', out, '--quiet'])
  return [join(out, issue.name), join(root, 'scans', issue.name)]
}

async function measureIssue(folder, scans, work) {
  const issue = JSON.parse(readFileSync(join(folder, 'issue.json'), 'utf8'))
  const readPages = () =>
    issue.pages.filter((page) => page.state.stage !== 'failed').map((page) => readPage(join(folder, 'pages', page.id)))
  const pages = readPages()
  const scanned = (list) => list.filter(({ page }) => page.image && existsSync(join(scans, page.image.href)))
  const withImage = scanned(pages)
  const imageBytes = withImage.reduce((sum, { page }) => sum + statSync(join(scans, page.image.href)).size, 0)
  const characters = pages.reduce(
    (sum, { blocks }) => sum + blocks.reduce((n, block) => n + block.pieces.reduce((m, piece) => m + piece.text.length, 0), 0),
    0
  )
  console.log(
    `${issue.id}: ${pages.length} pages, ${withImage.length} with a scan (${megabytes(imageBytes)} MB), ${characters} characters, ${issue.articles.length} articles`
  )
  console.log('format'.padEnd(22), 'ms/page'.padStart(9), 'kB/page'.padStart(10), '% of the images'.padStart(16))
  for (const [name, write] of formats(issue, scans)) {
    const forScans = name === 'searchable PDF'
    const count = forScans ? withImage.length : pages.length
    if (count === 0) continue
    const { milliseconds, bytes } = await measure(() => (forScans ? scanned(readPages()) : readPages()), write)
    const share = imageBytes > 0 ? `${((100 * bytes) / imageBytes).toFixed(1)}` : '-'
    console.log(
      name.padEnd(22),
      (milliseconds / count).toFixed(1).padStart(9),
      (bytes / count / 1000).toFixed(1).padStart(10),
      share.padStart(16)
    )
  }
  await measureBundles(issue, folder, withImage, scans, work, pages.length, imageBytes)
}

function readPage(folder) {
  const page = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))
  const lines = readFileSync(join(folder, 'changes.jsonl'), 'utf8').split('\n').filter(Boolean)
  const changes = lines.map((line) => JSON.parse(line))
  return { page, changes, blocks: replay(page, changes) }
}

function formats(issue, scans) {
  const image = ({ page }) => readFileSync(join(scans, page.image.href))
  const each = (write) => (pages) => pages.map((page) => write(page))
  return [
    ['Markdown', (pages) => exporting.exportMarkdown(issue, pages).map((file) => file.content)],
    ['ALTO 4.4', each((page) => exporting.writeAlto(page))],
    ['ALTO 2.1', each((page) => exporting.writeAlto(page, { version: '2.1' }))],
    ['PAGE-XML 2019', each((page) => exporting.writePageXml(page))],
    ['hOCR', each((page) => exporting.writeHocr(page))],
    ['METS', (pages) => [exporting.writeMets(issue, pages)]],
    ['TEI', (pages) => [exporting.writeTei(issue, pages)]],
    ['Dublin Core', () => [exporting.writeDublinCore(issue)]],
    ['searchable PDF', (pages) => Promise.all(pages.map((page) => exporting.writePagePdf(page, issue, { image: image(page) })))],
    ['EPUB', async (pages) => [await exporting.writeEpub(issue, pages)]]
  ]
}

/** The middle of five runs after one to warm up; each on pages read anew, since writers remember what they worked out of a page. */
async function measure(read, write) {
  const times = []
  let bytes = 0
  for (let run = 0; run < 6; run++) {
    const pages = read()
    const start = performance.now()
    const contents = await write(pages)
    if (run > 0) times.push(performance.now() - start)
    bytes = contents.reduce((sum, content) => sum + Buffer.byteLength(content), 0)
  }
  return { milliseconds: times.sort((a, b) => a - b)[2], bytes }
}

async function measureBundles(issue, folder, withImage, scans, work, pages, imageBytes) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fileEntry(join(entry.parentPath, entry.name), join(entry.parentPath, entry.name).slice(folder.length + 1)))
  for (const { page } of withImage) entries.push(fileEntry(join(scans, page.image.href), `scans/${page.image.href}`))
  const options = { info: { identifier: issue.id, baggingDate: '2024-01-01' }, derive: exporting.roCrate(issue, { date: '2024-01-01' }) }
  const forms = [
    ['bag, folder', join(work, 'bag'), exporting.createFolderSink],
    ['bag, tar', join(work, 'bag.tar'), exporting.createTarSink],
    ['bag, zip', join(work, 'bag.zip'), exporting.createZipSink]
  ]
  for (const [name, path, createSink] of forms) {
    const written = await timed(async () =>
      exporting.writeBag(await createSink(path, { folder: issue.id, replace: true }), entries, options)
    )
    const verified = await timed(() => exporting.verifyBundle(path))
    const share = imageBytes > 0 ? ((100 * written.value.bytes) / imageBytes).toFixed(1) : '-'
    console.log(
      name.padEnd(22),
      (written.milliseconds / pages).toFixed(1).padStart(9),
      (written.value.bytes / pages / 1000).toFixed(1).padStart(10),
      share.padStart(16)
    )
    console.log(`  verified: ${verified.value.ok}`.padEnd(22), (verified.milliseconds / pages).toFixed(1).padStart(9))
  }
}

const fileEntry = (file, path) => ({ path, size: statSync(file).size, source: () => createReadStream(file) })

async function timed(work) {
  const start = performance.now()
  const value = await work()
  return { value, milliseconds: performance.now() - start }
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1)
