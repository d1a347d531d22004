import { rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { readHocr } from '../../src/read/index.ts'

const body = `<div class='ocr_page' id='page_1' title='image "scans/a.png"; bbox 0 0 800 600; ppageno 0; scan_res 200 200'>
 <div class='ocr_carea' title='bbox 10 10 400 90'><p class='ocr_par' id='par_1' lang='eng' title='bbox 10 10 400 90'>
  <span class='ocr_line' id='line_1' title='bbox 10 10 400 40; baseline 0 -5'><span class='ocrx_word' title='bbox 10 10 90 40; x_wconf 96'>Ferry</span>
   <span class='ocrx_word' title='bbox 100 10 190 40; x_wconf 50'>&amp; bridge</span></span>
  <span class='ocr_line' title='bbox 10 50 400 80'><span class='ocrx_word' title='bbox 10 50 70 80; x_wconf 90'><span class='ocrx_cinfo' title='x_bboxes 10 50 40 80; x_conf 88.5'>临</span><span class='ocrx_cinfo' title='x_bboxes 40 50 70 80; x_conf 91'>湖</span></span> <span class='ocrx_word' title='bbox 72 50 130 80; x_wconf 90'>晚报</span></span>
 </p></div><div class='ocr_photo' title='bbox 500 10 700 300'></div></div>`

describe('readHocr', () => {
  it('reads paragraphs, words, characters and pictures', () => {
    const { pages, problems } = readHocr(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd"><html><body>${body}</body></html>`, {
      id: 'p'
    })
    expect(problems).toEqual([])
    const [first] = textRegions(pages[0]!)
    expect(pages[0]!.image).toEqual({ href: 'a.png', width: 800, height: 600, dpi: 200, sha256: '' })
    expect(first!.lines.map(({ text }) => text)).toEqual(['Ferry & bridge', '临湖晚报'])
    expect(first!.lines[0]!.confidence).toBeCloseTo((0.96 * 5 + 0.5 * 8) / 13)
    expect(first!.lines[1]!.words![0]!.glyphs![0]).toEqual({ box: { x: 10, y: 50, width: 30, height: 30 }, text: '临', confidence: 0.885 })
    expect(pages[0]!.regions[1]).toEqual({ type: 'image', id: 'r2', box: { x: 500, y: 10, width: 200, height: 290 } })
  })

  it('reads HTML that is no XML, and says so', () => {
    const { pages, problems } = readHocr(`<HTML><head><meta name="ocr-system" content="x"></head><body><br>${body}`, { id: 'p' })
    expect(rawText(textRegions(pages[0]!)[0]!)).toContain('Ferry')
    expect(problems.length).toBeGreaterThan(0)
  })

  it('refuses a file without pages, or with entities of its own', () => {
    expect(readHocr('<html/>', { id: 'p' })).toMatchObject({ pages: [], problems: [{ message: expect.stringContaining('ocr_page') }] })
    expect(readHocr('<!DOCTYPE html [<!ENTITY a "b">]><html/>', { id: 'p' })).toMatchObject({ pages: [] })
  })
})
