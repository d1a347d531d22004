import type { Box, PageImage } from '@broadsheet/document'

/** The part of the archival image that is the page: its crop, else all of it. */
export function pageFrame(image: PageImage): Box {
  return image.crop ?? { x: 0, y: 0, width: image.width, height: image.height }
}

/** PDF units (1/72 inch) a pixel. Without a known resolution 300 dpi; never wider or higher than the 200 inches PDF readers take. */
export function pointsPerPixel(image: PageImage): number {
  const frame = pageFrame(image)
  return Math.min(72 / (image.dpi ?? 300), 14400 / Math.max(frame.width, frame.height))
}

export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Where an EXIF orientation (1 to 8) takes the unit square of an image, for a sheet of that width and height, y up. */
export function orientationMatrix(orientation: number, width: number, height: number): Matrix {
  const matrices: readonly Matrix[] = [
    [width, 0, 0, height, 0, 0],
    [-width, 0, 0, height, width, 0],
    [-width, 0, 0, -height, width, height],
    [width, 0, 0, -height, 0, height],
    [0, -height, -width, 0, width, height],
    [0, -height, width, 0, 0, height],
    [0, height, width, 0, 0, 0],
    [0, height, -width, 0, width, 0]
  ]
  return matrices[orientation - 1] ?? matrices[0]!
}
