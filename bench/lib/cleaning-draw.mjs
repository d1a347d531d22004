// Changes drawn by lot, a rule at a time, each beside what was printed there, to be judged by eye. An alignment with the truth judges them
// too, as far as it can: over all of a rule's changes, not only over those drawn.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rawText, textRegions } from '../../packages/document/dist/index.js'
import { cleanArticles, damagedPages, pageOfText } from './cleaning-data.mjs'
import { engineReadings } from './cleaning-engine.mjs'

/** Pages with real or made noise, each with the text that was printed. */
const sources = {
  characters: pairsRead('char-noise', 'layout-noise'),
  layout: pairsRead('layout-noise', 'char-noise'),
  jingbao,
  scans,
  made
}

export async function drawChanges({ corpus, draw, rule, lot, from, folders, ...options }, normalize) {
  const drawn = new Map()
  for (const name of from?.split(',') ?? ['characters', 'layout', 'scans'])
    for (const { id, page, truth } of await sources[name]({ corpus, lot, folders, ...options })) {
      const printed = indexOf(truth)
      for (const change of normalize(page, page.language ? { language: page.language } : {}).changes) {
        if (change.kind === 'label' || (rule && !rule.split(',').includes(change.rule))) continue
        const key = `${change.rule} ${change.kind === 'flag' ? 'flagged' : change.status}`
        drawn.set(key, [...(drawn.get(key) ?? []), { ...judged(page, change, printed), place: `${name}/${id}` }])
      }
    }
  for (const key of [...drawn.keys()].sort()) show(key, drawn.get(key), draw, lot)
}

function show(key, all, draw, lot) {
  const count = (list, verdict) => list.filter((item) => item.verdict === verdict).length
  const tally = (list) => `right ${count(list, 'right')}, wrong ${count(list, 'wrong')}, not to be judged ${count(list, 'open')}`
  const some = shuffled(all, `${lot} ${key}`).slice(0, draw)
  console.log(`${key}: ${all.length} (${tally(all)}); drawn ${some.length} (${tally(some)})`)
  for (const { verdict, place, shows, printed } of some) console.log(`  ${verdict.padEnd(5)} ${place} ${shows}  printed: ${printed}`)
}

function pairsRead(raw, truth) {
  return ({ corpus }) => {
    const folder = join(corpus, 'corpus/zh-news-pairs')
    return readdirSync(join(folder, 'joins')).map((name) => {
      const id = name.slice(0, -5)
      const read = (kind) => readFileSync(join(folder, kind, `${id}.txt`), 'utf8')
      return { id, page: pageOfText(read(raw), id).page, truth: read(truth) }
    })
  }
}

function jingbao({ corpus }) {
  const folder = join(corpus, 'corpus/zh-jingbao/gt-text')
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const raw = readFileSync(join(folder, name), 'utf8')
      return { id: name, page: { ...pageOfText(raw, 'p').page, language: 'zh-Hant' }, truth: raw }
    })
}

async function scans({ folders, dpi, readings, engine }) {
  if (!folders) return []
  const pages = await engineReadings(folders, { dpi, readings, name: engine })
  return pages.map(({ id, page, truth }) => ({ id, page, truth: truth.lines.map(({ text }) => text).join('\n') }))
}

async function made({ corpus, lot, pages }) {
  return (await damagedPages(corpus, cleanArticles(corpus), { seed: `draw${lot}`, pages, profile: 'heavy' })).map(
    ({ raw, gold }, index) => ({
      id: String(index),
      page: pageOfText(raw, `p${index}`).page,
      truth: gold.articles.flatMap(({ headline, subhead, paragraphs }) => [headline, subhead ?? '', ...paragraphs]).join('\n')
    })
  )
}

const around = 14
const wide = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '"': '“', '”': '“', "'": '‘', '’': '‘' }
/** One character for one, blanks left out: what width and curl of marks cannot hide. */
const plain = (text) => text.replace(/\s/g, '').replace(/[,;:?!()"”'’]/g, (mark) => wide[mark])

function indexOf(truth) {
  const text = plain(truth)
  const breaks = new Set()
  const open = new Set()
  let solid = 0
  for (const char of truth) {
    if (char === '\n') breaks.add(solid)
    if (/\s/.test(char)) open.add(solid)
    else solid += char.length
  }
  const places = new Map()
  for (let at = 0; at + 3 <= text.length; at++) {
    const key = text.slice(at, at + 3)
    const list = places.get(key)
    if (!list) places.set(key, [at])
    else if (list.length < 40) list.push(at)
  }
  return { text, places, breaks, open }
}

function judged(page, change, printed) {
  const text = rawText(textRegions(page).find(({ id }) => id === change.region))
  const before = text.slice(Math.max(0, change.from - around), change.from)
  const inside = text.slice(change.from, change.to)
  const goesOn =
    change.kind === 'join' ? rawText(textRegions(page).find(({ id }) => id === change.target.region)).slice(change.target.at ?? 0) : ''
  const after = (text.slice(change.to) + goesOn).slice(0, around)
  const show = change.kind === 'replace' ? `→${change.after}` : change.kind === 'join' ? '+' : ''
  const shows = `${before}⟦${inside}${show}⟧${after}`.replaceAll('\n', '⏎')
  const found = placeOf(printed, plain(before) + plain(inside) + plain(after))
  if (!found) return { verdict: 'open', shows, printed: '?' }
  const stretch = printed.text.slice(found.from, found.to)
  const window = [plain(before), plain(inside), plain(after)]
  return { verdict: verdictOf(change, window, printed, found), shows, printed: stretch }
}

function verdictOf(change, [before, inside, after], printed, { from, to }) {
  const stretch = printed.text.slice(from, to)
  const { sound, places } = align(before + inside + after, stretch)
  const isPrinted = (set, at) => (places[at] === undefined ? undefined : set.has(from + places[at]))
  if (change.kind === 'replace' && change.before.trim() === '') return verdict(isPrinted(printed.open, before.length), false)
  if (change.rule === 'missing-final-mark') {
    const last = places[before.length + inside.length - 1]
    return verdict(last === undefined ? undefined : printed.breaks.has(from + last + 1), false)
  }
  if (change.kind === 'replace') {
    const [was, is] = [inside, plain(change.after)].map((middle) => align(before + middle + after, stretch).cost)
    return was === is ? (plain(change.after) === inside ? 'open' : 'wrong') : is < was ? 'right' : 'wrong'
  }
  if (change.kind !== 'flag') return 'open'
  // Damage may stand beside what is flagged, for a sign that was lost leaves nothing to flag.
  for (let at = Math.max(0, before.length - 1); at < Math.min(sound.length, before.length + inside.length + 1); at++)
    if (!sound[at]) return 'right'
  return 'wrong'
}

const verdict = (is, right) => (is === undefined ? 'open' : is === right ? 'right' : 'wrong')

/** The stretch of the truth in which most of the words around stand; undefined where they hardly do. */
function placeOf({ text, places }, window) {
  const votes = new Map()
  for (let at = 0; at + 3 <= window.length; at++)
    for (const place of places.get(window.slice(at, at + 3)) ?? [])
      for (const start of [place - at - 1, place - at, place - at + 1])
        votes.set(start, (votes.get(start) ?? 0) + (start === place - at ? 2 : 1))
  let best
  for (const [start, count] of votes)
    if (!best || count > best.count || (count === best.count && start < best.start)) best = { start, count }
  if (!best) return undefined
  const from = Math.max(0, best.start - 2)
  const to = Math.min(text.length, best.start + window.length + 2)
  const { sound } = align(window, text.slice(from, to))
  return sound.filter(Boolean).length >= window.length * 0.5 ? { from, to } : undefined
}

/** Edit distance with both ends of the stretch free; which characters stand in it as they are, nothing lost before or behind them. */
function align(window, stretch) {
  const width = stretch.length + 1
  const cost = new Uint16Array((window.length + 1) * width)
  for (let row = 1; row <= window.length; row++) {
    cost[row * width] = row
    for (let column = 1; column < width; column++)
      cost[row * width + column] = Math.min(
        cost[(row - 1) * width + column - 1] + (window[row - 1] === stretch[column - 1] ? 0 : 1),
        cost[(row - 1) * width + column] + 1,
        cost[row * width + column - 1] + (row === window.length ? 0 : 1)
      )
  }
  let row = window.length
  let column = width - 1
  while (column > 0 && cost[row * width + column - 1] <= cost[row * width + column]) column--
  const total = cost[row * width + column]
  const sound = new Array(window.length).fill(false)
  const places = new Array(window.length).fill(undefined)
  while (row > 0 && column > 0) {
    const here = cost[row * width + column]
    const same = window[row - 1] === stretch[column - 1]
    if (cost[(row - 1) * width + column - 1] + (same ? 0 : 1) === here) {
      row--
      column--
      sound[row] = same
      if (same) places[row] = column
    } else if (cost[(row - 1) * width + column] + 1 === here) row--
    else {
      column--
      if (sound[row]) sound[row] = false
    }
  }
  return { cost: total, sound, places }
}

/** The same order for the same seed, on any machine. */
function shuffled(list, seed) {
  let state = [...seed].reduce((hash, char) => Math.imul(hash ^ char.codePointAt(0), 16777619) >>> 0, 2166136261)
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other], order[last]]
  }
  return order
}
