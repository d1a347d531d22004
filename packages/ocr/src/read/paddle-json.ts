import { type Box, boxArea, intersectBoxes, type Line, type Page, type Problem, type Region } from '@broadsheet/document'
import { boxOf, field, isObject, type Json, listOf, numberOf, parseJson, textOf } from './json-values.ts'
import { imageOf, looksVertical, nothingRead, pageId, type ReadOptions, type ReadResult, toPage, unit } from './page-parts.ts'
import { roleNamed } from './roles.ts'
import { readingStep } from './step.ts'

/**
 * Reads what PaddleOCR writes: 2.x lists of `[[corner, …], [text, score]]`, 3.x results (`rec_texts`, `rec_scores`, `rec_polys`),
 * PP-Structure 2.x lists of `{type, bbox, res}` and PP-StructureV3 (`parsing_res_list`, `overall_ocr_res`); one page or a list of them.
 */
export function readPaddleJson(text: string, options: ReadOptions): ReadResult {
  const { value, problems } = parseJson(text)
  if (value === undefined) return nothingRead(problems)
  const sheets = pagesOf(value)
  if (sheets.length === 0) return nothingRead([{ message: 'The JSON is none of PaddleOCR’s results' }])
  const pages = sheets.map((sheet, index): Page => {
    const found: Problem[] = []
    const regions = regionsOf(sheet, found)
    if (regions.length === 0) found.push({ message: 'The result holds no text' })
    problems.push(...found)
    return toPage({
      id: pageId(options.id, index),
      image: imageOf(
        options,
        { href: textOf(field(sheet, 'input_path')), width: numberOf(field(sheet, 'width')), height: numberOf(field(sheet, 'height')) },
        index
      ),
      regions,
      processing: [readingStep('paddle-json')],
      problems: found
    })
  })
  return { pages, problems }
}

/** Whether a JSON value is one of PaddleOCR's results. */
export function isPaddleJson(value: Json): boolean {
  return pagesOf(value).length > 0
}

function pagesOf(value: Json): Json[] {
  const inner = field(value, 'res') ?? value
  if (isResult(inner)) return [inner]
  const list = listOf(inner)
  if (list.some(isLine) || list.some(isStructure)) return [list]
  const pages = list.map((item) => (isObject(item) && isObject(field(item, 'res')) ? field(item, 'res')! : item))
  return pages.every((page) => isResult(page) || listOf(page).some(isLine) || listOf(page).some(isStructure)) ? pages : []
}

function isResult(value: Json): boolean {
  return (
    field(value, 'rec_texts') !== undefined ||
    field(value, 'parsing_res_list') !== undefined ||
    field(value, 'overall_ocr_res') !== undefined
  )
}

/** `[[[x, y], …], [text, score]]` */
function isLine(value: Json): boolean {
  const [corners, reading] = listOf(value)
  return boxOf(corners) !== undefined && typeof listOf(reading)[0] === 'string'
}

/** MinerU's blocks have `type` and `bbox` too, and a `page_idx`. */
function isStructure(value: Json): boolean {
  return (
    isObject(value) &&
    value.page_idx === undefined &&
    typeof value.type === 'string' &&
    (Array.isArray(value.bbox) || Array.isArray(value.res))
  )
}

function regionsOf(sheet: Json, problems: Problem[]): Region[] {
  const list = listOf(sheet)
  if (list.some(isLine)) return list.filter(isLine).map((line, index) => lineRegion(oldLine(line, index)))
  if (list.some(isStructure)) return list.filter(isStructure).flatMap(oldStructure)
  const parsed = listOf(field(sheet, 'parsing_res_list'))
  const lines = resultLines(field(sheet, 'overall_ocr_res') ?? sheet, problems)
  return parsed.length > 0 ? parsedRegions(parsed, lines) : lines.map(lineRegion)
}

function lineRegion(line: Line): Region {
  return { type: 'text', id: `r-${line.id}`, role: 'paragraph', ...(line.box ? { box: line.box } : {}), lines: [line] }
}

function makeLine(id: string, text: string, confidence: number | undefined, box: Box | undefined): Line {
  const trimmed = text.trim()
  return {
    id,
    ...(box ? { box } : {}),
    ...(looksVertical(trimmed, box) ? { direction: 'vertical-rl' as const } : {}),
    text: trimmed,
    ...(confidence === undefined ? {} : { confidence })
  }
}

function oldLine(value: Json, index: number): Line {
  const [corners, reading] = listOf(value)
  const [text, score] = listOf(reading)
  return makeLine(`l${index + 1}`, textOf(text), unit(numberOf(score)), boxOf(corners))
}

const pictures: ReadonlySet<string> = new Set(['figure', 'image', 'chart', 'seal', 'header_image', 'footer_image'])

function oldStructure(value: Json, index: number): Region[] {
  const box = boxOf(field(value, 'bbox'))
  const type = textOf(field(value, 'type'))
  const lines = listOf(field(value, 'res')).map((line, place) =>
    makeLine(
      `l${index + 1}-${place + 1}`,
      textOf(field(line, 'text')),
      unit(numberOf(field(line, 'confidence'))),
      boxOf(field(line, 'text_region'))
    )
  )
  const other: Region[] = pictures.has(type) && box ? [{ type: 'image', id: `i${index + 1}`, box }] : []
  if (lines.length === 0) return other
  return [...other, { type: 'text', id: `r${index + 1}`, role: roleNamed(type), ...(box ? { box } : {}), lines }]
}

function resultLines(result: Json, problems: Problem[]): Line[] {
  const texts = listOf(field(result, 'rec_texts'))
  const scores = listOf(field(result, 'rec_scores'))
  const places = [field(result, 'rec_polys'), field(result, 'rec_boxes'), field(result, 'dt_polys')]
    .map(listOf)
    .find((list) => list.length === texts.length)
  if (!places && texts.length > 0) problems.push({ message: 'Texts and places differ in number: the places were left out' })
  return texts
    .map((text, index) => makeLine(`l${index + 1}`, textOf(text), unit(numberOf(scores[index])), boxOf(places?.[index])))
    .filter((line) => line.text !== '')
}

/** Blocks of PP-StructureV3 in their order, each with the lines that lie in it; a block without any keeps its own text. */
function parsedRegions(blocks: readonly Json[], lines: readonly Line[]): Region[] {
  const left = new Set(lines)
  const ordered = blocks
    .map((block, index) => ({ block, key: numberOf(field(block, 'block_order')) ?? index + 1e6, index }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
  const regions = ordered.flatMap(({ block, index }): Region[] => {
    const box = boxOf(field(block, 'block_bbox'))
    const label = textOf(field(block, 'block_label'))
    const inside = box ? [...left].filter((line) => line.box && isInside(line.box, box)) : []
    for (const line of inside) left.delete(line)
    const other: Region[] = pictures.has(label) && box ? [{ type: 'image', id: `i${index + 1}`, box }] : []
    const own = inside.length > 0 ? inside : pictures.has(label) ? [] : contentLines(textOf(field(block, 'block_content')), index)
    return own.length === 0
      ? other
      : [...other, { type: 'text', id: `r${index + 1}`, role: roleNamed(label), ...(box ? { box } : {}), lines: own }]
  })
  return [...regions, ...[...left].map(lineRegion)]
}

function isInside(line: Box, block: Box): boolean {
  const shared = intersectBoxes(line, block)
  return shared !== undefined && boxArea(shared) > boxArea(line) * 0.5
}

function contentLines(content: string, index: number): Line[] {
  return content
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, place) => makeLine(`l${index + 1}-${place + 1}`, line, undefined, undefined))
}
