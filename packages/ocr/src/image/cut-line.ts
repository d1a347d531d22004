import type { Box } from '@broadsheet/document'
import { type FoundLine, offsetAt } from '../layout/types.ts'
import type { GreyImage } from './grey.ts'
import { withoutRulesAtEnds } from './rule-ends.ts'

/** A line cut from the page along its own slope, with the way back. */
export interface LineCut extends CutGeometry {
  readonly pixels: Uint8Array
}

export interface CutGeometry {
  readonly width: number
  readonly height: number
  /** Page pixel of the crop's first pixel, before leaning. */
  readonly x: number
  readonly y: number
  /** Margin around the line's box. */
  readonly padX: number
  readonly padY: number
}

/** Paper left around a line, in ems: engines were trained on crops with a little air. */
const alongMargin = 0.25
const acrossMargin = 0.12

/**
 * Cuts a line out of an upright page. The page is not turned: each column of the crop (row, for a vertical line) is taken from
 * where the line has leant or bent to by then, a whole number of pixels, so every grey value is one that was scanned.
 * Reversed lines come inverted; what lies outside the page is paper, and so is what lies beyond a rule at the end of a line that runs down.
 */
export function cutLine(page: GreyImage, line: FoundLine): LineCut {
  const horizontal = line.direction === 'horizontal-lr'
  const geometry = cutGeometry(line)
  const { x, y, width, height, padX, padY } = geometry
  const pixels = new Uint8Array(width * height).fill(255)
  const [length, pad] = horizontal ? [width, padX] : [height, padY]
  const shifts = Int32Array.from({ length }, (_, at) => Math.round(offsetAt(line, at - pad)))
  for (let row = 0; row < height; row++) {
    const shiftX = horizontal ? 0 : shifts[row]!
    for (let column = 0; column < width; column++) {
      const px = x + column + shiftX
      const py = y + row + (horizontal ? shifts[column]! : 0)
      if (px < 0 || py < 0 || px >= page.width || py >= page.height) continue
      const value = page.pixels[py * page.width + px]!
      pixels[row * width + column] = line.reversed ? 255 - value : value
    }
  }
  const cut = { ...geometry, pixels }
  return horizontal ? cut : withoutRulesAtEnds(cut)
}

/** Where the crop of a line lies and how large it is. */
export function cutGeometry(line: FoundLine): CutGeometry {
  const horizontal = line.direction === 'horizontal-lr'
  const along = Math.round(line.em * alongMargin)
  const across = Math.round(line.em * acrossMargin)
  const [padX, padY] = horizontal ? [along, across] : [across, along]
  const x = Math.round(line.box.x) - padX
  const y = Math.round(line.box.y) - padY
  const width = Math.max(1, Math.round(line.box.width) + 2 * padX)
  const height = Math.max(1, Math.round(line.box.height) + 2 * padY)
  return { x, y, width, height, padX, padY }
}

/** Where the stretch `from`…`to` along a cut lies on the upright page: the line's own height, at the place it has leant to. */
export function stretchBox(line: FoundLine, cut: CutGeometry, from: number, to: number): Box {
  if (line.direction === 'horizontal-lr') {
    const left = cut.x + from
    const drop = offsetAt(line, cut.x + (from + to) / 2 - line.box.x)
    return { x: left, y: line.box.y + drop, width: to - from, height: line.box.height }
  }
  const top = cut.y + from
  const drift = offsetAt(line, cut.y + (from + to) / 2 - line.box.y)
  return { x: line.box.x + drift, y: top, width: line.box.width, height: to - from }
}
