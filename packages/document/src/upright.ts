import type { Box } from './box.ts'
import type { Glyph, Line, Page, PageImage, Point, Region, Word } from './page.ts'

/** How a stored picture is turned to stand upright: the eight values of EXIF `Orientation`. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/**
 * How the scan of a page is turned, as its reading noted it: what the file says and what was seen of the lines, together.
 * Undefined for a page that others read.
 */
export function orientationOf(page: Page): Orientation | undefined {
  const value = page.processing.find((step) => step.id === 'decode')?.settings.orientation
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : undefined
}

const turned = new WeakMap<Page, Page>()

/**
 * The page as it is looked at: its boxes on the scan stood upright. The page itself, whose boxes lie on the scan as stored,
 * where that is the same. Texts, ids and order are the same, so changes and blocks fit both.
 */
export function uprightPage(page: Page): Page {
  const known = turned.get(page)
  if (known) return known
  const orientation = orientationOf(page) ?? 1
  const upright = page.image && orientation !== 1 ? turnPage(page, page.image, orientation) : page
  turned.set(page, upright)
  turned.set(upright, upright)
  return upright
}

function turnPage(page: Page, image: PageImage, orientation: Orientation): Page {
  const turn: Turn = (x, y) => uprightPoint(x, y, orientation, image.width, image.height)
  const [width, height] = orientation >= 5 ? [image.height, image.width] : [image.width, image.height]
  const upright = { ...image, width, height, ...(image.crop && { crop: turnBox(image.crop, turn) }) }
  return { ...page, image: upright, regions: page.regions.map((region) => turnRegion(region, turn)) }
}

type Turn = (x: number, y: number) => Point

/** Where a point of a stored picture of that size comes to lie. */
function uprightPoint(x: number, y: number, orientation: Orientation, width: number, height: number): Point {
  const points: Readonly<Record<Orientation, Point>> = {
    1: [x, y],
    2: [width - x, y],
    3: [width - x, height - y],
    4: [x, height - y],
    5: [y, x],
    6: [height - y, x],
    7: [height - y, width - x],
    8: [y, width - x]
  }
  return points[orientation]
}

function turnBox(box: Box, turn: Turn): Box {
  const [ax, ay] = turn(box.x, box.y)
  const [bx, by] = turn(box.x + box.width, box.y + box.height)
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) }
}

function turnRegion(region: Region, turn: Turn): Region {
  const own = region.box ? { box: turnBox(region.box, turn) } : {}
  if (region.type !== 'text') return { ...region, ...own } as Region
  const polygon = region.polygon ? { polygon: region.polygon.map(([x, y]) => turn(x, y)) } : {}
  return { ...region, ...own, ...polygon, lines: region.lines.map((line) => turnLine(line, turn)) }
}

function turnLine(line: Line, turn: Turn): Line {
  return {
    ...line,
    ...(line.box && { box: turnBox(line.box, turn) }),
    ...(line.words && { words: line.words.map((word) => turnWord(word, turn)) })
  }
}

function turnWord(word: Word, turn: Turn): Word {
  const turnGlyph = (glyph: Glyph): Glyph => ({ ...glyph, box: turnBox(glyph.box, turn) })
  return { ...word, box: turnBox(word.box, turn), ...(word.glyphs && { glyphs: word.glyphs.map(turnGlyph) }) }
}
