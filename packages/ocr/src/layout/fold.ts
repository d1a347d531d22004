import { type GreyImage, reduceGrey } from '../image/grey.ts'
import { type Blob, connectedBlobs, heightOf, sizeOf, widthOf } from './blob.ts'
import { downwardShare } from './direction.ts'
import { binarise, type Mask } from './mask.ts'
import { paintSurround } from './sheet.ts'
import { typeSize } from './type-size.ts'

/** Where one picture holds two pages side by side: the line between them, in pixels of the picture. */
export interface Fold {
  /** Where it meets the upper and the lower edge. */
  readonly top: number
  readonly bottom: number
  /** Lines run down on both pages, so the right one is the first. */
  readonly rightFirst: boolean
}

/** Width over height of two pages side by side. */
const shapes = { least: 1.05, most: 2.3 } as const
/** Width of the picture in which a fold is looked for. */
const workingWidth = 3000
/** How far from the middle a fold may lie, and how far it may lean, as shares of width and height. */
const farthest = 0.1
const steepest = 0.045
/**
 * How wide the white between two pages is at least, as a share of the picture's width: two inner margins are some 20 mm, a
 * column's gutter 4. Where a shadow runs from edge to edge of the sheet, half of that does: books are bound tightly.
 */
const leastWhite = 0.02
const leastWhiteAtShadow = 0.01
/** How much wider it must be than any other white of the same height, and than the type. */
const clearlyWider = 1.6
const leastEms = 2
/** What each page holds at least: pieces of the size of type, and the share of the height over which they are spread. */
const fewestPieces = 150
const leastSpread = 0.4
/** Share of its type that runs down on a page whose lines run across, at most. */
const mostDownwards = 0.4
/** Share of the rows in which something may stand in the white: dirt, and a rule's torn end. */
const crossed = 0.01

/**
 * Whether a picture is a sheet scanned across its fold, two pages in one, and where the fold is. Wary: a picture that is not
 * clearly wider than high, or across whose middle anything is printed (a headline, a picture, a rule), is one page.
 */
export function findFold(page: GreyImage): Fold | undefined {
  if (!hasShapeOfTwo(page)) return undefined
  const factor = Math.max(1, Math.round(page.width / workingWidth))
  const image = paintSurround(reduceGrey(page, factor))
  const mask = binarise(image)
  const em = typeSize(connectedBlobs(mask), image.height, false)
  if (em === undefined) return undefined
  wipeShadow(mask, em)
  const printed = connectedBlobs(mask).filter((blob) => sizeOf(blob) > 0.3 * em && !isSliver(blob, em))
  const room = freeRoom(printed, image, Math.max(2, Math.round(em / 4)))
  const white = widestWhite(room, (0.5 - farthest) * image.width, (0.5 + farthest) * image.width)
  if (!white || white.width < leastEms * em || !isGutter(white, room, image)) return undefined
  if (printed.some((blob) => isBridge(blob, white, image))) return undefined
  const middle = (white.top + white.bottom) / 2
  const sides = [printed.filter((blob) => blob.x1 <= middle), printed.filter((blob) => blob.x0 >= middle)]
  if (!sides.every((side) => isPage(side, image, em))) return undefined
  const shadow = shadowLine(image, white, em)
  const down = sides.map((side) => downwardShare(side, em))
  // Two articles of a page that lies on its side look like two vertical pages.
  if (!shadow && Math.max(...down) > mostDownwards) return undefined
  const line = shadow ?? white
  const rightFirst = Math.min(...down) > 0.5
  return { top: line.top * factor, bottom: line.bottom * factor, rightFirst }
}

/** Whether a picture of that size can be two pages side by side; what is not need not be decoded to be asked. */
export function hasShapeOfTwo({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width >= shapes.least * height && width <= shapes.most * height
}

/**
 * Wipes from the middle of the mask what is much higher than wide: the shadow of the fold, the edge of a sheet. What is printed across
 * the fold stays, but for its uprights.
 */
function wipeShadow({ data, width, height }: Mask, em: number): void {
  const wide = 0.03 * width
  const [from, to] = [Math.floor((0.5 - 1.5 * farthest) * width), Math.ceil((0.5 + 1.5 * farthest) * width)]
  const wiped: number[] = []
  for (let x = from; x < to; x++)
    for (let y = 0; y < height; y++) {
      const start = y
      while (y < height && data[y * width + x] === 1) y++
      if (y - start < 2.5 * em) continue
      for (let row = start; row < y; row++)
        if (isNarrow(data.subarray(row * width, (row + 1) * width), x, wide)) wiped.push(row * width + x)
    }
  for (const at of wiped) data.fill(0, Math.max(0, at - fringe), at + fringe + 1)
}

/** Pixels beside a shadow that go with it. */
const fringe = 2

function isNarrow(row: Uint8Array, x: number, wide: number): boolean {
  let [start, end] = [x, x]
  while (start > 0 && row[start - 1] === 1 && end - start < wide) start--
  while (end < row.length && row[end] === 1 && end - start < wide) end++
  return end - start < wide
}

/** What is left of a wiped shadow, or a crack in the paper. */
function isSliver(blob: Blob, em: number): boolean {
  return heightOf(blob) > 2.5 * widthOf(blob) && widthOf(blob) < 0.3 * em
}

/** For every cell of a grid, how many free cells lie to its left and to its right before something printed. */
interface Room {
  readonly left: Uint16Array
  readonly right: Uint16Array
  readonly across: number
  readonly down: number
  /** Pixels a cell. */
  readonly cell: number
}

function freeRoom(blobs: readonly Blob[], { width, height }: GreyImage, cell: number): Room {
  const across = Math.ceil(width / cell)
  const down = Math.ceil(height / cell)
  const taken = new Uint8Array(across * down)
  for (const blob of blobs)
    for (let y = Math.floor(blob.y0 / cell); y * cell < blob.y1; y++)
      taken.fill(1, y * across + Math.floor(blob.x0 / cell), y * across + Math.ceil(blob.x1 / cell))
  const left = new Uint16Array(taken.length)
  const right = new Uint16Array(taken.length)
  for (let y = 0; y < down; y++) {
    for (let x = 0, free = 0; x < across; x++) left[y * across + x] = free = taken[y * across + x] ? 0 : free + 1
    for (let x = across - 1, free = 0; x >= 0; x--) right[y * across + x] = free = taken[y * across + x] ? 0 : free + 1
  }
  return { left, right, across, down, cell }
}

/** A white stripe from top to bottom: its middle at both edges and its width, in pixels. */
interface White {
  readonly top: number
  readonly bottom: number
  readonly width: number
}

/** The widest stripe that nothing stands in, its middle between two places. One that leans more must be clearly wider. */
function widestWhite(room: Room, from: number, to: number): White | undefined {
  let best: White | undefined
  for (const lean of leans(room)) {
    const least = (best?.width ?? 0) * 1.1
    let widest: White | undefined
    for (let x = Math.ceil(from / room.cell); x < to / room.cell; x++)
      widest = whiteAt(room, x, lean, Math.max(least, widest?.width ?? 0)) ?? widest
    best = widest ?? best
  }
  return best
}

/** Leans in cells from top to bottom, the least first. */
function leans({ down }: Room): number[] {
  const most = Math.round(steepest * down)
  const step = Math.max(1, Math.round(most / 12))
  return Array.from({ length: 2 * Math.floor(most / step) + 1 }, (_, index) => (index % 2 === 0 ? -1 : 1) * step * Math.ceil(index / 2))
}

/** The stripe around the line that crosses the middle row at `x` and leans by `lean` cells; undefined when it is no wider than `least`. */
function whiteAt(room: Room, x: number, lean: number, least: number): White | undefined {
  const { across, down, cell } = room
  const lefts: number[] = []
  const rights: number[] = []
  const allowed = Math.floor(crossed * down)
  let narrow = 0
  for (let y = 0; y < down; y++) {
    const at = Math.round(x + lean * ((y + 0.5) / down - 0.5))
    if (at < 0 || at >= across) return undefined
    const [left, right] = [room.left[y * across + at]!, room.right[y * across + at]!]
    if ((left + right - 1) * cell <= least && ++narrow > allowed) return undefined
    lefts.push(left)
    rights.push(right)
  }
  const left = lefts.sort((a, b) => a - b)[allowed]!
  const right = rights.sort((a, b) => a - b)[allowed]!
  if (left === 0 || right === 0) return undefined
  const middle = x + (right - left) / 2 + 0.5
  return { top: (middle - lean / 2) * cell, bottom: (middle + lean / 2) * cell, width: (left + right - 1) * cell }
}

/** Whether a piece reaches right across a stripe, be it as thin as a rule. The edge of the sheet above and below does so too. */
function isBridge(blob: Blob, white: White, { height }: GreyImage): boolean {
  const y = (blob.y0 + blob.y1) / 2
  const middle = white.top + ((white.bottom - white.top) * y) / height
  const isEdge = blob.y1 < edge * height || blob.y0 > (1 - edge) * height
  return !isEdge && blob.x0 <= middle - 0.4 * white.width && blob.x1 >= middle + 0.4 * white.width
}

/** Share of the height, above and below, in which the edge of the sheet may run. */
const edge = 0.025

/** Whether a stripe is the white between two pages, not that between two columns. */
function isGutter(white: White, room: Room, image: GreyImage): boolean {
  const shadowed = shadowLine(image, white, white.width / 4) !== undefined
  if (white.width < (shadowed ? leastWhiteAtShadow : leastWhite) * image.width) return false
  if (shadowed) return true
  const others = [
    [0.12, 0.38],
    [0.62, 0.88]
  ].map(([from, to]) => widestWhite(room, from! * image.width, to! * image.width)?.width ?? 0)
  return white.width > clearlyWider * Math.max(...others)
}

function isPage(blobs: readonly Blob[], image: GreyImage, em: number): boolean {
  const type = blobs.filter((blob) => sizeOf(blob) > 0.5 * em && sizeOf(blob) < 2 * em)
  if (type.length < fewestPieces) return false
  const bands = new Set(type.map((blob) => Math.floor((20 * blob.y0) / image.height)))
  return bands.size >= 20 * leastSpread
}

/** Stretches of the height in each of which the shadow of a fold is looked for. */
const bands = 20
/** How much darker than the paper on both sides it is at least, in grey levels, and how far to both sides, in pixels. */
const leastDrop = 8
const broad = 4

/** The darkest line down a white stripe, where it is darker than the paper beside it from edge to edge of the sheet. */
function shadowLine(image: GreyImage, white: White, em: number): { top: number; bottom: number } | undefined {
  const reach = Math.max(4, Math.floor(white.width / 2))
  const found: { y: number; x: number }[] = []
  let missing = 0
  for (let band = 0; band < bands; band++) {
    const y = ((band + 0.5) / bands) * image.height
    const middle = white.top + ((white.bottom - white.top) * y) / image.height
    const levels = bandLevels(image, band, Math.round(middle) - reach, Math.round(middle) + reach)
    const darkest = levels.indexOf(Math.min(...levels))
    const side = Math.max(2, Math.round(em / 2))
    const paper = [levels.slice(0, Math.max(1, darkest - side)), levels.slice(darkest + side + 1)].map((part) => Math.max(...part))
    // A rule is dark too, but no wider than a stroke.
    const around = levels.slice(Math.max(0, darkest - broad), darkest + broad + 1)
    if (Math.min(...paper) - Math.max(...around) >= leastDrop) found.push({ y, x: Math.round(middle) - reach + darkest })
    else missing++
  }
  // A column's rule ends within the margins.
  const fromEdgeToEdge = found.length > 0 && found[0]!.y < image.height / bands && found.at(-1)!.y > image.height - image.height / bands
  if (missing > bands * 0.15 || !fromEdgeToEdge) return undefined
  return straightThrough(found, image.height)
}

/** How light each column of pixels is in a band: the median of its rows, which print that reaches in does not change. */
function bandLevels(image: GreyImage, band: number, from: number, to: number): number[] {
  const first = Math.floor((band * image.height) / bands)
  const last = Math.floor(((band + 1) * image.height) / bands)
  const every = Math.max(1, Math.floor((last - first) / 30))
  const levels: number[] = []
  for (let x = Math.max(0, from); x < Math.min(image.width, to); x++) {
    const column: number[] = []
    for (let y = first; y < last; y += every) column.push(image.pixels[y * image.width + x]!)
    levels.push(column.sort((a, b) => a - b)[column.length >> 1]!)
  }
  return levels
}

/** A straight line through points that lie about on one: the median of all slopes, then of all offsets (Theil–Sen). */
function straightThrough(points: readonly { y: number; x: number }[], height: number): { top: number; bottom: number } {
  const slopes = points.flatMap((a, index) => points.slice(index + 1).map((b) => (b.x - a.x) / (b.y - a.y))).sort((a, b) => a - b)
  const slope = slopes[slopes.length >> 1] ?? 0
  const offsets = points.map((point) => point.x - slope * point.y).sort((a, b) => a - b)
  const top = offsets[offsets.length >> 1]!
  return { top, bottom: top + slope * height }
}
