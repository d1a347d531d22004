// How well pages are read: lines found, reading order, characters. Made pages with exact truth (BROADSHEET_CORPUS).
//   pnpm bench reading [--engine none|paddle|tesseract|both|native] [--pages dev-04,dev-05] [--folder made/by/forge]
//                      [--layout-only] [--perfect-lines] [--overlay folder] [--missed] [--confusions 40]
//                      [--orientation | --folds]
//   pnpm bench reading --own-analysis [--engine tesseract|native]: real pages, beside Tesseract's own page analysis
// --confusions counts what was read for what on the lines that were found.
// --missed lists missed and false lines with their causes, and counts those.
// --layout-only (the default) reads nothing: lines and their order, page by page and summed by level and language. --folder may be
// given more than once. --orientation stores every page in four directions and counts how it is turned back;
// --folds lays pages side by side and counts which are told to be two.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { analyseLayout, createEngine, drawOverlay, openScan, recognize } from '../packages/ocr/dist/index.js'
import { doubtOf, wrongGlyphs } from './engines.mjs'
import { printConfusions } from './lib/confusions.mjs'
import { measureFolds } from './reading/folds.mjs'
import { falseLines, missedLines } from './reading/line-errors.mjs'
import { distance, folded, hanOnly, matchLines, orderFree, pairwiseOrder } from './reading/measures.mjs'
import { measureOrientation } from './reading/orientation.mjs'
import { measureOwnAnalysis } from './reading/own-analysis.mjs'
import { madePages, realPages } from './reading/truth.mjs'

export default async function (args) {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: 'none' },
      pages: { type: 'string' },
      folder: { type: 'string', multiple: true },
      'layout-only': { type: 'boolean', default: false },
      'perfect-lines': { type: 'boolean', default: false },
      overlay: { type: 'string' },
      dump: { type: 'string' },
      missed: { type: 'boolean', default: false },
      confusions: { type: 'string' },
      'own-analysis': { type: 'boolean', default: false },
      orientation: { type: 'boolean', default: false },
      folds: { type: 'boolean', default: false }
    }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('reading: skipped, BROADSHEET_CORPUS is not set')
  if (values['own-analysis']) return measureOwnAnalysis(corpus, values)
  const folders = values.folder ?? [join(corpus, 'corpus', 'made-pages')]
  const pages = folders.flatMap((folder) => madePages(folder, values.pages?.split(',')))
  if (values.orientation || values.folds) {
    const real = corpus && !values.folder ? realPages(corpus, values.pages?.split(',')) : []
    const made = pages.map((page) => ({
      ...page,
      vertical: isVertical(page),
      group: `${page.language}${isVertical(page) ? ', vertical' : ''}`
    }))
    if (values.folds) return measureFolds([...made, ...real])
    return measureOrientation([...made, ...real], values.engine === 'none' ? 'auto' : values.engine)
  }
  if (values.overlay) mkdirSync(values.overlay, { recursive: true })
  if (values.engine !== 'none' && !values['layout-only']) return measureReading(pages, values)
  console.log('page     level  lines  recall  precision  order all / article   CER of the order   CPU s')
  const sums = new Map()
  const causes = new Map()
  for (const page of pages) {
    const row = await measureLayout(page, { ...values, causes })
    for (const name of [groupOf(page), 'all']) addLayout(sums, name, row)
  }
  console.log('\nlevel, language      pages  recall  precision  order all / article   CER of the order')
  for (const [name, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${name.padEnd(20)} ${String(sum.pages).padStart(5)}  ${layoutRow(sum)}`)
  const { jointsRight, sureRight, jointsWrong, sureWrong } = sums.get('all')
  console.log(
    `from region to region: ${jointsRight} right, mean confidence ${share(sureRight, jointsRight)}; ${jointsWrong} wrong, ${share(sureWrong, jointsWrong)}`
  )
  for (const [cause, count] of [...causes].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${cause}`)
}

const isVertical = (page) => page.lines.filter((line) => line.direction === 'vertical-rl').length > page.lines.length / 2
const groupOf = (page) => `${page.level} ${page.language}${isVertical(page) ? ', vertical' : ''}`

function addLayout(sums, name, row) {
  const sum = sums.get(name) ?? { pages: 0 }
  sum.pages++
  for (const [key, value] of Object.entries(row)) sum[key] = (sum[key] ?? 0) + value
  sums.set(name, sum)
}

const layoutRow = (row) =>
  `${share(row.matched, row.lines)}     ${share(row.matched, row.found)}     ${share(row.all, row.pairs)} / ${share(row.within, row.pairsWithin)}         ${percent({ edits: row.edits, length: row.length })}`

const engineNames = { both: ['paddle', 'tesseract'] }

async function measureReading(pages, values) {
  const [engine, second] = await Promise.all((engineNames[values.engine] ?? [values.engine]).map((name) => createEngine(name)))
  console.log('page     level   CER in order  order-free   Han only   recall  precision  order all / article   CPU s   RSS MB')
  const sums = new Map()
  try {
    for (const page of pages) {
      const start = process.cpuUsage()
      const [scan] = await openScan(readFileSync(page.file), basename(page.file))
      const read = await recognize(scan, { engine, ...(second ? { second } : {}), language: page.language, pageId: page.id })
      const { user, system } = process.cpuUsage(start)
      const row = scoreReading(page, read)
      addTo(sums, `level ${page.level}${isVertical(page) ? ' vertical' : ''} ${page.language}`, row)
      console.log(
        `${page.id.padEnd(10)} ${page.level}      ${percent(row.order)}       ${percent(row.free)}      ${percent(row.han)}     ${share(row.matched, page.lines.length)}   ${share(row.matched, row.found)}   ${share(row.all.right, row.all.all)} / ${share(row.within.right, row.within.all)}   ${((user + system) / 1e6).toFixed(1).padStart(5)}   ${process.memoryUsage().rss >> 20}`
      )
      if (values.overlay) writeFileSync(join(values.overlay, `${page.id}.png`), await drawOverlay(scan, read))
      if (values.dump) writeFileSync(join(values.dump, `${page.id}.json`), JSON.stringify(read, null, 1))
    }
  } finally {
    await engine.close()
    await second?.close()
  }
  for (const [name, { order, free, han, marks }] of sums) {
    const { auc, share: found } = doubtOf(marks)
    const doubt = `doubt: area under ROC ${auc.toFixed(3)}, wrong ones in the doubtful 2 % ${(100 * found).toFixed(0)} %`
    console.log(`${name.padEnd(22)} in order ${percent(order)}  order-free ${percent(free)}  Han only ${percent(han)}  ${doubt}`)
  }
  if (values.confusions) for (const [name, { lines }] of sums) printConfusions(name, lines, Number(values.confusions))
}

function addTo(sums, name, row) {
  const sum = sums.get(name) ?? {
    order: { edits: 0, length: 0 },
    free: { edits: 0, length: 0 },
    han: { edits: 0, length: 0 },
    marks: [],
    lines: []
  }
  for (const key of ['order', 'free', 'han']) {
    sum[key].edits += row[key].edits
    sum[key].length += row[key].length
  }
  sum.marks.push(...row.marks)
  sum.lines.push(...row.lines)
  sums.set(name, sum)
}

/** What was read beside the truth. Lines held to be noise do not count as text. */
function scoreReading(page, read) {
  const lines = read.regions.filter((region) => region.type === 'text' && region.role !== 'noise').flatMap((region) => region.lines)
  const text = lines.map((line) => line.text).join('')
  const truth = page.lines.map((line) => line.text)
  const whole = folded(truth.join(''))
  const matched = matchLines(
    page.lines.map((line) => line.box),
    lines.map((line) => line.box)
  )
  return {
    order: { edits: distance(whole, folded(text)), length: [...whole].length },
    free: orderFree(truth, text, folded),
    han: orderFree(truth, text, hanOnly),
    marks: [...matched].flatMap(([index, found]) =>
      wrongGlyphs(truth[index], { glyphs: lines[found].words.flatMap(({ glyphs }) => glyphs) })
    ),
    lines: [...matched].map(([index, found]) => [folded(truth[index]), folded(lines[found].text)]),
    matched: matched.size,
    found: lines.length,
    all: pairwiseOrder(matched),
    within: pairwiseOrder(
      matched,
      page.lines.map((line) => line.article)
    )
  }
}

const percent = ({ edits, length }) => `${((100 * edits) / Math.max(1, length)).toFixed(2)} %`.padStart(8)

async function measureLayout(page, values) {
  const [scan] = await openScan(readFileSync(page.file), basename(page.file))
  const grey = await scan.readGrey()
  const start = process.cpuUsage()
  const layout = analyseLayout(grey, { dpi: scan.dpi, language: page.language })
  const { user, system } = process.cpuUsage(start)
  const found = layout.regions.flatMap((region) => region.lines).map(boundsOf)
  const matched = matchLines(
    page.lines.map((line) => line.box),
    found
  )
  const all = pairwiseOrder(matched)
  const within = pairwiseOrder(
    matched,
    page.lines.map((line) => line.article)
  )
  const row = {
    lines: page.lines.length,
    found: found.length,
    matched: matched.size,
    all: all.right,
    pairs: all.all,
    within: within.right,
    pairsWithin: within.all,
    ...orderEdits(page.lines, matched),
    ...joints(layout.regions, matched)
  }
  console.log(
    `${page.id.padEnd(10)} ${page.level} ${String(page.lines.length).padStart(7)}  ${layoutRow(row)}      ${((user + system) / 1e6).toFixed(1)}`
  )
  if (values.missed) printErrors(page, found, matched, values.causes)
  if (values.overlay) writeFileSync(join(values.overlay, `${page.id}.png`), await drawOverlay(scan, layoutPage(layout)))
  return row
}

/** Each missed and false line with its cause; `causes` counts them. */
function printErrors(page, found, matched, causes) {
  const rounded = (box) => JSON.stringify(Object.values(box).map(Math.round))
  const count = (name) => causes.set(name, (causes.get(name) ?? 0) + 1)
  for (const { line, cause } of missedLines(page, found, matched)) {
    count(`missed, ${cause}`)
    console.log(`  missed, ${cause}: ${line.kind} “${line.text}” ${rounded(line.box)}`)
  }
  for (const { box, cause } of falseLines(page, found, matched)) {
    count(`false, ${cause}`)
    console.log(`  false, ${cause}: ${rounded(box)}`)
  }
}

/** What the order alone costs: the true text of the lines found, in true order and in the order found. */
function orderEdits(lines, matched) {
  const inOrder = [...matched].sort((a, b) => a[1] - b[1]).map(([index]) => lines[index].text)
  const truth = folded(
    [...matched.keys()]
      .sort((a, b) => a - b)
      .map((index) => lines[index].text)
      .join('')
  )
  return { edits: distance(truth, folded(inOrder.join(''))), length: [...truth].length }
}

/** Where one region follows another: how many stand as in the truth, and the mean confidence of the order there, right and wrong. */
function joints(regions, matched) {
  const truthOf = new Map([...matched].map(([truth, found]) => [found, truth]))
  const ranks = new Map([...matched.keys()].sort((a, b) => a - b).map((truth, rank) => [truth, rank]))
  const sum = { jointsRight: 0, sureRight: 0, jointsWrong: 0, sureWrong: 0 }
  let at = 0
  let last
  for (const { lines, orderConfidence } of regions) {
    const places = lines.map((_, index) => truthOf.get(at + index)).filter((place) => place !== undefined)
    at += lines.length
    if (places.length === 0) continue
    if (last !== undefined) {
      const kind = ranks.get(places[0]) === ranks.get(last) + 1 ? 'Right' : 'Wrong'
      sum[`joints${kind}`]++
      sum[`sure${kind}`] += orderConfidence
    }
    last = places.at(-1)
  }
  return sum
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
