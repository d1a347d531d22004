// Texts with truth, as pages of paragraphs whose every character is known to be right (0), wrong (1) or not known (-1).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffTexts, errorRate } from '@broadsheet/compare'

/** A generator of fractions below 1: the same on every machine. */
export function generator(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

const paragraphsOf = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/^#+ */, '').trim())
    .filter((line) => line !== '')

/** Newspaper pages that two systems read: where one reading has other characters than the better one, it is wrong. */
export function pairedPages(corpus) {
  const folder = join(corpus, 'corpus/zh-news-pairs')
  return readdirSync(join(folder, 'char-noise'))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => {
      const paragraphs = paragraphsOf(readFileSync(join(folder, 'char-noise', name), 'utf8'))
      const better = paragraphsOf(readFileSync(join(folder, 'layout-noise', name), 'utf8'))
      return labelled(name.slice(0, 8), 'zh', paragraphs, better.join('\n'))
    })
}

/** Clean prose with measured misreadings strewn in, from none to one character in eight. */
export function confusedPages(corpus) {
  const confusions = readConfusions(corpus)
  const folder = join(corpus, 'corpus/zh-clean-dev')
  const next = generator(7)
  const proseOf = (name) =>
    paragraphsOf(readFileSync(join(folder, name), 'utf8')).filter((line) => /\p{Script=Han}/u.test(line) && !/https?:|查看原文/.test(line))
  const pages = readdirSync(folder).flatMap((name) => cutPages(proseOf(name), 3000))
  return pages.map((paragraphs, index) => {
    const rate = index % 8 === 0 ? 0 : 0.0005 * 250 ** next()
    const read = paragraphs.map((text) => confuse(text, rate, confusions, next))
    const labels = read.map((text, at) => Int8Array.from(text, (char, place) => Number(char !== paragraphs[at][place])))
    return { id: `confused-${index}`, language: 'zh', paragraphs: read, truth: paragraphs.join('\n'), labels, rate: share(labels) }
  })
}

/** English newspaper articles of the nineteenth century: old OCR and the text that people corrected. */
export function englishPages(corpus) {
  const folder = join(corpus, 'corpus/en-postocr/overproof')
  return ['train', 'dev'].flatMap((part) =>
    readFileSync(join(folder, `${part}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map((entry, index) => {
        const [truth, read] = [entry.ground_truth, entry.ocr_hypothesis].map((side) => rejoin(side.transcription_unit))
        return { ...labelled(`${part}-${index}`, 'en', [read], truth), rate: errorRate(truth, read).rate, part }
      })
  )
}

function rejoin(text) {
  return text.replace(/[-¬]\n/g, '').replace(/\s+/g, ' ')
}

export function readConfusions(corpus) {
  const table = new Map()
  const add = (printed, read, count) => {
    if (printed === read || printed.length !== 1 || read.length !== 1) return
    table.set(printed, [...(table.get(printed) ?? []), [read, count]])
  }
  const file = join(corpus, 'gold/confusions-tesseract.json')
  if (existsSync(file)) for (const [[printed, read], count] of JSON.parse(readFileSync(file, 'utf8'))) add(printed, read, count)
  const rows = readFileSync(join(corpus, 'corpus/zh-news-pairs/confusions.tsv'), 'utf8').trim().split('\n').slice(1)
  for (const row of rows) {
    const [read, printed, count] = row.split('\t')
    add(printed, read, Number(count))
  }
  return table
}

export function confuse(text, rate, confusions, next) {
  return Array.from(text, (char) => {
    const choices = confusions.get(char)
    // Only some characters are ever misread: those that are bear the whole rate.
    if (!choices || next() >= rate * 2) return char
    let pick = next() * choices.reduce((sum, [, count]) => sum + count, 0)
    return choices.find(([, count]) => {
      pick -= count
      return pick <= 0
    })[0]
  }).join('')
}

function cutPages(paragraphs, size) {
  const pages = [[]]
  let length = 0
  for (const paragraph of paragraphs) {
    if (length > size) {
      pages.push([])
      length = 0
    }
    pages.at(-1).push(paragraph)
    length += paragraph.length
  }
  return pages.filter((page) => page.length > 0)
}

function share(labels) {
  let [wrong, known] = [0, 0]
  for (const line of labels)
    for (const label of line) {
      if (label >= 0) known++
      if (label === 1) wrong++
    }
  return known === 0 ? 0 : wrong / known
}

/** Short differences inside agreeing text are errors; what has no counterpart is not judged. */
function labelled(id, language, paragraphs, truth) {
  const text = paragraphs.join('\n')
  const flat = new Int8Array(text.length).fill(-1)
  const runs = diffTexts(truth, text, { minMove: 10 })
  for (const [at, run] of runs.entries()) {
    const [before, after] = [runs[at - 1], runs[at + 1]]
    if (run.kind === 'same' || run.kind === 'moved-to') flat.fill(0, run.b, run.b + run.text.length)
    const replaced = run.kind === 'added' && before?.kind === 'removed' && Math.abs(before.text.length - run.text.length) <= 2
    const inside = runs[at - 2]?.kind === 'same' && runs[at - 2].text.length >= 3 && after?.kind === 'same' && after.text.length >= 3
    if (replaced && inside && run.text.length <= 3) flat.fill(1, run.b, run.b + run.text.length)
    else if (run.kind === 'added' && run.text.length <= 2 && before?.kind === 'same' && before.text.length >= 3 && !run.text.includes('\n'))
      flat.fill(1, run.b, run.b + run.text.length)
  }
  let at = 0
  const labels = paragraphs.map((paragraph) => {
    const part = flat.slice(at, at + paragraph.length)
    at += paragraph.length + 1
    return part
  })
  return { id, language, paragraphs, truth, labels, rate: share(labels) }
}

/** A page whose regions are paragraphs, their lines `width` characters long. */
export function wrappedPage(id, language, paragraphs, width) {
  const regions = paragraphs.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: 'paragraph',
    lines: wrapLines(text, width).map((line, at) => ({ id: `r${index + 1}l${at + 1}`, text: line }))
  }))
  return { id, language, regions, processing: [] }
}

function wrapLines(text, width) {
  if (/\p{Script=Han}/u.test(text)) return text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines.at(-1).length + word.length > width) lines.push('')
    lines[lines.length - 1] += (lines.at(-1) === '' ? '' : ' ') + word
  }
  return lines.filter((line) => line !== '')
}

function shuffle(list, next) {
  const left = [...list]
  return list.map(() => left.splice(Math.floor(next() * left.length), 1)[0])
}

function drop(text, rate, next) {
  return Array.from(text, (char) => (next() < rate ? '' : char)).join('')
}

/** Pairs of readings of the same page with its truth: made ones by measured misreadings, and two engines' of old German pages. */
export function readingPairs(corpus) {
  const confusions = readConfusions(corpus)
  const clean = confusedPages(corpus)
    .map((page) => page.truth.split('\n'))
    .slice(0, 24)
  const made = (name, oldRate, newRate, seed) => {
    const next = generator(seed)
    const damage = (rate) => (text) => drop(confuse(text, rate, confusions, next), rate / 5, next)
    const pairs = clean.map((paragraphs, index) => ({
      truth: paragraphs.join('\n'),
      old: wrappedPage(`p${index}`, 'zh', shuffle(paragraphs.map(damage(oldRate)), next), 1000),
      fresh: wrappedPage(`p${index}`, 'zh', paragraphs.map(damage(newRate)), 17)
    }))
    return { name, pairs }
  }
  return [
    made('Chinese, old 4 %, new 1 % misread', 0.04, 0.01, 1),
    made('Chinese, old 1 %, new 4 % misread', 0.01, 0.04, 2),
    made('Chinese, both 2 % misread', 0.02, 0.02, 3),
    made('Chinese, old 10 %, new clean', 0.1, 0, 4),
    made('Chinese, old clean, new 5 % misread', 0, 0.05, 5),
    { name: 'German black letter, two engines', pairs: germanPairs(corpus) }
  ]
}

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

function plainText(xml) {
  return xml.replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
}

function germanPairs(corpus) {
  const folder = join(corpus, 'corpus/de-nzz')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gt.txt'))
    .map((name) => {
      const read = (part) => readFileSync(join(folder, name.replace('gt.txt', part)), 'utf8')
      const paragraphs = (text) =>
        text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
      const xix = [...read('ABBYY_FineReader_XIX.xml').matchAll(/<Para>([\s\S]*?)<\/Para>/g)].map(([, paragraph]) =>
        [...paragraph.matchAll(/<Text>([^<]*)<\/Text>/g)].map((match) => plainText(match[1])).join(' ')
      )
      return {
        truth: read('gt.txt'),
        old: wrappedPage(name, 'de', paragraphs(read('abbyy11.txt')), 60),
        fresh: wrappedPage(
          name,
          'de',
          xix.filter((line) => line.trim() !== ''),
          60
        )
      }
    })
}
