import type { CleanPage, Line } from '@broadsheet/document'
import { blockText, checkConservation } from '@broadsheet/document'
import { describe, expect, test } from 'vitest'
import {
  type AltoVersion,
  portable,
  printedBlocks,
  printedText,
  rawPage,
  writeAlto,
  writeDublinCore,
  writeHocr,
  writeMets,
  writePageXml,
  writeTei
} from '../src/index.ts'
import { createIds, xmlId } from '../src/xml/xml-writer.ts'
import { type Example, examples } from './pages.ts'
import { corpus, select, validate } from './schemas.ts'

const cases = Object.entries(examples) as [string, Example][]
const allPages = cases.flatMap(([name, { pages }]) => pages.map((page): [string, CleanPage] => [`${name} ${page.page.id}`, page]))

/** As libxml2-wasm gives it: without a byte order mark at the beginning of a string. */
const seen = (text: string): string => portable(text).replace(/^\ufeff/, '')

/** The clean text of every block that has a line to stand on. */
const cleanTexts = (page: CleanPage): string[] => page.blocks.map((block) => seen(blockText(block))).filter((text) => text !== '')

/** Texts of printed parts put together to whole blocks again. */
function wholeBlocks(page: CleanPage, texts: ReadonlyMap<string, string>): string[] {
  const whole = new Map<string, string>()
  for (const block of printedBlocks(page))
    whole.set(block.block, (whole.get(block.block) ?? '') + (texts.get(block.id) ?? `(${block.id} is not there)`))
  return [...whole.values()]
}

function altoTexts(xml: string): Map<string, string> {
  const ids = select(xml, '//x:TextBlock/@ID')
  return new Map(
    ids.map((id) => {
      const items = select(xml, `//x:TextBlock[@ID='${id}']//x:String/@CONTENT | //x:TextBlock[@ID='${id}']//x:SP`)
      return [id, items.map((text) => (text === '' ? ' ' : text)).join('')]
    })
  )
}

const pairs = (keys: readonly string[], values: readonly string[]): Map<string, string> =>
  new Map(keys.map((key, index) => [key, values[index]!]))

describe('glyphs', () => {
  const glyph = (text: string, x: number, confidence: number, other: number) => ({
    text,
    confidence,
    box: { x, y: 0, width: 10, height: 10 },
    variants: [{ text: '口', confidence: other }]
  })
  const line = (id: string, y: number, glyphs: ReturnType<typeof glyph>[]): Line => {
    const text = glyphs.map((one) => one.text).join('')
    const box = { x: 0, y, width: 20, height: 10 }
    return { id, text, box, words: [{ text, box, confidence: 0.9, glyphs }] }
  }
  const lines = [
    line('l1', 0, [glyph('天', 0, 0.99, 0.001), glyph('地', 10, 0.99, 0.001)]),
    line('l2', 20, [glyph('玄', 0, 0.99, 0.001), glyph('黄', 10, 0.7, 0.001)]),
    line('l3', 40, [glyph('宇', 0, 0.95, 0.2), glyph('宙', 10, 0.99, 0.001)])
  ]
  const page = rawPage({ id: 'p', regions: [{ type: 'text', id: 'r1', role: 'paragraph', lines }], processing: [] })

  test.each([
    ['all', 6],
    ['doubtful', 4],
    ['none', 0]
  ] as const)('%s: %d', (glyphs, count) => {
    for (const xml of [writeAlto(page, { glyphs }), writePageXml(page, { glyphs })]) expect(xml.match(/<Glyph /g)?.length ?? 0).toBe(count)
  })
})

describe('one text in every format', () => {
  test.each(allPages)('the examples balance: %s', (_, page) => {
    expect(checkConservation(page.page, page.blocks, page.changes)).toEqual([])
  })

  test.each(allPages)('as printed: %s', (_, page) => {
    const texts = new Map(printedBlocks(page).map((block) => [block.id, seen(printedText(block))]))
    expect(wholeBlocks(page, texts)).toEqual(cleanTexts(page))
  })

  test.each(allPages)('ALTO: %s', (_, page) => {
    for (const version of ['4.4', '3.1', '2.1'] as AltoVersion[])
      expect(wholeBlocks(page, altoTexts(writeAlto(page, { version })))).toEqual(cleanTexts(page))
  })

  test.each(allPages)('PAGE-XML: %s', (_, page) => {
    const xml = writePageXml(page)
    const texts = pairs(select(xml, '//x:TextRegion/@id'), select(xml, '//x:TextRegion/x:TextEquiv[1]/x:Unicode'))
    expect(wholeBlocks(page, texts)).toEqual(cleanTexts(page))
    const lines = select(xml, '//x:TextLine/x:TextEquiv[1]/x:Unicode')
    expect(lines.join('')).toBe(cleanTexts(page).join(''))
    expect(select(xml, '//x:RegionRefIndexed/@regionRef')).toEqual(printedBlocks(page).map((block) => block.id))
  })

  test.each(allPages)('hOCR: %s', (_, page) => {
    const xml = writeHocr(page)
    expect(wholeBlocks(page, pairs(select(xml, '//x:p/@id'), select(xml, '//x:p')))).toEqual(cleanTexts(page))
  })

  test.each(cases)('TEI: %s', (_, { issue, pages }) => {
    const xml = writeTei(issue, pages)
    const parts = issue.articles.map((article) => article.parts.map((part) => seen(part.text)).filter((text) => text !== ''))
    expect(teiTexts(xml)).toEqual(parts)
  })

  test.each(cases)('METS and ALTO: %s', (_, { issue, pages }) => {
    const mets = writeMets(issue, pages)
    const texts = new Map(
      pages.flatMap((page) =>
        [...altoTexts(writeAlto(page))].map(([id, text]): [string, string] => [`alto-${xmlId(page.page.id)}#${id}`, text])
      )
    )
    const found = issue.articles.map((_, index) => {
      const path = `//x:div[@TYPE='ARTICLE'][${index + 1}]/x:div/x:fptr/x:area`
      const files = select(mets, `${path}/@FILEID`)
      return select(mets, `${path}/@BEGIN`)
        .map((id, at) => texts.get(`${files[at]}#${id}`))
        .join('')
    })
    expect(found).toEqual(issue.articles.map((article) => article.parts.map((part) => seen(part.text)).join('')))
  })

  test('a page as it was read', () => {
    const page = examples.sample!.pages[0]!.page
    const texts = altoTexts(writeAlto(page))
    expect(texts.get('r5')).toBe('岸边看水的人说，去年这时候还在用桶桃水，')
    expect(writeAlto(page)).toBe(writeAlto(rawPage(page)))
  })
})

/** Text of the parts of every article, without what stands in `sic`. */
function teiTexts(xml: string): string[][] {
  const count = select(xml, "//x:div[@type='article']/@type").length
  return Array.from({ length: count }, (_, index) => {
    const div = `//x:div[@type='article'][${index + 1}]/*`
    const parts = select(xml, `${div}/@part-count | ${div}`).length
    return (
      Array.from({ length: parts }, (_, part) => select(xml, `${div}[${part + 1}]//text()[not(parent::x:sic)]`).join(''))
        // A div with a heading and no text gets an empty paragraph.
        .filter((text) => text !== '')
    )
  })
}

describe('what else they say', () => {
  const [first] = examples.sample!.pages as [CleanPage]

  test('ALTO: boxes, roles, joins, confidences, steps', () => {
    const xml = writeAlto(first, { label: 'A01' })
    expect(select(xml, "//x:TextBlock[@ID='r5']/@TAGREFS")).toEqual(['role-paragraph join-r5'])
    expect(select(xml, "//x:TextBlock[@ID='r6']/@TAGREFS")).toEqual(['role-paragraph join-r5'])
    expect(select(xml, "//x:TextBlock[@ID='r3']/@HPOS | //x:TextBlock[@ID='r3']/@WIDTH")).toEqual(['440', '100'].reverse())
    expect(select(xml, "//x:TextBlock[@ID='r5']//x:Glyph[@CONTENT='挑']/@HPOS")).toEqual([String(1200 + 17 * 40)])
    expect(select(xml, "//x:TextBlock[@ID='r5']//x:Glyph[@CONTENT='挑']/@GC")).toEqual([])
    expect(select(xml, '//x:Processing/x:processingCategory')).toEqual(['preOperation', 'contentGeneration', 'contentModification'])
    expect(select(xml, '//x:Illustration/@ID')).toEqual(['g1'])
    expect(select(xml, '//x:Page/@PRINTED_IMG_NR')).toEqual(['A01'])
  })

  test('PAGE-XML: joins, raw beside clean', () => {
    const xml = writePageXml(first, { date: '2024-03-06' })
    expect(select(xml, "//x:Relation[@type='join']/*/@regionRef")).toEqual(['r5', 'r6'])
    expect(select(xml, "//x:TextLine[@id='r5l1']/x:TextEquiv/x:Unicode")).toEqual([
      '岸边看水的人说，去年这时候还在用桶挑水，',
      '岸边看水的人说，去年这时候还在用桶桃水，'
    ])
    expect(select(xml, "//x:TextRegion[@id='r2']/@custom")).toEqual(['structure {type:kicker;}'])
  })

  test('TEI: corrections, doubts, breaks', () => {
    const { issue, pages } = examples.sample!
    const xml = writeTei(issue, pages)
    expect(select(xml, '//x:choice/x:sic')).toEqual(['桃', ' '])
    expect(select(xml, '//x:choice/x:corr')).toEqual(['挑', ''])
    expect(select(xml, '//x:unclear')).toHaveLength(1)
    expect(select(xml, "//x:div[@type='article']//x:pb/@n")).toEqual(['A01', '02'])
    expect(select(xml, '//x:cb/@n')).toEqual(['2', '2', '3'])
    const targets = new Set(select(xml, '//x:facsimile//@xml:id').map((id) => `#${id}`))
    for (const facs of select(xml, '//x:text//@facs')) expect(targets).toContain(facs)
  })

  test('METS: an article on two pages', () => {
    const { issue, pages } = examples.sample!
    const xml = writeMets(issue, pages)
    expect(select(xml, `//x:smLink[@xlink:from='log-${issue.articles[0]!.id}']/@xlink:to`)).toEqual(['phys-p01', 'phys-p02'])
  })

  test('Dublin Core', () => {
    const { issue } = examples.sample!
    expect(writeDublinCore(issue, issue.articles[0])).toContain('<dc:creator>周岚</dc:creator>')
  })

  test('ids are XML names, one to one', () => {
    const ids = ['r7@12', 'r7_12', 'r7_x40_12', '7', '_7', '', '第1版', '𠮷', 'a b', 'a\tb', '_x', '_x40_']
    const written = ids.map(xmlId)
    expect(new Set(written).size).toBe(ids.length)
    for (const id of written) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_.-]*$/)
    const give = createIds()
    expect([give('a'), give('a'), give('a_2')]).toEqual(['a', 'a_2', 'a_2_2'])
  })
})

const altoSchemas: readonly (readonly [AltoVersion, string])[] = [
  ['4.4', 'alto/alto-4-4.xsd'],
  ['3.1', 'alto/alto-3-1.xsd'],
  ['2.1', 'alto/alto-2-1.xsd']
]

describe.skipIf(!corpus)('valid by the official schemas (set BROADSHEET_CORPUS to run it)', () => {
  for (const [version, schema] of altoSchemas)
    test.each(allPages)(`ALTO ${version}: %s`, (_, page) => {
      expect(validate(writeAlto(page, { version }), schema)).toBe('')
    })
  test.each(allPages)('PAGE-XML 2019: %s', (_, page) => {
    expect(validate(writePageXml(page), 'page/pagecontent-2019-07-15.xsd')).toBe('')
  })
  test.each(cases)('METS 1.12.1: %s', (_, { issue, pages }) => {
    expect(validate(writeMets(issue, pages, { date: '2024-03-06' }), 'mets/mets-1.12.1.xsd')).toBe('')
  })
  // TEI: its RELAX NG takes half a minute here; `pnpm conformance` runs it.
})
