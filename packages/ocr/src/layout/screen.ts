import { type Blob, heightOf, joinGroups, membersOf, newGroups, sizeOf, widthOf } from './blob.ts'

/** Sizes of the dots of a coarse screen, in ems, how much longer than wide one may be, and how much of its box a dot fills. */
const dotSizes = [0.12, 0.8] as const
const longestDot = 1.6
const leastInk = 0.55
/** How far around a dot others are looked for, in its own size and in ems, and how much they may differ. */
const reach = 3.4
const alike = 1.6
/** Dots alike around one that belongs to a screen, and their share of all ink there. */
const fewestAlike = 7
const mostlyDots = 0.6
/** How much farther than the next dot beside it the next one above or below may be. */
const farthestRow = 1.5
/** Fewest of them above, or below, it. */
const fewestBeside = 3
/** Fewest dots of a screen, and how far apart in ems its dots are at most: round letters are now and then alike, but few in one place. */
const fewestDots = 9
const sameScreen = 1.5
/** Fewest dots within an em of what stands amid them. */
const fewestAmid = 5

/**
 * The dots of coarse halftone screens: solid, about as wide as high, one beside the other on all sides. Type has no such crowds: its
 * full stops stand alone, a row of leaders has none above or below, and its round letters stand closer to each other than their rows.
 *
 * @param blobs pieces of the size of type
 */
export function screenDots(blobs: readonly Blob[], em: number): ReadonlySet<Blob> {
  const near = neighbourhood(blobs, em)
  const dots = blobs.filter((blob) => isDot(blob, em) && isOfScreen(blob, near, em))
  return new Set(crowdsOf(dots, em).flatMap((crowd) => (crowd.length < fewestDots ? [] : crowd)))
}

function crowdsOf(dots: readonly Blob[], em: number): Blob[][] {
  const groups = newGroups(dots.length)
  const indices = new Map(dots.map((dot, index) => [dot, index]))
  const near = neighbourhood(dots, em)
  const far = sameScreen * em
  for (const [index, dot] of dots.entries()) {
    const [x, y] = [xOf(dot), yOf(dot)]
    for (const other of near(x - far, x + far, y - far, y + far)) joinGroups(groups, index, indices.get(other)!)
  }
  return membersOf(groups, dots)
}

/** Tells what stands amid the dots of a screen: where they run together, and along its edge. */
export function amidScreen(dots: ReadonlySet<Blob>, em: number): (box: Blob) => boolean {
  if (dots.size === 0) return () => false
  const near = neighbourhood([...dots], em)
  return ({ x0, x1, y0, y1 }) => near(x0 - em, x1 + em, y0 - em, y1 + em).length >= fewestAmid
}

function isDot(blob: Blob, em: number): boolean {
  const [width, height] = [widthOf(blob), heightOf(blob)]
  if (sizeOf(blob) < dotSizes[0] * em || sizeOf(blob) > dotSizes[1] * em) return false
  return Math.max(width, height) < longestDot * Math.min(width, height) && blob.area > leastInk * width * height
}

type Near = (x0: number, x1: number, y0: number, y1: number) => Blob[]

/** Finds the pieces whose middles lie in a box. */
function neighbourhood(blobs: readonly Blob[], em: number): Near {
  const cells = new Map<number, Blob[]>()
  const key = (x: number, y: number): number => y * 100_003 + x
  for (const blob of blobs) {
    const at = key(Math.floor(xOf(blob) / em), Math.floor(yOf(blob) / em))
    const known = cells.get(at)
    if (known) known.push(blob)
    else cells.set(at, [blob])
  }
  return (x0, x1, y0, y1) => {
    const found: Blob[] = []
    for (let y = Math.floor(y0 / em); y <= Math.floor(y1 / em); y++)
      for (let x = Math.floor(x0 / em); x <= Math.floor(x1 / em); x++)
        for (const blob of cells.get(key(x, y)) ?? [])
          if (xOf(blob) >= x0 && xOf(blob) <= x1 && yOf(blob) >= y0 && yOf(blob) <= y1) found.push(blob)
    return found
  }
}

const xOf = (blob: Blob): number => (blob.x0 + blob.x1) / 2
const yOf = (blob: Blob): number => (blob.y0 + blob.y1) / 2

function isOfScreen(blob: Blob, near: Near, em: number): boolean {
  const size = sizeOf(blob)
  const far = reach * size
  const [x, y] = [xOf(blob), yOf(blob)]
  const around = near(x - far, x + far, y - far, y + far).filter((other) => other !== blob)
  const dots = around.filter((other) => isDot(other, em) && Math.max(size, sizeOf(other)) < alike * Math.min(size, sizeOf(other)))
  if (dots.length < fewestAlike || inkOf(dots) < mostlyDots * inkOf(around)) return false
  const above = dots.filter((other) => yOf(other) < y - 0.6 * size).length
  const below = dots.filter((other) => yOf(other) > y + 0.6 * size).length
  return Math.max(above, below) >= fewestBeside && isEvenlySpaced(blob, dots)
}

/** Whether the nearest dot above or below is about as near as the nearest one beside: small letters stand closer than their rows. */
function isEvenlySpaced(blob: Blob, dots: readonly Blob[]): boolean {
  const offsets = dots.map((other) => [Math.abs(xOf(other) - xOf(blob)), Math.abs(yOf(other) - yOf(blob))] as const)
  const across = offsets.filter(([x, y]) => x >= y).map(([x, y]) => Math.hypot(x, y))
  const down = offsets.filter(([x, y]) => y >= x).map(([x, y]) => Math.hypot(x, y))
  return Math.min(...down) < farthestRow * Math.min(...across)
}

const inkOf = (blobs: readonly Blob[]): number => blobs.reduce((sum, blob) => sum + blob.area, 0)
