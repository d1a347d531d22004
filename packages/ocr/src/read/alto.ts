import type { Box, Glyph, Line, OtherRegion, Page, Point, Problem, Region, TextRegion, TextRole, Variant, Word } from '@broadsheet/document'
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
import { roleNamed } from './roles.ts'
import { readingStep } from './step.ts'
import { childOf, childrenOf, descendants, type Element, numberOf, parseXml } from './xml.ts'

/**
 * Reads ALTO 1 to 4 (https://www.loc.gov/standards/alto/): every page of it, blocks in the file's reading order, printed hyphens
 * once. Positions become pixels of the image, whatever unit the file uses.
 */
export function readAlto(text: string, options: ReadOptions): ReadResult {
  const { root, problems } = parseXml(text)
  if (!root) return nothingRead(problems)
  if (root.name !== 'alto') return nothingRead([...problems, { message: `Expected an <alto> element but found <${root.name}>` }])
  const all: Problem[] = [...problems]
  const elements = descendants(root, 'Page')
  if (elements.length === 0) all.push({ message: 'The ALTO file holds no page' })
  const pages = elements.map((element, index) => {
    const found: Problem[] = index === 0 ? [...problems] : []
    const page = readPage(root, element, options, index, found)
    all.push(...found.slice(index === 0 ? problems.length : 0))
    return page
  })
  return { pages, problems: all }
}

interface Context {
  readonly scale: Scale
  readonly problems: Problem[]
  /** What tags and styles say a block is, by id. */
  readonly roles: ReadonlyMap<string, TextRole>
}

interface Scale {
  readonly x: number
  readonly y: number
}

function readPage(root: Element, element: Element, options: ReadOptions, index: number, problems: Problem[]): Page {
  const unitName = childText(childOf(root, 'Description'), 'MeasurementUnit') || 'pixel'
  const dpi = options.image?.dpi ?? statedDpi(root)
  const scale = scaleOf(unitName, element, options, dpi, problems)
  const width = numberOf(element, 'WIDTH')
  const height = numberOf(element, 'HEIGHT')
  const stated = {
    href: childText(childOf(childOf(root, 'Description'), 'sourceImageInformation'), 'fileName'),
    width: width === undefined ? undefined : width * scale.x,
    height: height === undefined ? undefined : height * scale.y,
    dpi
  }
  const context: Context = { scale, problems, roles: tagRoles(root) }
  const regions = inReadingOrder(root, element, blocksOf(element, context, undefined))
  return toPage({
    id: pageId(options.id, index),
    image: imageOf(options, stated, index),
    language: languageOf(element),
    regions,
    processing: [readingStep('alto', { version: versionOf(root), measurementUnit: unitName, software: softwareOf(root) })],
    problems
  })
}

function childText(element: Element | undefined, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

function versionOf(root: Element): string {
  return /ns-v(\d)/.exec(root.namespace)?.[1] ?? (root.namespace.includes('ccs-gmbh') || root.namespace === '' ? '1' : 'unknown')
}

function softwareOf(root: Element): string {
  return descendants(root, 'softwareName')
    .map((element) => element.text.trim())
    .join(', ')
}

function languageOf(page: Element): string | undefined {
  const stated = page.attributes.LANG ?? descendants(page, 'TextBlock').find((block) => block.attributes.LANG)?.attributes.LANG
  return stated || undefined
}

/** Some programs write the resolution into their settings. */
function statedDpi(root: Element): number | undefined {
  for (const element of descendants(root, 'processingStepSettings')) {
    const dpi = Number(/\bxdpi:\s*(\d+)/.exec(element.text)?.[1])
    if (dpi > 0) return dpi
  }
  return undefined
}

const perInch: Readonly<Record<string, number>> = { mm10: 254, inch1200: 1200 }

function scaleOf(unitName: string, page: Element, options: ReadOptions, dpi: number | undefined, problems: Problem[]): Scale {
  const units = perInch[unitName]
  if (units === undefined) {
    if (unitName !== 'pixel') problems.push({ message: `Unknown measurement unit “${unitName}”, taken for pixels` })
    return { x: 1, y: 1 }
  }
  const width = numberOf(page, 'WIDTH')
  const height = numberOf(page, 'HEIGHT')
  if (options.image && width && height) return { x: options.image.width / width, y: options.image.height / height }
  if (dpi === undefined) problems.push({ message: `Positions are in ${unitName} and the resolution is not stated: 300 dpi was assumed` })
  return { x: (dpi ?? 300) / units, y: (dpi ?? 300) / units }
}

function tagRoles(root: Element): Map<string, TextRole> {
  const roles = new Map<string, TextRole>()
  for (const tag of childOf(root, 'Tags')?.children ?? []) {
    const label = tag.attributes.LABEL ?? tag.attributes.TYPE
    if (tag.attributes.ID && label) roles.set(tag.attributes.ID, roleNamed(label))
  }
  return roles
}

const holders = ['TopMargin', 'LeftMargin', 'RightMargin', 'BottomMargin', 'PrintSpace', 'ComposedBlock']

function blocksOf(element: Element, context: Context, role: TextRole | undefined): Region[] {
  return element.children.flatMap((child): Region[] => {
    if (holders.includes(child.name)) return blocksOf(child, context, roleOfBlock(child, context) ?? role)
    if (child.name === 'TextBlock') return [textBlock(child, context, role)]
    const other = otherBlock(child, context)
    return other ? [other] : []
  })
}

function roleOfBlock(element: Element, { roles }: Context): TextRole | undefined {
  for (const id of (element.attributes.TAGREFS ?? '').split(/\s+/)) {
    const role = roles.get(id)
    if (role && role !== 'other') return role
  }
  const named = element.attributes.TYPE ? roleNamed(element.attributes.TYPE) : 'other'
  return named === 'other' ? undefined : named
}

function otherBlock(element: Element, context: Context): OtherRegion | undefined {
  const box = boxOf(element, context.scale)
  const id = element.attributes.ID ?? ''
  if (!box) return undefined
  if (element.name === 'Illustration') return { type: 'image', id, box }
  if (element.name !== 'GraphicalElement') return undefined
  const long = Math.max(box.width, box.height) > 8 * Math.min(box.width, box.height)
  return { type: long ? 'separator' : 'graphic', id, box }
}

function boxOf(element: Element, scale: Scale): Box | undefined {
  const x = numberOf(element, 'HPOS')
  const y = numberOf(element, 'VPOS')
  if (x === undefined || y === undefined) return undefined
  const width = (numberOf(element, 'WIDTH') ?? 0) * scale.x
  const height = (numberOf(element, 'HEIGHT') ?? 0) * scale.y
  return roundBox({ x: x * scale.x, y: y * scale.y, width, height })
}

function textBlock(element: Element, context: Context, role: TextRole | undefined): TextRegion {
  const box = boxOf(element, context.scale)
  const polygon = polygonOf(element, context.scale)
  const lines = childrenOf(element, 'TextLine').map((line) => textLine(line, context))
  return {
    type: 'text',
    id: element.attributes.ID ?? '',
    role: roleOfBlock(element, context) ?? role ?? 'paragraph',
    ...(box ? { box } : {}),
    ...(polygon ? { polygon } : {}),
    lines
  }
}

function polygonOf(element: Element, scale: Scale): Point[] | undefined {
  const points = childOf(childOf(element, 'Shape'), 'Polygon')?.attributes.POINTS
  const numbers = points?.match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? []
  if (numbers.length < 6) return undefined
  return Array.from(
    { length: Math.floor(numbers.length / 2) },
    (_, i): Point => [Math.round(numbers[2 * i]! * scale.x), Math.round(numbers[2 * i + 1]! * scale.y)]
  )
}

function textLine(element: Element, context: Context): Line {
  const box = boxOf(element, context.scale)
  const parts = childrenOf(element, 'String', 'SP', 'HYP')
  const spaced = parts.some((part) => part.name === 'SP')
  const words: PlacedWord[] = []
  const stated: { text: string; confidence: number | undefined }[] = []
  let blank = false
  for (const part of parts) {
    if (part.name === 'SP') blank = true
    else if (part.name === 'HYP') addHyphen(words, part, context)
    else {
      const word = readWord(part, context, box)
      words.push({ word, blank: blank || !spaced })
      stated.push({ text: word.text, confidence: unit(numberOf(part, 'WC')) })
      blank = false
    }
  }
  const confidence = meanConfidence(stated)
  const line = lineOf(element.attributes.ID ?? '', words, box, confidence === undefined ? {} : { confidence })
  const down = /^(?:ttb|vertical)/i.test(element.attributes.BASEDIRECTION ?? '') || looksVertical(line.text, line.box)
  return down ? { ...line, direction: 'vertical-rl' } : line
}

/** A hyphen that is printed at the end of a line belongs to its last word, once. */
function addHyphen(words: PlacedWord[], element: Element, { scale }: Context): void {
  const last = words[words.length - 1]
  if (!last || /[-\u00ad\u2010\u2e17⸗=¬]$/.test(last.word.text)) return
  const content = (element.attributes.CONTENT ?? '-').replace(/\u00ad/g, '-')
  const box = boxOf({ ...element, attributes: { HEIGHT: '0', ...element.attributes } }, scale)
  const right = box ? Math.max(last.word.box.x + last.word.box.width, box.x + box.width) : last.word.box.x + last.word.box.width
  const word = { ...last.word, text: last.word.text + content, box: { ...last.word.box, width: right - last.word.box.x } }
  const { glyphs: _, ...plain } = word
  words[words.length - 1] = { ...last, word: plain }
}

/** Content as printed; `SUBS_CONTENT`, the whole of a word that was broken, is somebody's repair and stands in no line. */
function readWord(element: Element, context: Context, line: Box | undefined): Word {
  const text = (element.attributes.CONTENT ?? '').trim()
  const glyphs = childrenOf(element, 'Glyph').map((glyph) => readGlyph(glyph, context.scale))
  const fitting = glyphs.length > 0 && glyphs.every((glyph) => glyph !== undefined) && glyphs.map((glyph) => glyph!.text).join('') === text
  return {
    box: boxOf(element, context.scale) ?? line ?? { x: 0, y: 0, width: 0, height: 0 },
    text,
    confidence: unit(numberOf(element, 'WC')) ?? 1,
    ...(fitting ? { glyphs: glyphs as Glyph[] } : {})
  }
}

function readGlyph(element: Element, scale: Scale): Glyph | undefined {
  const box = boxOf(element, scale)
  if (!box) return undefined
  const variants = childrenOf(element, 'Variant').map(
    (variant): Variant => ({ text: variant.attributes.CONTENT ?? '', confidence: unit(numberOf(variant, 'VC')) ?? 0 })
  )
  return {
    box,
    text: element.attributes.CONTENT ?? '',
    confidence: unit(numberOf(element, 'GC')) ?? 1,
    ...(variants.length > 0 ? { variants } : {})
  }
}

/** ALTO 4.3 states the order in `ReadingOrder`; before, it is the order of the file. */
function inReadingOrder(root: Element, page: Element, regions: readonly Region[]): Region[] {
  const order = [...descendants(page, 'ReadingOrder'), ...descendants(root, 'ReadingOrder')][0]
  const listed = order ? descendants(order, 'ElementRef').map((ref) => ref.attributes.REF ?? '') : []
  const place = new Map(listed.map((id, index) => [id, index]))
  return regions
    .map((region, index) => ({ region, key: place.get(region.id) ?? listed.length + index }))
    .sort((a, b) => a.key - b.key)
    .map(({ region }) => region)
}
