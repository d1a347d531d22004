// How well cleaning mends, and how little it harms.
//   BROADSHEET_CORPUS=… node bench/bench.mjs cleaning [seeds sound harm damage speed] [--pages 60] [--seeds 3] [--detail]
//   … cleaning engine --scans <made pages> [--readings <what `broadsheet ocr --format json` read of them>] [--engine paddle] [--detail]
//   … cleaning --hostile [--size 50000] [--boxes 2500] [--only prose]
//   … cleaning --draw 30 [--rule garble,stray-glyph] [--lot 1] [--from characters,layout,jingbao,scans,made] [--scans folder]

import { join } from 'node:path'
import { layerArchive, loadLanguageModel, normalize, trainArchive } from '../packages/normalize/dist/index.js'
import { emptyBoxScore, madeTruths, readPage, scoreBoxes, truePage } from './lib/cleaning-boxes.mjs'
import { cleanArticles, damagedPages, europeanTruths, pageOfText, ratio, reportArticles, seedsOf } from './lib/cleaning-data.mjs'
import { drawChanges } from './lib/cleaning-draw.mjs'
import { emptyEngineScore, engineReadings, scoreEngine } from './lib/cleaning-engine.mjs'
import { hostile } from './lib/cleaning-hostile.mjs'
import { scorePairs } from './lib/cleaning-pairs.mjs'
import { scoreSeed } from './lib/cleaning-seeds.mjs'
import { countChanges, printCounts, soundTexts } from './lib/cleaning-sound.mjs'
import { emptyScore, recallAt, scorePage } from './lib/cleaning-truth.mjs'

const sections = { seeds, sound, harm, european, damage, boxes, engine, training, pairs, speed }

export default async function cleaning(args) {
  if (args.includes('--hostile'))
    return hostile({ size: numberOf(args, '--size', 50_000), boxes: numberOf(args, '--boxes', 2_500), only: textOption(args, '--only') })
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus) return console.log('cleaning: BROADSHEET_CORPUS is unset, nothing to measure')
  const options = {
    corpus,
    detail: args.includes('--detail'),
    pages: numberOf(args, '--pages', 60),
    seeds: numberOf(args, '--seeds', 3),
    profile: textOption(args, '--profile'),
    generator: textOption(args, '--generator') ?? 'b',
    made: textOption(args, '--made'),
    readings: textOption(args, '--readings'),
    scans: textOption(args, '--scans'),
    dpi: numberOf(args, '--dpi', 110),
    engine: textOption(args, '--engine') ?? 'auto'
  }
  if (args.includes('--draw')) {
    const folders = options.scans?.split(',')
    const own = { draw: numberOf(args, '--draw', 30), rule: textOption(args, '--rule'), lot: textOption(args, '--lot') ?? '1' }
    return drawChanges({ ...options, ...own, folders, from: textOption(args, '--from') }, normalize)
  }
  const wanted = args.filter((arg) => arg in sections)
  for (const name of wanted.length > 0 ? wanted : Object.keys(sections)) await sections[name](options)
}

const textOption = (args, name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const numberOf = (args, name, other) => Number(textOption(args, name) ?? other)

function seeds({ corpus, detail }) {
  const sum = {}
  for (const seed of seedsOf(corpus)) {
    if (detail) console.log(`seed ${seed.name}`)
    const score = scoreSeed(seed, normalize, detail)
    for (const [key, value] of Object.entries(score)) sum[key] = (sum[key] ?? 0) + value
  }
  console.log('seeds')
  console.log(`  body paragraphs exact     ${sum.exact} of ${sum.paragraphs} (raw ${sum.rawExact})`)
  console.log(`  wrong changes             ${sum.wrong} of ${sum.changes} applied`)
  console.log(`  traps touched             ${sum.touched} of ${sum.traps}`)
  console.log(`  unrecoverable flagged     ${sum.flagged} of ${sum.lost}`)
  goldAgain(corpus, detail)
}

/** The text as it was printed, cleaned once more: nothing may change. */
function goldAgain(corpus, detail) {
  let changed = 0
  let paragraphs = 0
  for (const { name, gold } of seedsOf(corpus)) {
    const lines = gold.articles.flatMap(({ headline, subhead, paragraphs }) => [headline, ...(subhead ? [subhead] : []), ...paragraphs])
    const { page } = pageOfText(lines.join('\n\n'), name)
    for (const change of normalize(page).changes) {
      if (change.kind === 'label' || change.kind === 'flag' || change.status !== 'applied') continue
      changed++
      if (detail) console.log(`  gold changed: ${name} ${change.id} “${change.before}” → “${change.after ?? ''}” ${change.reason}`)
    }
    paragraphs += lines.length
  }
  console.log(`  gold text cleaned again   ${changed} changes in ${paragraphs} blocks`)
}

/** Sound text of many registers: what every rule applies, proposes and flags there, per 100,000 characters. */
function sound({ corpus, detail }) {
  for (const [title, texts] of [
    ['made up, developed on', soundTexts('dev')],
    ['made up, held out', soundTexts('held')],
    ['zh-clean-dev', cleanArticles(corpus).map(({ title, paras }, index) => ({ id: `a${index}`, text: [title, ...paras].join('\n\n') }))]
  ])
    printCounts(title, countChanges(texts, normalize), detail)
}

/** Clean prose through the whole cleaning: every applied change is harm, unless the source has the damage. */
function harm({ corpus, detail }) {
  for (const [name, articles] of [
    ['zh-clean-dev', cleanArticles(corpus)],
    ['zh-reports', reportArticles(corpus)]
  ]) {
    const score = { characters: 0, paragraphs: 0, harmed: 0, letters: 0, joins: 0, flags: 0, proposed: 0, byRule: {} }
    for (const [index, { title, paras }] of articles.entries()) {
      const { page } = pageOfText([title, ...paras].join('\n\n'), `p${index}`)
      const { changes } = normalize(page)
      score.characters += paras.join('').length
      score.paragraphs += paras.length
      const touched = new Set()
      for (const change of changes) {
        if (change.kind === 'label') continue
        const key = `${change.rule} ${change.kind === 'flag' ? 'flag' : change.status}`
        score.byRule[key] = (score.byRule[key] ?? 0) + 1
        if (change.kind === 'flag') score.flags += change.to - change.from
        else if (change.status === 'applied') {
          touched.add(change.region)
          if (/\p{L}/u.test(change.before)) score.letters++
          if (change.kind === 'join') score.joins++
        }
        if (detail && change.kind !== 'flag' && change.status === 'applied') {
          const text = page.regions.find(({ id }) => id === change.region).lines[0].text
          const next = change.target ? page.regions.find(({ id }) => id === change.target.region).lines[0].text.slice(0, 14) : ''
          console.log(
            `  ${change.id} ${change.status} ${text.slice(Math.max(0, change.from - 14), change.from)}⟦${change.before}→${change.after ?? ''}⟧${text.slice(change.to, change.to + 14)}${next} ${JSON.stringify(change.evidence ?? '')}`
          )
        }
      }
      score.harmed += touched.size
    }
    console.log(`harm on clean text: ${name}`)
    console.log(
      `  paragraphs changed        ${ratio(score.harmed, score.paragraphs)}; letters changed ${score.letters}; false joins ${score.joins}`
    )
    console.log(`  characters flagged        ${ratio(score.flags, score.characters)}`)
    console.log(`  changes by rule           ${JSON.stringify(score.byRule)}`)
  }
}

/** English and German texts that people corrected: what is altered besides hyphens and paragraphs broken at the ends of lines. */
function european({ corpus, detail }) {
  for (const [name, language, texts] of europeanTruths(corpus)) {
    const byRule = {}
    let characters = 0
    for (const [index, text] of texts.entries()) {
      const { page } = pageOfText(text, `p${index}`)
      characters += text.length
      for (const change of normalize({ ...page, language }, { language }).changes) {
        if (change.kind === 'label') continue
        const key = `${change.rule} ${change.kind === 'flag' ? 'flag' : change.status}`
        byRule[key] = (byRule[key] ?? 0) + 1
        if (detail && !/hyphen|paragraph/.test(change.rule))
          console.log(`  ${change.id} “${change.before}” → “${change.after ?? ''}” ${change.reason}`)
      }
    }
    console.log(`harm on corrected text: ${name}, ${texts.length} texts, ${characters} characters`)
    console.log(`  changes by rule           ${JSON.stringify(byRule)}`)
  }
}

async function damage({ corpus, detail, pages, seeds: count, profile: only, generator }) {
  for (const profile of only ? [only] : ['seeds', 'heavy', 'clean'])
    for (const [name, articles] of [['news', cleanArticles(corpus)]]) {
      const score = emptyScore()
      for (let seed = 1; seed <= count; seed++)
        for (const page of await damagedPages(corpus, articles, { seed: `${generator}${seed}`, pages, profile }))
          scorePage(page, normalize, score)
      console.log(`fresh damaged pages: ${name}, ${profile} profile, ${pages * count} pages, ${score.characters} characters`)
      report(score)
      if (detail) for (const example of score.examples) console.log(`    ${example}`)
    }
}

function report(score) {
  const { unseen, paragraphs, joins, joinsProposed, displaced, widths, spaces, dashes, confusables, doubled, damaged, characters } = score
  const line = (name, text) => console.log(`  ${name.padEnd(26)}${text}`)
  const both = ({ precision, recall }) => `precision ${precision}, recall ${recall}`
  line('paragraphs exact', `${paragraphs.clean} of ${paragraphs.all} (raw ${paragraphs.raw}); harmed ${paragraphs.harmed}`)
  const seen = ({ right, missed }) => ratio(right, right + missed - unseen)
  line('joins applied', `${both(joins)}; of those a text can show ${seen(joins)}`)
  line('joins applied or proposed', `${both(joinsProposed)}; of those a text can show ${seen(joinsProposed)}`)
  line('displaced applied', `${both(displaced.tally)}; named first ${ratio(displaced.top, displaced.all)}`)
  line('widths and quotes', both(widths))
  line('wrap spaces', both(spaces))
  line('dashes', both(dashes))
  line(
    'look-alikes',
    `truth first ${ratio(confusables.first, confusables.all)}; with the engine's next-best readings (simulated: the truth among them for 6 in 10) ${ratio(confusables.told, confusables.all)}; false per 100k ${((confusables.false / characters) * 1e5).toFixed(1)}`
  )
  line('doubled runs', `recall ${ratio(doubled.found, doubled.all)}; false per 100k ${((doubled.false / characters) * 1e5).toFixed(1)}`)
  const flagged = `${((damaged.flagged / characters) * 100).toFixed(2)} % of the text`
  line('damaged places flagged', `${ratio(damaged.found, damaged.all)} with ${flagged}; flags of garble right ${damaged.garble.precision}`)
  line('damaged places ranked', `${recallAt(0.02, score)} among the most probable 2 % of the text, flagged or not`)
}

/** Column joins where boxes tell: made pages with true boxes, and, where `--readings` holds them, readings of their scans. */
function boxes({ corpus, detail, made, readings }) {
  const truths = madeTruths(made ?? join(corpus, 'corpus/made-pages'))
  for (const [name, pageOf] of [
    ['true boxes', (truth) => truePage(truth)],
    ['true boxes, blocks out of order', (truth) => truePage(truth, true)],
    ...(readings ? [['readings of the scans', (truth) => readPage(readings, truth.id)]] : [])
  ]) {
    const score = emptyBoxScore()
    for (const truth of truths) {
      const page = pageOf(truth)
      if (!page) continue
      score.pages++
      scoreBoxes(truth, page, normalize(page).changes, score, detail)
    }
    console.log(`column joins with boxes: ${name}, ${score.pages} pages`)
    console.log(
      `  applied                   precision ${score.joins.precision}, recall ${score.joins.recall}; proposed besides ${score.proposed} right, ${score.proposedWrong} others; joins of furniture ${score.others}`
    )
  }
}

/** Misread characters on pages that the engine read itself, with and without its next-best readings. */
async function engine({ corpus, detail, scans, readings, dpi, engine: name }) {
  const folders = scans?.split(',') ?? [join(corpus, 'corpus/made-pages')]
  const score = emptyEngineScore()
  for (const page of await engineReadings(folders, { dpi, readings, name })) scoreEngine(page, normalize, score, detail)
  const { pages, characters, wrong, known, doubtful } = score
  const right = characters - wrong
  console.log(
    `engine: ${pages} made pages read by ${name} ${readings ? 'beforehand' : `at ${dpi} dpi`}; ${wrong} of ${characters} Chinese characters taken for another, ${doubtful} of them doubted, the truth among the engine's own readings for ${known}`
  )
  for (const name of ['with', 'without']) {
    const {
      first,
      firstDoubtful,
      any,
      applied,
      misapplied,
      flagged,
      untouched,
      unknown,
      silent,
      other,
      false: wrongly,
      harmed,
      marked
    } = score[name]
    const per = (count) => `${count} (${((count / right) * 1e5).toFixed(1)} per 100k)`
    const line = (title, text) => console.log(`  ${title.padEnd(32)}${text}`)
    line(
      `${name} its next-best readings`,
      `truth first ${ratio(first, wrong)}, of the doubted ${ratio(firstDoubtful, doubtful)}; in any proposal ${ratio(any, wrong)}; applied ${applied} right, ${misapplied} wrong`
    )
    line(
      '',
      `no proposal and flagged ${flagged}, untouched ${untouched}; not first: not among the readings ${unknown}, nothing said ${silent}, another first ${other}`
    )
    line('', `on right characters: proposed ${per(wrongly)}, applied ${per(harmed)}; ${((marked / characters) * 100).toFixed(2)} % flagged`)
  }
}

/** What an archive's own text is worth: trained on every second article, measured on the others, damaged and clean. */
async function training({ corpus, pages, seeds: count }) {
  const articles = cleanArticles(corpus)
  const own = articles.filter((_, index) => index % 2 === 0)
  const others = articles.filter((_, index) => index % 2 === 1)
  const base = loadLanguageModel()
  const archive = trainArchive(
    own.flatMap(({ paras }) => paras),
    base.dictionary
  )
  console.log(`training: ${archive.characters} characters of one half, ${archive.names.length} names; measured on the other half`)
  const damaged = []
  for (let seed = 1; seed <= count; seed++)
    damaged.push(...(await damagedPages(corpus, others, { seed: `training${seed}`, pages, profile: 'heavy' })))
  for (const [name, model] of [
    ['before', base],
    ['after', layerArchive(base, archive)]
  ]) {
    const score = emptyScore()
    for (const page of damaged) scorePage(page, normalize, score, { model })
    const { confusables, characters, damaged: places } = score
    const clean = { characters: 0, proposed: 0, flags: 0 }
    for (const [index, { title, paras }] of others.entries()) {
      const { changes } = normalize(pageOfText([title, ...paras].join('\n\n'), `p${index}`).page, { model })
      clean.characters += paras.join('').length
      clean.proposed += changes.filter(({ rule }) => rule === 'look-alike').length
      clean.flags += changes.filter(({ kind }) => kind === 'flag').length
    }
    const per = (count) => ((count / clean.characters) * 1e5).toFixed(1)
    console.log(
      `  ${name.padEnd(8)}look-alikes: truth first ${ratio(confusables.first, confusables.all)}, false per 100k ${((confusables.false / characters) * 1e5).toFixed(1)}; on clean text ${per(clean.proposed)}, flags ${per(clean.flags)}; damaged places ${ratio(places.found, places.all)} with ${((places.flagged / characters) * 100).toFixed(2)} % flagged`
    )
  }
}

function pairs({ corpus, detail }) {
  scorePairs(corpus, normalize, detail)
}

/** Characters a second with every rule on, and whether twice the page takes twice the time. */
async function speed({ corpus }) {
  const pages = await damagedPages(corpus, cleanArticles(corpus), { seed: 'speed', pages: 60, profile: 'heavy' })
  normalize(pageOfText(pages[0].raw, 'warm').page)
  const all = pages.map(({ raw }) => pageOfText(raw, 'p').page)
  const characters = pages.reduce((sum, { raw }) => sum + raw.length, 0)
  const heavy = secondsOf(() => {
    for (const page of all) normalize(page)
  })
  console.log(`speed: ${Math.round(characters / heavy)} characters per CPU second over ${all.length} heavily damaged pages`)
  const articles = cleanArticles(corpus).map(({ title, paras }, index) => pageOfText([title, ...paras].join('\n\n'), `c${index}`).page)
  const size = articles.reduce((sum, page) => sum + page.regions.reduce((length, { lines }) => length + lines[0].text.length, 0), 0)
  const clean = secondsOf(() => {
    for (const page of articles) normalize(page)
  })
  console.log(`speed: ${Math.round(size / clean)} characters per CPU second over ${articles.length} pages of clean text`)
  for (const times of [1, 2, 4, 8]) {
    const raw = pages
      .slice(0, 4 * times)
      .map((page) => page.raw)
      .join('\n\n')
    const { page } = pageOfText(raw, 'p')
    console.log(`  one page of ${raw.length} characters: ${Math.round(secondsOf(() => normalize(page)) * 1000)} ms of CPU`)
  }
}

/** Seconds of CPU, so that what else the machine does is not counted. */
function secondsOf(work) {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
