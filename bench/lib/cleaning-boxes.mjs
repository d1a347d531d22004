// Column joins on pages with boxes: made pages whose every printed line is known. A region for every paragraph of a column, as a layout
// would find it (true boxes), or whatever a reading of the scan found (`--readings <folder>`: <id>.json, as `broadsheet ocr` writes them).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lineSpans, textRegions } from '../../packages/document/dist/index.js'
import { Tally } from './cleaning-data.mjs'

export function madeTruths(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.truth.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .map((truth) => ({ ...truth, id: truth.id ?? truth.page.id }))
}

const boxOf = ([x0, y0, x1, y1]) => ({ x: Math.round(x0), y: Math.round(y0), width: Math.round(x1 - x0), height: Math.round(y1 - y0) })

const around = (boxes) =>
  boxOf([
    Math.min(...boxes.map((b) => b[0])),
    Math.min(...boxes.map((b) => b[1])),
    Math.max(...boxes.map((b) => b[2])),
    Math.max(...boxes.map((b) => b[3]))
  ])

/** The page as a faultless layout would give it; `shuffle` puts the columns of each article in another order. */
export function truePage(truth, shuffle = false) {
  const lines = new Map(truth.lines.map((line) => [line.id, line]))
  const groups = truth.blocks.flatMap((block) => {
    if (block.lines.length === 0) return [[{ type: 'image', id: block.id, box: boxOf(block.bbox) }]]
    const runs = []
    for (const line of block.lines.map((id) => lines.get(id))) {
      const last = runs.at(-1)
      if (last && last[0].para === line.para) last.push(line)
      else runs.push([line])
    }
    const regions = runs.map((run, index) => ({
      type: 'text',
      id: index === 0 ? block.id : `${block.id}.${index}`,
      role: 'paragraph',
      box: around(run.map((line) => line.bbox)),
      lines: run.map((line) => ({
        id: line.id,
        box: boxOf(line.bbox),
        ...(line.orientation === 'vertical' ? { direction: 'vertical-rl' } : {}),
        text: line.text
      }))
    }))
    return [regions]
  })
  const order = groups.map((_, index) => index)
  if (shuffle) for (let index = 0; index + 1 < order.length; index += 2) [order[index], order[index + 1]] = [order[index + 1], order[index]]
  return {
    id: truth.id,
    image: { href: truth.image.file ?? truth.id, width: truth.image.width, height: truth.image.height, sha256: '0'.repeat(64) },
    language: truth.page.lang,
    regions: order.flatMap((index) => groups[index]),
    processing: []
  }
}

export function readPage(folder, id) {
  for (const path of [join(folder, `${id}.json`), join(folder, id, 'page.json')]) {
    if (!existsSync(path)) continue
    const page = JSON.parse(readFileSync(path, 'utf8'))
    return page.page ?? page
  }
  return undefined
}

/**
 * Adds the joins of one page to the score. A join is right when the line it leads from and the line it leads to follow each other in one
 * paragraph: the next line, the other half of the same one, or the next that was read at all.
 */
export function scoreBoxes(truth, page, changes, score, detail) {
  const read = readLines(truth, page)
  const pieces = new Map()
  for (const one of read) {
    const key = one.printed && paragraphOf(truth, one.printed)
    if (key) pieces.set(key, [...(pieces.get(key) ?? []), one])
  }
  const follows = new Map()
  const due = new Map()
  for (const run of pieces.values()) {
    run.sort((a, b) => a.order - b.order || along(a) - along(b))
    for (const [index, one] of run.entries()) {
      const next = run[index + 1]
      if (!next) continue
      follows.set(one, next)
      if (one.region !== next.region && one.isLast && next.isFirst) due.set(`${one.region}>${next.region}`, false)
    }
  }
  for (const change of changes) {
    if (change.kind !== 'join' || change.region === change.target.region) continue
    const end = read.findLast(({ region, from }) => region === change.region && from < change.from)
    const start = read.find(({ region, to }) => region === change.target.region && to > change.target.at)
    const verdict =
      !end?.printed || !start?.printed ? 'others' : follows.get(end) === start ? 'right' : verdictOnFurniture(truth, end, start)
    const pair = `${change.region}>${change.target.region}`
    if (verdict === 'right') due.set(pair, change.status)
    if (change.status !== 'applied') {
      if (verdict === 'right') score.proposed++
      else score.proposedWrong++
    } else if (verdict === 'others') score.others++
    else score.joins[verdict]++
    if (detail && change.status === 'applied' && verdict !== 'right')
      console.log(`  ${truth.id} ${verdict}: ${shows(page, change)} ${change.reason} ${JSON.stringify(change.evidence)}`)
  }
  for (const [pair, status] of due)
    if (status !== 'applied') {
      score.joins.missed++
      const [region, target] = pair.split('>')
      if (detail) console.log(`  ${truth.id} missed${status ? ' (proposed)' : ''}: ${shows(page, { region, target: { region: target } })}`)
    }
}

/** Every line that was read, with the printed one it stands on. */
function readLines(truth, page) {
  const places = new Map(truth.lines.map((line, index) => [line, index]))
  return textRegions(page).flatMap((region) => {
    const spans = lineSpans(region).filter(({ line }) => line.text.trim() !== '')
    return spans.map(({ line, from, to }, index) => {
      const printed = truthLine(truth, line)
      return {
        region: region.id,
        line,
        from,
        to,
        printed,
        order: printed ? places.get(printed) : -1,
        isFirst: index === 0,
        isLast: index === spans.length - 1
      }
    })
  })
}

const along = ({ line, printed }) => (!line.box ? 0 : printed.orientation === 'vertical' ? line.box.y : line.box.x)

function paragraphOf(truth, line) {
  if (line.para == null) return undefined
  return `${truth.blocks.find(({ id }) => id === line.block)?.article ?? line.article} ${line.para}`
}

/** Headings and captions have no paragraphs: two halves of one are no fault, one put to a text is. */
function verdictOnFurniture(truth, end, start) {
  const isFurniture = [end, start].every(({ printed }) => paragraphOf(truth, printed) === undefined)
  return isFurniture && end.printed.block === start.printed.block ? 'others' : 'wrong'
}

/** The printed line a read one stands on: by id where it is the truth's own, else the one that covers it best. */
function truthLine(truth, line) {
  const own = truth.lines.find(({ id }) => id === line.id)
  if (own && own.text === line.text) return own
  if (!line.box) return undefined
  let best
  let most = 0.4
  for (const other of truth.lines) {
    const [x0, y0, x1, y1] = other.bbox
    const shared =
      Math.max(0, Math.min(x1, line.box.x + line.box.width) - Math.max(x0, line.box.x)) *
      Math.max(0, Math.min(y1, line.box.y + line.box.height) - Math.max(y0, line.box.y))
    const share = shared / Math.max(1, Math.min((x1 - x0) * (y1 - y0), line.box.width * line.box.height))
    if (share > most) {
      most = share
      best = other
    }
  }
  return best
}

function shows(page, change) {
  const text = (id) =>
    page.regions
      .find((region) => region.id === id)
      ?.lines.map((line) => line.text)
      .join('') ?? ''
  return `${text(change.region).slice(-14)}|${text(change.target.region).slice(0, 14)}`
}

export const emptyBoxScore = () => ({ joins: new Tally(), proposed: 0, proposedWrong: 0, others: 0, pages: 0 })
