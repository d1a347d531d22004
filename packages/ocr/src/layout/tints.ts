import type { GreyImage } from '../image/grey.ts'
import { type Blob, connectedBlobs, heightOf, widthOf } from './blob.ts'
import { otsu, paperLevel, paperRow } from './mask.ts'

/** Where the sheet is nowhere as light as its paper: pictures, solid panels, tinted boxes, and the dark rim of a scan. */
export interface TintMap {
  /** One byte a cell, 1 tinted. */
  readonly cells: Uint8Array
  readonly across: number
  readonly down: number
  /** Side of a cell in pixels. */
  readonly cell: number
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

/** Marks cells (half an em) without a spot of bare paper, and keeps those that make an area of at least one and a half ems. */
export function mapTints(image: GreyImage, em: number): TintMap {
  const cell = Math.max(3, Math.round(em / 2))
  const across = Math.ceil(image.width / cell)
  const down = Math.ceil(image.height / cell)
  const cells = new Uint8Array(across * down).fill(1)
  const blur = blurred(image, Math.max(1, Math.round(em / 12)))
  const paper = paperLevel(image, 12)
  const row = new Float32Array(image.width)
  for (let y = 0; y < image.height; y++) {
    paperRow(paper, y, row)
    const base = Math.floor(y / cell) * across
    for (let x = 0; x < image.width; x++) if (blur[y * image.width + x]! > row[x]! * tinted) cells[base + Math.floor(x / cell)] = 0
  }
  return { cells: opened(cells, across, down), across, down, cell }
}

/** Mean of the square of side 2 × reach + 1 around every pixel. */
function blurred(image: GreyImage, reach: number): Uint8Array {
  return boxMean(boxMean(image.pixels, image.width, image.height, 1, image.width, reach), image.height, image.width, image.width, 1, reach)
}

function boxMean(pixels: Uint8Array, length: number, lines: number, step: number, lineStep: number, reach: number): Uint8Array {
  const out = new Uint8Array(pixels.length)
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep
    let sum = 0
    let count = 0
    for (let i = 0; i < Math.min(reach, length); i++, count++) sum += pixels[base + i * step]!
    for (let i = 0; i < length; i++) {
      if (i + reach < length) {
        sum += pixels[base + (i + reach) * step]!
        count++
      }
      if (i - reach > 0) {
        sum -= pixels[base + (i - reach - 1) * step]!
        count--
      }
      out[base + i * step] = sum / count
    }
  }
  return out
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

/** Whether the pixel lies in a tinted cell. */
export function isTinted(map: TintMap, x: number, y: number): boolean {
  return map.cells[Math.floor(y / map.cell) * map.across + Math.floor(x / map.cell)] === 1
}

/** The tinted areas, each told flat or pictured by how evenly it is toned. */
export function tintedAreas(map: TintMap, image: GreyImage): TintedArea[] {
  const mask = { data: map.cells, width: map.across, height: map.down }
  return connectedBlobs(mask).map((cells) => {
    const area = {
      x0: cells.x0 * map.cell,
      y0: cells.y0 * map.cell,
      x1: Math.min(image.width, cells.x1 * map.cell),
      y1: Math.min(image.height, cells.y1 * map.cell),
      area: cells.area * map.cell * map.cell
    }
    return { ...area, ...toneOf(map, image, area) }
  })
}

function toneOf(map: TintMap, image: GreyImage, area: Blob): Pick<TintedArea, 'kind' | 'threshold' | 'dark'> {
  const histogram = new Float64Array(256)
  let total = 0
  for (let y = area.y0; y < area.y1; y += 2)
    for (let x = area.x0; x < area.x1; x += 2) {
      if (!isTinted(map, x, y)) continue
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
  const filled = area.area / (widthOf(area) * heightOf(area))
  return { kind: best > total * 0.5 && filled > 0.5 ? 'flat' : 'picture', threshold, dark: mode < Math.min(threshold, 150) }
}
