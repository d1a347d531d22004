// Where the CPU time of layout goes, step by step, a page; every page twice, the second time counted. Made pages as in bench/reading.mjs.
//   pnpm bench layout-steps [--folder made/by/forge] [--pages dev-04,dev-05,dev-08,dev-11]
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const dist = new URL('../packages/ocr/dist/', import.meta.url)
const load = async (...names) => Object.assign({}, ...(await Promise.all(names.map((name) => import(new URL(`${name}.js`, dist))))))
const l = await load(
  'index',
  'image/grey',
  'image/orientation',
  ...['arrange', 'blob', 'direction', 'mask', 'pieces', 'sheet', 'straighten', 'type-size', 'view'].map((name) => `layout/${name}`)
)

export default async function (args) {
  const { values } = parseArgs({
    args,
    options: { folder: { type: 'string' }, pages: { type: 'string', default: 'dev-04,dev-05,dev-08,dev-11' } }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('layout-steps: skipped, BROADSHEET_CORPUS is not set')
  const folder = values.folder ?? join(corpus, 'corpus', 'made-pages')
  const wanted = values.pages.split(',')
  const pages = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).pages.filter((page) => wanted.includes(page.id))
  const sums = new Map()
  for (const page of pages)
    for (const counted of [false, true]) {
      const bytes = readFileSync(join(folder, page.image))
      const timed = async (step, work) => {
        const before = process.cpuUsage()
        const result = await work()
        const { user, system } = process.cpuUsage(before)
        if (counted) sums.set(step, (sums.get(step) ?? 0) + (user + system) / 1000)
        return result
      }
      await measure(bytes, page, timed)
    }
  for (const [step, sum] of sums) console.log(`${step.padEnd(40)} ${(sum / pages.length).toFixed(0).padStart(6)} ms`)
}

/** The steps of `analyseLayout`, one after the other, and the whole. */
async function measure(bytes, { image, lang = 'zh-Hans' }, timed) {
  const latin = !lang.startsWith('zh')
  const { scan, grey } = await timed('decode', async () => {
    const [scan] = await l.openScan(bytes, image)
    return { scan, grey: await scan.readGrey() }
  })
  const factor = Math.max(1, Math.round((scan.dpi ?? 170) / 170))
  const reduced = await timed('reduce, paint what lies around the sheet', () => l.paintSurround(l.reduceGrey(grey, factor)))
  const mask = await timed('ink', () => l.binarise(reduced))
  const blobs = await timed('pieces of ink', () => l.connectedBlobs(mask))
  const em = l.typeSize(blobs, mask.height, latin)
  const lean = await timed('leans and curls', () => l.estimateLean(mask, blobs, em))
  const straight = await timed('straighten', () => l.straighten(reduced, lean))
  const turned = await timed('direction', () => !latin && l.downwardShare(blobs, em) > 0.5)
  const picture = turned ? l.orientGrey(straight, 8) : straight
  const pieces = await timed('ink again, tints, rules, lines', () => l.findPieces(picture, em, latin))
  const view = { factor, lean, em, turned, width: straight.width }
  const lines = new Map(pieces.lines.map((line) => [l.toFoundLine(view, line), line]))
  await timed('regions and order', () =>
    l.arrange({ view, latin, rules: pieces.rules, pictures: pieces.pictures, lines }, [...lines.keys()])
  )
  await timed('all of layout', () => l.analyseLayout(grey, { ...(scan.dpi ? { dpi: scan.dpi } : {}), language: lang }))
}
