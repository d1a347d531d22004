import type { Box } from '@broadsheet/document'

/** A grey picture of the page: one byte a pixel, 0 black to 255 white, `factor` times smaller than the archival image. */
export interface GreyPicture {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly factor: number
}

/** Where a page is dark: sums over rectangles in constant time. Boxes are pixels of the archival image. */
export interface Ink {
  /** Share of dark pixels inside a box, 0 to 1. */
  readonly share: (box: Box) => number
  readonly width: number
  readonly height: number
}

/** Side of the squares in which paper and ink are told apart, in pixels of the picture. */
const tile = 64
/** Print is so much darker than the paper round it. */
const contrast = 0.62

/** Dark is what is clearly darker than the paper of its neighbourhood, so that shadows and yellowed margins are not ink. */
export function measureInk({ pixels, width, height, factor }: GreyPicture): Ink {
  const paper = paperLevels(pixels, width, height)
  const columns = Math.ceil(width / tile)
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      const level = paper[Math.floor(y / tile) * columns + Math.floor(x / tile)]!
      if (pixels[y * width + x]! < level * contrast) row++
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row
    }
  }
  const at = (x: number, y: number): number => sums[y * (width + 1) + x]!
  const clamp = (value: number, limit: number): number => Math.max(0, Math.min(limit, Math.round(value / factor)))
  return {
    width: width * factor,
    height: height * factor,
    share(box) {
      const [x0, x1] = [clamp(box.x, width), clamp(box.x + box.width, width)]
      const [y0, y1] = [clamp(box.y, height), clamp(box.y + box.height, height)]
      const area = (x1 - x0) * (y1 - y0)
      return area === 0 ? 0 : (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / area
    }
  }
}

/** The brightness that nine tenths of a square do not exceed; a square that is dark all over has its neighbours' paper. */
function paperLevels(pixels: Uint8Array, width: number, height: number): number[] {
  const levels: number[] = []
  for (let top = 0; top < height; top += tile)
    for (let left = 0; left < width; left += tile) {
      const counts = new Uint32Array(256)
      let all = 0
      for (let y = top; y < Math.min(height, top + tile); y++)
        for (let x = left; x < Math.min(width, left + tile); x++) {
          counts[pixels[y * width + x]!]!++
          all++
        }
      let [level, above] = [255, 0]
      while (level > 0 && above + counts[level]! < all / 10) above += counts[level--]!
      levels.push(level)
    }
  const usual = [...levels].sort((a, b) => a - b)[levels.length >> 1] ?? 255
  return levels.map((level) => Math.max(level, usual * 0.6))
}
