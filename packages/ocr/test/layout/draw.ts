import type { GreyImage } from '../../src/image/grey.ts'

/** Side of a drawn character and distance from one to the next, in pixels. */
export const em = 24
const pitch = 25
/** Distance from line to line. */
export const leading = 36

/**
 * Draws a page from letters: every letter is a character of that column (strokes that do not touch their neighbours), a dash a
 * rule's piece, `#` a piece of a dark picture, a blank is paper. Lines of the drawing are lines of the page.
 */
export function draw(rows: readonly string[]): GreyImage {
  const width = (Math.max(...rows.map((row) => row.length)) + 6) * pitch
  const height = (rows.length + 6) * leading
  const image = { pixels: new Uint8Array(width * height).fill(245), width, height }
  for (const [y, row] of rows.entries())
    for (const [x, char] of [...row].entries()) drawCell(image, (x + 3) * pitch, (y + 3) * leading, char)
  return image
}

function drawCell(image: GreyImage, x: number, y: number, char: string): void {
  if (char === ' ') return
  if (char === '-') fill(image, x, y + 12, pitch, 3, 20)
  else if (char === '#') speckle(image, x, y, pitch, leading)
  else {
    for (const stroke of [0, 10, 20]) fill(image, x + 1, y + stroke, 22, 3, 20)
    for (const stroke of [1, 10, 20]) fill(image, x + stroke, y, 3, 23, 20)
  }
}

/** A dark tone with grain: nothing in it is paper. */
function speckle(image: GreyImage, x: number, y: number, width: number, height: number): void {
  for (let v = y; v < y + height; v++) for (let u = x; u < x + width; u++) image.pixels[v * image.width + u] = 60 + ((u * 7 + v * 13) % 50)
}

export function fill(image: GreyImage, x: number, y: number, width: number, height: number, value: number): void {
  for (let v = y; v < y + height; v++) image.pixels.fill(value, v * image.width + x, v * image.width + x + width)
}
