// Text that nobody printed, once and twice as long: the time may double, not more, and nothing may break.
import { groupArticles, normalize } from '../../packages/normalize/dist/index.js'
import { pageOfText } from './cleaning-data.mjs'

const sentence = '会上，代表们审议了报告，一致认为方向明确、措施有力，要抓好各项任务落实。'
const repeated = (text) => (size) => text.repeat(Math.ceil(size / text.length)).slice(0, size)
const lines = (text) => (size) => Array.from({ length: Math.ceil(size / (text.length + 1)) }, () => text).join('\n')
/** Figures without any order, the same ones every time. */
const drawn = (letters) => (size) => {
  let state = 7
  let text = ''
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    text += letters[(state >> 8) % letters.length]
  }
  return text
}

/** Texts that make a careless expression or loop go over the same characters again and again. */
const texts = {
  'prose in one line': repeated(sentence),
  'paragraphs of one character': lines('回'),
  'only punctuation': drawn('，。、；：？！“”‘’（）《》—…·'),
  'only half-width punctuation': drawn(',.;:?!()"\'-'),
  'only stray glyphs': drawn('亻灬囗宀卩彡氵扌'),
  'rare characters': drawn('佴乌桕龘豕卯囗壶羴骉'),
  'mixed scripts': drawn('会abcäßſﬁ漢字かなабв한글ابج123 ，.'),
  'lone surrogates': drawn('\ud800\udc00会，。'),
  'control characters': drawn('\0\u0001\u0007\u200b\ufeff会，'),
  blanks: drawn('会上 　\t'),
  'blanks alone': repeated(' '),
  'characters spaced out': repeated('会 上 代 表 们 '),
  'names with blanks': repeated('张力 王小明 李静 '),
  figures: repeated('1,234.5%:'),
  'open brackets': repeated('（'),
  'open and closed quotes': repeated('“会”上'),
  'straight quotes': repeated('"会上'),
  dashes: repeated('会一上一'),
  'one character': repeated('一'),
  'one word over and over': repeated('高质量发展'),
  'signs of markup': repeated('#*- '),
  'traditional among simplified': repeated(`${sentence.repeat(6)}說`),
  radicals: repeated('⼈⺠⽣活'),
  'hyphens at line ends': lines('asso-'),
  'broken paragraphs': lines('and the cost of'),
  'long s': repeated('ſuch miſts '),
  'open ends': lines('会上代表们审议了报告一致认为方向明确措施有力要抓好各项任务落实并且在各方面的共同'),
  credits: lines('记者 张力 通讯员 王小明 摄'),
  'jump lines': lines('（下转第3版）'),
  headings: lines('一记湖畔小镇的变迁')
}

export function hostile({ size, boxes, only }) {
  console.log('hostile text, once and twice as long: CPU milliseconds for cleaning and for grouping articles')
  for (const [name, make] of Object.entries(texts))
    if (!only || name.includes(only)) twice(name, size, 'characters', (length) => pageOfText(make(length), 'p').page)
  for (const [name, make] of Object.entries(boxed)) if (!only || name.includes(only)) twice(name, boxes, 'boxes', make)
  console.log(`  most memory in use: ${Math.round(process.resourceUsage().maxRSS / 1e3)} MB`)
}

function twice(name, size, unit, pageOf) {
  const [once, double] = [size, size * 2].map((length) => {
    const page = pageOf(length)
    let blocks
    const cleaned = cpu(() => {
      blocks = normalize(page).blocks
    })
    const grouped = cpu(() => groupArticles([{ page, blocks }], { issue: { id: 'i', title: 'Hostile', date: '2024-01-01' } }))
    return { cleaned, grouped }
  })
  const both = (key) => `${key} ${once[key]} → ${double[key]} (× ${(double[key] / Math.max(1, once[key])).toFixed(1)})`
  console.log(`  ${name.padEnd(30)}${`${size} ${unit}`.padEnd(20)}${both('cleaned').padEnd(32)}${both('grouped')}`)
}

const cpu = (work) => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / 1e3)
}

const block = (index, text, x, y, width, height) => ({
  type: 'text',
  id: `r${index + 1}`,
  role: 'paragraph',
  box: { x, y, width, height },
  lines: [{ id: `r${index + 1}l1`, text, box: { x, y, width, height } }]
})
const pageOfBlocks = (regions, width, height) => ({ id: 'p', image: { path: 'p.png', width, height }, regions, processing: [] })

/** Pages with boxes: a grid of cells, one tall column, and boxes one over the other. */
const boxed = {
  'cells in a grid': (count) => {
    const across = Math.ceil(Math.sqrt(count))
    const cells = Array.from({ length: count }, (_, index) =>
      block(index, sentence.slice(index % 7, 12 + (index % 20)), (index % across) * 100, Math.floor(index / across) * 40, 90, 30)
    )
    return pageOfBlocks(cells, across * 100, across * 40)
  },
  'one column of boxes': (count) =>
    pageOfBlocks(
      Array.from({ length: count }, (_, index) => block(index, sentence.slice(index % 7, 12 + (index % 20)), 0, index * 40, 400, 30)),
      400,
      count * 40
    ),
  'boxes one over the other': (count) =>
    pageOfBlocks(
      Array.from({ length: count }, (_, index) => block(index, sentence, index % 50, index % 70, 400, 300)),
      500,
      500
    )
}
