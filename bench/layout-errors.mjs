// Whether the four errors that pass every format check are found: put into made pages one by one, and alarms on pages nobody has touched.
//   node bench/bench.mjs layout-errors --scans folder [--scans folder …] [--readings cache] [--list]
// Pages made by the forge (scan and truth); each as the truth has it, and as our engine reads it (readings are kept in --readings).
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { findLayoutErrors, measureInk } from '@broadsheet/compare'
import { openScan, reduceGrey } from '@broadsheet/ocr'
import { injections, isRight, perfectPage } from './lib/injected-errors.mjs'
import { madeScans, readScans, usualReadings } from './lib/scan-readings.mjs'

export default async function layoutErrors(args) {
  const { values } = parseArgs({
    args,
    options: {
      scans: { type: 'string', multiple: true },
      readings: { type: 'string', default: usualReadings },
      list: { type: 'boolean', default: false }
    }
  })
  const corpus = process.env.BROADSHEET_CORPUS
  const folders = values.scans ?? (corpus ? [`${corpus}/corpus/made-pages`] : undefined)
  if (!folders) return console.log('Set BROADSHEET_CORPUS, or name folders of made pages with --scans: skipped.')
  const scans = await readScans(madeScans(folders), { cache: values.readings })
  const inks = new Map()
  for (const scan of scans) inks.set(scan, await inkOf(scan))
  const sets = {
    'pages as the truth has them': scans.map((scan) => ({ scan, page: perfectPage(scan), ink: inks.get(scan), isRight: () => false })),
    'pages as they were read': scans.map((scan) => ({
      scan,
      page: scan.page,
      ink: inks.get(scan),
      isRight: (error) => isRight(error, scan.page, scan.truth)
    }))
  }
  for (const [name, pages] of Object.entries(sets)) {
    console.log(`\n${name}: ${pages.length}`)
    for (const injection of injections) reportInjection(injection, pages)
    for (const kind of new Set(injections.map((one) => one.kind))) reportAlarms(kind, pages, values.list)
  }
}

/** The same reduction as `broadsheet evaluate --scans` makes. */
async function inkOf(scan) {
  const [sheet] = await openScan(readFileSync(scan.file), basename(scan.file))
  const grey = await sheet.readGrey()
  const factor = Math.max(1, Math.round(grey.width / 1600))
  return measureInk({ ...reduceGrey(grey, factor), factor })
}

/** An alarm counts only when the untouched page does not raise it. */
function reportInjection({ name, kind, inject }, pages) {
  let [all, found] = [0, 0]
  for (const { page, ink } of pages) {
    const before = new Set(alarms(page, ink, kind).map(keyOf))
    for (const { page: damaged, isFound } of inject(page)) {
      all++
      if (alarms(damaged, ink, kind).some((error) => isFound(error) && !before.has(keyOf(error)))) found++
    }
  }
  console.log(
    `  ${name.padEnd(34)} found ${String(found).padStart(4)} of ${String(all).padStart(4)} (${all === 0 ? '–' : `${((100 * found) / all).toFixed(1)} %`})`
  )
}

function reportAlarms(kind, pages, list) {
  let [right, wrong, pagesWithWrong] = [0, 0, 0]
  for (const { scan, page, ink, isRight: judge } of pages) {
    const raised = alarms(page, ink, kind)
    const bad = raised.filter((error) => !judge(error))
    right += raised.length - bad.length
    wrong += bad.length
    if (bad.length > 0) pagesWithWrong++
    if (list)
      for (const error of raised)
        console.log(`    ${bad.includes(error) ? 'false' : 'right'} ${scan.id} ${kind} ${error.place ?? ''} ${JSON.stringify(error.box)}`)
  }
  console.log(`  untouched, ${kind.padEnd(23)} ${right} right alarms, ${wrong} false ones on ${pagesWithWrong} of ${pages.length} pages`)
}

const alarms = (page, ink, kind) => findLayoutErrors(page, ink).filter((error) => error.kind === kind)
const keyOf = ({ kind, place, box }) => `${kind} ${place} ${box.x} ${box.y}`
