import type { GreyImage } from '../image/grey.ts'
import { type Blob, heightOf, widthOf } from './blob.ts'
import { type PaperLevel, paperRows } from './mask.ts'

/** Pixels brighter than this are paper, darker than that are not, as shares of the paper's brightness. */
const surelyPaper = 0.9
const surelyGrey = 0.84

/** Most paper and least grey along a whole side of the lighter part of a picture, and of an even tint: type leaves more paper. */
const sideOf = { picture: { paper: 0.4, grey: 0.22 }, flat: { paper: 0.33, grey: 0.42 } } as const

/** How far beyond the ends of a side is looked, in steps. */
const endOf = 6

type Side = 'x0' | 'x1' | 'y0' | 'y1'

/**
 * Moves the sides of tinted areas outwards over the lighter parts of their pictures: a screen seen as beads of moiré has spots of paper,
 * but is grey along a whole side of the picture, as type never is.
 *
 * @param paper how bright the sheet is everywhere
 * @param step how far a side moves at once, in pixels
 * @returns what grows one area
 */
export function edgeFinder(
  image: GreyImage,
  paper: PaperLevel,
  step: number
): <Area extends Blob>(area: Area, kind: keyof typeof sideOf) => Area {
  const sharesOf = toneCounter(image, paper)
  return (area, kind) => {
    const isGrey = (x0: number, x1: number, y0: number, y1: number): boolean => {
      if (x0 < 0 || y0 < 0 || x1 > image.width || y1 > image.height) return false
      const { light, grey } = sharesOf(x0, x1, y0, y1)
      return light <= sideOf[kind].paper && grey >= sideOf[kind].grey
    }
    // Grey that goes on beyond an end of a side is the sheet's, not the picture's.
    const endsGrey = (x0: number, x1: number, y0: number, y1: number): boolean =>
      x1 - x0 > y1 - y0
        ? isGrey(x0 - endOf * step, x0, y0, y1) || isGrey(x1, x1 + endOf * step, y0, y1)
        : isGrey(x0, x1, y0 - endOf * step, y0) || isGrey(x0, x1, y1, y1 + endOf * step)
    const isSide = (x0: number, x1: number, y0: number, y1: number): boolean => isGrey(x0, x1, y0, y1) && !endsGrey(x0, x1, y0, y1)
    const box = { ...area }
    for (let changed = true; changed; ) {
      changed = false
      const { x0, x1, y0, y1 } = box
      const move = (side: Side, by: number, grey: boolean): void => {
        if (!grey) return
        box[side] += by
        changed = true
      }
      move('y0', -step, isSide(x0, x1, y0 - step, y0))
      move('y1', step, isSide(x0, x1, y1, y1 + step))
      move('x0', -step, isSide(x0 - step, x0, y0, y1))
      move('x1', step, isSide(x1, x1 + step, y0, y1))
    }
    box.area += widthOf(box) * heightOf(box) - widthOf(area) * heightOf(area)
    return box
  }
}

/** Counts in a rectangle the share of pixels that are surely paper, and that are surely none. */
function toneCounter(
  { pixels, width }: GreyImage,
  paper: PaperLevel
): (x0: number, x1: number, y0: number, y1: number) => { light: number; grey: number } {
  const levelsOf = paperRows(paper, width)
  const rows = new Map<number, Float32Array>()
  const levels = (y: number): Float32Array => {
    const known = rows.get(y)
    if (known) return known
    const row = new Float32Array(width)
    levelsOf(y, row)
    rows.set(y, row)
    return row
  }
  return (x0, x1, y0, y1) => {
    let light = 0
    let grey = 0
    for (let y = y0; y < y1; y++) {
      const row = levels(y)
      for (let x = x0; x < x1; x++) {
        const share = pixels[y * width + x]! / row[x]!
        if (share > surelyPaper) light++
        else if (share < surelyGrey) grey++
      }
    }
    const all = (x1 - x0) * (y1 - y0)
    return { light: light / all, grey: grey / all }
  }
}
