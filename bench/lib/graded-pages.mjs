// Pages whose true error rate is known, as the grade sees them: cleaned, with everything the reader left beside the text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blockErrorRate, errorRate } from '@broadsheet/compare'
import { blockText, rawPageText } from '@broadsheet/document'
import { normalize } from '@broadsheet/normalize'
import { readOcr, readText } from '@broadsheet/ocr'
import { simplifiedOf } from '../../packages/normalize/dist/tables/traditional.js'
import { confuse, confusedPages, englishPages, generator, readConfusions } from './labelled.mjs'
import { truthText } from './scan-verdicts.mjs'

const noBlanks = { fold: { spaces: 'drop' } }

/** A page cleaned as `broadsheet run` cleans it. */
function clean(page) {
  const { changes, blocks } = normalize(page)
  return { page, changes, blocks }
}

const textOf = (cleaned) => cleaned.blocks.map(blockText).join('\n')

/** The share of a page's characters that are wrong; passages in any order, blanks left out. */
function graded(id, page, truth) {
  const cleaned = clean(page)
  const { rate, misread, length, missing, surplus } = blockErrorRate(truth, textOf(cleaned), noBlanks)
  return { id, clean: cleaned, rate, misread: (misread + surplus) / Math.max(1, length - missing), length }
}

function pageOf(id, language, paragraphs) {
  const regions = paragraphs.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: text.length > 30 ? 'paragraph' : 'heading',
    lines: [{ id: `r${index + 1}l1`, text }]
  }))
  return { id, language, regions, processing: [] }
}

const right = (id, language, paragraphs) => graded(id, pageOf(id, language, paragraphs), paragraphs.join('\n'))

const linesOf = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Correct text of every kind: modern prose, short pages, English, German, traditional. */
export function rightPages(corpus, forgeTexts) {
  const prose = confusedPages(corpus)
    .filter((page) => page.rate === 0)
    .map((page) => right(page.id, 'zh-Hans', page.paragraphs))
  const short = confusedPages(corpus)
    .slice(0, 20)
    .flatMap((page) =>
      page.truth
        .split('\n')
        .filter((line) => line.length > 80)
        .slice(0, 2)
    )
    .map((text, index) => right(`short-${index}`, 'zh-Hans', [text]))
  const english = englishPages(corpus)
    .slice(0, 40)
    .map((page) => right(page.id, 'en', [page.truth]))
  const nzz = join(corpus, 'corpus/de-nzz')
  const german = readdirSync(nzz)
    .filter((name) => name.endsWith('.gt.txt'))
    .map((name) => {
      const { page } = readText(readFileSync(join(nzz, name)), { id: name, language: 'de' })
      return graded(name, page, rawPageText(page))
    })
  const reichsanzeiger = join(corpus, 'corpus/de-reichsanzeiger')
  const gazette = readdirSync(reichsanzeiger).map((name) => {
    const [page] = readOcr(readFileSync(join(reichsanzeiger, name)), { name, id: name, language: 'de' }).pages
    return graded(name, page, rawPageText(page))
  })
  const jingbao = join(corpus, 'corpus/zh-jingbao/gt-text')
  const traditional = readdirSync(jingbao)
    .slice(0, 24)
    .map((name) => right(name, 'zh-Hant', jingbaoParagraphs(readFileSync(join(jingbao, name), 'utf8'))))
  return {
    'modern Chinese prose': prose,
    'one Chinese paragraph': short,
    'English, corrected': english,
    'German, corrected': [...german, ...gazette],
    'traditional, 1920–39': traditional,
    ...ownTexts(forgeTexts)
  }
}

/** Zones of printed lines; a line ends a zone where the zone ends. */
function jingbaoParagraphs(text) {
  return text
    .split(/^(?:---|===).*$/mu)
    .map((zone) => linesOf(zone).join(''))
    .filter((zone) => zone !== '')
}

/** Articles of our own, where the folder is given: `@id kind lang`, then a letter and a colon for heads, plain paragraphs. */
function ownTexts(folder) {
  if (!folder || !existsSync(folder)) return {}
  const pages = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/^@/m)
      .slice(1)
      .map((article) => {
        const [head, ...lines] = article.split('\n')
        const [id, , language] = head.split(' ')
        const paragraphs = linesOf(lines.join('\n')).map((line) => line.replace(/^(?:[A-Z]: |\[[^\]]*\] ?|#+ )/u, '').replaceAll('|', ''))
        return right(id, language ?? 'zh-Hans', paragraphs)
      })
  )
  return { 'short articles of our own': pages }
}

/** Traditional pages with measured misreadings strewn in. */
export function traditionalPages(corpus) {
  const confusions = readConfusions(corpus)
  const next = generator(11)
  const folder = join(corpus, 'corpus/zh-jingbao/gt-text')
  return readdirSync(folder)
    .slice(24, 48)
    .map((name, index) => {
      const truth = jingbaoParagraphs(readFileSync(join(folder, name), 'utf8'))
      const rate = index % 6 === 0 ? 0 : 0.002 * 60 ** next()
      const read = truth.map((text) => confuse(text, rate, confusions, next))
      return graded(name, pageOf(name, 'zh-Hant', read), truth.join('\n'))
    })
}

/** German front pages as three programs read them. */
export function germanPages(corpus) {
  const folder = join(corpus, 'corpus/de-nzz')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gt.txt'))
    .map((name) => {
      const truth = readFileSync(join(folder, name), 'utf8')
      const { page } = readText(readFileSync(join(folder, name.replace('gt.txt', 'abbyy11.txt'))), { id: name, language: 'de' })
      return graded(name, page, truth)
    })
}

export function englishGraded(corpus) {
  return englishPages(corpus).map((page) => {
    const cleaned = clean(pageOf(page.id, 'en', page.paragraphs))
    const { rate } = errorRate(page.truth, textOf(cleaned), { fold: { spaces: 'collapse' } })
    return { id: page.id, clean: cleaned, rate, misread: rate, length: page.truth.length }
  })
}

export function confusedGraded(corpus) {
  return confusedPages(corpus).map((page) => graded(page.id, pageOf(page.id, 'zh-Hans', page.paragraphs), page.truth))
}

/** The five raw texts with what people made of them; before cleaning and after. */
export function seedPages(corpus) {
  const folder = join(corpus, 'seeds')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => {
      const gold = JSON.parse(readFileSync(join(corpus, 'gold', name.replace('.txt', '.gold.json')), 'utf8'))
      const truth = [
        ...gold.articles.flatMap((article) => [
          article.kicker,
          article.headline,
          article.subhead,
          article.dateline,
          article.byline,
          ...article.paragraphs
        ]),
        ...(gold.furniture ?? []).map((one) => (typeof one === 'string' ? one : one.text))
      ]
      const { page } = readText(readFileSync(join(folder, name)), { id: name.slice(0, 3), language: 'zh-Hans' })
      return graded(name.slice(0, 3), page, truth.filter((part) => typeof part === 'string' && part !== '').join('\n'))
    })
}

/** Modern prose in traditional script: the simplified prose, each character in the form the table has for it, then misread. */
export function modernTraditionalPages(corpus) {
  const confusions = readConfusions(corpus)
  const next = generator(12)
  const forms = new Map([...simplifiedOf].map(([traditional, simplified]) => [simplified, traditional]))
  const turned = (text) => Array.from(text, (char) => forms.get(char) ?? char).join('')
  return confusedPages(corpus)
    .slice(0, 48)
    .map(({ id, truth }, index) => {
      const paragraphs = truth.split('\n').map(turned)
      const rate = index % 6 === 0 ? 0 : 0.002 * 60 ** next()
      const read = paragraphs.map((text) => confuse(text, rate, confusions, next))
      return graded(`traditional-${id}`, pageOf(id, 'zh-Hant', read), paragraphs.join('\n'))
    })
    .filter((page) => page.length > 300)
}

/** Made scans as they were read, with their ink. */
export function scannedPages(scans) {
  return scans.map((scan) => ({ ...graded(scan.id, scan.page, truthText(scan)), level: scan.level, ink: scan.ink }))
}
