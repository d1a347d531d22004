import type { Box, Glyph, Line, OtherRegion, Page, Problem, Region, TextRegion, TextRole, Word } from '@broadsheet/document'
import {
  imageOf,
  lineOf,
  looksVertical,
  meanConfidence,
  nothingRead,
  type PlacedWord,
  pageId,
  type ReadOptions,
  type ReadResult,
  roundBox,
  toPage,
  unit
} from './page-parts.ts'
import { readingStep } from './step.ts'
import { descendants, type Element, parseXml } from './xml.ts'

/**
 * Reads hOCR 1.0 to 1.2 (https://kba.github.io/hocr-spec/1.2/), as HTML or XHTML: a region for every paragraph, or for what there is
 * above the lines.
 */
export function readHocr(text: string, options: ReadOptions): ReadResult {
  const { root, problems } = parseXml(text, { html: true })
  if (!root) return nothingRead(problems)
  const elements = withClass(root, 'ocr_page')
  if (elements.length === 0) return nothingRead([...problems, { message: 'The hOCR file holds no element of class ocr_page' }])
  const system = descendants(root, 'meta').find((meta) => meta.attributes.name === 'ocr-system')?.attributes.content ?? ''
  const pages = elements.map((element, index) => readPage(element, options, index, system, index === 0 ? problems : []))
  return { pages, problems: [...problems] }
}

function classesOf(element: Element): string[] {
  return (element.attributes.class ?? '').split(/\s+/)
}

function withClass(element: Element, ...names: readonly string[]): Element[] {
  return element.children.flatMap((child) => (classesOf(child).some((name) => names.includes(name)) ? [child] : withClass(child, ...names)))
}

/** The value of a property in a title such as `bbox 0 0 10 20; x_wconf 93`. */
function property(element: Element, name: string): string | undefined {
  for (const part of (element.attributes.title ?? '').split(';')) {
    const [key, ...values] = part.trim().split(/\s+/)
    if (key === name) return values.join(' ')
  }
  return undefined
}

function boxNamed(element: Element, name: string): Box | undefined {
  const [x0, y0, x1, y1] = (property(element, name) ?? '').split(' ').map(Number)
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined || ![x0, y0, x1, y1].every(Number.isFinite))
    return undefined
  return roundBox({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })
}

function readPage(element: Element, options: ReadOptions, index: number, system: string, problems: readonly Problem[]): Page {
  const box = boxNamed(element, 'bbox')
  const dpi = Number(property(element, 'scan_res')?.split(' ')[0])
  const stated = {
    href: property(element, 'image')?.replace(/^["']|["']$/g, ''),
    width: box ? box.x + box.width : undefined,
    height: box ? box.y + box.height : undefined,
    dpi: dpi > 0 ? dpi : undefined
  }
  return toPage({
    id: pageId(options.id, index),
    image: imageOf(options, stated, index),
    language: element.attributes.lang,
    regions: regionsOf(element, 'paragraph'),
    processing: [readingStep('hocr', { software: system })],
    problems
  })
}

const lineClasses = ['ocr_line', 'ocrx_line', 'ocr_header', 'ocr_footer', 'ocr_caption', 'ocr_textfloat']

const blockRoles: Readonly<Record<string, TextRole>> = {
  ocr_par: 'paragraph',
  ocr_carea: 'paragraph',
  ocrx_block: 'paragraph',
  ocr_title: 'heading',
  ocr_chapter: 'heading',
  ocr_section: 'heading',
  ocr_author: 'credit',
  ocr_caption: 'caption',
  ocr_header: 'header',
  ocr_footer: 'footer',
  ocr_pageno: 'page-number',
  ocr_table: 'table'
}

const otherTypes: Readonly<Record<string, OtherRegion['type']>> = {
  ocr_image: 'image',
  ocr_photo: 'image',
  ocr_linedrawing: 'image',
  ocr_float: 'graphic',
  ocr_separator: 'separator',
  ocr_noise: 'noise'
}

/** A block is a region when lines stand right in it; else its blocks are. Lines with no block about them are a region each. */
function regionsOf(element: Element, role: TextRole): Region[] {
  return element.children.flatMap((child): Region[] => {
    const classes = classesOf(child)
    const other = classes.map((name) => otherTypes[name]).find((type) => type !== undefined)
    const box = boxNamed(child, 'bbox')
    if (other && box && withClass(child, ...lineClasses).length === 0) return [{ type: other, id: child.attributes.id ?? '', box }]
    const own = classes.map((name) => blockRoles[name]).find((named) => named !== undefined) ?? role
    if (classes.some((name) => lineClasses.includes(name))) return [toRegion(child, [child], own)]
    const lines = child.children.filter((each) => classesOf(each).some((name) => lineClasses.includes(name)))
    if (lines.length > 0 && classes.some((name) => blockRoles[name] !== undefined)) return [toRegion(child, lines, own)]
    return regionsOf(child, own)
  })
}

function toRegion(element: Element, lines: readonly Element[], role: TextRole): TextRegion {
  const box = boxNamed(element, 'bbox')
  return { type: 'text', id: element.attributes.id ?? '', role, ...(box ? { box } : {}), lines: lines.map(readLine) }
}

function readLine(element: Element): Line {
  const id = element.attributes.id ?? ''
  const box = boxNamed(element, 'bbox')
  const elements = withClass(element, 'ocrx_word', 'ocr_word')
  if (elements.length === 0) return { id, ...(box ? { box } : {}), text: textOf(element) }
  const words = elements.map((word): PlacedWord => ({ word: readWord(word, box), blank: true }))
  const confidence = meanConfidence(elements.map((word, index) => ({ text: words[index]!.word.text, confidence: confidenceOf(word) })))
  const line = lineOf(id, words, box, confidence === undefined ? {} : { confidence })
  const turned = Math.abs(Number(property(element, 'textangle') ?? 0))
  return (turned !== 90 && looksVertical(line.text, box)) || classesOf(element).includes('ocrx_vertical')
    ? { ...line, direction: 'vertical-rl' }
    : line
}

function confidenceOf(element: Element): number | undefined {
  const stated = property(element, 'x_wconf')
  return stated === undefined ? undefined : unit(Number(stated) / 100)
}

function textOf(element: Element): string {
  return allText(element).replace(/\s+/g, ' ').trim()
}

function allText(element: Element): string {
  return element.children.length === 0 ? element.text : element.children.map(allText).join('') || element.text
}

function readWord(element: Element, line: Box | undefined): Word {
  const glyphs = withClass(element, 'ocrx_cinfo', 'ocr_cinfo').flatMap((glyph): Glyph[] => {
    const box = boxNamed(glyph, 'x_bboxes')
    const confidence = unit(Number(property(glyph, 'x_conf') ?? Number.NaN) / 100)
    return box ? [{ box, text: textOf(glyph), confidence: confidence ?? 1 }] : []
  })
  const text = textOf(element)
  return {
    box: boxNamed(element, 'bbox') ?? line ?? { x: 0, y: 0, width: 0, height: 0 },
    text,
    confidence: confidenceOf(element) ?? 1,
    ...(glyphs.length > 0 && glyphs.map((glyph) => glyph.text).join('') === text ? { glyphs } : {})
  }
}
