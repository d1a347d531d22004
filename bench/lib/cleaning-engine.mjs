// Look-alikes on what the engine really read, with its own next-best readings: made scans brought down to so few dots an inch that it
// errs, each reading kept in the folder of temporary files by the digest of the scan.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lineSpans, textRegions } from '../../packages/document/dist/index.js'
import { createEngine, openScan, recognize } from '../../packages/ocr/dist/index.js'

const sharp = createRequire(new URL('../../packages/ocr/package.json', import.meta.url))('sharp')

/** Truth and reading of every page in simplified Chinese that lies in the folders. */
export async function engineReadings(folders, { dpi, readings, name = 'auto', most = Number.POSITIVE_INFINITY }) {
  const kept = join(tmpdir(), 'broadsheet-bench-coarse')
  mkdirSync(kept, { recursive: true })
  const pages = []
  let engine
  for (const { folder, id, truth } of folders.flatMap(truthsIn).slice(0, most)) {
    const given = readings && join(readings, `${id}.json`)
    if (given && existsSync(given)) {
      pages.push({ id, truth, page: pageIn(given) })
      continue
    }
    const file = ['.jpg', '.png', '.tif'].map((ending) => join(folder, id + ending)).find((path) => existsSync(path))
    if (!file || readings) continue
    const bytes = readFileSync(file)
    const path = join(
      kept,
      `${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}-${dpi}${name === 'auto' ? '' : `-${name}`}.json`
    )
    if (!existsSync(path)) {
      engine ??= await createEngine(name)
      writeFileSync(path, JSON.stringify(await readCoarse(bytes, truth, dpi, engine)))
      console.error(`read ${id} at ${dpi} dpi by ${name}`)
    }
    pages.push({ id, truth, page: pageIn(path) })
  }
  await engine?.close()
  return pages
}

const truthsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.truth.json'))
    .sort()
    .map((name) => ({ folder, id: name.replace('.truth.json', ''), truth: JSON.parse(readFileSync(join(folder, name), 'utf8')) }))
    .filter(({ truth }) => truth.page.lang === 'zh-Hans' && truth.page.writing !== 'vertical-rl')

const pageIn = (path) => {
  const value = JSON.parse(readFileSync(path, 'utf8'))
  return value.page ?? value
}

async function readCoarse(bytes, truth, dpi, engine) {
  const width = Math.round((truth.image.width * dpi) / truth.image.dpi)
  const coarse = await sharp(bytes, { limitInputPixels: false }).resize({ width }).withMetadata({ density: dpi }).png().toBuffer()
  const [sheet] = await openScan(coarse, 'coarse.png')
  return recognize(sheet, { engine, language: 'zh-Hans', pageId: 'p01' })
}

/** The page without the engine's other readings and how sure it was. */
const untold = (page) => ({
  ...page,
  regions: page.regions.map((region) =>
    region.type === 'text' ? { ...region, lines: region.lines.map(({ words, readings, ...line }) => line) } : region
  )
})

export const emptyEngineScore = () => ({
  pages: 0,
  characters: 0,
  wrong: 0,
  known: 0,
  doubtful: 0,
  with: emptySide(),
  without: emptySide()
})
const emptySide = () => ({
  first: 0,
  firstDoubtful: 0,
  any: 0,
  applied: 0,
  misapplied: 0,
  flagged: 0,
  untouched: 0,
  unknown: 0,
  silent: 0,
  other: 0,
  false: 0,
  harmed: 0,
  marked: 0
})

/** An engine that is less sure of a character than this doubts it. */
const doubtfulBelow = 0.9

export function scoreEngine({ id, truth, page }, normalize, score, detail) {
  const places = alignedPlaces(truth, page)
  const misread = places.filter(({ read, printed }) => read !== printed)
  score.pages++
  score.characters += places.length
  score.wrong += misread.length
  score.known += misread.filter(isKnown).length
  score.doubtful += misread.filter(isDoubtful).length
  scoreSide(places, page, normalize, score.with, detail && `${id} with`)
  scoreSide(places, untold(page), normalize, score.without, detail && `${id} without`)
}

const isKnown = ({ printed, glyph }) => glyph?.variants?.some(({ text }) => text === printed) ?? false
const isDoubtful = ({ glyph }) => (glyph?.confidence ?? 1) < doubtfulBelow

function scoreSide(places, page, normalize, side, detail) {
  const { changes } = normalize(page)
  const flags = changes.filter(({ kind }) => kind === 'flag')
  const said = new Map(
    changes
      .filter(({ kind, before }) => kind === 'replace' && before.length === 1)
      .map((change) => [`${change.region}@${change.from}`, change])
  )
  side.marked += flags.reduce((sum, { from, to }) => sum + to - from, 0)
  for (const place of places) {
    const change = said.get(`${place.region}@${place.at}`)
    const isFlagged = flags.some(({ region, from, to }) => region === place.region && from <= place.at + 2 && place.at - 2 < to)
    const kind = kindOf(place, change)
    if (place.read === place.printed && kind) side[kind]++
    if (place.read !== place.printed) scoreMisread(place, change, isFlagged, kind, side)
    if (detail && kind) console.log(`  ${detail} ${kind}: ${describe(place, change)}`)
  }
}

/** `unknown`: the engine did not think of what was printed; `silent`: it did, and nothing was proposed. */
function kindOf(place, change) {
  const { read, printed } = place
  if (read === printed) return change && (change.status === 'applied' ? 'harmed' : 'false')
  if (change?.after === printed) return 'first'
  if (change) return 'other'
  return isKnown(place) ? 'silent' : 'unknown'
}

function scoreMisread(place, change, isFlagged, kind, side) {
  side[kind]++
  if (kind === 'first' && isDoubtful(place)) side.firstDoubtful++
  if (change?.status === 'applied') side[kind === 'first' ? 'applied' : 'misapplied']++
  if (kind === 'first' || change?.candidates?.some(({ text }) => text === place.printed)) side.any++
  else if (!change) side[isFlagged ? 'flagged' : 'untouched']++
}

const describe = ({ around, read, printed, glyph }, change) =>
  `${around} ${printed} read as ${read}${change ? `, ${change.status} ${change.after} ${JSON.stringify(change.evidence)} ${JSON.stringify(change.candidates)}` : ''} ${glyph?.confidence ?? ''} ${JSON.stringify(glyph?.variants ?? [])}`

/**
 * Chinese characters of lines that were found, each with what was printed there. One that was misread counts where its neighbours stand
 * for one printed character each: beside what was lost or made up nothing tells what it stands for.
 */
export function alignedPlaces(truth, page) {
  const scale = (page.image?.width ?? truth.image.width) / truth.image.width
  return textRegions(page).flatMap((region) =>
    lineSpans(region).flatMap(({ line, from }) => {
      const printed = printedLine(truth, line, scale)?.text
      if (printed === undefined) return []
      const pairs = aligned(line.text, printed)
      if (pairs.filter(([a, b]) => line.text[a] === printed[b]).length < line.text.length / 2) return []
      const glyphs = glyphsOf(line)
      return pairs.flatMap(([at, to], index) =>
        isPair(pairs[index]) && isHan(line.text[at]) && isHan(printed[to]) && (line.text[at] === printed[to] || standsAlone(pairs, index))
          ? [
              {
                region: region.id,
                at: from + at,
                read: line.text[at],
                printed: printed[to],
                glyph: glyphs.get(at),
                around: printed.slice(Math.max(0, to - 5), to + 6)
              }
            ]
          : []
      )
    })
  )
}

const isHan = (char) => /[一-鿿]/.test(char)
const isPair = (pair) => pair === undefined || (pair[0] >= 0 && pair[1] >= 0)
const standsAlone = (pairs, index) => isPair(pairs[index - 1]) && isPair(pairs[index + 1])

/** Places of two texts beside each other at the least edit distance; -1 where one has nothing. */
function aligned(a, b) {
  const width = b.length + 1
  const costs = new Uint16Array((a.length + 1) * width)
  const swap = (i, j) => costs[(i - 1) * width + j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
  for (let i = 0; i <= a.length; i++)
    for (let j = 0; j <= b.length; j++)
      costs[i * width + j] = i === 0 || j === 0 ? i + j : Math.min(swap(i, j), costs[(i - 1) * width + j] + 1, costs[i * width + j - 1] + 1)
  const pairs = []
  for (let i = a.length, j = b.length; i > 0 || j > 0; ) {
    const cost = costs[i * width + j]
    if (i > 0 && j > 0 && cost === swap(i, j)) pairs.push([--i, --j])
    else if (i > 0 && cost === costs[(i - 1) * width + j] + 1) pairs.push([--i, -1])
    else pairs.push([-1, --j])
  }
  return pairs.reverse()
}

function glyphsOf(line) {
  const glyphs = new Map()
  let at = 0
  for (const word of line.words ?? []) {
    at = line.text.indexOf(word.text, at)
    for (const glyph of word.glyphs ?? []) {
      glyphs.set(at, glyph)
      at += glyph.text.length
    }
  }
  return glyphs
}

function printedLine(truth, { box }, scale) {
  let best
  let most = 0.5
  for (const line of box ? truth.lines : []) {
    const [x0, y0, x1, y1] = line.bbox.map((value) => value * scale)
    const width = Math.min(x1, box.x + box.width) - Math.max(x0, box.x)
    const height = Math.min(y1, box.y + box.height) - Math.max(y0, box.y)
    const share = (Math.max(0, width) * Math.max(0, height)) / Math.max((x1 - x0) * (y1 - y0), box.width * box.height)
    if (share > most) {
      most = share
      best = line
    }
  }
  return best
}
