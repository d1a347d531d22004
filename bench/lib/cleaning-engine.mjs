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

export const emptyEngineScore = () => ({ pages: 0, characters: 0, wrong: 0, known: 0, with: emptySide(), without: emptySide() })
const emptySide = () => ({ first: 0, applied: 0, other: 0, false: 0, harmed: 0, flagged: 0, doubted: 0 })

export function scoreEngine({ truth, page }, normalize, score, detail) {
  const places = alignedPlaces(truth, page)
  score.pages++
  score.characters += places.length
  score.wrong += places.filter(({ read, printed }) => read !== printed).length
  score.known += places.filter(
    ({ read, printed, glyph }) => read !== printed && glyph?.variants?.some(({ text }) => text === printed)
  ).length
  scoreSide(places, page, normalize, score.with, detail)
  scoreSide(places, untold(page), normalize, score.without)
}

function scoreSide(places, page, normalize, side, detail) {
  const { changes } = normalize(page)
  const flags = changes.filter(({ kind }) => kind === 'flag')
  const said = new Map(
    changes
      .filter(({ kind, before }) => kind === 'replace' && before.length === 1)
      .map((change) => [`${change.region}@${change.from}`, change])
  )
  side.flagged += flags.reduce((sum, { from, to }) => sum + to - from, 0)
  for (const { region, at, read, printed, glyph, around } of places) {
    const change = said.get(`${region}@${at}`)
    const kind =
      read === printed
        ? change
          ? change.status === 'applied'
            ? 'harmed'
            : 'false'
          : undefined
        : change?.after === printed
          ? 'first'
          : change && 'other'
    if (kind) side[kind]++
    if (kind === 'first' && change.status === 'applied') side.applied++
    if (read !== printed && (change || flags.some((flag) => flag.region === region && flag.from <= at + 2 && at - 2 < flag.to)))
      side.doubted++
    if (detail && (kind || read !== printed))
      console.log(
        `  ${kind ?? 'missed'}: ${around} ${printed} read as ${read}${change ? `, ${change.status} ${change.after} ${JSON.stringify(change.evidence)} ${JSON.stringify(change.candidates)}` : ''} ${glyph?.confidence ?? ''} ${JSON.stringify(glyph?.variants ?? [])}`
      )
  }
}

/** Chinese characters of lines that were read at the length they were printed at, each with what was printed there. */
function alignedPlaces(truth, page) {
  const scale = (page.image?.width ?? truth.image.width) / truth.image.width
  return textRegions(page).flatMap((region) =>
    lineSpans(region).flatMap(({ line, from }) => {
      const printed = printedLine(truth, line, scale)
      if (!printed || printed.text.length !== line.text.length || alike(printed.text, line.text) < 0.5) return []
      const glyphs = glyphsOf(line)
      return [...line.text].flatMap((read, at) =>
        /[一-鿿]/.test(read) && /[一-鿿]/.test(printed.text[at])
          ? [
              {
                region: region.id,
                at: from + at,
                read,
                printed: printed.text[at],
                glyph: glyphs.get(at),
                around: printed.text.slice(Math.max(0, at - 5), at + 6)
              }
            ]
          : []
      )
    })
  )
}

const alike = (a, b) => [...a].filter((char, at) => char === b[at]).length / a.length

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
