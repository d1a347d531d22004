// Old texts of made scans, to be weighed against a real reading of the scan: damaged as old digitisations are, or another program's.
import { readText } from '@broadsheet/ocr'
import { confuse, generator } from './labelled.mjs'
import { tesseractText, truthBlocks } from './scan-readings.mjs'

/** Misread in an alphabet, as old programs misread small type. */
const letterConfusions = new Map(
  Object.entries({
    e: 'co',
    c: 'eo',
    h: 'bli',
    n: 'uir',
    u: 'n',
    i: 'l1',
    l: '1I',
    o: 'ec',
    a: 'nu',
    r: 't',
    t: 'lf',
    s: 'f5',
    m: 'rn',
    w: 'v',
    f: 't',
    b: 'h',
    d: 'cl'
  }).map(([printed, read]) => [printed, Array.from(read, (char) => [char, 1])])
)

/** Kinds of old text: share of characters misread, and whether blocks are out of order and paragraphs cut elsewhere. */
const damages = [
  { name: 'old text 0.5 % misread, blocks shuffled', rate: 0.005 },
  { name: 'old text 3 % misread, blocks shuffled', rate: 0.03 },
  { name: 'old text 8 % misread, blocks shuffled', rate: 0.08 }
]

/**
 * Sets of pages, each with its truth, an old text and the reading of the scan: `{ name, level, pairs: [{ id, truth, old, fresh }] }`.
 * `scans` come from `readScans`.
 */
export function scanPairs(scans, confusions, options) {
  const table = new Map([...confusions, ...letterConfusions])
  const kinds = [
    ...damages.map(({ name, rate }) => ({ name, oldOf: (scan, index) => damagedText(scan, rate, table, generator(1000 * rate + index)) })),
    { name: "native tesseract's own page", oldOf: (scan) => tesseractText(scan, options) }
  ]
  return kinds.flatMap(({ name, oldOf }) => {
    const pairs = scans.flatMap((scan, index) => {
      const text = oldOf(scan, index)
      if (text === undefined) return []
      const { page } = readText(Buffer.from(text), { id: 'old', language: scan.language })
      return [{ id: scan.id, level: scan.level, truth: truthText(scan), old: page, fresh: scan.page }]
    })
    return [0, 1, 2, 3].flatMap((level) => {
      const own = pairs.filter((pair) => pair.level === level)
      return own.length > 0 ? [{ name: `scans of level ${level}, ${name}`, pairs: own }] : []
    })
  })
}

const glueOf = ({ language }) => (language.startsWith('zh') ? '' : ' ')
export const truthText = (scan) =>
  truthBlocks(scan.truth)
    .map((lines) => lines.join(glueOf(scan)))
    .join('\n')

/** Blocks in another order, some run together, some cut in two, some lines read twice, characters misread, lost, half-width. */
function damagedText(scan, rate, confusions, next) {
  const halfWidth = next() < 0.4
  const paragraphs = shuffled(truthBlocks(scan.truth), next).flatMap((lines) => {
    const twice = lines.flatMap((line) => (next() < rate / 4 ? [line, line] : [line]))
    const text = twice.join(glueOf(scan))
    const read = Array.from(confuse(text, rate, confusions, next), (char) => (next() < rate / 6 ? '' : char)).join('')
    const cut = Math.floor(next() * read.length)
    return read.length > 60 && next() < 0.3 ? [read.slice(0, cut), read.slice(cut)] : [read]
  })
  const text = paragraphs.reduce((all, one) => all + (next() < 0.15 ? glueOf(scan) || ' ' : '\n\n') + one)
  return halfWidth ? text.replace(/[，；：？！（）]/g, (mark) => ',;:?!()'['，；：？！（）'.indexOf(mark)]) : text
}

function shuffled(list, next) {
  const left = [...list]
  return list.map(() => left.splice(Math.floor(next() * left.length), 1)[0])
}
