// How far the grade without truth can be trusted: rank correlation of score and true error rate by page, and how many of the
// really wrong characters are among the most suspicious ones. With --fit it fits the weights of suspicion.ts and prints them.
//   BROADSHEET_CORPUS=… node bench/bench.mjs quality [--fit] [--share 0.02] [--texts folder] [--scans folder …] [--readings cache]
//                                                    [--part suspects|grades|verdicts|scans …]
// --texts: articles of our own; --scans: folders of pages made by the forge (scan and truth); our engine reads each once, the reading
// is kept in --readings. --tesseract: native tesseract reads them, too, as a further old text (half a minute a page; kept as well).
import { blockErrorRate, decideReadings, gradePage } from '@broadsheet/compare'
import { blockText, rawPageText, replay, textRegions } from '@broadsheet/document'
import { loadLanguageModel, readTraditional } from '@broadsheet/normalize'
import * as graded from './lib/graded-pages.mjs'
import { confusedPages, englishPages, pairedPages, readConfusions, readingPairs } from './lib/labelled.mjs'
import { madeScans, readScans, repeatsItself, usualReadings } from './lib/scan-readings.mjs'
import { scanPairs } from './lib/scan-verdicts.mjs'

const { countContexts, countPairs, countWords, hanFeatures, hanVectors, strangenessOf, wordFeatures, wordVectors } = await import(
  '../packages/compare/dist/features.js'
)
const { suspicions } = await import('../packages/compare/dist/suspicion.js')

export default async function quality(args) {
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus) return console.log('Set BROADSHEET_CORPUS to the folder with corpus/ and gold/: skipped.')
  const models = { model: loadLanguageModel(), traditional: readTraditional(loadLanguageModel()) }
  const option = (name, usual) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual)
  const parts = args.filter((_, index) => args[index - 1] === '--part')
  const wants = (part) => parts.length === 0 || parts.includes(part)
  const folders = args.filter((_, index) => args[index - 1] === '--scans')
  const cache = option('--readings', usualReadings)
  const scans = wants('grades') || wants('scans') ? await readScans(madeScans(folders), { cache }) : []
  const stale = scans.filter((scan) => scan.stale).length
  if (scans.length > 0) console.log(`${scans.length} scans, ${stale} of them as an earlier build read them (delete ${cache} to read anew)`)
  if (args.includes('--fit') || wants('suspects')) reportSuspects(corpus, models, args.includes('--fit'), Number(option('--share', 0.02)))
  if (wants('grades')) reportGrades(corpus, models, option('--texts'), scans)
  if (wants('verdicts')) reportVerdicts('', readingPairs(corpus), models)
  if (wants('scans') && scans.length > 0) {
    const own = scans.filter((scan) => !repeatsItself(scan))
    const note = `; ${scans.length - own.length} scans left out whose made-up text repeats itself`
    reportVerdicts(note, scanPairs(own, readConfusions(corpus), { cache, only: !args.includes('--tesseract') }), models)
  }
}

function reportSuspects(corpus, { model }, fitting, share) {
  const sets = {
    'newspaper pages read twice': pairedPages(corpus),
    'clean prose, confused': confusedPages(corpus),
    'English, old OCR': englishPages(corpus)
  }
  if (fitting) fitAll(sets, model)
  for (const [name, pages] of Object.entries(sets)) report(name, pages, model, share)
}

/** Grades of pages as `broadsheet run` gives them, against the truth: correct text of every kind, damaged text, scans. */
function reportGrades(corpus, models, texts, scans) {
  const right = graded.rightPages(corpus, texts)
  const damaged = {
    'modern Chinese prose, confused': graded.confusedGraded(corpus).filter((page) => page.length > 300),
    'traditional, confused': graded.traditionalPages(corpus),
    'English, old OCR': graded.englishGraded(corpus),
    'German black letter, old OCR': graded.germanPages(corpus),
    'the five raw texts, cleaned': graded.seedPages(corpus),
    'modern traditional, confused': graded.modernTraditionalPages(corpus),
    ...Object.fromEntries(scanSets(scans))
  }
  console.log('\ngrades of cleaned pages (with the language model), expected and true error rate')
  const all = []
  for (const [name, pages] of Object.entries({ ...right, ...damaged })) {
    const rows = pages.map((page) => ({ ...page, grade: gradePage(page.clean, { ...models, ...(page.ink ? { ink: page.ink } : {}) }) }))
    all.push(...rows)
    const counts = [...'ABCDE'].map((grade) => `${grade} ${rows.filter((row) => row.grade.grade === grade).length}`).join('  ')
    const rank =
      new Set(rows.map((row) => row.rate)).size > 4
        ? spearman(
            rows.map((row) => 1 - row.grade.score),
            rows.map((row) => row.rate)
          ).toFixed(3)
        : '–'
    console.log(
      `  ${name.padEnd(34)} ${String(rows.length).padStart(3)} pages: ${counts}   expected ${percent(mean(rows.map((row) => 1 - row.grade.score)))}, true ${percent(mean(rows.map((row) => row.rate)))}, rank correlation ${rank}`
    )
  }
  console.log(
    `  all ${all.length} pages: rank correlation ${spearman(
      all.map((row) => 1 - row.grade.score),
      all.map((row) => row.rate)
    ).toFixed(3)}`
  )
  for (const grade of 'ABCDE') {
    const rates = all.filter((row) => row.grade.grade === grade).map((row) => row.rate)
    if (rates.length > 0)
      console.log(
        `  grade ${grade}: ${String(rates.length).padStart(3)} pages, true error rate ${percent(mean(rates))} on average, ${percent(median(rates))} in the middle`
      )
  }
}

const scanSets = (scans) =>
  [0, 1, 2, 3].flatMap((level) => {
    const pages = scans.filter((scan) => scan.level === level)
    return pages.length > 0 ? [[`scans of level ${level}`, graded.scannedPages(pages)]] : []
  })

const textOf = (blocks) =>
  blocks
    .filter((block) => block.role !== 'noise')
    .map(blockText)
    .join('\n')

/** Old text against a new reading: error rates of both and of the verdict, paragraphs shuffled and lines cut anew. */
function reportVerdicts(note, sets, models) {
  console.log(`\nverdict of old text and new reading (error rate, order-free, NFC, blanks dropped${note})`)
  for (const { name, pairs } of sets) {
    const rows = pairs.map(({ id, truth, old, fresh }) => {
      const verdict = decideReadings(old, fresh, models)
      const rate = (text) => blockErrorRate(truth, text, { fold: { spaces: 'drop' } })
      return {
        page: id ?? fresh.id,
        old: rate(rawPageText(old)),
        fresh: rate(textOf(replay(fresh, []))),
        verdict: rate(textOf(replay(verdict.page, verdict.changes))),
        close: verdict.summary.close,
        lost: lostText(old, verdict)
      }
    })
    const sum = (key) => rows.reduce((total, row) => total + row[key].errors, 0) / rows.reduce((total, row) => total + row[key].length, 0)
    const worse = rows.filter((row) => row.verdict.errors > Math.min(row.old.errors, row.fresh.errors)).length
    console.log(
      `  ${name.padEnd(46)} ${rows.length} pages: old ${percent(sum('old'))}, new ${percent(sum('fresh'))}, verdict ${percent(sum('verdict'))}; worse than the better reading on ${worse} pages; ${rows.reduce((t, row) => t + row.close, 0)} close calls; old characters lost ${rows.reduce((t, row) => t + row.lost, 0)}`
    )
    for (const row of rows.filter(({ old, fresh, verdict }) => verdict.errors > Math.min(old.errors, fresh.errors)))
      console.log(
        `    ${row.page}: ${row.old.errors} errors in the old text, ${row.fresh.errors} in the new, ${row.verdict.errors} in the verdict`
      )
  }
}

/** Characters of the old text that stand nowhere in the verdict, neither as text nor as a reading. */
function lostText(old, verdict) {
  const kept = new Map()
  const count = (text, step) => {
    for (const char of text.replace(/\s/g, '')) kept.set(char, (kept.get(char) ?? 0) + step)
  }
  for (const line of textRegions(verdict.page).flatMap((region) => region.lines)) {
    const readings = (line.readings ?? []).filter((reading) => reading.engine === 'old')
    count(readings.length > 0 ? readings.map((reading) => reading.text).join('') : line.text, 1)
  }
  count(rawPageText(old), -1)
  return [...kept.values()].reduce((sum, value) => sum + Math.max(0, -value), 0)
}

function report(name, pages, model, share) {
  // Weights are fitted on even pages, so odd ones are the test.
  const test = pages.filter((_, index) => index % 2 === 1)
  const grades = test.map((page) => gradePage(cleanPage(page), { model }))
  const scores = grades.map((grade) => 1 - grade.score)
  const rates = test.map((page) => page.rate)
  console.log(
    `\n${name}: ${test.length} pages not used for fitting, true error rate ${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}`
  )
  console.log(`  rank correlation of expected and true error rate (Spearman): ${spearman(scores, rates).toFixed(3)}`)
  const { recall, precision, flagged, chance } = recallAt(test, model, share)
  console.log(
    `  among the ${percent(flagged)} most suspicious characters: ${percent(recall)} of the wrong ones (by chance ${percent(flagged)}); ${percent(precision)} of them are wrong (by chance ${percent(chance)})`
  )
}

export function cleanPage(page) {
  const regions = page.paragraphs.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: text.length > 30 ? 'paragraph' : 'heading',
    lines: [{ id: `l${index}`, text }]
  }))
  const value = { id: page.id, language: page.language, regions, processing: [] }
  return { page: value, changes: [], blocks: replay(value, []) }
}

function recallAt(pages, model, share) {
  const all = []
  for (const page of pages)
    for (const [index, { characters }] of suspicions(page.paragraphs, model).entries())
      characters.forEach((probability, at) => {
        if (page.labels[index][at] >= 0 && /[\p{L}\p{N}]/u.test(page.paragraphs[index][at])) all.push([probability, page.labels[index][at]])
      })
  all.sort((a, b) => b[0] - a[0])
  const count = Math.round(all.length * share)
  const wrong = all.reduce((sum, [, label]) => sum + label, 0)
  const hit = all.slice(0, count).reduce((sum, [, label]) => sum + label, 0)
  return { recall: hit / wrong, precision: hit / count, flagged: count / all.length, chance: wrong / all.length }
}

function fitAll(sets, model) {
  const [paired, confused, english] = Object.values(sets).map((pages) => pages.filter((_, index) => index % 2 === 0))
  const han = []
  for (const page of [...paired, ...confused])
    for (const known of [model, undefined]) {
      const knowledge = {
        ...(known ? { model } : {}),
        pairs: countPairs(page.paragraphs),
        contexts: countContexts(page.paragraphs),
        strangeness: strangenessOf(page.paragraphs, known)
      }
      for (const [index, text] of page.paragraphs.entries())
        hanVectors(text, knowledge).forEach((vector, at) => {
          if (vector && page.labels[index][at] >= 0 && (known || at % 4 === 0)) han.push([vector, page.labels[index][at]])
        })
    }
  printWeights('hanWeights', hanFeatures, fit(han), mean(han.map(([, label]) => label)))
  const words = english.flatMap((page) => {
    const counts = countWords(page.paragraphs)
    return page.paragraphs.flatMap((text, index) =>
      wordVectors(text, counts).flatMap(({ from, to, vector }) => {
        const labels = page.labels[index].slice(from, to)
        return labels.every((label) => label >= 0) ? [[vector, Number(labels.some((label) => label === 1))]] : []
      })
    )
  })
  printWeights('wordWeights', wordFeatures, fit(words), mean(words.map(([, label]) => label)))
}

function printWeights(name, features, weights, share) {
  const of = features.map((feature, index) => `    ${feature}: ${Number(weights[index + 1].toFixed(2))}`)
  console.log(`${name}\n  bias: ${Number(weights[0].toFixed(2))},\n  share: ${Number(share.toFixed(4))},\n  of: {\n${of.join(',\n')}\n  }`)
}

/** Logistic regression by Newton's method with a slight pull towards 0. */
function fit(samples) {
  const size = samples[0][0].length + 1
  let weights = new Array(size).fill(0)
  for (let round = 0; round < 25; round++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : -0.5 * weight))
    const hessian = Array.from({ length: size }, (_, row) => new Array(size).fill(0).map((_, column) => (row === column ? 0.5 : 0)))
    for (const [vector, label] of samples) {
      const inputs = [1, ...vector]
      const p = 1 / (1 + Math.exp(-inputs.reduce((sum, input, index) => sum + input * weights[index], 0)))
      for (let row = 0; row < size; row++) {
        if (inputs[row] === 0) continue
        gradient[row] += (label - p) * inputs[row]
        for (let column = 0; column < size; column++) hessian[row][column] += p * (1 - p) * inputs[row] * inputs[column]
      }
    }
    const step = solve(hessian, gradient)
    weights = weights.map((weight, index) => weight + step[index])
    if (Math.max(...step.map(Math.abs)) < 1e-4) break
  }
  return weights
}

function solve(matrix, vector) {
  const rows = matrix.map((row, index) => [...row, vector[index]])
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const best = rows.findIndex(
      (row, index) => index >= pivot && Math.abs(row[pivot]) === Math.max(...rows.slice(pivot).map((one) => Math.abs(one[pivot])))
    )
    ;[rows[pivot], rows[best]] = [rows[best], rows[pivot]]
    for (let row = 0; row < rows.length; row++) {
      if (row === pivot) continue
      const factor = rows[row][pivot] / rows[pivot][pivot]
      for (let column = pivot; column <= rows.length; column++) rows[row][column] -= factor * rows[pivot][column]
    }
  }
  return rows.map((row, index) => row[rows.length] / row[index])
}

function spearman(a, b) {
  const [x, y] = [ranks(a), ranks(b)]
  const [mx, my] = [mean(x), mean(y)]
  const top = x.reduce((sum, value, index) => sum + (value - mx) * (y[index] - my), 0)
  const spread = (values, middle) => Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0))
  return top / (spread(x, mx) * spread(y, my))
}

function ranks(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2)
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const percent = (value) => `${(value * 100).toFixed(2)} %`
