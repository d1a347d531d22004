import type { Box, Glyph, Line, OtherRegion, Page, Point, Problem, Reading, Region, TextRegion, TextRole, Word } from '@broadsheet/document'
import {
  boxAround,
  imageOf,
  lineOf,
  looksVertical,
  nothingRead,
  pageId,
  type ReadOptions,
  type ReadResult,
  toPage,
  unit
} from './page-parts.ts'
import { roleNamed } from './roles.ts'
import { readingStep } from './step.ts'
import { childOf, childrenOf, descendants, type Element, numberOf, parseXml } from './xml.ts'

/**
 * Reads PAGE-XML of 2009 to 2024 (https://github.com/PRImA-Research-Lab/PAGE-XML), Transkribus' and OCR-D's included. Text is taken
 * from the lines; where a line has none, from its words or glyphs; where a region has no lines, from the region.
 */
export function readPageXml(text: string, options: ReadOptions): ReadResult {
  const { root, problems } = parseXml(text)
  if (!root) return nothingRead(problems)
  if (root.name !== 'PcGts') return nothingRead([...problems, { message: `Expected a <PcGts> element but found <${root.name}>` }])
  const all: Problem[] = [...problems]
  const elements = childrenOf(root, 'Page')
  if (elements.length === 0) all.push({ message: 'The PAGE-XML file holds no page' })
  const pages = elements.map((element, index) => {
    const found: Problem[] = []
    const page = readPage(root, element, options, index, found, index === 0 ? problems : [])
    all.push(...found)
    return page
  })
  return { pages, problems: all }
}

function readPage(root: Element, page: Element, options: ReadOptions, index: number, found: Problem[], before: readonly Problem[]): Page {
  const regions = inReadingOrder(page, regionsOf(page, {}, found), found)
  const stated = {
    href: page.attributes.imageFilename,
    width: numberOf(page, 'imageWidth'),
    height: numberOf(page, 'imageHeight'),
    dpi: numberOf(page, 'imageXResolution')
  }
  const creator = childOf(childOf(root, 'Metadata'), 'Creator')?.text.trim().split('\n')[0] ?? ''
  return toPage({
    id: pageId(options.id, index),
    image: imageOf(options, stated, index),
    language: languageNamed(page.attributes.primaryLanguage),
    regions,
    processing: [readingStep('page-xml', { version: /\d{4}-\d\d-\d\d/.exec(root.namespace)?.[0] ?? 'unknown', creator })],
    problems: [...before, ...found]
  })
}

/** PAGE-XML names languages in English. */
const languages: Readonly<Record<string, string>> = { Chinese: 'zh', English: 'en', German: 'de', French: 'fr', Japanese: 'ja' }

function languageNamed(name: string | undefined): string | undefined {
  if (!name) return undefined
  return languages[name] ?? (/^[a-z]{2,3}(-\w+)*$/i.test(name) ? name : undefined)
}

/** What a region hands down to those inside it. */
interface Inherited {
  readonly role?: TextRole
  readonly direction?: NonNullable<Line['direction']>
}

const otherTypes: Readonly<Record<string, OtherRegion['type']>> = {
  ImageRegion: 'image',
  LineDrawingRegion: 'image',
  GraphicRegion: 'graphic',
  ChartRegion: 'graphic',
  MapRegion: 'graphic',
  SeparatorRegion: 'separator',
  TableRegion: 'table',
  NoiseRegion: 'noise'
}

const passedOn: Readonly<Record<string, TextRole>> = { TableRegion: 'table', AdvertRegion: 'advert' }

function regionsOf(element: Element, inherited: Inherited, problems: Problem[]): Region[] {
  return element.children.flatMap((child): Region[] => {
    if (child.name === 'TextRegion') return [textRegion(child, inherited, problems), ...regionsOf(child, inherited, problems)]
    if (!child.name.endsWith('Region')) return []
    const own: Inherited = passedOn[child.name] ? { ...inherited, role: passedOn[child.name]! } : inherited
    const type = otherTypes[child.name]
    const box = boxAround(pointsOf(child))
    const other: Region[] = type && box ? [{ type, id: child.attributes.id ?? '', box }] : []
    return [...other, ...regionsOf(child, own, problems)]
  })
}

/** `points="1,2 3,4"`, or, in 2009 and 2010, a list of `Point` elements. */
function pointsOf(element: Element): [number, number][] {
  const coords = childOf(element, 'Coords')
  const list = (coords?.attributes.points ?? '').trim()
  if (list !== '')
    return list.split(/\s+/).flatMap((point): [number, number][] => {
      const [x, y] = point.split(',').map(Number)
      return Number.isFinite(x) && Number.isFinite(y) ? [[x!, y!]] : []
    })
  return childrenOf(coords, 'Point').map((point) => [numberOf(point, 'x') ?? 0, numberOf(point, 'y') ?? 0])
}

const directions: Readonly<Record<string, NonNullable<Line['direction']>>> = {
  'left-to-right': 'horizontal-lr',
  'right-to-left': 'horizontal-rl',
  'top-to-bottom': 'vertical-rl'
}

function textRegion(element: Element, inherited: Inherited, problems: Problem[]): TextRegion {
  const points = pointsOf(element)
  const box = boxAround(points)
  const direction = directions[element.attributes.readingDirection ?? ''] ?? inherited.direction
  const role =
    inherited.role ??
    roleNamed(element.attributes.type ?? /structure\s*\{[^}]*type:\s*([^;}\s]+)/.exec(element.attributes.custom ?? '')?.[1])
  const lines = sortedByCustom(childrenOf(element, 'TextLine')).map((line) => textLine(line, direction, problems))
  const polygon = isRectangle(points) ? undefined : points.map(([x, y]): Point => [Math.round(x), Math.round(y)])
  return {
    type: 'text',
    id: element.attributes.id ?? '',
    role,
    ...(box ? { box } : {}),
    ...(polygon ? { polygon } : {}),
    lines: lines.length > 0 ? lines : linesOfText(element)
  }
}

function isRectangle(points: readonly (readonly [number, number])[]): boolean {
  return points.length < 3 || (new Set(points.map(([x]) => x)).size <= 2 && new Set(points.map(([, y]) => y)).size <= 2)
}

/** A region without lines: its own text, a line each, without places. */
function linesOfText(region: Element): Line[] {
  const text = bestText(region)?.text ?? ''
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => ({ id: `${region.attributes.id ?? 'r'}_l${index + 1}`, text: line }))
}

/** Transkribus notes the order of lines in `custom="readingOrder {index:3;}"`; elsewhere it is the order of the file. */
function sortedByCustom(elements: readonly Element[]): Element[] {
  const order = elements.map((element) => customIndex(element))
  if (order.some((index) => index === undefined)) return [...elements]
  return elements
    .map((element, index) => ({ element, index: order[index]! }))
    .sort((a, b) => a.index - b.index)
    .map(({ element }) => element)
}

function customIndex(element: Element): number | undefined {
  const index = /readingOrder\s*\{[^}]*index:\s*(\d+)/.exec(element.attributes.custom ?? '')?.[1]
  return index === undefined ? undefined : Number(index)
}

interface Equivalent {
  readonly text: string
  readonly confidence: number | undefined
  readonly index: number
}

/** The readings of an element, best first: by `index`, then by place in the file. */
function equivalents(element: Element): Equivalent[] {
  return childrenOf(element, 'TextEquiv')
    .map((equivalent, place): Equivalent => {
      const text = childOf(equivalent, 'Unicode')?.text ?? childOf(equivalent, 'PlainText')?.text ?? ''
      return { text, confidence: unit(numberOf(equivalent, 'conf')), index: numberOf(equivalent, 'index') ?? place }
    })
    .sort((a, b) => a.index - b.index)
}

function bestText(element: Element): Equivalent | undefined {
  return equivalents(element).find((equivalent) => equivalent.text.trim() !== '')
}

function textLine(element: Element, direction: Inherited['direction'], problems: Problem[]): Line {
  const id = element.attributes.id ?? ''
  const box = boxAround(pointsOf(element))
  const words = childrenOf(element, 'Word').map((word) => readWord(word, box))
  const composed = lineOf(
    id,
    words.map((word) => ({ word, blank: true })),
    box
  )
  const stated = equivalents(element).filter(({ text }) => text.trim() !== '')
  const best = stated[0]
  const text = best ? best.text.trim().replace(/\s*[\r\n]+\s*/g, ' ') : composed.text
  const same = withoutBlanks(composed.text) === withoutBlanks(text)
  if (best && words.length > 0 && !same)
    problems.push({ message: 'The words say another thing than their line; the line was taken', place: id })
  const down = direction ?? (looksVertical(text, box) ? 'vertical-rl' : undefined)
  const readings = stated
    .slice(1)
    .map((other): Reading => ({ engine: 'page-xml', text: other.text.trim(), confidence: other.confidence ?? 0 }))
  return {
    id,
    ...(composed.box ? { box: composed.box } : {}),
    ...(down && down !== 'horizontal-lr' ? { direction: down } : {}),
    text,
    ...(best?.confidence !== undefined ? { confidence: best.confidence } : {}),
    ...(same && words.length > 0 ? { words: words.filter((word) => word.text !== '') } : {}),
    ...(readings.length > 0 ? { readings } : {})
  }
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '')
}

function readWord(element: Element, line: Box | undefined): Word {
  const glyphs = childrenOf(element, 'Glyph').map((glyph) => readGlyph(glyph, line))
  const composed = glyphs.map((glyph) => glyph.text).join('')
  const best = bestText(element)
  const text = best?.text.trim() ?? composed
  return {
    box: boxAround(pointsOf(element)) ?? line ?? { x: 0, y: 0, width: 0, height: 0 },
    text,
    confidence: best?.confidence ?? 1,
    ...(glyphs.length > 0 && composed === text ? { glyphs } : {})
  }
}

function readGlyph(element: Element, line: Box | undefined): Glyph {
  const [best, ...rest] = equivalents(element)
  const variants = rest
    .map(({ text, confidence }) => ({ text: text.trim(), confidence: confidence ?? 0 }))
    .filter(({ text }) => text !== '')
  return {
    box: boxAround(pointsOf(element)) ?? line ?? { x: 0, y: 0, width: 0, height: 0 },
    text: best?.text.trim() ?? '',
    confidence: best?.confidence ?? 1,
    ...(variants.length > 0 ? { variants } : {})
  }
}

function inReadingOrder(page: Element, regions: readonly Region[], problems: Problem[]): Region[] {
  const group = childOf(page, 'ReadingOrder')
  const listed = group ? refsOf(group) : transkribusOrder(page)
  const known = new Set(regions.map((region) => region.id))
  for (const id of listed) if (!known.has(id)) problems.push({ message: `The reading order names a region that is not there: ${id}` })
  const place = new Map(listed.map((id, index) => [id, index]))
  let last = -1
  // A region that the order does not name follows the one that it follows in the file.
  return regions
    .map((region, index) => {
      const own = place.get(region.id)
      last = own ?? last
      return { region, key: own ?? (listed.length === 0 ? 0 : last + 0.5), index }
    })
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ region }) => region)
}

/** Region ids of (nested) groups; indexed members by their index, others as they stand. */
function refsOf(group: Element): string[] {
  return group.children
    .map((child, place) => ({ child, index: numberOf(child, 'index') ?? place }))
    .sort((a, b) => a.index - b.index)
    .flatMap(({ child }) => [...(child.attributes.regionRef ? [child.attributes.regionRef] : []), ...refsOf(child)])
}

function transkribusOrder(page: Element): string[] {
  const elements = descendants(page, 'TextRegion')
  if (elements.length === 0 || elements.some((element) => customIndex(element) === undefined)) return []
  return sortedByCustom(elements).map((element) => element.attributes.id ?? '')
}
