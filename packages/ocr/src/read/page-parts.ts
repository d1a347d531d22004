import {
  type Box,
  firstChar,
  isEastAsian,
  type Line,
  lastChar,
  type Page,
  type PageImage,
  type Problem,
  type ProcessingStep,
  type Region,
  unionBoxes,
  type Word
} from '@broadsheet/document'

/** What the caller knows of a file of OCR. */
export interface ReadOptions {
  /** Id of its page; later pages of one file are `<id>-2` and so on. */
  readonly id: string
  /** The scan the OCR was made from, where it is at hand: its size, resolution and digest go before what the file says. */
  readonly image?: PageImage
}

export interface ReadResult {
  readonly pages: Page[]
  readonly problems: Problem[]
}

export function nothingRead(problems: readonly Problem[]): ReadResult {
  return { pages: [], problems: [...problems] }
}

export function pageId(id: string, index: number): string {
  return index === 0 ? id : `${id}-${index + 1}`
}

/** A page of what was read; ids are made unique, and what went wrong with this page stands in it too. */
export function toPage(parts: {
  readonly id: string
  readonly image?: PageImage | undefined
  readonly language?: string | undefined
  readonly regions: readonly Region[]
  readonly processing: readonly ProcessingStep[]
  readonly problems: readonly Problem[]
}): Page {
  const { id, image, language, processing, problems } = parts
  return {
    id,
    ...(image ? { image } : {}),
    ...(language ? { language } : {}),
    regions: uniqueIds(parts.regions),
    processing,
    ...(problems.length > 0 ? { problems } : {})
  }
}

/** Ids of one page: characters that name offsets and paths are replaced, an id met twice or missing becomes the next free one. */
function uniqueIds(regions: readonly Region[]): Region[] {
  const taken = new Set<string>()
  const claim = (wanted: string, prefix: string): string => {
    const clean = wanted.replace(/[@/\\\s]/g, '_')
    if (clean !== '' && !taken.has(clean)) {
      taken.add(clean)
      return clean
    }
    let number = taken.size + 1
    while (taken.has(`${prefix}${number}`)) number++
    taken.add(`${prefix}${number}`)
    return `${prefix}${number}`
  }
  const named = regions.map((region) => ({ ...region, id: claim(region.id, 'r') }))
  return named.map((region) =>
    region.type === 'text' ? { ...region, lines: region.lines.map((line) => ({ ...line, id: claim(line.id, 'l') })) } : region
  )
}

/** The image a page's boxes lie on: the caller's, or what the file says of it (then its digest is not known and left empty). */
export function imageOf(
  options: ReadOptions,
  stated: {
    readonly href?: string | undefined
    readonly width?: number | undefined
    readonly height?: number | undefined
    readonly dpi?: number | undefined
  },
  index: number
): PageImage | undefined {
  if (options.image) return index === 0 ? options.image : { ...options.image, sheet: index }
  const { href, width, height, dpi } = stated
  if (!width || !height) return undefined
  return { href: fileName(href ?? ''), width: Math.round(width), height: Math.round(height), ...(dpi ? { dpi } : {}), sha256: '' }
}

function fileName(path: string): string {
  return path.trim().split(/[/\\]/).pop() ?? ''
}

/** A word and whether a blank stands before it. */
export interface PlacedWord {
  readonly word: Word
  readonly blank: boolean
}

/** A line of words. Between East Asian characters a blank stands only where the ink leaves room for one. */
export function lineOf(id: string, words: readonly PlacedWord[], box: Box | undefined, extra: Partial<Line> = {}): Line {
  let text = ''
  let last: Word | undefined
  for (const { word, blank } of words) {
    if (word.text === '') continue
    if (last && blank && isBlank(last, word)) text += ' '
    text += word.text
    last = word
  }
  const kept = words.map(({ word }) => word).filter((word) => word.text !== '')
  const place = box ?? unionBoxes(kept.map((word) => word.box))
  return { id, ...(place ? { box: place } : {}), text, ...(kept.length > 0 ? { words: kept } : {}), ...extra }
}

function isBlank(before: Word, after: Word): boolean {
  if (!isEastAsian(lastChar(before.text)) || !isEastAsian(firstChar(after.text))) return true
  const em = Math.min(before.box.height, after.box.height)
  return after.box.x - (before.box.x + before.box.width) > em * 0.8
}

/** The mean of the words' confidences by their length; undefined where none was stated. */
export function meanConfidence(stated: readonly { readonly text: string; readonly confidence: number | undefined }[]): number | undefined {
  let sum = 0
  let length = 0
  for (const { text, confidence } of stated) {
    if (confidence === undefined) continue
    sum += confidence * text.length
    length += text.length
  }
  return length > 0 ? sum / length : undefined
}

/** A confidence on the scale of 0 to 1; undefined when it is none. */
export function unit(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : Math.min(1, Math.max(0, value))
}

/** A box of whole pixels. */
export function roundBox(box: Box): Box {
  const x = Math.round(box.x)
  const y = Math.round(box.y)
  return { x, y, width: Math.max(0, Math.round(box.x + box.width) - x), height: Math.max(0, Math.round(box.y + box.height) - y) }
}

/** The smallest upright box round points; undefined for none. */
export function boxAround(points: readonly (readonly [number, number])[]): Box | undefined {
  if (points.length === 0) return undefined
  return roundBox(unionBoxes(points.map(([x, y]) => ({ x, y, width: 0, height: 0 })))!)
}

/** A line that is much higher than wide and holds East Asian text runs from top to bottom. */
export function looksVertical(text: string, box: Box | undefined): boolean {
  return box !== undefined && [...text].length > 1 && box.height > box.width * 1.8 && [...text].some(isEastAsian)
}
