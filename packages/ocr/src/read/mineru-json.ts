import type { Box, Line, Page, Problem, Region, TextRole } from '@broadsheet/document'
import { boxOf, field, isObject, type Json, listOf, numberOf, parseJson, textOf } from './json-values.ts'
import {
  imageOf,
  looksVertical,
  meanConfidence,
  nothingRead,
  pageId,
  type ReadOptions,
  type ReadResult,
  toPage,
  unit
} from './page-parts.ts'
import { roleNamed } from './roles.ts'
import { readingStep } from './step.ts'

/** Reads what MinerU writes: `*_middle.json` (pages, blocks, lines, spans) and `*_content_list.json` (blocks in reading order). */
export function readMineruJson(text: string, options: ReadOptions): ReadResult {
  const { value, problems } = parseJson(text)
  if (value === undefined) return nothingRead(problems)
  const sheets = isMiddle(value) ? middlePages(value) : contentPages(value)
  if (sheets.length === 0) return nothingRead([{ message: 'The JSON is none of MinerU’s results' }])
  const strange = Array.isArray(value) ? value.filter((block) => !isContentBlock(block)).length : 0
  if (strange > 0) problems.push({ message: `Blocks of no kind that MinerU writes were left out: ${strange}` })
  const pages = sheets.map((sheet, index): Page => {
    const found: Problem[] = []
    if (sheet.scaled && !options.image && sheet.regions.some((region) => region.box))
      found.push({ message: 'Boxes are in thousandths of the page, and its size is not stated: they are kept so' })
    if (sheet.regions.length === 0) found.push({ message: 'The page holds no block' })
    problems.push(...found)
    const scale = sheet.scaled && options.image ? { x: options.image.width / 1000, y: options.image.height / 1000 } : undefined
    const regions = scale ? sheet.regions.map((region) => scaleRegion(region, scale)) : sheet.regions
    const stated = { width: sheet.width, height: sheet.height }
    return toPage({
      id: pageId(options.id, index),
      image: imageOf(options, stated, index),
      regions,
      processing: [
        readingStep('mineru-json', { version: textOf(field(value, '_version_name')), backend: textOf(field(value, '_backend')) })
      ],
      problems: found
    })
  })
  return { pages, problems }
}

/** Whether a JSON value is one of MinerU's results. */
export function isMineruJson(value: Json): boolean {
  return isMiddle(value) || contentPages(value).length > 0
}

interface Sheet {
  readonly regions: Region[]
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** Boxes are in thousandths of width and height. */
  readonly scaled: boolean
}

function isMiddle(value: Json): boolean {
  return listOf(field(value, 'pdf_info')).length > 0
}

function middlePages(value: Json): Sheet[] {
  return listOf(field(value, 'pdf_info')).map((page, index) => {
    const [width, height] = listOf(field(page, 'page_size')).map(numberOf)
    const blocks = [...listOf(field(page, 'para_blocks')), ...listOf(field(page, 'discarded_blocks'))]
    return {
      regions: blocks.flatMap((block, place) => middleBlock(block, `${index + 1}-${place + 1}`, undefined)),
      width,
      height,
      scaled: false
    }
  })
}

const pictures: ReadonlySet<string> = new Set(['image', 'image_body', 'chart', 'chart_body', 'seal'])

function middleBlock(block: Json, id: string, role: TextRole | undefined): Region[] {
  const type = textOf(field(block, 'type'))
  const box = boxOf(field(block, 'bbox'))
  const inner = listOf(field(block, 'blocks'))
  if (inner.length > 0)
    return inner.flatMap((each, index) => middleBlock(each, `${id}-${index + 1}`, type === 'table' ? 'table' : undefined))
  const lines = listOf(field(block, 'lines')).flatMap((line, index) => spanLine(line, `l${id}-${index + 1}`))
  const other: Region[] = pictures.has(type) && box ? [{ type: 'image', id: `i${id}`, box }] : []
  if (lines.length === 0) return other
  const own = roleNamed(type)
  return [...other, { type: 'text', id: `r${id}`, role: own === 'other' ? (role ?? own) : own, ...(box ? { box } : {}), lines }]
}

function spanLine(line: Json, id: string): Line[] {
  const spans = listOf(field(line, 'spans')).map((span) => ({
    text: textOf(field(span, 'content')) || plainHtml(textOf(field(span, 'html'))),
    confidence: unit(numberOf(field(span, 'score')))
  }))
  const confidence = meanConfidence(spans)
  return makeLines(id, spans.map((span) => span.text).join(''), boxOf(field(line, 'bbox')), confidence)
}

function makeLines(id: string, text: string, box: Box | undefined, confidence?: number): Line[] {
  const parts = text
    .split(/\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.map((part, index) => ({
    id: index === 0 ? id : `${id}-${index + 1}`,
    ...(box && parts.length === 1 ? { box } : {}),
    ...(looksVertical(part, parts.length === 1 ? box : undefined) ? { direction: 'vertical-rl' as const } : {}),
    text: part,
    ...(confidence === undefined ? {} : { confidence })
  }))
}

/** The cells of an HTML table as text, a row each. Linear in the length. */
function plainHtml(html: string): string {
  return html
    .replace(/<\/tr>/gi, '\n')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/[ \t]+/g, ' ')
}

const contentTypes: ReadonlySet<string> = new Set([
  'text',
  'title',
  'image',
  'chart',
  'table',
  'equation',
  'list',
  'code',
  'header',
  'footer',
  'page_number',
  'aside_text',
  'page_footnote',
  'ref_text'
])

function contentPages(value: Json): Sheet[] {
  const pages = new Map<number, Region[]>()
  for (const [index, block] of listOf(value).entries()) {
    if (!isContentBlock(block)) continue
    const page = numberOf(field(block, 'page_idx')) ?? 0
    const regions = pages.get(page) ?? []
    regions.push(...contentBlock(block, index + 1))
    pages.set(page, regions)
  }
  return [...pages].sort(([a], [b]) => a - b).map(([, regions]) => ({ regions, scaled: true }))
}

function isContentBlock(block: Json): boolean {
  return isObject(block) && contentTypes.has(textOf(block.type)) && block.page_idx !== undefined
}

function contentBlock(block: Json, number: number): Region[] {
  const type = textOf(field(block, 'type'))
  const box = boxOf(field(block, 'bbox'))
  const level = numberOf(field(block, 'text_level')) ?? 0
  const regions: Region[] = pictures.has(type) && box ? [{ type: 'image', id: `i${number}`, box }] : []
  const add = (role: TextRole, text: string, suffix: string): void => {
    const lines = makeLines(`l${number}${suffix}`, text, undefined)
    if (lines.length > 0) regions.push({ type: 'text', id: `r${number}${suffix}`, role, ...(box ? { box } : {}), lines })
  }
  add('caption', linesOf(block, ['image_caption', 'img_caption', 'chart_caption', 'table_caption', 'code_caption']), 'c')
  add('table', plainHtml(textOf(field(block, 'table_body'))), 't')
  add('other', textOf(field(block, 'code_body')), 'b')
  add(
    level > 0 ? 'heading' : roleNamed(type),
    [textOf(field(block, 'text')), ...listOf(field(block, 'list_items')).map(textOf)].join('\n'),
    ''
  )
  add('note', linesOf(block, ['image_footnote', 'img_footnote', 'chart_footnote', 'table_footnote', 'code_footnote']), 'n')
  return regions
}

function linesOf(block: Json, names: readonly string[]): string {
  return names
    .flatMap((name) => listOf(field(block, name)))
    .map(textOf)
    .join('\n')
}

function scaleRegion(region: Region, scale: { readonly x: number; readonly y: number }): Region {
  if (!region.box) return region
  const { x, y, width, height } = region.box
  const box = {
    x: Math.round(x * scale.x),
    y: Math.round(y * scale.y),
    width: Math.round(width * scale.x),
    height: Math.round(height * scale.y)
  }
  return { ...region, box } as Region
}
