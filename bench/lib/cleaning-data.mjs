// What bench/cleaning.mjs measures with: seeds, clean prose, fresh damaged pages. All from $BROADSHEET_CORPUS, never from the project.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readText } from '../../packages/ocr/dist/read/text.js'

/** A page of raw text with the offset of every region in it. */
export function pageOfText(raw, id) {
  const { page } = readText(Buffer.from(raw), { id })
  const starts = [0]
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) starts.push(at + 1)
  const offsets = new Map(
    page.regions.map((region) => {
      const start = starts[Number(region.id.slice(1)) - 1]
      return [region.id, start + raw.slice(start).search(/\S/)]
    })
  )
  const lineAt = (offset) => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle] <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return { page, offsets, lineAt }
}

export function seedsOf(corpus) {
  const folder = join(corpus, 'seeds')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => ({
      name: name.slice(0, 3),
      raw: readFileSync(join(folder, name), 'utf8'),
      gold: JSON.parse(readFileSync(join(corpus, 'gold', name.replace('.txt', '.gold.json')), 'utf8'))
    }))
}

export function cleanArticles(corpus) {
  return JSON.parse(readFileSync(join(corpus, 'corpus/zh-clean-dev/articles.json'), 'utf8'))
}

/** Official reports as articles of about twelve paragraphs. The model has learned from these: for harm only. */
export function reportArticles(corpus, most = 60) {
  const folder = join(corpus, 'corpus/zh-reports')
  const articles = []
  for (const name of readdirSync(folder)
    .filter((file) => file.startsWith('prov_'))
    .sort()) {
    const paras = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 40 && /。$/.test(line))
    for (let at = 0; at + 12 <= paras.length && articles.length < most; at += 12)
      articles.push({ title: '政府工作报告', paras: paras.slice(at, at + 12) })
  }
  return articles
}

/** Corrected texts of old newspapers: [name, language, texts]. */
export function europeanTruths(corpus) {
  const overproof = join(corpus, 'corpus/en-postocr/overproof')
  const english = ['train', 'dev'].flatMap((part) =>
    readFileSync(join(overproof, `${part}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).ground_truth.transcription_unit)
      .filter(Boolean)
  )
  const nzz = join(corpus, 'corpus/de-nzz')
  const german = readdirSync(nzz)
    .filter((name) => name.endsWith('.gt.txt'))
    .map((name) => readFileSync(join(nzz, name), 'utf8'))
  return [
    ['English, 19th and 20th century', 'en', english],
    ['German, 1786 to 1907', 'de', german]
  ]
}

/** Fresh pages, damaged as the seeds are; same seed, same pages. */
export async function damagedPages(corpus, articles, { seed, pages, profile }) {
  const { corruptPage, rng, SEED_RATES, HEAVY_RATES, CLEAN_RATES } = await import(pathToFileURL(join(corpus, 'gold/corrupt.mjs')).href)
  const rates = { seeds: SEED_RATES, heavy: HEAVY_RATES, clean: CLEAN_RATES }[profile]
  const confusions = {}
  for (const [pair, count] of JSON.parse(readFileSync(join(corpus, 'gold/confusions-tesseract.json'), 'utf8')))
    confusions[pair[0]] = [...(confusions[pair[0]] ?? []), [pair[1], count]]
  const random = rng(`pages${seed}`)
  return Array.from({ length: pages }, (_, index) => {
    const count = random.chance(0.4) ? 2 : 1
    const chosen = Array.from({ length: count }, () => random.pick(articles))
    return corruptPage(chosen, `${seed}:${index}`, rates, { confusions, traditional: { 说: '說', 学: '學', 为: '為', 时: '時', 来: '來' } })
  })
}

export const textOf = (block) => block.pieces.map((piece) => piece.text).join('')

export class Tally {
  right = 0
  wrong = 0
  missed = 0
  get precision() {
    return ratio(this.right, this.right + this.wrong)
  }
  get recall() {
    return ratio(this.right, this.right + this.missed)
  }
}

export const ratio = (part, whole) => (whole === 0 ? '–' : `${(part / whole).toFixed(4)} (${part} / ${whole})`)
