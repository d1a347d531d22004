// The changes of a run beside the edits of the truth: what was right, wrong, missed.
import { rankDamage } from '../../packages/normalize/dist/index.js'
import { pageOfText, ratio, Tally, textOf } from './cleaning-data.mjs'

const markRules = new Set(['half-width-punctuation', 'straight-quote'])
const ruleOf = { 'punctuation-width': 'widths and quotes', 'space-removal': 'wrap spaces', dash: 'dashes' }

export function emptyScore() {
  return {
    characters: 0,
    unseen: 0,
    paragraphs: { all: 0, raw: 0, clean: 0, harmed: 0 },
    joins: new Tally(),
    joinsProposed: new Tally(),
    displaced: { all: 0, top: 0, ...new Tally(), tally: new Tally() },
    widths: new Tally(),
    spaces: new Tally(),
    dashes: new Tally(),
    confusables: { all: 0, first: 0, told: 0, applied: 0, wrong: 0, false: 0 },
    doubled: { all: 0, found: 0, false: 0 },
    damaged: { all: 0, found: 0, flagged: 0, garble: new Tally(), mended: 0, pages: 0, ranked: [] },
    examples: []
  }
}

/** Adds one damaged page to the score. */
export function scorePage({ raw, gold }, normalize, score, options = {}) {
  const { page, offsets, lineAt } = pageOfText(raw, 'p')
  const result = normalize(page, options)
  score.characters += raw.length
  scoreParagraphs(raw, gold, result, score)
  scoreJoins(gold, lineAt, result, score, raw, offsets)
  scoreMarks(gold, offsets, result, score, raw)
  scoreDoubts(gold, offsets, result, score, raw)
  rankDoubts(gold, offsets, result, score, options)
  scoreTold(page, gold, offsets, normalize, options, score)
  return result
}

/**
 * The same page with next-best readings of its characters, as engines give them: the truth among them for six misread characters in ten,
 * and a look-alike for one right character in twenty.
 */
function scoreTold(page, gold, offsets, normalize, options, score) {
  const misread = gold.edits.filter(({ kind, after }) => kind === 'confusable' && after.length === 1)
  if (misread.length === 0) return
  const regions = page.regions.map((region) => {
    const [line] = region.lines
    const start = offsets.get(region.id)
    const own = new Map(
      misread.filter(({ start: at }) => at >= start && at < start + line.text.length).map((edit) => [edit.start - start, edit])
    )
    if (own.size === 0) return region
    const box = { x: 0, y: 0, width: 1, height: 1 }
    const glyphs = [...line.text].map((text, at) => {
      const edit = own.get(at)
      const variants = edit
        ? (edit.start * 7) % 10 < 6
          ? [{ text: edit.after, confidence: 0.3 }]
          : []
        : at % 20 === 7 && /[一-鿿]/.test(line.text[at + 1] ?? '')
          ? [{ text: line.text[at + 1], confidence: 0.1 }]
          : []
      return { box, text, confidence: 0.9, variants }
    })
    return { ...region, lines: [{ ...line, words: [{ box, text: line.text, confidence: 0.9, glyphs }] }] }
  })
  const { changes } = normalize({ ...page, regions }, options)
  for (const edit of misread)
    if (
      changes.some(
        (change) => change.kind === 'replace' && offsets.get(change.region) + change.from === edit.start && change.after === edit.after
      )
    )
      score.confusables.told++
}

function scoreParagraphs(raw, gold, { blocks }, score) {
  const before = new Set(raw.split('\n').map((line) => line.trim()))
  const after = new Set(blocks.flatMap((block) => [textOf(block), textOf(block).replace(/^\S{2,10}日讯 /, '')]))
  for (const article of gold.articles)
    for (const paragraph of article.paragraphs) {
      const was = before.has(paragraph) || [...before].some((line) => line.endsWith(` ${paragraph}`))
      const is = after.has(paragraph)
      score.paragraphs.all++
      if (was) score.paragraphs.raw++
      if (is) score.paragraphs.clean++
      if (was && !is) {
        score.paragraphs.harmed++
        score.examples.push(`harmed: ${paragraph.slice(0, 40)}…`)
      }
    }
}

function scoreJoins(gold, lineAt, { changes }, score, raw, offsets) {
  const truth = new Map()
  const parts = new Map(gold.lines.filter(({ role }) => role === 'para').map((line) => [`${line.art}:${line.para}:${line.part}`, line]))
  const regionOf = (line) => `r${lineAt(line.start)}`
  for (const line of parts.values()) {
    const before = parts.get(`${line.art}:${line.para}:${line.part - 1}`)
    if (before) truth.set(`${regionOf(before)}>${regionOf(line)}`, line.displaced === true)
  }
  const headings = new Set(gold.lines.filter(({ role }) => role !== 'para').map(regionOf))
  const said = new Map()
  for (const change of changes)
    if (change.kind === 'join' && !(headings.has(change.region) && headings.has(change.target.region)))
      said.set(`${change.region}>${change.target.region}`, change)
  for (const [pair, displaced] of truth) {
    const change = said.get(pair)
    const end = pair.split('>')[0]
    const about = changes.find((other) => other.kind === 'join' && other.region === end)
    if (displaced) {
      score.displaced.all++
      if (about && `${end}>${about.target.region}` === pair) score.displaced.top++
      if (change?.status === 'applied') score.displaced.tally.right++
      else score.displaced.tally.missed++
    } else {
      const endsAt = raw.indexOf('\n', offsets.get(end))
      // Behind a full stop nothing in the text shows that the paragraph goes on.
      if (!change && /[。！？”]$/.test(raw.slice(offsets.get(end), endsAt).trim())) score.unseen++
      if (change?.status === 'applied') score.joins.right++
      else {
        score.joins.missed++
        score.examples.push(`join missed: ${shows(raw, offsets, pair)}${change ? ` (proposed, ${JSON.stringify(change.evidence)})` : ''}`)
      }
      if (change) score.joinsProposed.right++
      else score.joinsProposed.missed++
    }
  }
  for (const [pair, change] of said) {
    if (truth.has(pair)) continue
    if (change.status === 'proposed') score.joinsProposed.wrong++
    else if (change.rule === 'column-break' && /elsewhere/.test(change.reason)) {
      score.displaced.tally.wrong++
      score.examples.push(`displaced wrong: ${shows(raw, offsets, pair)} ${JSON.stringify(change.evidence)}`)
    } else {
      score.joins.wrong++
      score.joinsProposed.wrong++
      score.examples.push(`join wrong: ${shows(raw, offsets, pair)} ${change.rule} ${change.reason} ${JSON.stringify(change.evidence)}`)
    }
  }
}

function shows(raw, offsets, pair) {
  const [end, start] = pair.split('>').map((region) => offsets.get(region))
  const endOfLine = raw.indexOf('\n', end)
  return `${raw.slice(Math.max(end, endOfLine - 14), endOfLine)}|${raw.slice(start, start + 14)}`
}

function scoreMarks(gold, offsets, { changes }, score, raw) {
  const tallies = { 'punctuation-width': score.widths, 'space-removal': score.spaces, dash: score.dashes }
  const made = changes.flatMap((change) =>
    change.kind === 'replace' && change.status === 'applied'
      ? [{ ...change, start: offsets.get(change.region) + change.from, end: offsets.get(change.region) + change.to }]
      : []
  )
  const byStart = new Map(made.map((change) => [change.start, change]))
  const right = new Set()
  for (const edit of gold.edits) {
    const tally = tallies[edit.kind]
    if (!tally || edit.lost) continue
    const change = byStart.get(edit.start)
    if (change && change.after === edit.after && change.end === edit.end) {
      tally.right++
      right.add(change)
    } else {
      tally.missed++
      if (edit.kind !== 'punctuation-width') score.examples.push(`${ruleOf[edit.kind]} missed: ${edit.context}`)
    }
  }
  for (const change of made) {
    const tally = markRules.has(change.rule) ? score.widths : { 'wrapped-space': score.spaces, 'broken-dash': score.dashes }[change.rule]
    if (!tally || right.has(change)) continue
    const place =
      raw.slice(Math.max(0, change.start - 10), change.start) +
      '⟦' +
      change.before +
      '→' +
      change.after +
      '⟧' +
      raw.slice(change.end, change.end + 10)
    tally.wrong++
    score.examples.push(`${change.rule} wrong: ${place.replaceAll('\n', '⏎')}`)
  }
}

function scoreDoubts(gold, offsets, { changes }, score, raw) {
  const place = (change) => ({ start: offsets.get(change.region) + change.from, end: offsets.get(change.region) + change.to })
  const flags = changes.filter(({ kind }) => kind === 'flag').map((change) => ({ ...change, ...place(change) }))
  const doubts = [
    ...flags,
    ...changes.filter(({ kind, status }) => kind === 'replace' && status === 'proposed').map((change) => ({ ...change, ...place(change) }))
  ]
  const overlaps = (doubt, edit) => doubt.start < edit.end + 2 && doubt.end > edit.start - 2
  for (const flag of flags) score.damaged.flagged += flag.end - flag.start
  for (const edit of gold.edits) {
    if (edit.kind === 'duplicate-run') {
      score.doubled.all++
      if (flags.some((flag) => flag.rule === 'repeated-run' && overlaps(flag, edit))) score.doubled.found++
      else score.examples.push(`doubled run missed: ${edit.context}`)
    }
    if (edit.kind === 'confusable') {
      score.confusables.all++
      const said = changes.find((change) => change.kind === 'replace' && place(change).start === edit.start)
      if (said?.after === edit.after) score.confusables.first++
      else if (said) score.confusables.wrong++
      if (said?.status === 'applied') score.confusables.applied++
    }
    if (edit.kind === 'confusable' || (edit.lost && edit.kind !== 'dash')) {
      score.damaged.all++
      if (
        doubts.some((doubt) => overlaps(doubt, edit)) ||
        changes.some((change) => change.kind === 'replace' && change.status === 'applied' && place(change).start === edit.start)
      )
        score.damaged.found++
    }
  }
  for (const change of changes)
    if (change.rule === 'look-alike' && !gold.edits.some((edit) => overlaps({ ...place(change) }, edit))) score.confusables.false++
  for (const flag of flags)
    if (flag.rule === 'repeated-run' && !gold.edits.some((edit) => overlaps(flag, edit))) {
      score.doubled.false++
      score.examples.push(`doubled run false: ${raw.slice(flag.start, flag.end)}`)
    }
}

/** What a flag of garble may rightly be about. */
const damageKinds = new Set(['confusable', 'stray-glyph', 'duplicate-run', 'truncated', 'dash'])

/**
 * All that may be damaged, each with how probable that is: flags, proposals, and the places that are too improbable to be flagged. Says, too,
 * how many of the flags of garble are right.
 */
function rankDoubts(gold, offsets, result, score, options) {
  const sum = score.damaged
  const page = sum.pages++
  const isAbout = (edit) => edit.kind === 'confusable' || (edit.lost && edit.kind !== 'dash')
  const wanted = gold.edits.filter(isAbout)
  const changeAt = ({ region, from, to }) => ({ start: offsets.get(region) + from, end: offsets.get(region) + to })
  const near = ({ start, end }, edit) => start < edit.end + 2 && end > edit.start - 2
  const add = (span, probability) =>
    sum.ranked.push({ ...span, page, probability, shows: wanted.flatMap((edit, index) => (near(span, edit) ? [`${page}:${index}`] : [])) })
  for (const change of result.changes) {
    if (change.kind === 'flag' && change.rule === 'garble') {
      if (gold.edits.some((edit) => damageKinds.has(edit.kind) && near(changeAt(change), edit))) sum.garble.right++
      else {
        sum.garble.wrong++
        score.examples.push(`garble wrong: ${change.reason} ${change.confidence}`)
      }
    } else if (change.kind === 'flag' || (change.kind === 'replace' && change.status === 'proposed'))
      add(changeAt(change), change.confidence)
    else if (change.kind === 'replace' && wanted.some((edit) => edit.start === changeAt(change).start)) sum.mended++
  }
  for (const { block, at, probability } of rankDamage(result, options)) {
    const place = rawPlace(block, at)
    const start = place && offsets.get(place.region) + place.at
    if (place) add({ start, end: start + 1 }, probability)
  }
}

function rawPlace({ pieces }, at) {
  let from = 0
  for (const piece of pieces) {
    if (at < from + piece.text.length) return 'region' in piece ? { region: piece.region, at: piece.at + at - from } : undefined
    from += piece.text.length
  }
}

/** Of the damaged places of all pages, how many are among the most probable doubts that make up this share of the text. */
export function recallAt(share, { damaged, characters }) {
  const found = new Set()
  const taken = new Map()
  let room = characters * share
  for (const doubt of [...damaged.ranked].sort((a, b) => b.probability - a.probability || a.page - b.page || a.start - b.start)) {
    const beside = taken.get(doubt.page) ?? []
    // What stands beside a doubt is seen with it.
    if (beside.some(({ start, end }) => doubt.start < end + 2 && doubt.end > start - 2)) continue
    room -= doubt.end - doubt.start
    if (room < 0) break
    taken.set(doubt.page, [...beside, doubt])
    for (const key of doubt.shows) found.add(key)
  }
  return ratio(found.size + damaged.mended, damaged.all)
}
