import { type Box, type OtherRegion, type ProcessingStep, unionBoxes } from '@broadsheet/document'
import { pageFrame } from '../pdf/page-frame.ts'
import { software } from '../software.ts'
import { textAngle } from '../upright.ts'
import { asCleanPage, type PageLike } from './clean-page.ts'
import { chosenGlyphs, type GlyphChoice, type PrintedBlock, type PrintedLine, type PrintedWord, printedBlocks } from './printed-blocks.ts'
import { createIds, createXmlWriter, type XmlAttributes, type XmlWriter, xmlId } from './xml-writer.ts'

export type AltoVersion = '4.4' | '3.1' | '2.1'

export interface AltoOptions {
  /** Default 4.4. Glyphs, processing steps by kind and explicit reading order are of version 4. */
  readonly version?: AltoVersion
  /** The page's number as printed: `A03`. */
  readonly label?: string
  readonly glyphs?: GlyphChoice
}

interface Dialect extends Version {
  readonly glyphs: GlyphChoice
}

interface Version {
  readonly namespace: string
  readonly four: boolean
  /** Boxes may not be left out. */
  readonly boxes: boolean
  readonly schemaVersion: boolean
}

const dialects: Readonly<Record<AltoVersion, Version>> = {
  '4.4': { namespace: 'http://www.loc.gov/standards/alto/ns-v4#', four: true, boxes: false, schemaVersion: true },
  '3.1': { namespace: 'http://www.loc.gov/standards/alto/ns-v3#', four: false, boxes: false, schemaVersion: true },
  '2.1': { namespace: 'http://www.loc.gov/standards/alto/ns-v2#', four: false, boxes: true, schemaVersion: false }
}

/**
 * ALTO of a page: the clean text (of a `Page`: the raw reading) in blocks, lines, words and glyphs with their boxes in
 * pixels of the archival image. Text is `String` contents in order, a blank for every `SP`, nothing between lines; roles
 * and the parts of a paragraph that goes on elsewhere are tags. Ids of blocks are those of `printedBlocks`.
 */
export function writeAlto(page: PageLike, options: AltoOptions = {}): string {
  const clean = asCleanPage(page)
  const version = options.version ?? '4.4'
  const dialect = { ...dialects[version], glyphs: options.glyphs ?? 'all' }
  const blocks = printedBlocks(clean)
  const xml = createXmlWriter()
  xml.open('alto', {
    xmlns: dialect.namespace,
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    ...(dialect.schemaVersion ? { SCHEMAVERSION: version } : {})
  })
  xml.open('Description')
  xml.element('MeasurementUnit', {}, 'pixel')
  const { image } = clean.page
  if (image) {
    xml.open('sourceImageInformation')
    xml.element('fileName', {}, image.href)
    if (image.sha256 !== '') xml.element('fileIdentifier', { fileIdentifierLocation: 'sha256' }, image.sha256)
    xml.close()
  }
  const steps = [...clean.page.processing, ...cleaningStep(clean.changes.length)]
  if (dialect.four) writeProcessing(xml, steps)
  else writeOcrProcessing(xml, steps)
  xml.close()
  writeTags(xml, blocks)
  if (dialect.four && blocks.length > 0) writeReadingOrder(xml, blocks)
  writeLayout(xml, blocks, clean.page, options, dialect)
  xml.close()
  return xml.finish()
}

function cleaningStep(changes: number): ProcessingStep[] {
  if (changes === 0) return []
  return [{ id: 'clean', category: 'contentModification', software: software.name, version: software.version, settings: { changes } }]
}

function writeProcessing(xml: XmlWriter, steps: readonly ProcessingStep[]): void {
  const ids = createIds()
  for (const step of steps) {
    xml.open('Processing', { ID: ids(`step-${step.id}`) })
    xml.element('processingCategory', {}, step.category)
    writeStep(xml, step)
    xml.close()
  }
}

function writeStep(xml: XmlWriter, step: ProcessingStep): void {
  xml.element('processingStepDescription', {}, step.id)
  xml.element('processingStepSettings', {}, settingsText(step))
  xml.open('processingSoftware')
  xml.element('softwareName', {}, step.software)
  xml.element('softwareVersion', {}, step.version)
  xml.close()
}

function settingsText(step: ProcessingStep): string {
  return Object.entries(step.settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

/** Before version 4: steps before, one that reads, steps after. */
function writeOcrProcessing(xml: XmlWriter, steps: readonly ProcessingStep[]): void {
  const reading = steps.findIndex((step) => step.category === 'contentGeneration')
  if (reading < 0) return
  xml.open('OCRProcessing', { ID: 'ocr' })
  for (const [index, step] of steps.entries()) {
    xml.open(index < reading ? 'preProcessingStep' : index === reading ? 'ocrProcessingStep' : 'postProcessingStep')
    writeStep(xml, step)
    xml.close()
  }
  xml.close()
}

const roleTag = (role: string): string => `role-${role}`
const joinTag = (block: PrintedBlock): string => xmlId(`join-${block.block}`)

function writeTags(xml: XmlWriter, blocks: readonly PrintedBlock[]): void {
  xml.open('Tags')
  for (const role of [...new Set(blocks.map((block) => block.role))].sort())
    xml.element('StructureTag', { ID: roleTag(role), TYPE: 'role', LABEL: role })
  for (const [tag, block] of new Map(blocks.filter((block) => block.next).map((block) => [joinTag(block), block.block])))
    xml.element('OtherTag', { ID: tag, TYPE: 'join', LABEL: block, DESCRIPTION: 'One paragraph.' })
  xml.close()
}

function writeReadingOrder(xml: XmlWriter, blocks: readonly PrintedBlock[]): void {
  const ids = createIds()
  xml.open('ReadingOrder')
  xml.open('OrderedGroup', { ID: ids('order') })
  for (const block of blocks) xml.element('ElementRef', { ID: ids(`order-${block.id}`), REF: block.id })
  xml.close()
  xml.close()
}

function writeLayout(
  xml: XmlWriter,
  blocks: readonly PrintedBlock[],
  page: ReturnType<typeof asCleanPage>['page'],
  options: AltoOptions,
  dialect: Dialect
): void {
  const { image } = page
  xml.open('Layout')
  xml.open('Page', {
    ID: xmlId(`page-${page.id}`),
    HEIGHT: image?.height,
    WIDTH: image?.width,
    PHYSICAL_IMG_NR: (image?.sheet ?? 0) + 1,
    PRINTED_IMG_NR: options.label,
    ...(dialect.four ? { ROTATION: textAngle(page) } : {}),
    ...(dialect.four ? { LANG: page.language } : {})
  })
  const space = image ? pageFrame(image) : unionBoxes(blocks.flatMap((block) => block.box ?? []))
  xml.open('PrintSpace', place(space, dialect))
  const joined = joinedTags(blocks)
  for (const [index, block] of blocks.entries()) writeBlock(xml, block, blocks[index + 1]?.id, joined.get(block.id), page.language, dialect)
  const ids = createIds()
  for (const region of page.regions) if (region.type !== 'text') writeOther(xml, region, ids, dialect)
  xml.close()
  xml.close()
  xml.close()
}

/** The join tag of every printed block that is part of a longer paragraph. */
function joinedTags(blocks: readonly PrintedBlock[]): Map<string, string> {
  const tags = new Map<string, string>()
  for (const block of blocks)
    if (block.next) {
      tags.set(block.id, joinTag(block))
      tags.set(block.next, joinTag(block))
    }
  return tags
}

function writeBlock(
  xml: XmlWriter,
  block: PrintedBlock,
  next: string | undefined,
  join: string | undefined,
  language: string | undefined,
  dialect: Dialect
): void {
  xml.open('TextBlock', {
    ID: block.id,
    TAGREFS: [roleTag(block.role), ...(join ? [join] : [])].join(' '),
    ...place(block.box, dialect),
    IDNEXT: next,
    LANG: language,
    ...(dialect.four ? { BASEDIRECTION: directionOf(block.lines[0]) } : {})
  })
  if (block.polygon) {
    xml.open('Shape')
    xml.element('Polygon', { POINTS: block.polygon.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(' ') })
    xml.close()
  }
  for (const line of block.lines) writeLine(xml, line, dialect)
  xml.close()
}

function directionOf(line: PrintedLine | undefined): string | undefined {
  const direction = line?.line.direction
  return direction === 'vertical-rl' ? 'ttb' : direction === 'horizontal-rl' ? 'rtl' : undefined
}

function writeLine(xml: XmlWriter, line: PrintedLine, dialect: Dialect): void {
  xml.open('TextLine', { ID: line.id, ...place(line.box, dialect) })
  const alternatives = line.words.length === 1 ? (line.line.readings ?? []) : []
  for (const [index, word] of line.words.entries()) {
    if (index > 0) xml.element('SP')
    writeString(xml, word, alternatives, dialect)
  }
  if (line.blankAfter) xml.element('SP')
  xml.close()
}

function writeString(xml: XmlWriter, word: PrintedWord, alternatives: readonly { engine: string; text: string }[], dialect: Dialect): void {
  const attributes = { CONTENT: word.text, ...(word.box ? place(word.box, dialect) : {}), WC: share(word.confidence) }
  const glyphs = dialect.four ? chosenGlyphs(word, dialect.glyphs) : []
  if (glyphs.length + alternatives.length === 0) {
    xml.element('String', attributes)
    return
  }
  xml.open('String', attributes)
  for (const reading of alternatives) xml.element('ALTERNATIVE', { PURPOSE: reading.engine }, reading.text)
  for (const glyph of glyphs) {
    const glyphAttributes = { CONTENT: glyph.text, ...place(glyph.box, dialect), GC: share(glyph.confidence) }
    const variants = glyph.variants.filter((variant) => [...variant.text].length <= 3)
    if (variants.length === 0) {
      xml.element('Glyph', glyphAttributes)
      continue
    }
    xml.open('Glyph', glyphAttributes)
    for (const variant of variants) xml.element('Variant', { CONTENT: variant.text, VC: share(variant.confidence) })
    xml.close()
  }
  xml.close()
}

function writeOther(xml: XmlWriter, region: OtherRegion, ids: (wanted: string) => string, dialect: Dialect): void {
  const attributes = { ID: ids(region.id), ...place(region.box, dialect) }
  if (region.type === 'separator') xml.element('GraphicalElement', attributes)
  else if (region.type === 'image' || region.type === 'graphic') xml.element('Illustration', { ...attributes, TYPE: region.type })
  else xml.element('ComposedBlock', { ...attributes, TYPE: region.type })
}

/** Whole pixels; where a dialect insists on a box and there is none, an empty one. */
function place(box: Box | undefined, dialect: Dialect): XmlAttributes {
  if (!box) return dialect.boxes ? { HPOS: 0, VPOS: 0, WIDTH: 0, HEIGHT: 0 } : {}
  return { HPOS: Math.round(box.x), VPOS: Math.round(box.y), WIDTH: Math.round(box.width), HEIGHT: Math.round(box.height) }
}

function share(confidence: number | undefined): number | undefined {
  return confidence === undefined ? undefined : Math.min(1, Math.max(0, Math.round(confidence * 1000) / 1000))
}
