// Milliseconds a page and bytes against the scan's, for every form that readers get: PDF, EPUB, tiles, IIIF, pages of the site, search.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { replay } from '../packages/document/dist/index.js'
import { cutTiles, writeAnnotations, writeEpub, writeIssuePdf, writeManifest, writeSite } from '../packages/export/dist/index.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** pnpm bench publish [output folder] [scans folder] */
export default async function publish([output = join(root, 'output'), scans = join(root, 'scans')]) {
  const issues = loadIssues(output, scans)
  const pages = issues.flatMap((issue) => issue.pages)
  const images = issues.flatMap((issue) => [...issue.images.values()])
  const scanBytes = images.reduce((sum, image) => sum + image.length, 0)
  const textBytes = Buffer.byteLength(
    JSON.stringify(issues.map(({ issue }) => issue.articles.map((article) => article.parts.map((part) => part.text))))
  )
  console.log(
    `${issues.length} issues, ${pages.length} pages, ${images.length} scans of ${mb(scanBytes)} MB, ${(textBytes / 1024).toFixed(0)} kB of article text`
  )
  console.log('form'.padEnd(34), 'ms/page'.padStart(9), 'MB'.padStart(8), 'of the scans'.padStart(14))
  const row = (name, milliseconds, bytes) =>
    console.log(
      name.padEnd(34),
      (milliseconds / pages.length).toFixed(1).padStart(9),
      mb(bytes).padStart(8),
      `${((100 * bytes) / scanBytes).toFixed(1)} %`.padStart(14)
    )
  const forms = {
    'PDF/A-2u, searchable': (item) => writeIssuePdf(item.issue, item.pages, item).then((pdf) => [pdf]),
    'EPUB 3': async (item) => [await writeEpub(item.issue, item.pages)],
    'IIIF manifest and annotations': async (item) => {
      const options = { baseUrl: 'https://archive.example' }
      return [
        writeManifest(item.issue, item.pages, options).content,
        ...Array.from(writeAnnotations(item.issue, item.pages, options), (file) => file.content)
      ]
    },
    tiles: async (item) => {
      const bytes = []
      for (const { page } of item.pages) {
        const image = page.image && (await item.imageOf(page.id))
        if (image) bytes.push(...(await cutTiles(image, page.id, page.image)).files.map((file) => file.content))
      }
      return bytes
    },
    'site without scans': async (item) => {
      const bytes = []
      for await (const file of writeSite({ issues: [{ ...item, imageOf: async () => undefined }] }, { formats: [] }))
        bytes.push(file.content)
      return bytes
    }
  }
  for (const [name, form] of Object.entries(forms)) {
    const start = performance.now()
    let bytes = 0
    for (const item of issues) for (const content of await form(item)) bytes += Buffer.byteLength(content)
    row(name, performance.now() - start, bytes)
  }
  await searchIndex()
}

/** How the search index grows: made Chinese text with the frequencies of words that real text has. */
async function searchIndex() {
  const { writeSearchIndex } = await import('../packages/export/dist/site/search-index.js')
  for (const count of [1000, 10000]) {
    const documents = Array.from({ length: count }, (_, number) => madeDocument(number))
    const text = documents.reduce((sum, document) => sum + Buffer.byteLength(document.text), 0)
    const start = performance.now()
    const files = writeSearchIndex([{ name: '2024', documents }])
    const sizes = files.map((file) => Buffer.byteLength(file.content))
    const terms = files.filter((file) => file.path.includes('/terms-')).reduce((sum, file) => sum + Buffer.byteLength(file.content), 0)
    console.log(
      `search, ${count} articles, ${mb(text)} MB of text: ${((performance.now() - start) / count).toFixed(2)} ms an article, terms ${mb(terms)} MB (${((100 * terms) / text).toFixed(0)} % of the text), ${files.length} files, the largest ${(Math.max(...sizes) / 1024).toFixed(0)} kB`
    )
  }
}

function madeDocument(number) {
  let seed = createHash('sha256').update(String(number)).digest().readUInt32LE(0)
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  // Zipf's law over 3,500 characters, the most used first.
  let text = ''
  for (let at = 0; at < 700; at++) text += at % 23 === 22 ? '，' : String.fromCodePoint(0x4e00 + Math.floor(3500 ** random()))
  return { title: `第${number}篇`, href: `issues/x/articles/${number}.html`, source: '临湖晚报 2024-01-01', text }
}

function loadIssues(output, scans) {
  if (!existsSync(output)) throw new Error(`Expected an output folder but there is no ${output}`)
  const folders = readdirSync(output).filter((name) => existsSync(join(output, name, 'issue.json')))
  if (folders.length === 0) throw new Error(`Expected issues in ${output} but there are none: broadsheet run makes some`)
  return folders.map((name) => {
    const issue = JSON.parse(readFileSync(join(output, name, 'issue.json'), 'utf8'))
    const pages = issue.pages.filter((page) => page.state.stage !== 'failed').map((page) => loadPage(join(output, name, 'pages', page.id)))
    const images = new Map(
      pages.flatMap(({ page }) => {
        const path = page.image && join(scans, issue.id, basename(page.image.href))
        return path && existsSync(path) ? [[page.id, readFileSync(path)]] : []
      })
    )
    return { issue, pages, images, imageOf: async (id) => images.get(id) }
  })
}

function loadPage(folder) {
  const page = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))
  const lines = readFileSync(join(folder, 'changes.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const changes = lines.map((line) => JSON.parse(line))
  return { page, changes, blocks: replay(page, changes) }
}

const mb = (bytes) => (bytes / 2 ** 20).toFixed(2)
