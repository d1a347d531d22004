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
  const pages = readdirSync(folder).flatMap((name) => cutPages(paragraphsOf(readFileSync(join(folder, name), 'utf8')), 3000))
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
