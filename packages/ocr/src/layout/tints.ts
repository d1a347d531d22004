import { type GreyImage, meanAcross } from '../image/grey.ts'
import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import { lightestThirds, otsu, type PaperLevel, paperLevel, paperRows, usualPaper } from './mask.ts'
import { edgeFinder } from './picture-edges.ts'

/** Where the sheet is nowhere as light as its paper: pictures, solid panels, tinted boxes, and the dark rim of a scan. */
export interface TintMap {
  /** One byte a cell, 1 tinted. */
  readonly cells: Uint8Array
  readonly across: number
  readonly down: number
  /** Side of a cell in pixels. */
  readonly cell: number
  /** How bright the sheet is everywhere. */
  readonly paper: PaperLevel
}

export interface TintedArea extends Blob {
  /** `flat`: one even tint, on which type may stand; `picture`: everything else. */
  readonly kind: 'flat' | 'picture'
  /** Brightness that parts its dark from its light. */
  readonly threshold: number
  /** Dark ground: type on it is light. */
  readonly dark: boolean
}

/** Share of the paper's brightness below which a place counts as tinted. */
const tinted = 0.84

/**
 * Marks cells (half an em) without a spot of bare paper, and keeps those that make an area of at least one and a half ems.
 *
 * @param light the lightest thirds of this picture
 */
export function mapTints(image: GreyImage, em: number, light: PaperLevel = lightestThirds(image)): TintMap {
  const cell = Math.max(3, Math.round(em / 2))
  const { width, height } = image
  const across = Math.ceil(width / cell)
  const down = Math.ceil(height / cell)
  const cells = new Uint8Array(across * down).fill(1)
  // A spot is the mean of a square; most cells show one at once, so that only the means across are taken of all.
  const reach = Math.max(1, Math.round(em / 8.5))
  const blur = meanAcross(image.pixels, width, height, reach, 0)
  const paper = paperLevel(light, 12)
  const levelsOf = paperRows(paper, width)
  const row = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    const base = Math.floor(y / cell) * across
    if (!cells.subarray(base, base + across).includes(1)) continue
    levelsOf(y, row)
    for (let k = 0; k < across; k++)
      if (cells[base + k] === 1 && showsPaper(blur, width, height, reach, y, k * cell, Math.min(width, (k + 1) * cell), row))
        cells[base + k] = 0
  }
  return { cells: opened(cells, across, down), across, down, cell, paper }
}

/** Whether one of the pixels `from`…`to` of a row is, as the mean of those above and below it, nearly as light as the paper. */
function showsPaper(
  pixels: Uint8Array,
  width: number,
  height: number,
  reach: number,
  y: number,
  from: number,
  to: number,
  paper: Float32Array
): boolean {
  const first = Math.max(0, y - reach)
  const last = Math.min(height - 1, y + reach)
  const count = last - first + 1
  for (let x = from; x < to; x++) {
    let sum = 0
    for (let at = first * width + x; at <= last * width + x; at += width) sum += pixels[at]!
    if (((sum / count) | 0) > paper[x]! * tinted) return true
  }
  return false
}

/** Whether a piece stands on bare paper: no tinted cell is nearer to it than this, in ems. */
const barePaper = 0.8

/** Whether paper shows all round a piece: one of a label of paper let into a picture. */
export function isBare({ cells, across, down, cell }: TintMap, box: Blob, em: number): boolean {
  const margin = barePaper * em
  const last = {
    x: Math.min(across - 1, Math.floor((box.x1 + margin) / cell)),
    y: Math.min(down - 1, Math.floor((box.y1 + margin) / cell))
  }
  for (let y = Math.max(0, Math.floor((box.y0 - margin) / cell)); y <= last.y; y++)
    for (let x = Math.max(0, Math.floor((box.x0 - margin) / cell)); x <= last.x; x++) if (cells[y * across + x] === 1) return false
  return true
}

/** Keeps the cells that belong to a full square of three by three. */
function opened(cells: Uint8Array, across: number, down: number): Uint8Array {
  const out = new Uint8Array(cells.length)
  for (let y = 1; y < down - 1; y++)
    for (let x = 1; x < across - 1; x++) {
      const at = y * across + x
      let full = true
      for (let v = -1; v <= 1 && full; v++) for (let u = -1; u <= 1; u++) if (cells[at + v * across + u] === 0) full = false
      if (full) for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) out[at + v * across + u] = 1
    }
  return out
}

/**
 * Labels the areas of tinted cells. Areas that hang together by a thin bridge (a panel and the shadow at the sheet's edge) are two:
 * labels grow from the cells deep inside, those without such a core are areas of their own.
 */
function labelCells({ cells, across, down }: TintMap): Int32Array {
  const labels = new Int32Array(cells.length)
  const core = coreCells(cells, across, down)
  let next = 0
  let front: number[] = []
  for (let i = 0; i < core.length; i++)
    if (core[i] === 1 && labels[i] === 0) for (const at of flood(i, core, labels, ++next, across, down)) front.push(at)
  for (let step = 0; step < 3; step++) {
    const grown: number[] = []
    for (const at of front)
      for (const near of neighbours(at, across, down))
        if (cells[near] === 1 && labels[near] === 0) {
          labels[near] = labels[at]!
          grown.push(near)
        }
    front = grown
  }
  for (let i = 0; i < cells.length; i++) if (cells[i] === 1 && labels[i] === 0) flood(i, cells, labels, ++next, across, down)
  return labels
}

/** Cells in the middle of a full square of five by five. */
function coreCells(cells: Uint8Array, across: number, down: number): Uint8Array {
  const core = new Uint8Array(cells.length)
  for (let y = 2; y < down - 2; y++)
    for (let x = 2; x < across - 2; x++) {
      let full = 1
      for (let v = -2; v <= 2 && full === 1; v++) for (let u = -2; u <= 2; u++) if (cells[(y + v) * across + x + u] === 0) full = 0
      core[y * across + x] = full
    }
  return core
}

function flood(start: number, allowed: Uint8Array, labels: Int32Array, label: number, across: number, down: number): number[] {
  const queue = [start]
  labels[start] = label
  for (let k = 0; k < queue.length; k++)
    for (const near of neighbours(queue[k]!, across, down))
      if (allowed[near] === 1 && labels[near] === 0) {
        labels[near] = label
        queue.push(near)
      }
  return queue
}

function neighbours(at: number, across: number, down: number): number[] {
  const x = at % across
  const y = Math.floor(at / across)
  const found: number[] = []
  for (let v = -1; v <= 1; v++)
    for (let u = -1; u <= 1; u++)
      if ((u !== 0 || v !== 0) && x + u >= 0 && x + u < across && y + v >= 0 && y + v < down) found.push(at + v * across + u)
  return found
}

/** Least share of a rectangle that must be tinted for it to be one area. */
const leastFilled = 0.45

/** The tinted areas as rectangles, pieces that light type or a bright sky broke off put together again; each told by its tone. */
export function tintedAreas(map: TintMap, image: GreyImage, em: number): TintedArea[] {
  const labels = labelCells(map)
  const boxes: Blob[] = []
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (label === 0) continue
    const x = (i % map.across) * map.cell
    const y = Math.floor(i / map.across) * map.cell
    const box = boxes[label - 1]
    if (!box) boxes[label - 1] = { x0: x, y0: y, x1: x + map.cell, y1: y + map.cell, area: map.cell * map.cell }
    else {
      box.x0 = Math.min(box.x0, x)
      box.x1 = Math.max(box.x1, x + map.cell)
      box.y1 = y + map.cell
      box.area += map.cell * map.cell
    }
  }
  const filled = (box: Blob): boolean => box.area >= leastFilled * widthOf(box) * heightOf(box)
  const edges = edgeFinder(image, map.paper, map.cell)
  const grown = (box: Blob): Blob => {
    const { kind, dark } = toneOf(image, box)
    // A dark panel has its edge where its ground ends: what is grey beside it is another one.
    return kind === 'flat' && dark ? box : edges(box, kind)
  }
  const whole = consolidate(boxes, image, em)
    .filter(filled)
    .map((box) => inImage(box, image))
    .map((box) => (mayGrow(box, image, em) ? grown(box) : box))
  return consolidate(whole, image, em)
    .filter(filled)
    .map((box) => ({ ...box, ...toneOf(image, box) }))
}

function inImage(box: Blob, { width, height }: GreyImage): Blob {
  return { ...box, x1: Math.min(width, box.x1), y1: Math.min(height, box.y1) }
}

/** Least side of what may be the darker part of a picture, in ems. */
const smallestPart = 3

/** No low panel of type, and not the shadow beside the sheet, which has no side of its own. */
function mayGrow(box: Blob, { width, height }: GreyImage, em: number): boolean {
  if (Math.min(widthOf(box), heightOf(box)) <= smallestPart * em) return false
  return box.x0 >= em && box.y0 >= em && box.x1 <= width - em && box.y1 <= height - em
}

/** Joins rectangles that nearly touch while what they make is well filled. */
function consolidate(boxes: readonly Blob[], image: GreyImage, em: number): Blob[] {
  const paper = usualPaper(image)
  const areas = [...boxes].sort((a, b) => b.area - a.area)
  for (let changed = true; changed; ) {
    changed = false
    for (let i = 0; i < areas.length; i++)
      for (let k = areas.length - 1; k > i; k--) {
        const a = areas[i]!
        const b = areas[k]!
        if (!nearlyTouch(a, b, em) && !(isBand(a, b, em) && isGroundBetween(image, a, b, paper))) continue
        const both = unite([a, b])
        if (both.area < leastFilled * widthOf(both) * heightOf(both)) continue
        areas[i] = both
        areas.splice(k, 1)
        changed = true
      }
  }
  return areas
}

function nearlyTouch(a: Blob, b: Blob, em: number): boolean {
  return shared(a.x0, a.x1, b.x0, b.x1) > -em && shared(a.y0, a.y1, b.y0, b.y1) > -em
}

/** How far apart, in ems, two ends of one band may be that light type broke up, and how far the smaller may reach out of it. */
const widestBreak = 12
const outOfBand = 0.6
/** Least height of one end beside the other, and how far their greys may differ. */
const lowestEnd = 0.3
const sameGround = 40

function isBand(a: Blob, b: Blob, em: number): boolean {
  const [low, high] = heightOf(a) < heightOf(b) ? [a, b] : [b, a]
  if (heightOf(low) < lowestEnd * heightOf(high)) return false
  return shared(a.x0, a.x1, b.x0, b.x1) > -widestBreak * em && low.y0 > high.y0 - outOfBand * em && low.y1 < high.y1 + outOfBand * em
}

/** Share of the way from the ground to the paper that a mixture of the ground with light type does not reach. */
const mostLight = 0.75

/** Whether what lies between two ends of a band is their ground with light type on it, not paper. */
function isGroundBetween(image: GreyImage, a: Blob, b: Blob, paper: number): boolean {
  const gap = { x0: Math.min(a.x1, b.x1), x1: Math.max(a.x0, b.x0), y0: Math.max(a.y0, b.y0), y1: Math.min(a.y1, b.y1), area: 0 }
  if (gap.x1 <= gap.x0 || gap.y1 <= gap.y0) return true
  const [first, second] = [meanOf(image, a), meanOf(image, b)]
  const ground = Math.max(first, second)
  return Math.abs(first - second) < sameGround && meanOf(image, gap) < ground + mostLight * (paper - ground)
}

function meanOf(image: GreyImage, { x0, x1, y0, y1 }: Blob): number {
  let sum = 0
  let count = 0
  for (let y = y0; y < Math.min(image.height, y1); y += 2)
    for (let x = x0; x < Math.min(image.width, x1); x += 2, count++) sum += image.pixels[y * image.width + x]!
  return sum / Math.max(1, count)
}

/** How an area is toned: evenly or not, dark or light, and what parts its dark from its light. */
export function toneOf(image: GreyImage, area: Blob): Pick<TintedArea, 'kind' | 'threshold' | 'dark'> {
  const histogram = new Float64Array(256)
  let total = 0
  for (let y = area.y0; y < area.y1; y += 2)
    for (let x = area.x0; x < area.x1; x += 2) {
      histogram[image.pixels[y * image.width + x]!]!++
      total++
    }
  let best = 0
  let mode = 0
  const reach = 22
  for (let value = 0; value < 256; value++) {
    let sum = 0
    for (let near = Math.max(0, value - reach); near <= Math.min(255, value + reach); near++) sum += histogram[near]!
    if (sum > best) {
      best = sum
      mode = value
    }
  }
  const threshold = otsu(histogram)
  return { kind: best > total * 0.5 ? 'flat' : 'picture', threshold, dark: mode < Math.min(threshold, 150) }
}
