import { type GreyImage, reduceGrey } from '../image/grey.ts'
import { orientGrey } from '../image/orientation.ts'
import { arrange, type Plane } from './arrange.ts'
import { connectedBlobs } from './blob.ts'
import { downwardShare } from './direction.ts'
import { binarise } from './mask.ts'
import { findPieces, type Pieces } from './pieces.ts'
import { paintSurround } from './sheet.ts'
import { estimateLean, straighten } from './straighten.ts'
import { typeSize } from './type-size.ts'
import type { Layout } from './types.ts'
import { toBox, toFoundLine, type View } from './view.ts'

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
  const look = lookAt(page, firstFactor(page, options?.dpi), latin)
  if (!look)
    return { direction: 'horizontal-lr', em: 24, skewDegrees: 0, regions: [], pictures: [], separators: [], uncovered: [], panels: [] }
  const { image, ...view } = look
  const pieces = findPieces(image, view.em, latin, view.turned)
  const lines = new Map(pieces.lines.map((line) => [toFoundLine(view, line), line]))
  return toLayout(view, pieces, { view, latin, rules: pieces.rules, pictures: pieces.pictures, lines })
}

function isLatin(language = 'zh-Hans'): boolean {
  return !/^(zh|ja|ko|yue|lzh)\b/.test(language)
}

function firstFactor(page: GreyImage, dpi: number | undefined): number {
  return Math.max(1, Math.round(dpi ? dpi / workingDpi : Math.max(page.width, page.height) / workingSide))
}

/** The straight picture, and how it lies on the page. */
interface Look extends View {
  readonly image: GreyImage
}

function lookAt(page: GreyImage, factor: number, latin: boolean, again = false): Look | undefined {
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

function toLayout(view: View, pieces: Pieces, plane: Plane): Layout {
  return {
    direction: view.turned ? 'vertical-rl' : 'horizontal-lr',
    em: view.em * view.factor,
    skewDegrees: (Math.atan(view.lean.level) * 180) / Math.PI,
    ...curlsOf(view),
    regions: arrange(plane, [...plane.lines.keys()]),
    pictures: pieces.pictures.map((picture) => toBox(view, picture)),
    separators: pieces.rules.map((rule) => toBox(view, rule)),
    uncovered: pieces.uncovered.map((ink) => toBox(view, ink)),
    panels: pieces.panels.map((panel) => toBox(view, panel)),
    plane
  }
}

/** What the sheet's curls displace in its corners. */
function curlsOf({ lean: { curls, cy }, factor }: View): Pick<Layout, 'curls'> {
  if (!curls) return {}
  const sides = curls.curls.map(({ side, shift, spread, reach }) => ({
    side,
    top: (shift - spread * cy) * factor,
    bottom: (shift + spread * cy) * factor,
    reach: reach * factor
  }))
  return { curls: sides }
}
