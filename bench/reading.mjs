// How well pages are read: lines found, reading order, characters. Made pages with exact truth (BROADSHEET_CORPUS).
//   pnpm bench reading [--engine none|paddle|tesseract|both|native] [--pages dev-04,dev-05] [--folder made/by/forge]
//                      [--perfect-lines] [--overlay folder] [--missed]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { analyseLayout, drawOverlay, openScan, recognize } from '../packages/ocr/dist/index.js'
import { distance, folded, hanOnly, matchLines, orderFree, pairwiseOrder } from './reading/measures.mjs'
import { madePages } from './reading/truth.mjs'

export default async function (args) {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: 'none' },
      pages: { type: 'string' },
      folder: { type: 'string' },
      'perfect-lines': { type: 'boolean', default: false },
      overlay: { type: 'string' },
      missed: { type: 'boolean', default: false }
    }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('reading: skipped, BROADSHEET_CORPUS is not set')
  const pages = madePages(values.folder ?? join(corpus, 'corpus', 'made-pages'), values.pages?.split(','))
  if (values.overlay) mkdirSync(values.overlay, { recursive: true })
  console.log('page     level  lines  recall  precision  order all / article   CPU s')
  for (const page of pages) await measureLayout(page, values)
}

async function measureLayout(page, values) {
  const [scan] = await openScan(readFileSync(page.file), basename(page.file))
  const grey = await scan.readGrey()
  const start = process.cpuUsage()
  const layout = analyseLayout(grey, { dpi: scan.dpi, language: page.language })
  const { user, system } = process.cpuUsage(start)
  const found = layout.regions.flatMap((region) => region.lines).map(boundsOf)
  const matched = matchLines(page.lines.map((line) => line.box), found)
  const all = pairwiseOrder(matched)
  const within = pairwiseOrder(matched, page.lines.map((line) => line.article))
  console.log(
    `${page.id.padEnd(10)} ${page.level} ${String(page.lines.length).padStart(7)}  ${share(matched.size, page.lines.length)}     ${share(matched.size, found.length)}     ${share(all.right, all.all)} / ${share(within.right, within.all)}      ${((user + system) / 1e6).toFixed(1)}`
  )
  if (values.missed) for (const [index, line] of page.lines.entries()) if (!matched.has(index)) console.log(`  missed ${line.kind} “${line.text}” ${JSON.stringify(line.box)}`)
  if (values.missed) for (const [index, box] of found.entries()) if (![...matched.values()].includes(index)) console.log(`  extra ${index} ${JSON.stringify(box)}`)
  if (values.overlay) writeFileSync(join(values.overlay, `${page.id}.png`), await drawOverlay(scan, layoutPage(layout)))
}

/** A page with nothing but its layout, for drawing. */
function layoutPage(layout) {
  return {
    id: 'layout',
    processing: [],
    regions: [
      ...layout.regions.map((region, index) => ({
        type: 'text',
        id: `r${index + 1}`,
        role: region.role,
        lines: region.lines.map((line, k) => ({ id: `r${index + 1}l${k + 1}`, text: '', box: boundsOf(line) }))
      })),
      ...layout.pictures.map((box, index) => ({ type: 'image', id: `i${index}`, box })),
      ...layout.separators.map((box, index) => ({ type: 'separator', id: `s${index}`, box }))
    ]
  }
}

/** The upright box around a line as it leans. */
function boundsOf({ box, lean, direction }) {
  if (direction === 'horizontal-lr') {
    const drop = lean * box.width
    return { ...box, y: box.y + Math.min(0, drop), height: box.height + Math.abs(drop) }
  }
  const drift = lean * box.height
  return { ...box, x: box.x + Math.min(0, drift), width: box.width + Math.abs(drift) }
}

const share = (part, whole) => (whole === 0 ? '   –  ' : (part / whole).toFixed(4))
