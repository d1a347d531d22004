import { rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { readMineruJson, readOcr, readPaddleJson } from '../../src/read/index.ts'

const quad = (x: number, y: number): number[][] => [
  [x, y],
  [x + 100, y],
  [x + 100, y + 20],
  [x, y + 20]
]
const texts = (value: unknown, read = readPaddleJson): string[] =>
  textRegions(read(JSON.stringify(value), { id: 'p' }).pages[0]!).map(rawText)

describe('readPaddleJson', () => {
  it('reads lists of PaddleOCR 2', () => {
    const lines = [
      [quad(0, 0), ['城东大桥', 0.98]],
      [quad(0, 30), ['昨日通车', 0.9]]
    ]
    expect(texts(lines)).toEqual(['城东大桥', '昨日通车'])
    expect(texts([lines])).toEqual(['城东大桥', '昨日通车'])
    const [first] = textRegions(readPaddleJson(JSON.stringify(lines), { id: 'p' }).pages[0]!)
    expect(first!.lines[0]).toMatchObject({ confidence: 0.98, box: { x: 0, y: 0, width: 100, height: 20 } })
  })

  it('reads results of PaddleOCR 3 and the blocks of PP-Structure', () => {
    expect(texts({ res: { rec_texts: ['甲', ''], rec_scores: [0.9, 0], rec_polys: [quad(0, 0), quad(0, 30)] } })).toEqual(['甲'])
    expect(texts([{ type: 'title', bbox: [0, 0, 9, 9], res: [{ text: '题', confidence: 1, text_region: quad(0, 0) }] }])).toEqual(['题'])
    const structure = {
      parsing_res_list: [
        { block_label: 'text', block_bbox: [0, 25, 200, 60], block_content: '乙', block_order: 2 },
        { block_label: 'doc_title', block_bbox: [0, 0, 200, 22], block_content: '甲', block_order: 1 }
      ],
      overall_ocr_res: { rec_texts: ['甲', '乙', '丙'], rec_scores: [1, 1, 1], rec_polys: [quad(0, 0), quad(0, 30), quad(0, 500)] }
    }
    const { pages } = readPaddleJson(JSON.stringify(structure), { id: 'p' })
    expect(textRegions(pages[0]!).map((region) => [rawText(region), region.role])).toEqual([
      ['甲', 'heading'],
      ['乙', 'paragraph'],
      ['丙', 'paragraph']
    ])
  })

  it('says what is wrong instead of throwing', () => {
    expect(readPaddleJson('{', { id: 'p' })).toMatchObject({ pages: [], problems: [{ message: expect.stringContaining('not JSON') }] })
    expect(readPaddleJson('{"__proto__": [1]}', { id: 'p' }).pages).toEqual([])
    expect(readPaddleJson('{"rec_texts": ["甲"], "rec_polys": []}', { id: 'p' }).problems).toHaveLength(1)
  })
})

describe('readMineruJson', () => {
  it('reads middle files page by page', () => {
    const block = (type: string, content: string): unknown => ({
      type,
      bbox: [0, 0, 50, 90],
      lines: [{ bbox: [0, 0, 50, 9], spans: [{ content, score: 0.8 }] }]
    })
    const middle = {
      pdf_info: [
        {
          page_size: [500, 700],
          para_blocks: [block('title', '题'), { type: 'image', bbox: [0, 0, 9, 9], blocks: [block('image_caption', '图')] }]
        },
        { page_size: [500, 700], para_blocks: [block('text', '文')], discarded_blocks: [block('page_number', 'A02')] }
      ],
      _version_name: '2.0'
    }
    const { pages } = readMineruJson(JSON.stringify(middle), { id: 'p' })
    expect(pages.map((page) => page.id)).toEqual(['p', 'p-2'])
    expect(pages.flatMap((page) => textRegions(page).map((region) => [rawText(region), region.role]))).toEqual([
      ['题', 'heading'],
      ['图', 'caption'],
      ['文', 'paragraph'],
      ['A02', 'page-number']
    ])
  })

  it('reads content lists, their boxes scaled to the image where it is known', () => {
    const list = [
      { type: 'text', text: '题', text_level: 1, bbox: [100, 100, 200, 200], page_idx: 0 },
      { type: 'table', table_body: '<table><tr><td>甲</td><td>乙</td></tr></table>', page_idx: 0 }
    ]
    const image = { href: 'a.png', width: 2000, height: 3000, sha256: '' }
    const [page] = readMineruJson(JSON.stringify(list), { id: 'p', image }).pages
    expect(textRegions(page!).map((region) => [rawText(region), region.role])).toEqual([
      ['题', 'heading'],
      ['甲 乙', 'table']
    ])
    expect(page!.regions[0]!.box).toEqual({ x: 200, y: 300, width: 200, height: 300 })
  })

  it('keeps what is set with pictures, charts and code, and tells of boxes only where there are any', () => {
    const list = [
      { type: 'chart', chart_caption: ['图一'], chart_footnote: ['资料来源：市统计局'], page_idx: 0 },
      { type: 'table', table_body: '<table><tr><td>甲</td></tr></table>', table_footnote: ['注：甲'], page_idx: 0 },
      { type: 'code', code_body: 'a = 1', page_idx: 0 }
    ]
    const { pages, problems } = readMineruJson(JSON.stringify(list), { id: 'p' })
    expect(textRegions(pages[0]!).map((region) => [rawText(region), region.role])).toEqual([
      ['图一', 'caption'],
      ['资料来源：市统计局', 'note'],
      ['甲', 'table'],
      ['注：甲', 'note'],
      ['a = 1', 'other']
    ])
    expect(problems).toEqual([])
  })

  it('leaves out blocks of no known kind and says how many', () => {
    const list = [
      { type: 5 },
      null,
      { type: 'text', text: '规划', page_idx: -1, bbox: [1, 2] },
      { type: 'text', text: null, page_idx: 'x' }
    ]
    const { pages, problems } = readMineruJson(JSON.stringify(list), { id: 'p' })
    expect(pages.flatMap((page) => textRegions(page).map(rawText))).toEqual(['规划'])
    expect(problems[0]!.message).toMatch(/left out: 2$/)
  })
})

describe('readOcr', () => {
  const read = (text: string): string => readOcr(new TextEncoder().encode(text), { id: 'p' }).format
  it.each([
    ['<?xml version="1.0"?><!-- by hand --><a:alto xmlns:a="x"></a:alto>', 'alto'],
    ['<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><alto>&b;</alto>', 'alto'],
    ['\ufeff<PcGts></PcGts>', 'page-xml'],
    ['<!DOCTYPE html><html><body class="x"></body></html>', 'hocr'],
    ['{"rec_texts": []}', 'paddle-json'],
    ['{"pdf_info": [{}]}', 'mineru-json'],
    ['[{"type": "text", "text": "甲", "bbox": [1, 2, 3, 4], "page_idx": 0}]', 'mineru-json'],
    ['[{"type": "text", "bbox": [1, 2, 3, 4], "res": []}]', 'paddle-json'],
    ['<document><page/></document>', 'unknown'],
    ['{"title": "x"}', 'unknown'],
    ['【本报讯】城东大桥', 'text'],
    ['[图] 城东大桥', 'text'],
    ['<城东大桥>昨日通车', 'text']
  ])('recognises %s', (text, format) => expect(read(text)).toBe(format))
})
