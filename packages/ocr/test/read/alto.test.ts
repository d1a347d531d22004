import { rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { readAlto } from '../../src/read/index.ts'

const alto = (
  layout: string,
  head = '<MeasurementUnit>pixel</MeasurementUnit>',
  namespace = 'http://www.loc.gov/standards/alto/ns-v4#'
): string => `<?xml version="1.0"?><alto xmlns="${namespace}"><Description>${head}</Description><Layout>${layout}</Layout></alto>`

const page = (blocks: string, more = ''): string =>
  `<Page ID="P1" WIDTH="1000" HEIGHT="1400" ${more}><PrintSpace>${blocks}</PrintSpace></Page>`
const line = (strings: string): string =>
  `<TextBlock ID="b1"><TextLine ID="t1" HPOS="10" VPOS="20" WIDTH="200" HEIGHT="24">${strings}</TextLine></TextBlock>`
const string = (content: string, x: number, more = ''): string =>
  `<String CONTENT="${content}" HPOS="${x}" VPOS="20" WIDTH="40" HEIGHT="24" ${more}/>`

describe('readAlto', () => {
  it('reads blocks, lines and words with their places and confidences', () => {
    const { pages, problems } = readAlto(
      alto(page(line(`${string('The', 10, 'WC="0.9"')}<SP/>${string('ferry', 60, 'WC="0.5"')}`), 'LANG="en"')),
      { id: 'a1' }
    )
    expect(problems).toEqual([])
    expect(pages[0]).toMatchObject({ id: 'a1', language: 'en', image: { width: 1000, height: 1400, sha256: '' } })
    expect(textRegions(pages[0]!)[0]!.lines[0]).toEqual({
      id: 't1',
      box: { x: 10, y: 20, width: 200, height: 24 },
      text: 'The ferry',
      confidence: (0.9 * 3 + 0.5 * 5) / 8,
      words: [
        { box: { x: 10, y: 20, width: 40, height: 24 }, text: 'The', confidence: 0.9 },
        { box: { x: 60, y: 20, width: 40, height: 24 }, text: 'ferry', confidence: 0.5 }
      ]
    })
  })

  it('writes a printed hyphen once, and no word that somebody put together', () => {
    const first = `${string('cross', 10, 'SUBS_TYPE="HypPart1" SUBS_CONTENT="crossing"')}<HYP CONTENT="-" HPOS="50" VPOS="20" WIDTH="9"/>`
    const { pages } = readAlto(
      alto(page(line(first) + line(`${string('has-', 10)}<HYP CONTENT="-"/>`) + line(`${string('soft', 10)}<HYP CONTENT="&#xAD;"/>`))),
      { id: 'p' }
    )
    expect(textRegions(pages[0]!).map(rawText)).toEqual(['cross-', 'has-', 'soft-'])
    expect(textRegions(pages[0]!)[0]!.lines[0]!.words![0]!.box.width).toBe(49)
  })

  it('sets Chinese solid unless the ink leaves room', () => {
    const { pages } = readAlto(alto(page(line(`${string('临湖', 10)}<SP/>${string('晚报', 52)}<SP/>${string('头版', 140)}`))), { id: 'p' })
    expect(rawText(textRegions(pages[0]!)[0]!)).toBe('临湖晚报 头版')
  })

  it('turns tenths of a millimetre and 1200ths of an inch into pixels', () => {
    const image = { href: 'a.tif', width: 2000, height: 2800, sha256: 'f'.repeat(64) }
    const metric = alto(page(line(string('甲', 100))), '<MeasurementUnit>mm10</MeasurementUnit>')
    expect(textRegions(readAlto(metric, { id: 'p', image }).pages[0]!)[0]!.lines[0]!.words![0]!.box).toEqual({
      x: 200,
      y: 40,
      width: 80,
      height: 48
    })
    const inches = readAlto(
      alto(page(line(string('甲', 1200))), '<MeasurementUnit>inch1200</MeasurementUnit>', 'http://schema.ccs-gmbh.com/ALTO'),
      { id: 'p' }
    )
    expect(textRegions(inches.pages[0]!)[0]!.lines[0]!.words![0]!.box.x).toBe(300)
    expect(inches.problems[0]!.message).toContain('300 dpi was assumed')
  })

  it('follows the reading order, knows roles, pictures, separators and vertical lines', () => {
    const blocks =
      '<TextBlock ID="b2" TAGREFS="h"/><Illustration ID="i" HPOS="1" VPOS="1" WIDTH="90" HEIGHT="60"/>' +
      '<GraphicalElement ID="s" HPOS="1" VPOS="1" WIDTH="900" HEIGHT="3"/>' +
      '<TextBlock ID="b1"><TextLine HPOS="5" VPOS="5" WIDTH="20" HEIGHT="90"><String CONTENT="天氣晴"/></TextLine></TextBlock>'
    const order = '<ReadingOrder><OrderedGroup><ElementRef REF="b1"/><ElementRef REF="b2"/></OrderedGroup></ReadingOrder>'
    const text = alto(page(blocks) + order).replace('<Layout>', '<Tags><LayoutTag ID="h" LABEL="headline"/></Tags><Layout>')
    const { regions } = readAlto(text, { id: 'p' }).pages[0]!
    expect(regions.map((region) => [region.id, region.type, 'role' in region ? region.role : ''])).toEqual([
      ['b1', 'text', 'paragraph'],
      ['b2', 'text', 'heading'],
      ['i', 'image', ''],
      ['s', 'separator', '']
    ])
    expect(textRegions(readAlto(text, { id: 'p' }).pages[0]!)[0]!.lines[0]!.direction).toBe('vertical-rl')
  })

  it('gives every region and line an id of its own', () => {
    const { pages } = readAlto(alto(page(line('') + line('') + line('').replace('b1', 'a@b/c'))), { id: 'p' })
    const ids = textRegions(pages[0]!).flatMap((region) => [region.id, ...region.lines.map(({ id }) => id)])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.join('')).not.toMatch(/[@/]/)
  })

  it.each([
    ['a DTD with entities', '<!DOCTYPE alto [<!ENTITY a "aaaa">]><alto/>', 'document type definition'],
    ['a DTD elsewhere', '<!DOCTYPE alto SYSTEM "file:///etc/hostname"><alto/>', 'document type definition'],
    ['depth', `<alto>${'<a>'.repeat(300)}`, 'nested deeper'],
    ['another format', '<PcGts/>', 'Expected an <alto> element'],
    ['nothing', '', 'no XML element'],
    ['no page', '<alto/>', 'no page']
  ])('refuses %s by a problem, not an exception', (_, text, message) => {
    const { problems } = readAlto(text, { id: 'p' })
    expect(problems.map((problem) => problem.message).join('; ')).toContain(message)
  })

  it('reads what there is of a file that was cut off', () => {
    const text = alto(page(line(string('还在', 10))))
    const { pages, problems } = readAlto(text.slice(0, text.indexOf('</TextLine>')), { id: 'p' })
    expect(rawText(textRegions(pages[0]!)[0]!)).toBe('还在')
    expect(problems[0]!.message).toContain('Not well-formed')
  })
})
