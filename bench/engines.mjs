// How well the engines read single lines: made pages with exact truth (BROADSHEET_CORPUS/corpus/made-pages), each true line
// cut from the scan along its own slope, so that layout plays no part.
//   pnpm bench engines [--from a.json,b.json] [--dump a.json] [--engines paddle,tesseract,vote] [--pages dev-01,dev-04] [--folder made/by/forge] [--every 3] [--show 20] [--reliability] [--confusions 40]
// --confusions counts what was read for what, by engine, level and language.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as ocr from '../packages/ocr/dist/engines/index.js'
import { printConfusions } from './lib/confusions.mjs'

const sharp = createRequire(new URL('../packages/ocr/package.json', import.meta.url))('sharp')

export default async function (args) {
  const { values } = parseArgs({
    args,
    options: {
      engines: { type: 'string', default: 'paddle,tesseract,vote' },
      pages: { type: 'string' },
      folder: { type: 'string' },
      every: { type: 'string', default: '1' },
      show: { type: 'string', default: '0' },
      dump: { type: 'string' },
      from: { type: 'string' },
      reliability: { type: 'boolean', default: false },
      confusions: { type: 'string' }
    }
  })
  if (values.from) return reportDumps(values.from.split(','), values)
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus && !values.folder) return console.log('engines: skipped, BROADSHEET_CORPUS is not set')
  const folder = values.folder ?? join(corpus, 'corpus', 'made-pages')
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const wanted = values.pages?.split(',')
  const pages = manifest.pages.filter((page) => !wanted || wanted.includes(page.id))
  const samples = []
  for (const page of pages) samples.push(...(await cutLines(folder, page)).filter((_, index) => index % Number(values.every) === 0))
  const names = values.engines.split(',')
  const readings = new Map()
  for (const name of names) if (name !== 'vote') readings.set(name, await readAll(name, samples))
  if (names.includes('vote') && readings.has('paddle') && readings.has('tesseract'))
    readings.set('vote', voteAll(readings.get('paddle'), readings.get('tesseract'), samples))
  if (values.dump)
    writeFileSync(
      values.dump,
      JSON.stringify(
        samples.map(({ line, page, image }, i) => ({
          text: line.text,
          page: page.id,
          level: page.level,
          lang: page.lang,
          direction: image.direction,
          readings: Object.fromEntries([...readings].map(([name, { lines }]) => [name, lines[i]]))
        }))
      )
    )
  report(samples, readings)
  if (readings.has('paddle') && readings.has('tesseract'))
    printOracle(samples, readings.get('paddle').lines, readings.get('tesseract').lines)
  if (values.reliability) for (const [name, result] of readings) printReliability(name, samples, result.lines)
  if (values.confusions) for (const [name, result] of readings) printByGroup(name, samples, result.lines, Number(values.confusions))
  for (const [name, result] of readings) showWorst(name, samples, result.lines, Number(values.show))
}

/** What was read and dumped earlier, voted upon once more: a change of the vote is measured without reading again. */
function reportDumps(files, values) {
  const dumped = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')))
  const samples = dumped.map(({ text, page, level, lang, direction }) => ({
    line: { text },
    page: { id: page, level, lang },
    image: { direction, width: 0, height: 0 }
  }))
  const readings = new Map(
    ['paddle', 'tesseract'].map((name) => [name, { lines: dumped.map((line) => line.readings[name]), cpu: Number.NaN, wall: Number.NaN }])
  )
  readings.set('vote', voteAll(readings.get('paddle'), readings.get('tesseract'), samples))
  report(samples, readings)
  if (readings.has('paddle') && readings.has('tesseract'))
    printOracle(samples, readings.get('paddle').lines, readings.get('tesseract').lines)
  if (values.reliability) for (const [name, result] of readings) printReliability(name, samples, result.lines)
  if (values.confusions) for (const [name, result] of readings) printByGroup(name, samples, result.lines, Number(values.confusions))
  for (const [name, result] of readings) showWorst(name, samples, result.lines, Number(values.show))
}

/** True lines with their pixels. */
export async function cutLines(folder, page) {
  const truth = JSON.parse(readFileSync(join(folder, page.truth), 'utf8'))
  const { data, info } = await sharp(join(folder, page.image))
    .flatten({ background: '#fff' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const grey = { data, width: info.width, height: info.height }
  const kinds = new Map(truth.blocks.map((block) => [block.id, block.kind]))
  return truth.lines
    .filter((line) => !line.rtl && line.text.trim() !== '' && line.orientation !== 'rotated')
    .map((line) => ({ page, line, kind: kinds.get(line.block), image: cutLine(grey, line, page) }))
}

function cutLine(grey, line, page) {
  const vertical = line.orientation === 'vertical'
  const margin = Math.round(line.sizePx * 0.12)
  const ends = Math.round(line.sizePx * 0.25)
  const [x0, y0, x1, y1] = line.bbox.map(Math.round)
  const image = vertical
    ? cutAlong(grey, y0 - ends, y1 + ends, slope(line, 1), across(line, 1) + 2 * margin, true)
    : cutAlong(grey, x0 - ends, x1 + ends, slope(line, 0), across(line, 0) + 2 * margin, false)
  return {
    ...image,
    language: /[\p{Script=Han}]/u.test(line.text) ? (page.lang === 'en' ? 'zh-Hans' : page.lang) : page.lang === 'en' ? 'en' : page.lang,
    direction: vertical ? 'vertical-rl' : 'horizontal-lr'
  }
}

/** Opposite points of the outline, one on each side of the line. */
function sides({ polygon }, axis) {
  const n = polygon.length
  return Array.from({ length: n / 2 }, (_, k) => (axis === 0 ? [polygon[k], polygon[n - 1 - k]] : [polygon[(n - k) % n], polygon[k + 1]]))
}

/** The line's middle as a straight line over its length: [middle at 0, rise per pixel]. */
function slope(line, axis) {
  const middles = sides(line, axis).map(([a, b]) => [(a[axis] + b[axis]) / 2, (a[1 - axis] + b[1 - axis]) / 2])
  const n = middles.length
  const mx = middles.reduce((s, m) => s + m[0], 0) / n
  const my = middles.reduce((s, m) => s + m[1], 0) / n
  const sxx = middles.reduce((s, m) => s + (m[0] - mx) ** 2, 0)
  const rise = sxx > 0 ? middles.reduce((s, m) => s + (m[0] - mx) * (m[1] - my), 0) / sxx : 0
  return Math.abs(rise) < 0.1 ? [my - rise * mx, rise] : [my, 0]
}

function across(line, axis) {
  return Math.max(4, Math.round(Math.max(...sides(line, axis).map(([a, b]) => Math.abs(a[1 - axis] - b[1 - axis])))))
}

function cutAlong(grey, from, to, [base, rise], thickness, vertical) {
  const length = to - from
  const width = vertical ? thickness : length
  const height = vertical ? length : thickness
  const pixels = new Uint8Array(width * height).fill(255)
  for (let along = 0; along < length; along++) {
    const start = Math.round(base + rise * (from + along) - thickness / 2)
    for (let k = 0; k < thickness; k++) {
      const x = vertical ? start + k : from + along
      const y = vertical ? from + along : start + k
      if (x < 0 || y < 0 || x >= grey.width || y >= grey.height) continue
      pixels[vertical ? along * width + k : k * width + along] = grey.data[y * grey.width + x]
    }
  }
  const sorted = Uint8Array.from(pixels).sort()
  if (sorted[sorted.length >> 1] < 110) for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - pixels[i]
  return { pixels, width, height }
}

async function readAll(name, samples) {
  const engine = await ocr.createEngine(name)
  await engine.readLines(samples.slice(0, 1).map((sample) => sample.image))
  const before = process.cpuUsage()
  const start = performance.now()
  const lines = await engine.readLines(samples.map((sample) => sample.image))
  const used = process.cpuUsage(before)
  const wall = performance.now() - start
  await engine.close()
  return { lines, cpu: (used.user + used.system) / 1000 / samples.length, wall: wall / samples.length }
}

function voteAll(first, second, samples) {
  const start = performance.now()
  const lines = samples.map(
    (_, index) =>
      ocr.voteLine(
        { engine: 'paddle', reading: first.lines[index] },
        { engine: 'tesseract', reading: second.lines[index] },
        samples[index].image.direction
      ).reading
  )
  const own = (performance.now() - start) / samples.length
  return { lines, cpu: first.cpu + second.cpu + own, wall: first.wall + second.wall + own }
}

/** NFKC, blanks left out, look-alike dashes, dots and quotes as one. */
export const fold = (text) =>
  text
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[“”„‟«»]/gu, '"')
    .replace(/[‘’‛′`´]/gu, "'")
    .replace(/[—–―‐‑−─ー﹣]/gu, '-')
    .replace(/[·•‧・∙]/gu, '·')
    .replace(/[…⋯]/gu, '...')
    .replace(/、/gu, ',')
    .replace(/。/gu, '.')
    .replace(/[﹁「]/gu, '「')
    .replace(/[﹂」]/gu, '」')
const han = (text) => text.replace(/[^\p{Script=Han}]/gu, '')

export function distance(a, b) {
  const x = [...a]
  const y = [...b]
  let row = Array.from({ length: y.length + 1 }, (_, i) => i)
  for (let i = 1; i <= x.length; i++) {
    const next = [i]
    for (let j = 1; j <= y.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1))
    row = next
  }
  return row[y.length]
}

/** Which characters of a reading are wrong: aligned with the truth. */
export function wrongGlyphs(truth, reading) {
  const a = [...fold(truth)]
  const glyphs = reading.glyphs.map((glyph) => ({ glyph, chars: [...fold(glyph.text)] })).filter(({ chars }) => chars.length > 0)
  const b = glyphs.map(({ chars }) => chars.join(''))
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= b.length; j++) d[0][j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
  const marks = []
  let i = a.length
  let j = b.length
  while (j > 0) {
    if (i > 0 && d[i][j] === d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)) marks.push([glyphs[--j].glyph.confidence, a[--i] !== b[j]])
    else if (i > 0 && d[i][j] === d[i - 1][j] + 1) i--
    else marks.push([glyphs[--j].glyph.confidence, true])
  }
  return marks
}

/** Of the characters that the first engine has wrong or lacks, how many the second has right: what no vote of the two can do better. */
function printOracle(samples, first, second) {
  let wrong = 0
  let right = 0
  for (const [index, { line }] of samples.entries()) {
    const truth = [...fold(line.text)]
    const [one, other] = [first[index], second[index]].map((reading) => placesOf(truth, [...fold(reading.text)]))
    for (const [place, character] of truth.entries())
      if (one[place] !== character) {
        wrong++
        if (other[place] === character) right++
      }
  }
  console.log(`\npaddle has ${wrong} characters wrong or lacks them; tesseract has ${right} of these right`)
}

/** What stands in the place of each true character. */
function placesOf(truth, read) {
  const d = Array.from({ length: truth.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= read.length; j++) d[0][j] = j
  for (let i = 1; i <= truth.length; i++)
    for (let j = 1; j <= read.length; j++)
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (truth[i - 1] === read[j - 1] ? 0 : 1))
  const places = truth.map(() => '')
  let [i, j] = [truth.length, read.length]
  while (i > 0 && j > 0) {
    if (d[i][j] === d[i - 1][j - 1] + (truth[i - 1] === read[j - 1] ? 0 : 1)) places[--i] = read[--j]
    else if (d[i][j] === d[i - 1][j] + 1) i--
    else j--
  }
  return places
}

/** Area under the ROC of "low confidence means wrong", and the share of the wrong among the 2 % least sure. */
function doubt(samples, lines) {
  return doubtOf(samples.flatMap((sample, index) => wrongGlyphs(sample.line.text, lines[index])))
}

/** @param unsorted of each character, its confidence and whether it is wrong */
export function doubtOf(unsorted) {
  const marks = unsorted.toSorted((a, b) => a[0] - b[0])
  const wrong = marks.filter((mark) => mark[1]).length
  if (wrong === 0 || wrong === marks.length) return { auc: Number.NaN, share: Number.NaN }
  let rank = 0
  for (let start = 0; start < marks.length; ) {
    let end = start
    while (end < marks.length && marks[end][0] === marks[start][0]) end++
    const middle = (start + end + 1) / 2
    for (let k = start; k < end; k++) if (marks[k][1]) rank += middle
    start = end
  }
  const right = marks.length - wrong
  const auc = 1 - (rank - (wrong * (wrong + 1)) / 2) / (wrong * right)
  const worst = marks.slice(0, Math.ceil(marks.length * 0.02))
  return { auc, share: worst.filter((mark) => mark[1]).length / wrong }
}

function printByGroup(name, samples, lines, most) {
  const groups = new Map()
  for (const [index, sample] of samples.entries()) groups.set(groupOf(sample), [...(groups.get(groupOf(sample)) ?? []), index])
  for (const [group, indices] of groups)
    printConfusions(
      `${name}, ${group}`,
      indices.map((index) => [fold(samples[index].line.text), fold(lines[index].text)]),
      most
    )
}

const groupOf = ({ page, image }) => `level ${page.level} ${page.lang}${image.direction === 'vertical-rl' ? ' vertical' : ''}`

const steps = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01]

/** How often answers were right, by the confidence they were given with: the two columns should agree. */
function printReliability(name, samples, lines) {
  const marks = samples.flatMap((sample, index) => wrongGlyphs(sample.line.text, lines[index]))
  console.log(`\n| ${name}: confidence | mean | right | of |\n|---|---|---|---|`)
  for (const [index, from] of steps.slice(0, -1).entries()) {
    const mine = marks.filter(([confidence]) => confidence >= from && confidence < steps[index + 1])
    if (mine.length === 0) continue
    const mean = mine.reduce((sum, [confidence]) => sum + confidence, 0) / mine.length
    const right = mine.filter(([, wrong]) => !wrong).length / mine.length
    console.log(`| from ${from} | ${mean.toFixed(4)} | ${right.toFixed(4)} | ${mine.length} |`)
  }
}

const percent = (value) => (Number.isNaN(value) ? '–' : `${(value * 100).toFixed(2)} %`)

function report(samples, readings) {
  const groups = [
    ...[0, 1, 2, 3].map((level) => [`level ${level}, zh-Hans`, (sample) => sample.page.level === level && sample.page.lang === 'zh-Hans']),
    ['zh-Hant vertical', (sample) => sample.image.direction === 'vertical-rl' && sample.page.lang === 'zh-Hant'],
    ['English', (sample) => sample.page.lang === 'en'],
    ['German', (sample) => sample.page.lang === 'de'],
    ['zh-Hans, levels 0–2', (sample) => sample.page.lang === 'zh-Hans' && sample.page.level < 3]
  ]
  console.log('| lines | engine | n | CER | CER fold | Han only | AUC | wrong in doubtful 2 % | CPU ms/line | wall ms/line |')
  console.log('|---|---|---|---|---|---|---|---|---|---|')
  for (const [label, filter] of groups)
    for (const [name, result] of readings) {
      const index = samples.map((sample, i) => (filter(sample) ? i : -1)).filter((i) => i >= 0)
      if (index.length === 0) continue
      const mine = index.map((i) => samples[i])
      const lines = index.map((i) => result.lines[i])
      const rate = (map) => {
        const errors = mine.reduce((sum, sample, i) => sum + distance(map(sample.line.text), map(lines[i].text)), 0)
        return (
          errors /
          Math.max(
            1,
            mine.reduce((sum, sample) => sum + [...map(sample.line.text)].length, 0)
          )
        )
      }
      const { auc, share } = doubt(mine, lines)
      console.log(
        `| ${label} | ${name} | ${mine.length} | ${percent(rate((t) => t.replace(/\s/gu, '')))} | ${percent(rate(fold))} | ${percent(rate(han))} | ${auc.toFixed(3)} | ${percent(share)} | ${result.cpu.toFixed(1)} | ${result.wall.toFixed(1)} |`
      )
    }
}

function showWorst(name, samples, lines, count) {
  samples
    .map((sample, index) => ({ sample, reading: lines[index], errors: distance(fold(sample.line.text), fold(lines[index].text)) }))
    .filter(({ errors }) => errors > 0)
    .sort((a, b) => b.errors - a.errors)
    .slice(0, count)
    .forEach(({ sample, reading, errors }) => {
      console.log(
        `${name} ${sample.page.id} ${sample.line.id} ${sample.kind} ${sample.image.width}×${sample.image.height} ${errors} errors\n  ${sample.line.text}\n  ${reading.text}`
      )
    })
}
