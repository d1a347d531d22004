// How well blocks are named and put together to articles: from true boxes, from plain text, and from scans that were read before.
//   node bench/bench.mjs articles [--mode boxes|text|seeds|real|time] [--only dev-04] [--detail] [--pages <folder of page.json>]
// Data: $BROADSHEET_CORPUS (made pages with truth, seeds with gold). --pages holds <page id>.json or <page id>/page.json, as `broadsheet ocr` writes them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isReadPiece, lineSpans, textRegions } from '../packages/document/dist/index.js'
import { applyRules, groupArticles, labelRules, normalize } from '../packages/normalize/dist/index.js'

/** What each kind of the truth may rightly be called. */
const accepted = {
  masthead: ['masthead', 'folio', 'page-number', 'header', 'slogan', 'section'],
  folio: ['folio', 'page-number', 'header', 'footer', 'section', 'masthead'],
  banner: ['section', 'slogan', 'header'],
  section: ['section', 'slogan'],
  kicker: ['kicker'],
  headline: ['heading'],
  subhead: ['deck'],
  byline: ['credit'],
  text: ['paragraph'],
  subheading: ['crosshead'],
  caption: ['caption'],
  table: ['table'],
  pullquote: ['note'],
  jump: ['jump-line'],
  index: ['section'],
  advert: ['advert'],
  poster: ['poster', 'slogan'],
  strip: ['table', 'section', 'slogan', 'advert'],
  imprint: ['footer', 'masthead', 'slogan'],
  slogan: ['slogan', 'section', 'header'],
  credits: ['poster', 'credit', 'slogan'],
  noise: ['noise']
}
const kindOf = Object.fromEntries(Object.entries(accepted).map(([kind, [role]]) => [role, kind]))
const broken = new Set(['masthead', 'folio', 'banner', 'index', 'advert', 'poster', 'imprint'])

export default async function articles(args) {
  if (optionOf(args, '--mode') === 'time') return reportTime()
  const corpus = process.env.BROADSHEET_CORPUS
  if (!corpus) return console.log('articles: BROADSHEET_CORPUS is unset, nothing to measure')
  const only = optionOf(args, '--only')
  const detail = args.includes('--detail')
  const truths = readTruths(optionOf(args, '--truths') ?? join(corpus, 'corpus/made-pages')).filter(
    ({ id }) => !only || id.startsWith(only)
  )
  const modes = [
    ['true boxes, regions sorted by top edge', (truth) => boxPage(truth, 'top'), labelRules],
    ['true boxes, regions in true order', (truth) => boxPage(truth, 'truth')],
    ['plain text in true order', textPage]
  ]
  const wanted = optionOf(args, '--mode')
  for (const [name, pageOf, rules] of modes) if (!wanted || name.includes(wanted)) report(name, measureMade(truths, pageOf, detail, rules))
  const pages = optionOf(args, '--pages')
  if (pages)
    report(
      `scans, read before (${pages})`,
      measureMade(
        truths.filter(({ id }) => cached(pages, id)),
        (truth) => cached(pages, truth.id),
        detail
      )
    )
  if (!only && (!wanted || wanted === 'seeds')) reportSeeds(corpus, detail)
  if (!only && (!wanted || wanted === 'real')) {
    reportReal('real pages, plain text: zh-news-pairs', newsPages(join(corpus, 'corpus/zh-news-pairs/char-noise')), detail)
    const folds = foldPages(join(corpus, 'corpus/zh-jingbao/gt/jingbao-textGT'))
    reportFolds('real pages, plain text in true order: zh-jingbao', folds, detail)
    const heldOut = folds.filter(({ page }) => Number(page.id.split('_')[1]) % 2 === 0)
    reportFolds('… of these the issues with even numbers, held out', heldOut, false)
    for (const order of ['file', 'top'])
      reportReal(
        `real pages, true boxes, regions ${order === 'top' ? 'sorted by top edge' : 'in true order'}: de-reichsanzeiger`,
        gazettePages(join(corpus, 'corpus/de-reichsanzeiger'), order),
        detail
      )
  }
}

function optionOf(args, name) {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}

function readTruths(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.truth.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

function cached(folder, id) {
  for (const path of [join(folder, `${id}.json`), join(folder, id, 'page.json')])
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  return undefined
}

// Pages made of the truth

const boxOf = ([x0, y0, x1, y1]) => ({ x: Math.round(x0), y: Math.round(y0), width: Math.round(x1 - x0), height: Math.round(y1 - y0) })

function lineOf(line, truth) {
  const direction = line.orientation === 'vertical' ? 'vertical-rl' : line.rtl ? 'horizontal-rl' : undefined
  return { id: line.id, box: boxOf(line.bbox), ...(direction ? { direction } : {}), text: line.text, language: truth.page.lang }
}

/** A region for every block; furniture set in several sizes falls into pieces, as a layout would read it. */
function boxPage(truth, order) {
  const lines = new Map(truth.lines.map((line) => [line.id, line]))
  const regions = truth.blocks.flatMap((block) => {
    if (block.lines.length === 0) return [{ type: 'image', id: block.id, box: boxOf(block.bbox) }]
    const own = block.lines.map((id) => lines.get(id))
    const pieces = broken.has(block.kind) ? fallApart(own) : [own]
    return pieces.map((piece, index) => ({
      type: 'text',
      id: index === 0 ? block.id : `${block.id}.${index}`,
      role: 'paragraph',
      box: around(piece.map((line) => line.bbox)),
      lines: piece.map((line) => lineOf(line, truth))
    }))
  })
  if (order === 'top') regions.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
  const { width, height, file } = truth.image
  return {
    id: truth.id,
    image: { href: file ?? truth.id, width, height, sha256: '0'.repeat(64) },
    language: truth.page.lang,
    regions,
    processing: []
  }
}

function fallApart(lines) {
  const pieces = []
  for (const line of lines) {
    const last = pieces.at(-1)?.at(-1)
    const [a, b] = [last?.bbox, line.bbox]
    const size = line.sizePx
    const near =
      a &&
      Math.max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3]) < size &&
      Math.max(size, last.sizePx) / Math.min(size, last.sizePx) < 1.25
    if (near && !(b[0] > a[2] && line.orientation === 'horizontal')) pieces.at(-1).push(line)
    else pieces.push([line])
  }
  return pieces
}

function around(boxes) {
  return boxOf([
    Math.min(...boxes.map((b) => b[0])),
    Math.min(...boxes.map((b) => b[1])),
    Math.max(...boxes.map((b) => b[2])),
    Math.max(...boxes.map((b) => b[3]))
  ])
}

/** No boxes: a line for every paragraph, heading and line of furniture, in true order. Half a paragraph at a column's end joins the rest. */
function textPage(truth) {
  const lines = new Map(truth.lines.map((line) => [line.id, line]))
  const regions = []
  const paragraphs = new Map()
  for (const block of truth.blocks) {
    const groups = []
    for (const id of block.lines) {
      const line = lines.get(id)
      const key = line.para == null ? (broken.has(block.kind) ? id : block.id) : `${block.article} ${line.para}`
      const last = groups.at(-1)
      if (last && last.key === key) last.lines.push(line)
      else groups.push({ key, lines: [line] })
    }
    for (const group of groups) {
      const known = paragraphs.get(group.key)
      if (known && block.kind === 'text') known.lines.push(...group.lines.map((line) => ({ id: line.id, text: line.text })))
      else {
        const region = {
          type: 'text',
          id: `r${regions.length + 1}`,
          role: 'paragraph',
          lines: group.lines.map((line) => ({ id: line.id, text: line.text }))
        }
        if (block.kind === 'text') paragraphs.set(group.key, region)
        regions.push(region)
      }
    }
  }
  return { id: truth.id, language: truth.page.lang, regions, processing: [] }
}

// Measuring

/** `rules`: only these; where the order of regions is no reading order, joins by order would be wrong. */
function measureMade(truths, pageOf, detail, rules) {
  const sums = newSums()
  const issues = Map.groupBy ? Map.groupBy(truths, issueKey) : groupBy(truths, issueKey)
  for (const group of issues.values())
    measureIssue(group, (truth) => (rules ? applyRules(pageOf(truth), rules) : normalize(pageOf(truth))), sums, detail)
  return sums
}

const issueKey = (truth) => `${truth.page.newspaper} ${truth.page.date}`

function groupBy(list, key) {
  const groups = new Map()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

function newSums() {
  return {
    labels: new Map(),
    wrongLabels: new Map(),
    pairs: { hit: 0, truth: 0, found: 0 },
    exact: 0,
    articles: 0,
    within: { good: 0, all: 0 },
    between: { good: 0, all: 0 },
    jumps: { hit: 0, truth: 0, found: 0 }
  }
}

function measureIssue(truths, cleanPage, sums, detail) {
  const clean = truths.map(cleanPage)
  const issue = groupArticles(clean, { issue: { id: 'bench', title: truths[0].page.newspaper, language: truths[0].page.lang } })
  const found = truths.map((truth, index) => placeLines(truth, clean[index], issue))
  const blocks = truths.flatMap((truth, index) =>
    truth.blocks.filter((block) => block.lines.length > 0).map((block) => judge(block, truth, found[index]))
  )
  scoreLabels(blocks, sums, detail)
  scoreGroups(blocks, sums, detail)
  scoreOrder(blocks, sums, detail)
  scoreJumps(truths, issue, sums)
}

/** For every true line: role, article and place of the block that was found there. */
function placeLines(truth, { page, blocks }, issue) {
  const roles = new Map()
  const spans = new Map(textRegions(page).map((region) => [region.id, lineSpans(region)]))
  const place = new Map()
  let order = 0
  const at = (block, article) => {
    for (const piece of block.pieces) {
      if (!isReadPiece(piece)) continue
      for (const span of spans.get(piece.region))
        if (span.from < piece.at + piece.text.length && span.to > piece.at && !place.has(span.line.id))
          place.set(span.line.id, { role: block.role, article, order: order++, line: span.line })
    }
  }
  const byId = new Map(blocks.map((block) => [block.id, block]))
  for (const article of issue.articles)
    for (const part of article.parts) for (const { page: id, block } of part.blocks) if (id === page.id) at(byId.get(block), article.id)
  for (const block of blocks) at(block, undefined)
  for (const line of truth.lines) roles.set(line.id, place.get(line.id) ?? overlapping(line, place))
  return roles
}

function overlapping(line, place) {
  let best
  let most = 0.3
  for (const found of place.values()) {
    if (!found.line.box) continue
    const [x0, y0, x1, y1] = line.bbox
    const { x, y, width, height } = found.line.box
    const shared = Math.max(0, Math.min(x1, x + width) - Math.max(x0, x)) * Math.max(0, Math.min(y1, y + height) - Math.max(y0, y))
    const share = shared / ((x1 - x0) * (y1 - y0))
    if (share > most) [best, most] = [found, share]
  }
  return best
}

function judge(block, truth, found) {
  const lines = block.lines.flatMap((id) => found.get(id) ?? [])
  const base = block.article?.replace(/#\d+$/, '')
  return {
    kind: block.kind,
    article: base ? `${truth.page.date} ${base}` : undefined,
    text: block.text,
    page: truth.id,
    id: block.id,
    role: mode(lines.map((line) => line.role)),
    group: mode(lines.map((line) => line.article)),
    order: lines.length > 0 ? Math.min(...lines.map((line) => line.order)) : undefined,
    all: lines.map((line) => line.role)
  }
}

function mode(list) {
  const counts = new Map()
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function scoreLabels(blocks, sums, detail) {
  const of = (kind) => {
    if (!sums.labels.has(kind)) sums.labels.set(kind, { hit: 0, truth: 0, found: 0 })
    return sums.labels.get(kind)
  }
  for (const block of blocks) {
    const right = broken.has(block.kind)
      ? block.all.length > 0 && block.all.filter((role) => accepted[block.kind].includes(role)).length * 2 > block.all.length
      : accepted[block.kind].includes(block.role)
    of(block.kind).truth++
    if (right) of(block.kind).hit++
    of(right ? block.kind : (kindOf[block.role] ?? 'none')).found++
    if (!right && detail)
      console.log(
        `  label ${block.page} ${block.id} ${block.kind} → ${block.role ?? 'none'}: ${block.text.replace(/\n/g, '/').slice(0, 40)}`
      )
  }
}

function scoreGroups(blocks, sums, detail) {
  for (let i = 0; i < blocks.length; i++)
    for (let j = i + 1; j < blocks.length; j++) {
      const truth = blocks[i].article !== undefined && blocks[i].article === blocks[j].article
      const found = blocks[i].group !== undefined && blocks[i].group === blocks[j].group
      if (truth) sums.pairs.truth++
      if (found) sums.pairs.found++
      if (truth && found) sums.pairs.hit++
    }
  for (const [article, members] of groupBy(
    blocks.filter((block) => block.article),
    (block) => block.article
  )) {
    sums.articles++
    const group = mode(members.map((block) => block.group))
    const inGroup = blocks.filter((block) => block.group === group && group !== undefined)
    const exact =
      members.every((block) => block.group === group && group !== undefined) && inGroup.every((block) => block.article === article)
    if (exact) sums.exact++
    else if (detail) {
      const lost = members
        .filter((block) => block.group !== group || group === undefined)
        .map((block) => `${block.page}/${block.id}(${block.kind})`)
      const extra = inGroup.filter((block) => block.article !== article).map((block) => `${block.page}/${block.id}(${block.kind})`)
      console.log(`  group ${article}: without ${lost.join(' ') || '–'}, with ${extra.join(' ') || '–'}`)
    }
  }
}

const inFlow = new Set(['kicker', 'headline', 'subhead', 'text', 'subheading'])

function scoreOrder(blocks, sums, detail) {
  const groups = groupBy(
    blocks.filter((block) => block.article && inFlow.has(block.kind) && block.order !== undefined),
    (block) => `${block.page} ${block.article}`
  )
  const firsts = []
  for (const members of groups.values()) {
    firsts.push({ page: members[0].page, order: Math.min(...members.map((block) => block.order)) })
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++) {
        sums.within.all++
        if (members[i].order < members[j].order) sums.within.good++
        else if (detail) console.log(`  order ${members[i].page}: ${members[j].id} before ${members[i].id}`)
      }
  }
  for (let i = 0; i < firsts.length; i++)
    for (let j = i + 1; j < firsts.length; j++) {
      if (firsts[i].page !== firsts[j].page) continue
      sums.between.all++
      if (firsts[i].order < firsts[j].order) sums.between.good++
    }
}

function scoreJumps(truths, issue, sums) {
  const ids = new Set(truths.map((truth) => truth.id))
  const wanted = truths.flatMap((truth) =>
    truth.articles
      .filter((article) => article.continuedOn && ids.has(article.continuedOn.page))
      .map((article) => `${truth.id} ${article.continuedOn.page}`)
  )
  const found = issue.articles.filter((article) => article.pages.length > 1).map((article) => `${article.pages[0]} ${article.pages[1]}`)
  sums.jumps.truth += wanted.length
  sums.jumps.found += found.length
  sums.jumps.hit += wanted.filter((link) => found.includes(link)).length
}

// Real pages: which blocks are headings. No truth of articles comes with them.

/** Headings are marked with #; a block is a line. */
function newsPages(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => {
      const lines = readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
      const blocks = lines.map((line, index) => ({ id: `r${index + 1}`, isHead: /^#+\s/.test(line), text: line.replace(/^#+\s*/, '') }))
      const regions = blocks.map(({ id, text }) => ({ type: 'text', id, role: 'paragraph', lines: [{ id: `${id}l1`, text }] }))
      return { blocks, page: { id: name.slice(0, 8), language: 'zh-Hans', regions, processing: [] } }
    })
}

/** PAGE-XML with region types; page furniture is left out of the truth. */
function gazettePages(folder, order) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => gazettePage(name, readFileSync(join(folder, name), 'utf8'), order))
    .filter(({ blocks }) => blocks.some((block) => block.isHead))
}

function gazettePage(name, xml, order) {
  const found = [...xml.matchAll(/<TextRegion\b([^>]*)>([\s\S]*?)<\/TextRegion>/g)].map(([, head, body], index) => ({
    id: `r${index + 1}`,
    type: /\btype="([^"]*)"/.exec(head)?.[1] ?? 'paragraph',
    lines: [...body.matchAll(/<TextLine\b[\s\S]*?<Coords points="([^"]*)"[\s\S]*?<\/TextLine>/g)].map(([line, points], at) => ({
      id: `r${index + 1}l${at + 1}`,
      box: pointsBox(points),
      text: [...line.matchAll(/<Unicode>([^<]*)<\/Unicode>/g)].at(-1)?.[1] ?? ''
    }))
  }))
  const readable = found.filter(({ lines }) => lines.length > 0)
  const blocks = readable
    .filter(({ type }) => type === 'heading' || type === 'paragraph')
    .map(({ id, type, lines }) => ({ id, isHead: type === 'heading', text: lines.map((line) => line.text).join(' ') }))
  const regions = readable.map(({ id, lines }) => ({ type: 'text', id, role: 'paragraph', box: boundsOf(lines), lines }))
  if (order === 'top') regions.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
  const [, width, height] = /imageWidth="(\d+)"[^>]*imageHeight="(\d+)"/.exec(xml) ?? [0, 3000, 4000]
  const image = { href: name, width: Number(width), height: Number(height), sha256: '0'.repeat(64) }
  return { blocks, page: { id: name.replace('.xml', ''), image, language: 'de', regions, processing: [] } }
}

function pointsBox(points) {
  const pairs = points.split(/\s+/).map((pair) => pair.split(',').map(Number))
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
  return boxOf([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)])
}

function boundsOf(lines) {
  return around(lines.map(({ box }) => [box.x, box.y, box.x + box.width, box.y + box.height]))
}

/** The truth marks crossheads and credits under headings as headings, too, so that it says nothing of where an article ends. */
const headRoles = new Set(['heading', 'kicker', 'deck', 'crosshead'])

function reportReal(name, pages, detail) {
  const heads = { hit: 0, truth: 0, found: 0 }
  for (const { page, blocks } of pages) {
    const clean = page.image ? applyRules(page, labelRules) : normalize(page)
    const roles = new Map()
    for (const block of clean.blocks)
      for (const piece of block.pieces) if (isReadPiece(piece) && !roles.has(piece.region)) roles.set(piece.region, block.role)
    for (const block of blocks) {
      const isHead = headRoles.has(roles.get(block.id)) || (block.isHead && roles.get(block.id) === 'credit')
      if (block.isHead) heads.truth++
      if (isHead) heads.found++
      if (block.isHead && isHead) heads.hit++
      if (detail && block.isHead !== isHead)
        console.log(`  ${page.id} ${block.isHead ? 'missed' : 'false'} ${roles.get(block.id)}: ${block.text.slice(0, 40)}`)
    }
  }
  const show = ({ hit, truth, found }) =>
    `F1 ${((2 * hit) / (truth + found)).toFixed(3)} (precision ${(hit / found).toFixed(3)}, recall ${(hit / truth).toFixed(3)})`
  console.log(`\n${name}, ${pages.length} pages\n  headings     ${show(heads)}`)
}

// Real pages with a truth of articles: text only, a printed paragraph or display line is a block

/** Folds of two pages each; a page is `<div type="page">`, in it articles, adverts and what stands in the margin. */
function foldPages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.xml'))
    .sort()
    .flatMap((name) => {
      const xml = readFileSync(join(folder, name), 'utf8').replace(/<!--[\s\S]*?-->/g, '')
      return xml
        .split('<div type="page"')
        .slice(1)
        .map((part, index) => foldPage(`${name.split(/[\\/]/).at(-1).slice(0, 18)}-${index + 1}`, part))
    })
    .filter(({ blocks }) => blocks.length > 1)
}

function foldPage(id, xml) {
  const blocks = []
  const regions = []
  const inside = []
  let count = 0
  for (const match of xml.matchAll(/<div\b([^>]*?)(\/?)>|<\/div>|<p\b[^>]*>([\s\S]*?)<\/p>/g)) {
    if (match[0].startsWith('</')) inside.pop()
    else if (match[0].startsWith('<div')) {
      const kind = /type="([^"]*)"/.exec(match[1])?.[1]
      if (!match[2]) inside.push({ kind, number: ++count })
    } else {
      const home = inside.find(({ kind }) => ['article', 'advert', 'margin', 'image', 'other'].includes(kind))
      const lines = match[3]
        .split(/<lb\s*\/>/)
        .map((line) => line.replace(/<[^>]*>|&\w+;|\s/g, ''))
        .filter((line) => line !== '')
      if (!home || lines.length === 0) continue
      const block = { id: `r${blocks.length + 1}`, page: id, kind: home.kind, text: lines.join(' ') }
      blocks.push({ ...block, article: home.kind === 'article' ? `${id} ${home.number}` : undefined })
      regions.push({
        type: 'text',
        id: block.id,
        role: 'paragraph',
        lines: lines.map((text, at) => ({ id: `${block.id}l${at + 1}`, text }))
      })
    }
  }
  return { blocks, page: { id, language: 'zh-Hant', regions, processing: [] } }
}

const ofThePage = new Set(['masthead', 'folio', 'page-number', 'section', 'slogan', 'header', 'footer'])

/** Grouping over all blocks and over those of articles alone, and whether adverts and margins are told from articles. */
function reportFolds(name, pages, detail) {
  const sums = newSums()
  const among = newSums()
  const kinds = { advert: { hit: 0, truth: 0, found: 0 }, margin: { hit: 0, truth: 0, found: 0 } }
  for (const { page, blocks } of pages) {
    const clean = normalize(page)
    const issue = groupArticles([clean], { issue: { id: page.id, title: '', language: 'zh-Hant' } })
    const places = new Map()
    const byId = new Map(clean.blocks.map((block) => [block.id, block]))
    const settle = (block, group) => {
      for (const piece of block.pieces)
        if (isReadPiece(piece) && !places.has(piece.region)) places.set(piece.region, { role: block.role, group })
    }
    for (const article of issue.articles)
      for (const part of article.parts) for (const { block } of part.blocks) settle(byId.get(block), article.id)
    for (const block of clean.blocks) settle(block, undefined)
    const judged = blocks.map((block) => ({ ...block, ...places.get(block.id) }))
    scoreGroups(judged, sums, detail)
    scoreGroups(
      judged.filter(({ article }) => article),
      among,
      false
    )
    for (const { kind, role } of judged)
      for (const [wanted, score] of Object.entries(kinds)) {
        const isFound = wanted === 'advert' ? role === 'advert' || role === 'poster' : ofThePage.has(role)
        if (kind === wanted) score.truth++
        if (isFound) score.found++
        if (kind === wanted && isFound) score.hit++
      }
  }
  console.log(`\n${name}, ${pages.length} pages`)
  for (const [kind, score] of Object.entries(kinds))
    console.log(
      `  ${kind.padEnd(12)} F1 ${show(f1(score))} (precision ${show(score.hit / score.found)}, recall ${show(score.hit / score.truth)}), ${score.truth} blocks`
    )
  console.log(
    `  grouping     pairwise F1 ${show(f1(sums.pairs))} (precision ${show(sums.pairs.hit / sums.pairs.found)}, recall ${show(sums.pairs.hit / sums.pairs.truth)}), exactly right ${sums.exact} / ${sums.articles}`
  )
  console.log(
    `  … among the blocks of articles alone: pairwise F1 ${show(f1(among.pairs))}, exactly right ${among.exact} / ${among.articles}`
  )
}

// Seeds against gold

function reportSeeds(corpus, detail) {
  const folder = join(corpus, 'gold')
  const sums = {
    article: [0, 0],
    heading: [0, 0],
    kicker: [0, 0],
    deck: [0, 0],
    dateline: [0, 0],
    credits: [0, 0],
    crossheads: [0, 0],
    paragraphs: [0, 0],
    furniture: [0, 0]
  }
  const tell = (what, good, message) => {
    sums[what][1]++
    if (good) sums[what][0]++
    else if (detail) console.log(`  ${message}`)
  }
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.gold.json'))) {
    const gold = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const id = name.slice(0, 3)
    const raw = readFileSync(join(corpus, 'seeds', name.replace('.gold.json', '.txt')), 'utf8')
    const clean = normalize(plainPage(id, raw))
    const issue = groupArticles([clean], { issue: { id, title: '', language: 'zh-Hans' } })
    tell('article', issue.articles.length === gold.articles.length, `${id}: ${issue.articles.length} articles for ${gold.articles.length}`)
    for (const [index, wanted] of gold.articles.entries()) compareArticle(id, wanted, issue.articles[index], tell)
    const furniture = new Set(issue.pages[0].furniture.map((line) => line.block.block.replace(/@.*/, '')))
    for (const line of gold.furniture)
      tell('furniture', furniture.has(`r${line.line}`), `${id}: “${line.text}” (${line.kind}) is in an article`)
  }
  console.log('\nseeds, plain text against gold')
  for (const [what, [good, all]] of Object.entries(sums)) console.log(`  ${what.padEnd(12)} ${good} / ${all}`)
}

const letters = (text) => (text ?? '').replace(/[^\p{L}\p{N}]/gu, '')

function compareArticle(id, wanted, found, tell) {
  const same = (what, a, b) => (a || b) && tell(what, letters(a) === letters(b), `${id} ${what}: “${b ?? ''}” for “${a ?? ''}”`)
  same('heading', wanted.headline, found?.heading)
  same('kicker', wanted.kicker, found?.kicker)
  same('deck', wanted.subhead, found?.deck)
  same('dateline', wanted.dateline, found?.dateline)
  const names = (found?.credits ?? []).map((credit) => credit.name)
  const printed = wanted.byline?.match(/(?<=[\s])[\p{Script=Han}]{2,4}(?=\s|$)/gu)?.filter((word) => !/记者|通讯员/.test(word)) ?? []
  tell(
    'credits',
    printed.every((name) => names.includes(name)) && names.length === printed.length,
    `${id} credits: ${names} for ${printed}`
  )
  const crossheads = (found?.parts ?? []).filter((part) => part.role === 'crosshead').map((part) => letters(part.text))
  for (const sub of wanted.subheadings) tell('crossheads', crossheads.includes(letters(sub.text)), `${id}: no crosshead “${sub.text}”`)
  for (const extra of crossheads.filter((text) => !wanted.subheadings.some((sub) => letters(sub.text) === text)))
    tell('crossheads', false, `${id}: crosshead too many “${extra}”`)
  const paragraphs = (found?.parts ?? []).filter((part) => part.role === 'paragraph').length
  tell('paragraphs', paragraphs === wanted.paragraphs.length, `${id}: ${paragraphs} paragraphs for ${wanted.paragraphs.length}`)
}

/** A region for every line that is not blank, named by its number. */
function plainPage(id, raw) {
  const regions = raw
    .split(/\r?\n/)
    .flatMap((text, index) =>
      text.trim() === ''
        ? []
        : [{ type: 'text', id: `r${index + 1}`, role: 'paragraph', lines: [{ id: `r${index + 1}l1`, text: text.trim() }] }]
    )
  return { id, language: 'zh-Hans', regions, processing: [] }
}

// Time

/** Processor time for pages of many boxes: lines in ten columns, and a table read cell by cell. */
function reportTime() {
  for (const [name, count, columns] of [
    ['lines', 400, 10],
    ['lines', 1500, 10],
    ['cells', 3000, 30],
    ['cells', 6000, 30]
  ]) {
    const start = process.cpuUsage().user
    const clean = applyRules(crowdedPage(count, columns), labelRules)
    const middle = process.cpuUsage().user
    groupArticles([clean], { issue: { id: 'bench', title: '', language: 'zh-Hans' } })
    const [labels, grouping] = [middle - start, process.cpuUsage().user - middle].map((us) => (us / 1e6).toFixed(2))
    console.log(`  ${String(count).padStart(5)} ${name}   labels ${labels} s   grouping ${grouping} s`)
  }
}

function crowdedPage(count, columns) {
  const regions = Array.from({ length: count }, (_, index) => ({
    type: 'text',
    id: `r${index}`,
    role: 'paragraph',
    lines: [
      {
        id: `l${index}`,
        text: index % 9 ? '湖上的风吹过来船慢慢地靠了岸' : '环湖路通了',
        emPx: 20,
        box: { x: (index % columns) * 300, y: Math.floor(index / columns) * 26, width: 280, height: 19 }
      }
    ]
  }))
  return { id: 'p', image: { href: '', width: 9000, height: 6000, sha256: '0'.repeat(64) }, processing: [], regions }
}

// Printing

const f1 = ({ hit, truth, found }) => (truth + found === 0 ? 1 : (2 * hit) / (truth + found))
const show = (value) => (Number.isFinite(value) ? value.toFixed(3) : '–').padStart(6)

function report(name, sums) {
  console.log(`\n${name}`)
  console.log('  kind        truth  precision recall  F1')
  const total = { hit: 0, truth: 0, found: 0 }
  for (const [kind, score] of [...sums.labels].sort((a, b) => b[1].truth - a[1].truth)) {
    if (score.truth > 0)
      console.log(
        `  ${kind.padEnd(12)} ${String(score.truth).padStart(4)} ${show(score.hit / score.found)} ${show(score.hit / score.truth)} ${show(f1(score))}`
      )
    for (const key of ['hit', 'truth', 'found']) total[key] += score[key]
  }
  const kinds = [...sums.labels.values()].filter((score) => score.truth > 0)
  console.log(
    `  labels       micro F1 ${show(f1(total))}, macro F1 ${show(kinds.reduce((sum, score) => sum + f1(score), 0) / kinds.length)}, blocks ${total.truth}`
  )
  console.log(
    `  grouping     pairwise F1 ${show(f1(sums.pairs))} (precision ${show(sums.pairs.hit / sums.pairs.found)}, recall ${show(sums.pairs.hit / sums.pairs.truth)}), exactly right ${sums.exact} / ${sums.articles}`
  )
  console.log(
    `  order        within articles ${show(sums.within.good / sums.within.all)} (${sums.within.all} pairs), between ${show(sums.between.good / sums.between.all)} (${sums.between.all})`
  )
  console.log(`  jump links   ${sums.jumps.hit} / ${sums.jumps.truth}, found ${sums.jumps.found}`)
}
