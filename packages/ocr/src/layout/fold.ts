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
  const printed = connectedBlobs(mask).filter(
    (blob) => sizeOf(blob) > 0.6 * em && !isSliver(blob, em) && !isHair(blob, em) && !isLid(blob, image)
  )
  const room = freeRoom(printed, mask, em)
  const shadow = findShadow(image)
  const shadowed = shadow && whiteAlong(room, shadow)
  const isBound = shadowed !== undefined && shadowed.width >= Math.max(leastEms * em, leastWhiteAtShadow * image.width)
  const white = isBound ? shadowed : widestGutter(room, image, em)
  if (!white || printed.some((blob) => isBridge(blob, white, image, em))) return undefined
  const middle = (white.top + white.bottom) / 2
  const sides = [printed.filter((blob) => blob.x1 <= middle), printed.filter((blob) => blob.x0 >= middle)]
  if (!sides.every((side) => isPage(side, image, em))) return undefined
  const down = sides.map((side) => downwardShare(side, em))
  // Two articles of a page that lies on its side look like two vertical pages.
  if (!isBound && Math.max(...down) > mostDownwards) return undefined
  const line = isBound ? shadow! : white
  return { top: line.top * factor, bottom: line.bottom * factor, rightFirst: Math.min(...down) > 0.5 }
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
const fringe = 4

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

/** A hair or a thread on the glass: thin, and aslant or bent. */
function isHair(blob: Blob, em: number): boolean {
  return sizeOf(blob) > em && sizeOf(blob) < 8 * em && blob.area < 0.17 * widthOf(blob) * heightOf(blob)
}

/** The scanner's lid or bed, seen above or below a page that is shorter than the other. */
function isLid({ y0, y1 }: Blob, { height }: GreyImage): boolean {
  return (y0 <= 1 && y1 < lid * height) || (y1 >= height - 1 && y0 > (1 - lid) * height)
}

/** Share of the height that is looked at as lid, above and below, where it is dark up to the picture's edge. */
const lid = 0.06

/** For every cell of a grid, how many free cells lie to its left and to its right before something printed. */
interface Room {
  readonly left: Uint16Array
  readonly right: Uint16Array
  readonly across: number
  readonly down: number
  /** Pixels a cell. */
  readonly cell: number
}

function freeRoom(blobs: readonly Blob[], mask: Mask, em: number): Room {
  const { width, height } = mask
  const cell = Math.max(2, Math.round(em / 4))
  const across = Math.ceil(width / cell)
  const down = Math.ceil(height / cell)
  const taken = new Uint8Array(across * down)
  // What is large is mostly hollow or aslant: a frame, a crease. Its ink counts, not the rectangle around it.
  for (const blob of blobs)
    if (sizeOf(blob) > 4 * em) {
      for (let y = blob.y0; y < blob.y1; y++)
        for (let x = blob.x0; x < blob.x1; x++)
          if (mask.data[y * width + x] === 1) taken[Math.floor(y / cell) * across + Math.floor(x / cell)] = 1
    } else
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
interface White extends Line {
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
  const width = (left + right - 1) * cell
  // Every row may be free for long and yet each elsewhere.
  if (left === 0 || right === 0 || width <= least) return undefined
  const middle = x + (right - left) / 2 + 0.5
  return { top: (middle - lean / 2) * cell, bottom: (middle + lean / 2) * cell, width }
}

/**
 * Whether a piece reaches right across a stripe and far into both sides, be it as thin as a rule. The edge of the sheet above and
 * below does so too.
 */
function isBridge(blob: Blob, white: White, { height }: GreyImage, em: number): boolean {
  const y = (blob.y0 + blob.y1) / 2
  const middle = white.top + ((white.bottom - white.top) * y) / height
  const isEdge = blob.y1 < edge * height || blob.y0 > (1 - edge) * height
  const reach = white.width / 2 + 3 * em
  return !isEdge && blob.x0 <= middle - reach && blob.x1 >= middle + reach
}

/** Share of the height, above and below, in which the edge of the sheet may run. */
const edge = 0.025

/** The white between two pages where no shadow shows it: wider than that between any columns. */
function widestGutter(room: Room, { width }: GreyImage, em: number): White | undefined {
  const white = widestWhite(room, (0.5 - farthest) * width, (0.5 + farthest) * width)
  if (!white || white.width < Math.max(leastEms * em, leastWhite * width)) return undefined
  const others = [
    [0.12, 0.38],
    [0.62, 0.88]
  ].map(([from, to]) => widestWhite(room, from! * width, to! * width)?.width ?? 0)
  return white.width > clearlyWider * Math.max(...others) ? white : undefined
}

/** The stripe around a line. */
function whiteAlong(room: Room, { top, bottom }: Line): White | undefined {
  return whiteAt(room, Math.round((top + bottom) / 2 / room.cell), Math.round((bottom - top) / room.cell), 0)
}

function isPage(blobs: readonly Blob[], image: GreyImage, em: number): boolean {
  const type = blobs.filter((blob) => sizeOf(blob) > 0.5 * em && sizeOf(blob) < 2 * em)
  if (type.length < fewestPieces) return false
  const bands = new Set(type.map((blob) => Math.floor((20 * blob.y0) / image.height)))
  return bands.size >= 20 * leastSpread
}

/** A line down the picture by where it meets the upper and the lower edge. */
interface Line {
  readonly top: number
  readonly bottom: number
}

/** Stretches of the height in each of which the shadow of a fold is looked for, and the share of them in which it is to be seen. */
const bands = 20
const seen = 0.85
/** How much darker than the paper on both sides it is at least, in grey levels, and how far to both sides, in pixels. */
const leastDrop = 8
const broad = 4
/** How far away the paper may be that it is darker than, as a share of the width. */
const paperReach = 0.02

/** The line down the middle of the sheet that is darker than the paper on both sides, from edge to edge: a column's rule ends before. */
function findShadow(image: GreyImage): Line | undefined {
  const drops = Array.from({ length: bands }, (_, band) => dropsOf(image, band))
  const drift = steepest * image.height
  let best: (Line & { readonly drop: number }) | undefined
  for (let lean = -drift; lean <= drift; lean += 4)
    for (let x = (0.5 - farthest) * image.width; x < (0.5 + farthest) * image.width; x += 2) {
      const along = drops.map((row, band) => row[Math.round(x + lean * ((band + 0.5) / bands - 0.5))] ?? 0)
      const found = along.filter((drop) => drop >= leastDrop).length
      if (found < seen * bands || along[0]! < leastDrop || along.at(-1)! < leastDrop) continue
      const drop = along.reduce((sum, one) => sum + Math.min(one, 60), 0)
      if (drop > (best?.drop ?? 0)) best = { top: x - lean / 2, bottom: x + lean / 2, drop }
    }
  return best
}

/** How much darker each place of a band is than the lightest of the paper on either side. A rule is dark too, but no wider than a stroke. */
function dropsOf(image: GreyImage, band: number): Float32Array {
  const levels = bandLevels(image, band)
  const reach = Math.round(paperReach * image.width)
  const drops = new Float32Array(image.width)
  for (let x = Math.floor((0.5 - 1.5 * farthest) * image.width); x < (0.5 + 1.5 * farthest) * image.width; x++) {
    const dark = Math.max(...levels.subarray(x - broad, x + broad + 1))
    const left = Math.max(...levels.subarray(x - reach, x - broad))
    const right = Math.max(...levels.subarray(x + broad + 1, x + reach + 1))
    drops[x] = Math.min(left, right) - dark
  }
  return drops
}

/** How light each column of pixels is in a band: the median of its rows, which print that reaches in does not change. */
function bandLevels(image: GreyImage, band: number): Uint8Array {
  const first = Math.floor((band * image.height) / bands)
  const last = Math.floor(((band + 1) * image.height) / bands)
  const every = Math.max(1, Math.floor((last - first) / 30))
  const levels = new Uint8Array(image.width)
  const column: number[] = []
  for (let x = 0; x < image.width; x++) {
    column.length = 0
    for (let y = first; y < last; y += every) column.push(image.pixels[y * image.width + x]!)
    levels[x] = column.sort((a, b) => a - b)[column.length >> 1]!
  }
  return levels
}
