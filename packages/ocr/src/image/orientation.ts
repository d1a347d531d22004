import type { Box } from '@broadsheet/document'
import type { GreyImage } from './grey.ts'

/**
 * How a stored picture must be turned to stand upright: the eight values of TIFF and EXIF `Orientation`
 * (1 as stored, 3 upside down, 6 a quarter turn clockwise, 8 counter-clockwise; 2, 4, 5, 7 mirrored).
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** `value` where it is one of the eight, else 1. */
export function toOrientation(value: number | undefined): Orientation {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1
}

/** Whether width and height change places. */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5
}

/** The upright picture of a stored one. */
export function orientGrey(stored: GreyImage, orientation: Orientation): GreyImage {
  if (orientation === 1) return stored
  const width = swapsSides(orientation) ? stored.height : stored.width
  const height = swapsSides(orientation) ? stored.width : stored.height
  const pixels = new Uint8Array(width * height)
  // The stored place of an upright pixel is linear in x and y: an origin and two steps.
  const at = (x: number, y: number): number => {
    const [u, v] = storedPoint(x, y, orientation, width - 1, height - 1)
    return v * stored.width + u
  }
  const origin = at(0, 0)
  const stepX = width > 1 ? at(1, 0) - origin : 0
  const stepY = height > 1 ? at(0, 1) - origin : 0
  for (let y = 0; y < height; y++) {
    let from = origin + y * stepY
    const row = y * width
    for (let x = 0; x < width; x++, from += stepX) pixels[row + x] = stored.pixels[from]!
  }
  return { ...stored, pixels, width, height }
}

/** Where a box of the upright picture (of size `width` × `height`) lies on the stored one. */
export function storedBox(box: Box, orientation: Orientation, width: number, height: number): Box {
  const [ax, ay] = storedPoint(box.x, box.y, orientation, width, height)
  const [bx, by] = storedPoint(box.x + box.width, box.y + box.height, orientation, width, height)
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) }
}

/** What a picture that was stored with `first`, stood up, and turned again by `then`, is stored with. */
export function turnedAgain(first: Orientation, then: Orientation): Orientation {
  // One orientation takes the corners of a 1 × 2 picture where the two together do.
  const [right, bottom] = swapsSides(first) !== swapsSides(then) ? [2, 1] : [1, 2]
  const [middleRight, middleBottom] = swapsSides(then) ? [bottom, right] : [right, bottom]
  const corners = [
    [0, 0],
    [1, 0]
  ] as const
  const both = corners.map(([x, y]) => {
    const [u, v] = storedPoint(x, y, then, right, bottom)
    return storedPoint(u, v, first, middleRight, middleBottom).join()
  })
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
  return all.find((one) => corners.every(([x, y], index) => storedPoint(x, y, one, right, bottom).join() === both[index]))!
}

function storedPoint(x: number, y: number, orientation: Orientation, right: number, bottom: number): [number, number] {
  switch (orientation) {
    case 1:
      return [x, y]
    case 2:
      return [right - x, y]
    case 3:
      return [right - x, bottom - y]
    case 4:
      return [x, bottom - y]
    case 5:
      return [y, x]
    case 6:
      return [y, right - x]
    case 7:
      return [bottom - y, right - x]
    case 8:
      return [bottom - y, x]
  }
}
