import type { Box, Page, Region } from '@broadsheet/document'
import type { GreyImage } from './image/grey.ts'
import { type Orientation, storedBox } from './image/orientation.ts'
import type { Fold } from './layout/fold.ts'

/** A sheet of a file, or the half of one that is a page of its own. */
export interface PageSheet {
  /** Pixels of the archival image, as stored. */
  readonly width: number
  readonly height: number
  readonly dpi?: number
  readonly orientation: Orientation
  /** The part of the archival image that is the page; absent: all of it. */
  readonly crop?: Box
  readonly text?: Page
  /** The page as grey, upright, dark on light. */
  readonly readUpright: () => Promise<GreyImage>
}

/** The two pages of a sheet scanned across its fold, in reading order. */
export function splitSheet(sheet: PageSheet, upright: { readonly width: number; readonly height: number }, fold: Fold): PageSheet[] {
  const read = sharedTwice(sheet.readUpright)
  const pages = (['left', 'right'] as const).map((side) => {
    const part = partOf(upright, fold, side)
    const crop = storedBox(part, sheet.orientation, upright.width, upright.height)
    const { text, ...rest } = sheet
    const own = text && textWithin(text, crop)
    return { ...rest, crop, ...(own ? { text: own } : {}), readUpright: async () => cutPage(await read(), part, fold, side) }
  })
  return fold.rightFirst ? pages.reverse() : pages
}

/** The smallest upright rectangle that holds the page. Where the fold leans, the two share a wedge. */
function partOf({ width, height }: { readonly width: number; readonly height: number }, fold: Fold, side: 'left' | 'right'): Box {
  const [near, far] = [Math.floor(Math.min(fold.top, fold.bottom)), Math.ceil(Math.max(fold.top, fold.bottom))]
  return side === 'left' ? { x: 0, y: 0, width: far, height } : { x: near, y: 0, width: width - near, height }
}

/** The page alone: what lies beyond the fold is painted in the brightness of the paper beside it. */
function cutPage(sheet: GreyImage, part: Box, fold: Fold, side: 'left' | 'right'): GreyImage {
  const { width, height } = part
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = y * sheet.width + part.x
    const row = pixels.subarray(y * width, (y + 1) * width)
    row.set(sheet.pixels.subarray(from, from + width))
    const at = clamp(Math.round(fold.top + ((fold.bottom - fold.top) * y) / height) - part.x, 0, width)
    if (side === 'left') row.fill(lightest(row, at - besideFold, at), at)
    else row.fill(lightest(row, at, at + besideFold), 0, at)
  }
  return { ...sheet, pixels, width, height }
}

/** Pixels beside the fold among which the lightest is paper. */
const besideFold = 24

function lightest(row: Uint8Array, from: number, to: number): number {
  let best = 0
  for (let x = Math.max(0, from); x < Math.min(row.length, to); x++) best = Math.max(best, row[x]!)
  return best
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** The regions of a text layer whose middle lies on the page. */
function textWithin(text: Page, crop: Box): Page | undefined {
  const isInside = ({ box }: Region): boolean => {
    if (!box) return false
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    return x >= crop.x && x < crop.x + crop.width && y >= crop.y && y < crop.y + crop.height
  }
  const regions = text.regions.filter(isInside)
  return regions.length > 0 ? { ...text, regions } : undefined
}

/** Two pages read from one decoding, which is let go when both have been read; whoever reads again decodes again. */
function sharedTwice(read: () => Promise<GreyImage>): () => Promise<GreyImage> {
  let waiting: Promise<GreyImage> | undefined
  return () => {
    const known = waiting
    waiting = known ? undefined : read()
    return known ?? waiting!
  }
}
