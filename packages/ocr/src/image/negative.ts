import { type GreyImage, invertGrey } from './grey.ts'

/** Side of a cell, as a share of the sheet's long side: about a character of running text and the paper around it. */
const cellShare = 1 / 80
/** Pixels looked at along a cell's side. */
const looks = 24
/** Share of the sheet left out on every side: beds, lids and the frame of a film are not the page. */
const rim = 0.1
/** Cells whose contrast is at least this share of that of the strongest fifth hold print. */
const printContrast = 0.5
/** A cell's mean lies so far from the middle of its range on the side of its ground. */
const groundLean = 0.05
/** On a negative so many times as many printed cells have a dark ground as a light one; and they are this share of all. */
const clearlyMore = 4
const leastPrint = 0.08

/**
 * The page dark on light: a negative (white on black, as much microfilm is) comes inverted and says so, everything else as it is.
 * No pixel moves, so that boxes are those of the archival image.
 */
export function asPositive(image: GreyImage): GreyImage {
  return isNegative(image) ? { ...invertGrey(image), inverted: true } : image
}

/**
 * Whether a sheet is a negative. Print covers less than half of any place, so the mean of a place tells whether its ground is light or
 * dark; on a negative nearly every place that is printed on has a dark one. One dark advert does not make a negative.
 */
export function isNegative(image: GreyImage): boolean {
  const cells = lookAtCells(image)
  if (cells.length === 0) return false
  const contrasts = cells.map(({ low, high }) => high - low).sort((a, b) => a - b)
  const least = contrasts[Math.floor(0.8 * contrasts.length)]! * printContrast
  let dark = 0
  let light = 0
  for (const { low, high, mean } of cells) {
    if (high - low < Math.max(1, least)) continue
    const place = (mean - low) / (high - low)
    if (place < 0.5 - groundLean) dark++
    else if (place > 0.5 + groundLean) light++
  }
  return dark > clearlyMore * light && dark > leastPrint * cells.length
}

/** The darkest and lightest twentieth of a cell, and its mean. */
interface Cell {
  readonly low: number
  readonly high: number
  readonly mean: number
}

function lookAtCells(image: GreyImage): Cell[] {
  const side = Math.max(8, Math.round(Math.max(image.width, image.height) * cellShare))
  const cells: Cell[] = []
  const [right, bottom] = [image.width * (1 - rim) - side, image.height * (1 - rim) - side]
  for (let y = Math.ceil(image.height * rim); y < bottom; y += side)
    for (let x = Math.ceil(image.width * rim); x < right; x += side) cells.push(lookAtCell(image, x, y, side))
  return cells
}

function lookAtCell({ pixels, width }: GreyImage, x: number, y: number, side: number): Cell {
  const step = Math.max(1, Math.floor(side / looks))
  const counts = new Int32Array(256)
  let total = 0
  let sum = 0
  for (let v = y; v < y + side; v += step)
    for (let at = v * width + x; at < v * width + x + side; at += step) {
      const value = pixels[at]!
      counts[value]!++
      sum += value
      total++
    }
  const twentieth = total / 20
  let low = 0
  for (let count = counts[0]!; count < twentieth; count += counts[++low]!);
  let high = 255
  for (let count = counts[255]!; count < twentieth; count += counts[--high]!);
  return { low, high, mean: sum / total }
}
