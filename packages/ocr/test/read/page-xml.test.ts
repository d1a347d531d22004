import { rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { readPageXml } from '../../src/read/index.ts'

const file = (body: string, version = '2019-07-15'): string =>
  `<pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/${version}"><pc:Page imageFilename="a/b.tif" imageWidth="800" imageHeight="600">${body}</pc:Page></pc:PcGts>`.replace(
    /<(\/?)(?!\/|pc:)/g,
    '<$1pc:'
  )
const coords = '<Coords points="10,10 110,12 110,40 10,38"/>'
const equiv = (text: string, more = ''): string => `<TextEquiv ${more}><Unicode>${text}</Unicode></TextEquiv>`
const region = (id: string, text: string, more = ''): string =>
  `<TextRegion id="${id}" ${more}>${coords}<TextLine id="${id}l">${coords}${equiv(text)}</TextLine></TextRegion>`

describe('readPageXml', () => {
  it('reads regions in reading order, the unnamed after the one they follow', () => {
    const order =
      '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="a"/><OrderedGroupIndexed index="0" regionRef="c" id="h"/></OrderedGroup></ReadingOrder>'
    const { pages, problems } = readPageXml(file(order + region('a', '甲') + region('b', '乙') + region('c', '丙', 'type="heading"')), {
      id: 'p'
    })
    expect(problems).toEqual([])
    expect(pages[0]!.image).toEqual({ href: 'b.tif', width: 800, height: 600, sha256: '' })
    expect(textRegions(pages[0]!).map((each) => [rawText(each), each.role])).toEqual([
      ['丙', 'heading'],
      ['甲', 'paragraph'],
      ['乙', 'paragraph']
    ])
    expect(pages[0]!.regions[0]!.box).toEqual({ x: 10, y: 10, width: 100, height: 30 })
  })

  it('takes the line’s best reading, keeps the others, and goes down to words and glyphs where it has none', () => {
    const glyph = `<Glyph id="g">${coords}${equiv('戊', 'index="0" conf="0.7"')}${equiv('戌', 'index="1" conf="0.2"')}</Glyph>`
    const lines =
      `<TextLine id="x">${coords}${equiv('丁一', 'index="1" conf="0.4"')}${equiv('丁二', 'index="0" conf="0.9"')}</TextLine>` +
      `<TextLine id="y">${coords}<Word id="w">${coords}${glyph}</Word></TextLine>`
    const [first, second] = textRegions(readPageXml(file(`<TextRegion id="r">${coords}${lines}</TextRegion>`), { id: 'p' }).pages[0]!)[0]!
      .lines
    expect(first).toMatchObject({ text: '丁二', confidence: 0.9, readings: [{ engine: 'page-xml', text: '丁一', confidence: 0.4 }] })
    expect(second!.text).toBe('戊')
    expect(second!.words![0]!.glyphs![0]).toMatchObject({ text: '戊', confidence: 0.7, variants: [{ text: '戌', confidence: 0.2 }] })
  })

  it('says where words and line differ, and takes the line', () => {
    const line = `<TextLine id="x">${coords}<Word id="w">${coords}${equiv('other')}</Word>${equiv('one')}</TextLine>`
    const { pages, problems } = readPageXml(file(`<TextRegion id="r">${coords}${line}</TextRegion>`), { id: 'p' })
    expect(textRegions(pages[0]!)[0]!.lines[0]).toMatchObject({ text: 'one' })
    expect(textRegions(pages[0]!)[0]!.lines[0]!.words).toBeUndefined()
    expect(problems).toEqual([{ message: 'The words say another thing than their line; the line was taken', place: 'x' }])
  })

  it('reads points of 2009, Transkribus’ order, tables, and a region without lines', () => {
    const old = '<TextRegion id="o"><Coords><Point x="1" y="2"/><Point x="30" y="2"/><Point x="30" y="9"/></Coords></TextRegion>'
    expect(readPageXml(file(old, '2009-03-16'), { id: 'p' }).pages[0]!.regions[0]!.box).toEqual({ x: 1, y: 2, width: 29, height: 7 })
    const custom =
      region('a', '后', 'custom="readingOrder {index:1;} structure {type:caption;}"') +
      region('b', '先', 'custom="readingOrder {index:0;}"')
    expect(textRegions(readPageXml(file(custom), { id: 'p' }).pages[0]!).map((each) => [rawText(each), each.role])).toEqual([
      ['先', 'paragraph'],
      ['后', 'caption']
    ])
    const table = `<TableRegion id="t">${coords}${region('c', '格')}</TableRegion><TextRegion id="n">${coords}${equiv('一行\n二行')}</TextRegion>`
    const { pages } = readPageXml(file(table), { id: 'p' })
    expect(pages[0]!.regions.map((each) => [each.id, each.type, 'role' in each ? each.role : ''])).toEqual([
      ['t', 'table', ''],
      ['c', 'text', 'table'],
      ['n', 'text', 'paragraph']
    ])
    expect(textRegions(pages[0]!)[1]!.lines.map(({ text }) => text)).toEqual(['一行', '二行'])
  })

  it('knows which way lines run', () => {
    const text = file(region('v', '天氣', 'readingDirection="top-to-bottom"') + region('h', '右起', 'readingDirection="right-to-left"'))
    expect(textRegions(readPageXml(text, { id: 'p' }).pages[0]!).map((each) => each.lines[0]!.direction)).toEqual([
      'vertical-rl',
      'horizontal-rl'
    ])
  })
})
