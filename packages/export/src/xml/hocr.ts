import type { Box, PageImage, TextRole } from '@broadsheet/document'
import { pageFrame } from '../pdf/page-frame.ts'
import { portable } from '../portable.ts'
import { software } from '../software.ts'
import { textAngle } from '../upright.ts'
import { asCleanPage, type PageLike } from './clean-page.ts'
import { type PrintedBlock, type PrintedLine, type PrintedWord, printedBlocks } from './printed-blocks.ts'
import { createXmlWriter, type XmlWriter, xmlId } from './xml-writer.ts'

// hOCR's own words for parts of a page, beside ocr_par.
const classes: Partial<Readonly<Record<TextRole, string>>> = {
  caption: 'ocr_caption',
  header: 'ocr_header',
  masthead: 'ocr_header',
  folio: 'ocr_header',
  footer: 'ocr_footer',
  'page-number': 'ocr_pageno'
}

/**
 * hOCR 1.2 of a page as XHTML: areas, paragraphs, lines and words with boxes on the archival image and confidences in
 * per cent. The text of the page in any browser is the clean text: words are parted by blanks, lines by nothing but the
 * blank that belongs there.
 */
export function writeHocr(page: PageLike): string {
  const clean = asCleanPage(page)
  const { image, language, id } = clean.page
  const blocks = printedBlocks(clean)
  const xml = createXmlWriter('<!DOCTYPE html>')
  xml.open('html', { xmlns: 'http://www.w3.org/1999/xhtml', 'xml:lang': language, lang: language })
  xml.open('head')
  xml.element('title', {}, id)
  xml.element('meta', { 'http-equiv': 'Content-Type', content: 'text/html;charset=utf-8' })
  xml.element('meta', { name: 'ocr-system', content: ocrSystem(clean.page.processing) })
  xml.element('meta', { name: 'ocr-capabilities', content: 'ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf ocrp_lang' })
  xml.element('meta', { name: 'ocr-number-of-pages', content: '1' })
  if (language) xml.element('meta', { name: 'ocr-langs', content: language })
  xml.close()
  xml.open('body')
  xml.open('div', { class: 'ocr_page', id: xmlId(`page_${id}`), title: pageTitle(image) })
  for (const block of blocks) writeBlock(xml, block, language, textAngle(clean.page) ?? 0)
  xml.close()
  xml.close()
  xml.close()
  return xml.finish()
}

function ocrSystem(steps: readonly { category: string; software: string; version: string }[]): string {
  const reader = steps.find((step) => step.category === 'contentGeneration')
  return reader ? `${reader.software} ${reader.version}, ${software.name} ${software.version}` : `${software.name} ${software.version}`
}

function pageTitle(image: PageImage | undefined): string {
  if (!image) return 'bbox 0 0 0 0; ppageno 0'
  const href = portable(image.href).replace(/["\\;]/g, (char) => `\\${char}`)
  const dpi = image.dpi ? `; scan_res ${image.dpi} ${image.dpi}` : ''
  return `image "${href}"; ${bbox(pageFrame(image))}; ppageno ${image.sheet ?? 0}${dpi}`
}

function writeBlock(xml: XmlWriter, block: PrintedBlock, language: string | undefined, angle: number): void {
  const kind = classes[block.role]
  xml.open('div', { class: 'ocr_carea', id: `carea_${block.id}`, title: bbox(block.box) })
  xml.openMixed('p', {
    class: kind ? `ocr_par ${kind}` : 'ocr_par',
    id: block.id,
    title: bbox(block.box),
    lang: language,
    'data-role': block.role,
    ...(block.next ? { 'data-next': block.next } : {})
  })
  for (const line of block.lines) writeLine(xml, line, angle)
  xml.close()
  xml.close()
}

function writeLine(xml: XmlWriter, line: PrintedLine, angle: number): void {
  const whole = (angle + (line.line.direction === 'vertical-rl' ? 270 : 0)) % 360
  const turned = whole === 0 ? '' : `; textangle ${whole}`
  const size = line.line.emPx ? `; x_size ${Math.round(line.line.emPx)}` : ''
  xml.openMixed('span', { class: 'ocr_line', id: line.id, title: `${bbox(line.box)}${turned}${size}` })
  for (const [index, word] of line.words.entries()) {
    if (index > 0) xml.text(' ')
    writeWord(xml, word, `${line.id}.w${index + 1}`)
  }
  if (line.blankAfter) xml.text(' ')
  xml.close()
}

function writeWord(xml: XmlWriter, word: PrintedWord, id: string): void {
  const confidence = word.confidence === undefined ? '' : `; x_wconf ${Math.round(word.confidence * 100)}`
  const glyphs = word.glyphs.every((glyph) => glyph.confidence !== undefined) ? word.glyphs : []
  const characters = glyphs.length > 0 ? `; x_confs ${glyphs.map((glyph) => Math.round(glyph.confidence! * 100)).join(' ')}` : ''
  xml.element('span', { class: 'ocrx_word', id, title: `${bbox(word.box)}${confidence}${characters}` }, word.text)
}

function bbox(box: Box | undefined): string {
  if (!box) return 'bbox 0 0 0 0'
  return `bbox ${[box.x, box.y, box.x + box.width, box.y + box.height].map(Math.round).join(' ')}`
}
