// What the traits of a joint are worth (src/joins/claims.ts): fits and prints the weights. Needs BROADSHEET_CORPUS (zh-news-pairs) and a build.
//   BROADSHEET_CORPUS=… node packages/normalize/scripts/weigh-joins.mjs
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strandsOf } from '../dist/joins/ends.js'
import { bitsAlong, headBits, traitsOf } from '../dist/joins/traits.js'
import { loadLanguageModel } from '../dist/language/load.js'
import { crossingWord } from '../dist/text/words.js'

const corpus = process.env.BROADSHEET_CORPUS
if (!corpus) throw new Error('Expected BROADSHEET_CORPUS to name a corpus but it is unset.')
const folder = join(corpus, 'corpus/zh-news-pairs')
const model = loadLanguageModel()

let seed = 7
const random = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff
  return seed / 0x7fffffff
}
const pick = (list) => list[Math.floor(random() * list.length)]

const noStart = new Set('，。、；：？！）》”’」』…—%％')
const noEnd = new Set('（《“‘『「')
const isSplit = (text, at) =>
  noStart.has(text[at]) || noEnd.has(text[at - 1]) || (/[\dA-Za-z.%]/.test(text[at]) && /[\dA-Za-z.]/.test(text[at - 1]))

/** A paragraph in two, cut as a column would cut it; undefined where it would be cut behind a sentence. */
function cut(text, from, to) {
  let at = from + Math.floor(random() * (to - from))
  while (at < text.length - 6 && isSplit(text, at)) at++
  return /[。！？][”’]?$/.test(text.slice(0, at)) ? undefined : [text.slice(0, at), text.slice(at)]
}

/** Four in ten are set with the half-width marks that many engines write. */
const asRead = (text) => (random() < 0.4 ? text.replace(/[，；：]/g, (mark) => ',;:'['，；：'.indexOf(mark)]) : text)

function samplesOf(id) {
  const lines = (kind) => readFileSync(join(folder, kind, `${id}.txt`), 'utf8').split('\n')
  const paragraphs = lines('layout-noise')
    .map((line) => line.trim().replace(/ /g, ''))
    .filter((line) => !line.startsWith('#') && line.length >= 50 && /[。！？”]$/.test(line))
  const headings = lines('char-noise')
    .filter((line) => line.startsWith('# '))
    .map((line) => line.slice(2).trim())
    .filter((line) => line.length >= 8 && line.length <= 44)
  if (paragraphs.length === 0) return []
  const texts = []
  const put = (text) => texts.push(asRead(text)) - 1
  const cuts = paragraphs.flatMap((text) => [cut(text, 14, text.length - 12)?.map(put) ?? []]).filter((pair) => pair.length > 0)
  const firstLines = paragraphs.flatMap((text) => [cut(text, 11, 40)?.map(put) ?? []]).filter((pair) => pair.length > 0)
  const starts = paragraphs.map(put)
  const pairs = [
    ...cuts.map((pair) => ['cut', pair]),
    ...firstLines.map((pair) => ['first line', pair]),
    ...cuts.map(([end], index) => ['rest of another', [end, cuts[(index + 1) % cuts.length][1]]]),
    ...cuts.map(([end]) => ['beginning', [end, pick(starts)]]),
    ...paragraphs.slice(0, -1).map((text, index) => ['lost mark', [put(text.replace(/[。！？]$/, '')), starts[index + 1]]]),
    ...headings.map((text) => ['heading', [put(text), pick(starts)]])
  ]
  const context = {
    model,
    regions: new Map(),
    blocks: texts.map((text, index) => ({ id: String(index), role: 'paragraph', pieces: [{ text }] })),
    textOf: (block) => block.pieces[0].text
  }
  const strands = strandsOf(context)
  const tails = paragraphs.slice(0, 7).map((text) => text.slice(-12).replace(/[。！？”’」）》]+$/, ''))
  return pairs.flatMap(([label, [from, to]]) => {
    const [end, start] = [strands[from], strands[to]]
    if (!end.text || !start.text || (label === 'lost mark' && !end.isOpen)) return []
    const crossing = crossingWord(model.dictionary, end.tail, start.head)
    const wordGain = crossing && model.dictionary.frequency(crossing.word) > 0 ? crossing.gain : 0
    const head = headBits(context, start, tails)
    return [{ label, traits: traitsOf(end, start, head, bitsAlong(context, end, start, head), wordGain) }]
  })
}

/** Logistic regression by gradient ascent, ridge 3, on traits of these names; weights in bits. */
function fit(samples, yes, no, names) {
  const used = samples.filter(({ label }) => yes.includes(label) || no.includes(label))
  const truth = used.map(({ label }) => (yes.includes(label) ? 1 : 0))
  const mean = names.map((name) => used.reduce((sum, { traits }) => sum + traits[name], 0) / used.length)
  const spread = names.map(
    (name, at) => Math.sqrt(used.reduce((sum, { traits }) => sum + (traits[name] - mean[at]) ** 2, 0) / used.length) || 1
  )
  const rows = used.map(({ traits }) => [1, ...names.map((name, at) => (traits[name] - mean[at]) / spread[at])])
  const weights = rows[0].map(() => 0)
  for (let round = 0; round < 600; round++) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : -3 * weight))
    for (const [index, row] of rows.entries()) {
      const error = truth[index] - 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * weights[at], 0)))
      for (let at = 0; at < row.length; at++) slope[at] += error * row[at]
    }
    for (let at = 0; at < weights.length; at++) weights[at] += (1.5 * slope[at]) / rows.length
  }
  const bits = names.map((_, at) => weights[at + 1] / spread[at] / Math.LN2)
  const many = truth.filter((one) => one === 1).length
  const base = weights[0] / Math.LN2 - bits.reduce((sum, bit, at) => sum + bit * mean[at], 0) - Math.log2(many / (truth.length - many))
  return Object.fromEntries([['base', base.toFixed(1)], ...names.map((name, at) => [name, bits[at].toFixed(2)])])
}

const samples = readdirSync(join(folder, 'joins')).flatMap((name) => samplesOf(name.slice(0, -5)))
/** What the head of a start saves as a paragraph, and as a sentence, against the ends of other blocks: of the start alone. */
const withHeads = samples.map(({ label, traits }) => ({
  label,
  traits: {
    ...traits,
    paragraphOverOthers: traits.overParagraph - traits.overOthers,
    sentenceOverOthers: traits.overSentence - traits.overOthers
  }
}))
const ofStarts = ['startsSpeaking', 'startsPhrase', 'startsDated', 'marksAtOnce', 'marksLate', 'stopsSoon', 'startsList']
const ofEnds = ['stop', 'comma', 'endsOnComma', 'endsOnListMark', 'dangles', 'endsOnFigure', 'isOpened', 'lastClause', 'lastClauseIsStump']
const ofPairs = ['overSentence', 'overOthers', 'wordBits', 'word', 'figureGoesOn', 'closesOpened', 'closesNothing', 'listGoesOn']
const besides = ['endsOnComma', 'endsOnListMark', 'dangles', 'endsOnFigure', 'isOpened', ...ofStarts]
console.log('goesOn', fit(withHeads, ['cut', 'first line'], ['beginning'], [...ofStarts, 'paragraphOverOthers', 'sentenceOverOthers']))
console.log('overRest', fit(samples, ['cut', 'first line'], ['rest of another'], [...ofPairs, ...besides]))
console.log('longBreaksOff', fit(samples, ['cut'], ['lost mark'], ofEnds))
console.log('shortBreaksOff', fit(samples, ['first line'], ['heading'], [...ofEnds, 'hasClause', 'length', 'endIsDated', 'endOpens']))
