/**
 * An upright rectangle on the archival image: pixels, origin top left, x to the right, y down.
 * The same four numbers as IIIF `xywh` and ALTO `HPOS VPOS WIDTH HEIGHT`. Whole pixels once written.
 */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest box that holds all of `boxes`; undefined for none. */
export function unionBoxes(boxes: Iterable<Box>): Box | undefined {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const box of boxes) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return left === Number.POSITIVE_INFINITY ? undefined : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The part two boxes share; undefined when they do not overlap. */
export function intersectBoxes(a: Box, b: Box): Box | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

/** Area in square pixels. */
export function boxArea(box: Box): number {
  return box.width * box.height
}

/** Intersection over union, 0 to 1: how well two boxes agree. */
export function boxAgreement(a: Box, b: Box): number {
  const shared = intersectBoxes(a, b)
  if (!shared) return 0
  const area = boxArea(shared)
  return area / (boxArea(a) + boxArea(b) - area)
}
