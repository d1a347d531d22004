// Which way up pages stand: every page is stored in all four directions, and it is counted how it is turned back. Prints the
// confusion by what the page is set in. Of interest are first the upright pages that are turned (there must be none).
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { orientGrey } from '../../packages/ocr/dist/image/orientation.js'
import { analyseLayout, createEngine, openScan } from '../../packages/ocr/dist/index.js'
import { findWayUp } from '../../packages/ocr/dist/way-up.js'

/** How a page that is stored so must be turned to stand upright, in degrees clockwise. */
const stored = { upright: 1, 'on its left side': 6, 'upside down': 3, 'on its right side': 8 }
const nameOf = Object.fromEntries(Object.entries(stored).map(([name, turn]) => [turn, name]))
/** The turn that brings a page into the position that `turn` brings upright. */
const inverse = { 1: 1, 3: 3, 6: 8, 8: 6 }

/** @param pages `{ id, file, language, group }` @param engineName which engine tells */
export async function measureOrientation(pages, engineName) {
  const engine = await createEngine(engineName)
  const tables = new Map()
  try {
    for (const page of pages) {
      const [scan] = await openScan(readFileSync(page.file), basename(page.file))
      const upright = await scan.readGrey()
      const options = { language: page.language, ...(scan.dpi ? { dpi: scan.dpi } : {}) }
      const answers = []
      for (const [name, turn] of Object.entries(stored)) {
        const grey = orientGrey(upright, inverse[turn])
        const start = process.cpuUsage()
        const layout = analyseLayout(grey, options)
        const layoutTime = process.cpuUsage(start)
        const found = (await findWayUp(grey, layout, { engine, ...options })).turn ?? 1
        const { user, system } = process.cpuUsage(start)
        const spent = (user + system - layoutTime.user - layoutTime.system) / 1e6
        for (const group of [page.group, 'all']) count(tables, group, turn, found, spent)
        answers.push(found === turn ? name : `${name} (taken to be ${nameOf[found]})`)
      }
      console.log(`${page.id.padEnd(24)} ${answers.join(', ')}`)
    }
  } finally {
    await engine.close()
  }
  for (const [group, table] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1))) printTable(group, table)
}

function count(tables, group, truth, found, spent) {
  const table = tables.get(group) ?? { cells: {}, seconds: 0, upright: 0 }
  const key = `${truth} ${found}`
  table.cells[key] = (table.cells[key] ?? 0) + 1
  table.seconds += truth === 1 ? spent : 0
  table.upright += truth === 1 ? 1 : 0
  tables.set(group, table)
}

function printTable(group, { cells, seconds, upright }) {
  const turns = Object.values(stored)
  const cell = (truth, found) => cells[`${truth} ${found}`] ?? 0
  console.log(`\n${group}: ${upright} pages, ${(seconds / upright).toFixed(2)} s of processor time for each that stands upright`)
  console.log(`${'stored  \\  taken to be'.padEnd(24)}${turns.map((turn) => nameOf[turn].padStart(20)).join('')}`)
  for (const truth of turns)
    console.log(`${nameOf[truth].padEnd(24)}${turns.map((found) => String(cell(truth, found) || '–').padStart(20)).join('')}`)
  const turned = turns.filter((turn) => turn !== 1)
  const right = turned.reduce((sum, turn) => sum + cell(turn, turn), 0)
  const all = turned.reduce((sum, truth) => sum + turns.reduce((row, found) => row + cell(truth, found), 0), 0)
  console.log(`upright left alone ${cell(1, 1)} of ${upright}; turned found ${right} of ${all} (${((100 * right) / all).toFixed(1)} %)`)
}
