import type { Box } from '@broadsheet/document'
import { type GreyImage, reduceGrey } from '../image/grey.ts'
import { orientGrey } from '../image/orientation.ts'
import { type Blob, connectedBlobs } from './blob.ts'
import { downwardShare } from './direction.ts'
import type { TextLine } from './lines.ts'
import { binarise } from './mask.ts'
import { findPieces, type Pieces } from './pieces.ts'
import { buildRegions, type TextRegionFound } from './regions.ts'
import { paintSurround } from './sheet.ts'
import { estimateLean, type Lean, scanPoint, straighten } from './straighten.ts'
import { typeSize } from './type-size.ts'
import type { FoundLine, FoundRegion, Layout } from './types.ts'

/** What layout may know beforehand. */
export interface LayoutOptions {
  readonly dpi?: number
  /** BCP 47. */
  readonly language?: string
}

/** Layout works at about this resolution: type of nine points is some twenty pixels high. */
const workingDpi = 170
/** Where the resolution is not known, sheets are first looked at with a long side of about this many pixels. */
const workingSide = 3400
/** Largest type, in pixels, that is looked at without reducing the picture further. */
const largestEm = 34

/** Smallest type that is looked at in a reduced picture: smaller, its letters run together. */
const smallestEm = 16

/** Finds the lines, regions and reading order of an upright page. A pure function of its arguments. */
export function analyseLayout(page: GreyImage, options?: LayoutOptions): Layout {
  const latin = isLatin(options?.language)
  const view = lookAt(page, firstFactor(page, options?.dpi), latin)
  if (!view)
    return { direction: 'horizontal-lr', em: 24, skewDegrees: 0, regions: [], pictures: [], separators: [], uncovered: [], panels: [] }
  const pieces = findPieces(view.image, view.em, latin)
  const regions = buildRegions(pieces, { em: view.em, latin, turned: view.turned })
  return toLayout(view, pieces, regions)
}

function isLatin(language = 'zh-Hans'): boolean {
  return !/^(zh|ja|ko|yue|lzh)\b/.test(language)
}

function firstFactor(page: GreyImage, dpi: number | undefined): number {
  return Math.max(1, Math.round(dpi ? dpi / workingDpi : Math.max(page.width, page.height) / workingSide))
}

/** The straight picture layout works on, and the way back to the page. */
interface View {
  readonly image: GreyImage
  readonly factor: number
  readonly lean: Lean
  readonly em: number
  /** The picture was turned a quarter to the left, so that its lines run across. */
  readonly turned: boolean
  /** Width of the straight picture before it was turned. */
  readonly width: number
}

function lookAt(page: GreyImage, factor: number, latin: boolean, again = false): View | undefined {
  const reduced = paintSurround(reduceGrey(page, factor))
  const mask = binarise(reduced)
  const blobs = connectedBlobs(mask)
  const em = typeSize(blobs, mask.height, latin)
  if (em === undefined) return undefined
  if (em > largestEm && factor < 16 && !again) return lookAt(page, Math.max(factor + 1, Math.round((factor * em) / 22)), latin)
  if (em < smallestEm && factor > 1 && !again) return lookAt(page, factor - 1, latin, true)
  const lean = estimateLean(mask, blobs, em)
  const straight = straighten(reduced, lean)
  const turned = !latin && downwardShare(blobs, em) > 0.5
  return { image: turned ? orientGrey(straight, 8) : straight, factor, lean, em, turned, width: straight.width }
}

function toLayout(view: View, pieces: Pieces, regions: readonly TextRegionFound[]): Layout {
  return {
    direction: view.turned ? 'vertical-rl' : 'horizontal-lr',
    em: view.em * view.factor,
    skewDegrees: (Math.atan(view.lean.level) * 180) / Math.PI,
    regions: regions.map((region) => toFoundRegion(view, region)),
    pictures: pieces.pictures.map((picture) => toBox(view, picture)),
    separators: pieces.rules.map((rule) => toBox(view, rule)),
    uncovered: pieces.uncovered.map((ink) => toBox(view, ink)),
    panels: pieces.panels.map((panel) => toBox(view, panel))
  }
}

/** A point of the straight, perhaps turned picture on the page. */
function pagePoint(view: View, x: number, y: number): [number, number] {
  const [u, v] = view.turned ? [view.width - y, x] : [x, y]
  const [px, py] = scanPoint(view.lean, u, v)
  return [px * view.factor, py * view.factor]
}

function toBox(view: View, blob: Blob): Box {
  const corners = [
    pagePoint(view, blob.x0, blob.y0),
    pagePoint(view, blob.x1, blob.y0),
    pagePoint(view, blob.x0, blob.y1),
    pagePoint(view, blob.x1, blob.y1)
  ]
  const x = Math.min(...corners.map((corner) => corner[0]))
  const y = Math.min(...corners.map((corner) => corner[1]))
  return { x, y, width: Math.max(...corners.map((corner) => corner[0])) - x, height: Math.max(...corners.map((corner) => corner[1])) - y }
}

function toFoundRegion(view: View, region: TextRegionFound): FoundRegion {
  const lines = region.lines.map((line) => toFoundLine(view, line))
  const first = lines[0]!
  const [ex, ey] = pagePoint(view, region.edge, region.lines[0]!.y0)
  return {
    role: region.role,
    lines,
    ...(region.column !== undefined ? { column: region.column } : {}),
    edge: first.direction === 'horizontal-lr' ? ex : ey,
    orderConfidence: region.orderConfidence
  }
}

/** A line of the straight picture on the page: its near end, and how it leans there. */
function toFoundLine(view: View, line: TextLine): FoundLine {
  const vertical = view.turned !== (line.upright ?? false)
  const middle = (line.y0 + line.y1) / 2
  const centre = (line.x0 + line.x1) / 2
  const length = line.x1 - line.x0
  const [near, far] =
    line.upright === true
      ? [pagePoint(view, centre, line.y0), pagePoint(view, centre, line.y1)]
      : [pagePoint(view, line.x0, middle), pagePoint(view, line.x1, middle + line.lean * length)]
  const thick = (line.upright === true ? length : line.y1 - line.y0) * view.factor
  const em = line.em * view.factor
  const extra = { em, ...(line.reversed ? { reversed: true } : {}) }
  if (!vertical) {
    const [start, end] = near[0] <= far[0] ? [near, far] : [far, near]
    const width = Math.max(1, end[0] - start[0])
    return {
      direction: 'horizontal-lr',
      box: { x: start[0], y: start[1] - thick / 2, width, height: thick },
      lean: (end[1] - start[1]) / width,
      ...extra
    }
  }
  const [start, end] = near[1] <= far[1] ? [near, far] : [far, near]
  const height = Math.max(1, end[1] - start[1])
  return {
    direction: 'vertical-rl',
    box: { x: start[0] - thick / 2, y: start[1], width: thick, height },
    lean: (end[0] - start[0]) / height,
    ...extra
  }
}
