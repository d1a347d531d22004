// Column joins on pages with boxes: made pages whose every printed line is known. A region for every paragraph of a column, as a layout
// would find it (true boxes), or whatever a reading of the scan found (`--pages <folder>`: <id>.json, as `broadsheet ocr` writes them).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Adds the joins of one page to the score. */
export function scoreBoxes(truth, page, changes, score, detail) {
  const ends = new Map()
  const starts = new Map()
  const next = new Map()
  const paragraphs = new Map()
  for (const line of truth.lines)
    if (line.para != null) {
      const key = `${articleOf(truth, line)} ${line.para}`
      paragraphs.set(key, [...(paragraphs.get(key) ?? []), line])
    }
  for (const run of paragraphs.values()) for (const [index, line] of run.entries()) next.set(line.id, run[index + 1]?.id)
  for (const region of page.regions) {
    if (region.type !== 'text' || region.lines.length === 0) continue
    const own = region.lines.filter(({ text }) => text.trim() !== '').map((line) => truthLine(truth, line))
    if (own.length === 0) continue
    const [first, last] = [own[0], own.at(-1)]
    if (last) ends.set(region.id, last.id)
    if (first) starts.set(first.id, region.id)
  }
  const due = new Map()
  for (const [region, line] of ends) {
    const target = starts.get(next.get(line))
    if (target && target !== region) due.set(`${region}>${target}`, false)
  }
  const said = changes.filter(({ kind }) => kind === 'join')
  for (const change of said) {
    if (change.region === change.target.region) continue
    const pair = `${change.region}>${change.target.region}`
    const right = due.has(pair)
    const unknown = !ends.has(change.region) || truth.lines.every(({ id }) => starts.get(id) !== change.target.region)
    if (change.status === 'applied') {
      if (right) score.joins.right++
      else if (unknown || isFurniture(truth, ends.get(change.region))) score.others++
      else {
        score.joins.wrong++
        if (detail) console.log(`  ${truth.id} wrong: ${shows(page, change)} ${change.reason} ${JSON.stringify(change.evidence)}`)
      }
    } else if (right) score.proposed++
    if (right) due.set(pair, change.status)
  }
  for (const [pair, status] of due)
    if (status !== 'applied') {
      score.joins.missed++
      const [region, target] = pair.split('>')
      if (detail)
        console.log(`  ${truth.id} missed${status ? ' (proposed)' : ''}: ${shows(page, { region, target: { region: target, at: 0 } })}`)
    }
}

function articleOf(truth, line) {
  return truth.blocks.find(({ id }) => id === line.block)?.article ?? line.article
}

function isFurniture(truth, id) {
  return truth.lines.find((line) => line.id === id)?.para == null
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

export const emptyBoxScore = () => ({ joins: new Tally(), proposed: 0, others: 0, pages: 0 })
