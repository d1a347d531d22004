import type { GreyImage } from '../image/grey.ts'

/** A black-and-white picture: one byte a pixel, 1 ink, 0 paper. */
export interface Mask {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** Side of the cells in which the paper's brightness is measured. */
const cell = 16

/**
 * Separates ink from paper for layout: every pixel is compared with the paper around it, so uneven light, stains, yellowing and
 * tinted boxes do not matter. Only layout sees this picture; engines read the raw grey.
 *
 * @param cells of this picture, where they are known already
 */
export function binarise(image: GreyImage, cells: PaperLevel = lightestThirds(image)): Mask {
  const ratio = relativeTo(image, paperLevel(cells))
  return { data: connectedInk(ratio, image.width, inkThresholds(ratio)), width: image.width, height: image.height }
}

/** What is ink, what is dark enough to be ink whatever is around it, and how many pixels away from the dark ink may be. */
interface Thresholds {
  readonly ink: number
  readonly dark: number
  readonly reach: number
}

/**
 * Pixels below the ink's threshold that hang together with a dark one (hysteresis; Canny 1986), at most `reach` pixels away from it:
 * grey that nowhere becomes dark is the other side of the sheet, a stain, a fold.
 */
function connectedInk(ratio: Uint8Array, width: number, { ink, dark, reach }: Thresholds): Uint8Array {
  const out = new Uint8Array(ratio.length)
  let grey = 0
  for (let at = 0; at < ratio.length; at++) {
    // One where it is below, else nought.
    out[at] = (ratio[at]! - dark) >>> 31
    grey += (ratio[at]! - ink) >>> 31
  }
  // The grey pixels that are ink, each once, the nearest to the dark first.
  const queue = new Int32Array(grey)
  let end = besideDark(ratio, width, ink, dark, queue)
  for (let i = 0; i < end; i++) out[queue[i]!] = 1
  for (let step = 1, from = 0; step < reach && from < end; step++) {
    const to = end
    for (; from < to; from++) {
      const at = queue[from]!
      const x = at % width
      const left = x > 0 ? 1 : 0
      const right = x < width - 1 ? 1 : 0
      for (let y = at - width; y <= at + width; y += width) {
        if (y < 0 || y >= ratio.length) continue
        for (let next = y - left; next <= y + right; next++)
          if (out[next] === 0 && ratio[next]! < ink) {
            out[next] = 1
            queue[end++] = next
          }
      }
    }
  }
  return out
}

/**
 * The pixels between ink's threshold and the dark that touch a dark one: far fewer than the dark ones, whose neighbours need not be asked.
 *
 * @returns how many were written to `found`
 */
function besideDark(ratio: Uint8Array, width: number, ink: number, dark: number, found: Int32Array): number {
  let count = 0
  for (let row = 0; row < ratio.length; row += width)
    for (let x = 0; x < width; x++) {
      const value = ratio[row + x]!
      if (value < ink && value >= dark && touchesDark(ratio, width, row, x, dark)) found[count++] = row + x
    }
  return count
}

function touchesDark(ratio: Uint8Array, width: number, row: number, x: number, dark: number): boolean {
  const from = x > 0 ? x - 1 : x
  const to = x < width - 1 ? x + 1 : x
  const last = Math.min(row + width, ratio.length - width)
  for (let base = Math.max(0, row - width); base <= last; base += width)
    for (let at = base + from; at <= base + to; at++) if (ratio[at]! < dark) return true
  return false
}

/** Brightness of the paper, one value a cell. */
export interface PaperLevel {
  readonly values: Float32Array
  readonly across: number
  readonly down: number
}

/** The lightest third of every cell of a picture. */
export function lightestThirds({ width, height, pixels }: GreyImage): PaperLevel {
  const across = Math.ceil(width / cell)
  const down = Math.ceil(height / cell)
  const values = new Float32Array(across * down)
  const histogram = new Uint16Array(64)
  for (let cy = 0; cy < down; cy++) {
    for (let cx = 0; cx < across; cx++) {
      histogram.fill(0)
      let count = 0
      const right = Math.min(width, (cx + 1) * cell)
      const bottom = Math.min(height, (cy + 1) * cell)
      for (let y = cy * cell; y < bottom; y += 2)
        for (let at = y * width + cx * cell; at < y * width + right; at += 2) {
          histogram[pixels[at]! >> 2]!++
          count++
        }
      let above = 0
      let level = 63
      for (; level > 0; level--) {
        above += histogram[level]!
        if (above > count * 0.3) break
      }
      values[cy * across + cx] = level * 4 + 2
    }
  }
  return { values, across, down }
}

/** Brightness of the paper around each cell: the lightest third of every cell, the lightest cell of the neighbourhood, smoothed. */
export function paperLevel({ values, across, down }: PaperLevel, reach = 2): PaperLevel {
  const lightest = spread(spread(values, across, down, reach, 1), across, down, reach, across)
  return { values: smooth(smooth(lightest, across, down), across, down), across, down }
}

/** Largest value within `reach` cells along one direction (`step` 1: across, else down). */
function spread(values: Float32Array, across: number, down: number, reach: number, step: number): Float32Array {
  const out = new Float32Array(values.length)
  const length = step === 1 ? across : down
  for (let i = 0; i < values.length; i++) {
    const at = step === 1 ? i % across : Math.floor(i / across)
    let best = 0
    for (let d = Math.max(-reach, -at); d <= Math.min(reach, length - 1 - at); d++) best = Math.max(best, values[i + d * step]!)
    out[i] = best
  }
  return out
}

function smooth(values: Float32Array, across: number, down: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      let sum = 0
      let count = 0
      for (let v = Math.max(0, y - 2); v <= Math.min(down - 1, y + 2); v++)
        for (let u = Math.max(0, x - 2); u <= Math.min(across - 1, x + 2); u++) {
          sum += values[v * across + u]!
          count++
        }
      out[y * across + x] = sum / count
    }
  return out
}

/** Every pixel as a share of the paper around it: 200 is paper, 0 black. */
function relativeTo(image: GreyImage, paper: PaperLevel): Uint8Array {
  const { width, height, pixels } = image
  const out = new Uint8Array(width * height)
  const row = new Float32Array(width)
  const levelsOf = paperRows(paper, width)
  for (let y = 0; y < height; y++) {
    levelsOf(y, row)
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const share = (pixels[at]! * 200) / row[x]!
      out[at] = share < 255 ? share | 0 : 255
    }
  }
  return out
}

/** Writes the paper's level along a row of pixels, between cell centres in proportion. */
export function paperRows(paper: PaperLevel, width: number): (y: number, row: Float32Array) => void {
  // The levels along the row of cells above and the one below, which many rows of pixels lie between.
  const above = new Float64Array(width)
  const below = new Float64Array(width)
  let known = -1
  return (y, row) => {
    const cy = Math.min(paper.down - 1, Math.max(0, (y + 0.5) / cell - 0.5))
    const top = Math.floor(cy)
    if (top !== known) {
      levelsAcross(paper, top, above)
      levelsAcross(paper, Math.min(paper.down - 1, top + 1), below)
      known = top
    }
    const share = cy - top
    for (let x = 0; x < width; x++) row[x] = Math.max(8, above[x]! * (1 - share) + below[x]! * share)
  }
}

/** The levels of one row of cells, pixel by pixel. */
function levelsAcross({ values, across }: PaperLevel, line: number, out: Float64Array): void {
  for (let left = 0, x = 0; left < across; left++) {
    const a = values[line * across + left]!
    const b = values[line * across + Math.min(across - 1, left + 1)]!
    // Up to the middle of the next cell.
    const end = left === across - 1 ? out.length : Math.min(out.length, (left + 1.5) * cell)
    for (; x < end; x++) {
      const share = Math.min(across - 1, Math.max(0, (x + 0.5) / cell - 0.5)) - left
      out[x] = a * (1 - share) + b * share
    }
  }
}

/** Nothing above this is taken for ink (200: the paper). */
const palestInk = 160
/** Greys of the ground that begin so near to the ink's threshold, or below it, are the other side of the sheet showing through. */
const nearInk = 5
/** There, what is ink of itself: this share of the way from the mean of the ink to the ground; and how far from it ink reaches, in pixels. */
const darkShare = 0.35
const strokeReach = 4
/** So many times as frequent as the edges of strokes, greys are the ground's. */
const crowded = 1.5

/**
 * Half-way between paper and ink: Otsu's threshold (1979) tells the two apart, and what is below it tells how dark the ink is.
 * Thin strokes are lighter than solid ones, so the line is drawn nearer to the paper. Where the other side of the sheet shows
 * through, greys crowd below that line: then it is drawn where the crowd begins, and ink reaches only some pixels from the dark.
 */
function inkThresholds(ratio: Uint8Array): Thresholds {
  const histogram = new Float64Array(201)
  const counts = new Int32Array(256)
  for (let i = 0; i < ratio.length; i += 3) counts[ratio[i]!]!++
  for (const [value, count] of counts.entries()) histogram[Math.min(200, value)]! += count
  const mean = meanBelow(histogram, otsu(histogram))
  const ink = Math.round(Math.min(palestInk, Math.max(100, mean + (200 - mean) * 0.55)))
  const dark = Math.round(Math.min(150, Math.max(70, mean + (200 - mean) * 0.36)))
  const ground = groundBegins(histogram, mean)
  if (ground >= ink + nearInk) return { ink, dark, reach: Infinity }
  const deep = meanBelow(histogram, ground)
  return { ink: Math.min(ink, ground), dark: Math.round(deep + (ground - deep) * darkShare), reach: strokeReach }
}

function meanBelow(histogram: Float64Array, end: number): number {
  let sum = 0
  let count = 0
  for (let value = 0; value < end; value++) {
    sum += value * histogram[value]!
    count += histogram[value]!
  }
  return count > 0 ? sum / count : 60
}

/**
 * Where the greys of the ground begin, the paper's grain and what shows through it: up to there they are as frequent as the edges
 * of strokes are, between ink and paper.
 */
function groundBegins(histogram: Float64Array, ink: number): number {
  const smooth = (value: number): number => {
    let sum = 0
    for (let v = value - 3; v <= value + 3; v++) sum += histogram[v] ?? 0
    return sum / 7
  }
  const edges: number[] = []
  for (let value = Math.round(ink); value < palestInk; value++) edges.push(smooth(value))
  const usual = edges.sort((a, b) => a - b)[edges.length >> 1]! * crowded
  let value = 197
  while (value > ink && smooth(value) > usual) value--
  return value
}

/** Otsu's threshold of a histogram: values below it are one class, the others another. */
export function otsu(histogram: ArrayLike<number>): number {
  let total = 0
  let sum = 0
  for (let value = 0; value < histogram.length; value++) {
    total += histogram[value]!
    sum += value * histogram[value]!
  }
  let below = 0
  let belowSum = 0
  let best = -1
  let threshold = 0
  for (let value = 0; value < histogram.length - 1; value++) {
    below += histogram[value]!
    belowSum += value * histogram[value]!
    if (below === 0 || below === total) continue
    const difference = belowSum / below - (sum - belowSum) / (total - below)
    const between = below * (total - below) * difference * difference
    if (between > best) {
      best = between
      threshold = value + 1
    }
  }
  return threshold
}

/** Brightness that three quarters of a picture do not reach over. */
export function usualPaper({ pixels }: GreyImage): number {
  const known = usualPapers.get(pixels)
  if (known !== undefined) return known
  const histogram = new Int32Array(256)
  let total = 0
  for (let i = 0; i < pixels.length; i += 7, total++) histogram[pixels[i]!]!++
  let level = 0
  for (let below = histogram[0]!; level < 255 && below < 0.75 * total; below += histogram[++level]!);
  usualPapers.set(pixels, level)
  return level
}

/** It is asked for again and again, and a picture's pixels do not change. */
const usualPapers = new WeakMap<Uint8Array, number>()
