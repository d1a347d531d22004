import type { Box, OtherRegion, Page, Point, ProcessingStep, TextRole } from '@broadsheet/document'
import { rawText } from '@broadsheet/document'
import { software } from '../software.ts'
import { textAngle } from '../upright.ts'
import { asCleanPage, type PageLike } from './clean-page.ts'
import {
  chosenGlyphs,
  type GlyphChoice,
  lineText,
  type PrintedBlock,
  type PrintedLine,
  type PrintedWord,
  printedBlocks,
  printedText
} from './printed-blocks.ts'
import { createXmlWriter, type XmlWriter, xmlId } from './xml-writer.ts'

export interface PageXmlOptions {
  /** `Created` and `LastChange`, which the schema asks for: ISO 8601 date. Default 1970-01-01. */
  readonly date?: string
  readonly glyphs?: GlyphChoice
}

const namespace = 'http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'

// PAGE knows fewer kinds of text than newspapers have; our own word stands in @custom.
const types: Readonly<Record<TextRole, string>> = {
  paragraph: 'paragraph',
  heading: 'heading',
  kicker: 'heading',
  deck: 'heading',
  crosshead: 'heading',
  dateline: 'paragraph',
  credit: 'credit',
  caption: 'caption',
  table: 'other',
  note: 'footnote',
  'jump-line': 'other',
  header: 'header',
  footer: 'footer',
  'page-number': 'page-number',
  masthead: 'header',
  folio: 'header',
  section: 'header',
  slogan: 'floating',
  poster: 'floating',
  advert: 'floating',
  noise: 'other',
  other: 'other'
}

const regionNames: Readonly<Record<OtherRegion['type'], string>> = {
  image: 'ImageRegion',
  graphic: 'GraphicRegion',
  separator: 'SeparatorRegion',
  table: 'TableRegion',
  noise: 'NoiseRegion'
}

const languages: Readonly<Record<string, string>> = {
  zh: 'Chinese',
  en: 'English',
  de: 'German',
  fr: 'French',
  ja: 'Japanese',
  ko: 'Korean',
  it: 'Italian',
  es: 'Spanish',
  nl: 'Dutch',
  ru: 'Russian',
  la: 'Latin'
}

/**
 * PAGE-XML 2019 of a page: regions with their types in reading order, lines, words and glyphs with boxes on the archival
 * image; `TextEquiv` 0 is the clean text, 1 the raw reading where it differs; parts of one paragraph are related by
 * `join`. A page without boxes gets empty ones, since the schema insists.
 */
export function writePageXml(page: PageLike, options: PageXmlOptions = {}): string {
  const clean = asCleanPage(page)
  const blocks = printedBlocks(clean)
  const created = `${options.date ?? '1970-01-01'}T00:00:00Z`
  const xml = createXmlWriter()
  xml.open('PcGts', { xmlns: namespace, pcGtsId: xmlId(`page-${clean.page.id}`) })
  xml.open('Metadata')
  xml.element('Creator', {}, `${software.name} ${software.version}`)
  xml.element('Created', {}, created)
  xml.element('LastChange', {}, created)
  for (const step of clean.page.processing) writeStep(xml, step)
  xml.close()
  writePage(xml, clean.page, blocks, options.glyphs ?? 'all')
  xml.close()
  return xml.finish()
}

function writeStep(xml: XmlWriter, step: ProcessingStep): void {
  xml.open('MetadataItem', { type: 'processingStep', name: `${step.category}/${step.id}`, value: `${step.software} ${step.version}` })
  const settings = Object.entries(step.settings)
  if (settings.length > 0) {
    xml.open('Labels')
    for (const [name, value] of settings) xml.element('Label', { type: name, value })
    xml.close()
  }
  xml.close()
}

function writePage(xml: XmlWriter, page: Page, blocks: readonly PrintedBlock[], glyphs: GlyphChoice): void {
  const { image } = page
  const angle = textAngle(page)
  xml.open('Page', {
    imageFilename: image?.href ?? '',
    imageWidth: image?.width ?? 0,
    imageHeight: image?.height ?? 0,
    ...(image?.dpi ? { imageXResolution: image.dpi, imageYResolution: image.dpi, imageResolutionUnit: 'PPI' } : {}),
    custom: image?.sha256 ? `sha256:${image.sha256}` : undefined,
    primaryLanguage: languages[(page.language ?? '').split('-')[0]!.toLowerCase()],
    orientation: angle === 270 ? -90 : angle
  })
  if (image?.crop) {
    xml.open('Border')
    writeCoords(xml, image.crop)
    xml.close()
  }
  if (blocks.length > 0) {
    xml.open('ReadingOrder')
    xml.open('OrderedGroup', { id: 'reading-order', caption: 'Reading order' })
    for (const [index, block] of blocks.entries()) xml.element('RegionRefIndexed', { index, regionRef: block.id })
    xml.close()
    xml.close()
  }
  writeRelations(xml, blocks)
  for (const block of blocks) writeRegion(xml, block, glyphs)
  for (const region of page.regions)
    if (region.type !== 'text') {
      xml.open(regionNames[region.type], { id: xmlId(region.id) })
      writeCoords(xml, region.box)
      xml.close()
    }
  xml.close()
}

function writeRelations(xml: XmlWriter, blocks: readonly PrintedBlock[]): void {
  const joined = blocks.filter((block) => block.next)
  if (joined.length === 0) return
  xml.open('Relations')
  for (const block of joined) {
    xml.open('Relation', { id: `join-${block.id}`, type: 'join' })
    xml.element('SourceRegionRef', { regionRef: block.id })
    xml.element('TargetRegionRef', { regionRef: block.next })
    xml.close()
  }
  xml.close()
}

function writeRegion(xml: XmlWriter, block: PrintedBlock, glyphs: GlyphChoice): void {
  const vertical = block.lines[0]?.line.direction === 'vertical-rl'
  xml.open('TextRegion', {
    id: block.id,
    type: types[block.role],
    custom: `structure {type:${block.role};}`,
    ...(vertical ? { readingDirection: 'top-to-bottom', textLineOrder: 'right-to-left' } : {})
  })
  writeCoords(xml, block.box, block.polygon)
  for (const [index, line] of block.lines.entries()) writeLine(xml, line, index, glyphs)
  writeText(xml, printedText(block), block.block === block.region.id && !block.next ? rawText(block.region) : undefined)
  xml.close()
}

function writeLine(xml: XmlWriter, line: PrintedLine, index: number, glyphs: GlyphChoice): void {
  xml.open('TextLine', { id: line.id, custom: `readingOrder {index:${index};}` })
  writeCoords(xml, line.box)
  for (const [number, word] of line.words.entries()) writeWord(xml, word, `${line.id}.w${number + 1}`, glyphs)
  writeText(xml, lineText(line), line.line.text, line.line.confidence)
  xml.close()
}

function writeWord(xml: XmlWriter, word: PrintedWord, id: string, choice: GlyphChoice): void {
  xml.open('Word', { id })
  writeCoords(xml, word.box)
  for (const [number, glyph] of chosenGlyphs(word, choice).entries()) {
    xml.open('Glyph', { id: `${id}.g${number + 1}` })
    writeCoords(xml, glyph.box)
    writeEquiv(xml, glyph.text, 0, glyph.confidence)
    for (const [rank, variant] of glyph.variants.entries()) writeEquiv(xml, variant.text, rank + 1, variant.confidence)
    xml.close()
  }
  writeEquiv(xml, word.text, undefined, word.confidence)
  xml.close()
}

/** The clean text, and beside it the raw where that is another. */
function writeText(xml: XmlWriter, clean: string, raw: string | undefined, confidence?: number): void {
  const differs = raw !== undefined && raw.trim() !== clean.trim()
  writeEquiv(xml, clean, differs ? 0 : undefined, differs ? undefined : confidence)
  if (differs) writeEquiv(xml, raw, 1, confidence, 'raw reading')
}

function writeEquiv(xml: XmlWriter, text: string, index: number | undefined, confidence: number | undefined, comments?: string): void {
  xml.open('TextEquiv', { index, conf: share(confidence), comments })
  xml.element('Unicode', {}, text)
  xml.close()
}

function writeCoords(xml: XmlWriter, box: Box | undefined, polygon?: readonly Point[]): void {
  xml.element('Coords', {
    points: (polygon && polygon.length > 1 ? polygon : corners(box)).map(([x, y]) => `${pixel(x)},${pixel(y)}`).join(' ')
  })
}

function corners(box: Box | undefined): Point[] {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height]
  ]
}

const pixel = (value: number): number => Math.max(0, Math.round(value))

function share(confidence: number | undefined): number | undefined {
  return confidence === undefined ? undefined : Math.min(1, Math.max(0, Math.round(confidence * 1000) / 1000))
}
