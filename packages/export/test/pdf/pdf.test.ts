import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { blockText, type CleanPage } from '@broadsheet/document'
import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { writeIssuePdf, writePagePdf } from '../../src/pdf/pdf.ts'
import { portable } from '../../src/portable.ts'
import { makeIssue } from '../publish/made-issue.ts'
import { hasTool, run, withFile } from '../publish/tools.ts'
import { issueOf, readTruthPage } from './truth-page.ts'

/** Without blanks and bidi controls, of which pdftotext adds its own. */
const solid = (text: string): string => portable(text).replace(/[\s\u202a-\u202e]/g, '')
const textOf = (pages: readonly CleanPage[]): string => solid(pages.flatMap((page) => page.blocks.map(blockText)).join(''))
const readPdf = (pdf: Uint8Array): string =>
  withFile('x.pdf', pdf, (path) => solid(run('pdftotext', ['-raw', path, '-']).replaceAll('\f', '')))

const pdfium = createRequire(new URL('../../../ocr/package.json', import.meta.url))('@hyzyla/pdfium') as typeof import('@hyzyla/pdfium')

async function readWithPdfium(pdf: Uint8Array): Promise<string> {
  const library = await pdfium.PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const text = [...document.pages()].map((page) => page.getText()).join('')
  document.destroy()
  library.destroy()
  // A hyphen at the end of a line comes as a mark of its own.
  return solid(text.replace(/[\u0002\ufffe]/g, '-'))
}

describe('writeIssuePdf', () => {
  it('holds the scan as it is and is hardly larger', async () => {
    const { issue, pages, images } = await makeIssue()
    const pdf = Buffer.from(await writePagePdf(pages[0]!, issue, { image: images.get('p01')! }))
    expect(pdf.includes(images.get('p01')!)).toBe(true)
    expect(pdf.length).toBeLessThan(images.get('p01')!.length + 8000)
  })

  it('has the size of the paper, printed page labels and a bookmark an article', async () => {
    const { issue, pages, images } = await makeIssue()
    const pdf = await PDFDocument.load(await writeIssuePdf(issue, pages, { imageOf: async (id) => images.get(id) }), {
      updateMetadata: false
    })
    expect(pdf.getPages().map((page) => page.getSize())).toEqual([1, 2].map(() => ({ width: 432, height: 576 })))
    expect(pdf.getTitle()).toBe('青浦日报 2024-03-05')
    expect(String(pdf.catalog.lookup(pdf.context.obj('PageLabels')))).toContain('Nums')
  })

  it('is the same bytes every time', async () => {
    const { issue, pages, images } = await makeIssue()
    const imageOf = async (id: string): Promise<Uint8Array | undefined> => images.get(id)
    expect(await writeIssuePdf(issue, pages, { imageOf })).toEqual(await writeIssuePdf(issue, pages, { imageOf }))
  })

  it('draws every page on its own scan where no digest tells them apart', async () => {
    const { issue, pages, images } = await makeIssue()
    const unknown = pages.map((page) => ({ ...page, page: { ...page.page, image: { ...page.page.image!, sha256: '' } } }))
    const pdf = Buffer.from(await writeIssuePdf(issue, unknown, { imageOf: async (id) => images.get(id) }))
    expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2)
  })

  it('refuses pages that exist only as text', async () => {
    const { issue, pages } = await makeIssue()
    await expect(writeIssuePdf(issue, pages, { imageOf: async () => undefined })).rejects.toThrow('no PDF can be made of text alone')
  })

  it('refuses bytes that are no image', async () => {
    const { issue, pages } = await makeIssue()
    await expect(writePagePdf(pages[0]!, issue, { image: Buffer.from('%PDF-1.4') })).rejects.toThrow('Expected a JPEG')
  })
})

describe.skipIf(!hasTool('pdftotext') || !hasTool('qpdf'))('in the eyes of poppler and qpdf (skipped where they are missing)', () => {
  it.each([false, true])('says exactly the clean text, in reading order (hostile: %s)', async (hostile) => {
    const { issue, pages, images } = await makeIssue({ hostile })
    const pdf = await writeIssuePdf(issue, pages, { imageOf: async (id) => images.get(id) })
    expect(readPdf(pdf)).toBe(textOf(pages))
    withFile('x.pdf', pdf, (path) => expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors'))
  })

  it('puts a word where it was printed', async () => {
    const { issue, pages, images } = await makeIssue()
    const pdf = await writePagePdf(pages[1]!, issue, { image: images.get('p02')! })
    const words = withFile('x.pdf', pdf, (path) => run('pdftotext', ['-bbox', path, '-']))
    const [, left, top, right, bottom] = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Ferry</.exec(words)!.map(Number)
    // The line's box is 560 by 40 pixels at 20, 100; a pixel is 0.72 points, and `Ferry` is 5 of its 32 characters.
    expect([left, top, right, bottom].map((value) => Math.round(value! / 0.72))).toEqual([20, 100, 20 + Math.round((560 * 5) / 32), 140])
  })

  it('reads aloud article by article', async () => {
    const { issue, pages, images } = await makeIssue()
    const pdf = await writeIssuePdf(issue, pages, { imageOf: async (id) => images.get(id) })
    const tree = withFile('x.pdf', pdf, (path) => run('pdfinfo', ['-struct-text', path]))
    expect([...tree.matchAll(/"(.*)"/g)].map((match) => match[1]!.replace(/\s/g, '')).slice(0, 2)).toEqual([
      '渡口新桥通车',
      '本报讯三月四日，横跨东江的渡口新桥通车。两岸居民步行五分钟就能过江，再也不用等船。'
    ])
  })
})

describe('in the eyes of PDFium, with which Chromium reads', () => {
  it('says the clean text of a page set across and down, also where a character stands alone in its stretch', async () => {
    const { issue, pages, images } = await makeIssue()
    const pdf = await writeIssuePdf(issue, pages, { imageOf: async (id) => images.get(id) })
    expect(await readWithPdfium(pdf)).toBe(textOf(pages))
  })
})

const corpus = process.env.BROADSHEET_CORPUS
const made = corpus ? join(corpus, 'corpus', 'made-pages') : ''
describe.skipIf(!existsSync(made) || !hasTool('pdftotext'))('made pages (skipped without BROADSHEET_CORPUS and pdftotext)', () => {
  it.each(['dev-05', 'dev-07', 'dev-09', 'dev-12'])('%s: exact text, at most 7 % larger than the scan', async (id) => {
    const page = readTruthPage(made, id)
    const pdf = await writePagePdf(page.clean, issueOf('made', [page], '2024-09-26'), { image: page.image })
    expect(readPdf(pdf)).toBe(textOf([page.clean]))
    expect(await readWithPdfium(pdf)).toBe(textOf([page.clean]))
    expect(pdf.length).toBeLessThan(page.image.length * 1.07)
  })
})
