import { type Blob, heightOf, sizeOf, widthOf } from './blob.ts'
import type { Mask } from './mask.ts'
import type { TintMap } from './tints.ts'

/** Halftone dots are smaller than this, in ems; this many of them in a square of two ems are no text. */
const largestDot = 0.32
const fewestDots = 15
/** A piece of ink this large both ways, and with more strokes across an em than characters have, is a picture's. */
const smallestPicture = 4
const closestStrokes = 1.9
/** The same for a mesh, of which ink fills no more than this: a coarse screen whose dots touch. */
const meshStrokes = 1.5
const mostOfMesh = 0.5

/**
 * Marks what is no tint, but no text either: the dots of a halftone, and large pieces of ink that are full of small holes.
 * Adds to the cells of `map`.
 */
export function markTexture(map: TintMap, mask: Mask, blobs: readonly Blob[], em: number): void {
  markDots(map, blobs, em)
  for (const blob of blobs) {
    const least = Math.min(widthOf(blob), heightOf(blob))
    if (least < smallestPicture * em || blob.area < 0.12 * widthOf(blob) * heightOf(blob)) continue
    const strokes = strokesAcross(mask, blob, em)
    if (strokes > closestStrokes || (strokes > meshStrokes && blob.area < mostOfMesh * widthOf(blob) * heightOf(blob))) markBox(map, blob)
  }
}

/** Specks are at most this large, in ems; more of them on a square em about a line than characters and dust leave are a picture's grain. */
const largestSpeck = 0.25
const fewestSpecks = 1.2

/**
 * Finds what stands amid grain, as the ink of a photograph on a poor scan does: many specks around it that are none of its own.
 * Specks are counted in cells of half an em.
 */
export function grainFinder(blobs: readonly Blob[], em: number): (box: Blob, own: readonly Blob[]) => boolean {
  const cell = em / 2
  const key = (x: number, y: number): number => y * 100_003 + x
  const isSpeck = (blob: Blob): boolean => sizeOf(blob) <= largestSpeck * em
  const counts = new Map<number, number>()
  for (const blob of blobs) {
    if (!isSpeck(blob)) continue
    const at = key(Math.floor(blob.x0 / cell), Math.floor(blob.y0 / cell))
    counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return (box, own) => {
    const [x0, x1] = [Math.floor(box.x0 / cell) - 1, Math.floor((box.x1 - 1) / cell) + 1]
    const [y0, y1] = [Math.floor(box.y0 / cell) - 1, Math.floor((box.y1 - 1) / cell) + 1]
    let specks = -own.filter(isSpeck).length
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) specks += counts.get(key(x, y)) ?? 0
    return specks > fewestSpecks * ((x1 - x0 + 1) / 2) * ((y1 - y0 + 1) / 2)
  }
}

function markDots(map: TintMap, blobs: readonly Blob[], em: number): void {
  const side = 2 * em
  const across = Math.ceil((map.across * map.cell) / em) + 2
  const counts = new Map<number, number>()
  for (const blob of blobs) {
    if (sizeOf(blob) > largestDot * em || sizeOf(blob) < 2) continue
    const x = Math.floor(blob.x0 / em)
    const y = Math.floor(blob.y0 / em)
    for (const at of [y * across + x, y * across + x + 1, (y + 1) * across + x, (y + 1) * across + x + 1])
      counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  for (const [at, count] of counts) {
    if (count < fewestDots) continue
    const x = ((at % across) - 1) * em
    const y = (Math.floor(at / across) - 1) * em
    markBox(map, { x0: x, y0: y, x1: x + side, y1: y + side, area: 0 })
  }
}

function markBox({ cells, across, down, cell }: TintMap, box: Blob): void {
  const x0 = Math.max(0, Math.round(box.x0 / cell))
  const x1 = Math.min(across, Math.round(box.x1 / cell))
  for (let y = Math.max(0, Math.round(box.y0 / cell)); y < Math.min(down, Math.round(box.y1 / cell)); y++)
    if (x1 > x0) cells.fill(1, y * across + x0, y * across + x1)
}

/** Mean number of strokes that a row of the blob's box crosses in one em. */
export function strokesAcross({ data, width }: Mask, blob: Blob, em: number): number {
  const every = Math.max(1, Math.floor(heightOf(blob) / 40))
  let strokes = 0
  let rows = 0
  for (let y = blob.y0; y < blob.y1; y += every) {
    rows++
    for (let x = blob.x0 + 1; x < blob.x1; x++) if (data[y * width + x] === 1 && data[y * width + x - 1] === 0) strokes++
  }
  return (strokes / rows) * (em / widthOf(blob))
}

/** Share of a solid box's height that is dark along its whole length; of two bold characters that touch it is less. */
const leastKept = 0.8

/**
 * Solid boxes with light type cut out of them, too low for the tint map: `A05` in a black box beside the section's name.
 * A box is dark all along its edges and wider than a character that has a frame of its own.
 */
export function solidBoxes(mask: Mask, blobs: readonly Blob[], em: number): Blob[] {
  return blobs.flatMap((blob) => {
    const width = widthOf(blob)
    const height = heightOf(blob)
    if (height < 1.1 * em || height > 8 * em || width < 1.3 * height || blob.area < 0.45 * width * height) return []
    return solidArea(mask, blob, em).filter((box) => heightOf(box) > leastKept * height)
  })
}

/** Share of ink along a side of a dark ground. */
const leastSide = 0.7
const leastEdge = 0.86
/** Where the solid is grainy: its share, and the widest speck of light, in ems. */
const grainyEdge = 0.72
const widestGrain = 0.2

/**
 * Low dark areas of the tint map that are solid boxes, cut to their ink, or let out to it where the map left out cells that show some
 * paper; the others are the strokes of bold headlines. It finds a box that is one piece with a frame around it.
 */
export function solidArea<Area extends Blob>(mask: Mask, area: Area, em: number): Area[] {
  const box = { ...area, x1: Math.min(mask.width, area.x1), y1: Math.min(mask.height, area.y1) }
  const most = 0.6 * em
  const cell = 0.5 * em
  const share = (x0: number, x1: number, y0: number, y1: number): number => {
    let ink = 0
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) ink += mask.data[y * mask.width + x]!
    return ink / Math.max(1, (x1 - x0) * (y1 - y0))
  }
  const { x0, x1, y0, y1 } = area
  while (y0 - box.y0 < cell && box.y0 > 0 && share(x0, x1, box.y0 - 1, box.y0) >= leastSide) box.y0--
  while (box.y1 - y1 < cell && box.y1 < mask.height && share(x0, x1, box.y1, box.y1 + 1) >= leastSide) box.y1++
  while (box.y0 - y0 < most && share(x0, x1, box.y0, box.y0 + 1) < leastSide) box.y0++
  while (y1 - box.y1 < most && share(x0, x1, box.y1 - 1, box.y1) < leastSide) box.y1--
  while (box.x0 - x0 < most && share(box.x0, box.x0 + 1, box.y0, box.y1) < leastSide) box.x0++
  while (x1 - box.x1 < most && share(box.x1 - 1, box.x1, box.y0, box.y1) < leastSide) box.x1--
  if (heightOf(box) < 1.1 * em || widthOf(box) < 1.45 * heightOf(box)) return []
  const { share: edge, gap } = edgeOf(mask, box)
  return edge > leastEdge || (edge > grainyEdge && gap < widestGrain * em) ? [box] : []
}

/** Share of ink along the four sides of a box, a little inside, and the longest stretch without any. */
function edgeOf({ data, width }: Mask, blob: Blob): { share: number; gap: number } {
  const inset = Math.max(1, Math.round(heightOf(blob) * 0.05))
  const [x0, x1, y0, y1] = [blob.x0 + inset, blob.x1 - 1 - inset, blob.y0 + inset, blob.y1 - 1 - inset]
  let ink = 0
  let all = 0
  let gap = 0
  const follow = (start: number, step: number, length: number): void => {
    let open = 0
    for (let i = 0, at = start; i < length; i++, at += step, all++) {
      ink += data[at]!
      open = data[at] === 1 ? 0 : open + 1
      gap = Math.max(gap, open)
    }
  }
  follow(y0 * width + x0, 1, x1 - x0 + 1)
  follow(y1 * width + x0, 1, x1 - x0 + 1)
  follow(y0 * width + x0, width, y1 - y0 + 1)
  follow(y0 * width + x1, width, y1 - y0 + 1)
  return { share: ink / all, gap }
}
