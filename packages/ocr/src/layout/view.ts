import type { Box } from '@broadsheet/document'
import type { Blob } from './blob.ts'
import { type Lean, scanPoint, straightPoint } from './straighten.ts'
import type { TextLine } from './text-line.ts'
import type { FoundLine } from './types.ts'

/** How the straight picture layout works on lies on the page. */
export interface View {
  readonly factor: number
  readonly lean: Lean
  readonly em: number
  /** The picture was turned a quarter to the left, so that its lines run across. */
  readonly turned: boolean
  /** Width of the straight picture before it was turned. */
  readonly width: number
}

/** A point of the page on the straight, perhaps turned picture. */
function viewPoint(view: View, px: number, py: number): [number, number] {
  const [u, v] = straightPoint(view.lean, px / view.factor, py / view.factor)
  return view.turned ? [v, view.width - u] : [u, v]
}

/** A point of the straight, perhaps turned picture on the page. */
export function pagePoint(view: View, x: number, y: number): [number, number] {
  const [u, v] = view.turned ? [view.width - y, x] : [x, y]
  const [px, py] = scanPoint(view.lean, u, v)
  return [px * view.factor, py * view.factor]
}

/** The upright box on the page around what a box of the straight picture holds. */
export function toBox(view: View, blob: Blob): Box {
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

/** A line of the straight picture on the page: its near end, and how it leans there. */
export function toFoundLine(view: View, line: TextLine): FoundLine {
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
  const bend = bendOf(view, line)
  const extra = { em, ...(bend ? { bend } : {}), ...(line.reversed ? { reversed: true } : {}) }
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

/** Least bend that is told, in pixels of the page, and how far apart its places are, in ems. */
const leastBend = 1
const bendStep = 2

/** How a line lies off the straight one between its ends where the sheet curls. */
function bendOf(view: View, line: TextLine): number[] | undefined {
  if (!view.lean.curls) return undefined
  const upright = line.upright === true
  const [from, to] = upright ? [line.y0, line.y1] : [line.x0, line.x1]
  const middle = upright ? (line.x0 + line.x1) / 2 : (line.y0 + line.y1) / 2
  const steps = Math.max(2, Math.ceil((to - from) / (bendStep * line.em)))
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const along = ((to - from) * index) / steps
    return upright ? pagePoint(view, middle, from + along) : pagePoint(view, from + along, middle + line.lean * along)
  })
  const across = view.turned === upright ? 1 : 0
  const [first, last] = [points[0]!, points.at(-1)!]
  const off = points.map((point) => point[across] - first[across] - share(point, first, last, 1 - across) * (last[across] - first[across]))
  const inOrder = first[1 - across]! <= last[1 - across]! ? off : off.reverse()
  return Math.max(...inOrder.map(Math.abs)) >= leastBend ? inOrder : undefined
}

type Point = [number, number]

/** How far along from the first point to the last a point lies. */
function share(point: Point, first: Point, last: Point, axis: number): number {
  return (point[axis]! - first[axis]!) / (last[axis]! - first[axis]! || 1)
}

/** A line of the page on the straight picture, without its ink: the way back from `toFoundLine`. */
export function toTextLine(view: View, { direction, box, lean, em, reversed }: FoundLine): TextLine {
  const vertical = direction === 'vertical-rl'
  const start: [number, number] = vertical ? [box.x + box.width / 2, box.y] : [box.x, box.y + box.height / 2]
  const end: [number, number] = vertical
    ? [start[0] + lean * box.height, box.y + box.height]
    : [box.x + box.width, start[1] + lean * box.width]
  const [a, b] = [viewPoint(view, ...start), viewPoint(view, ...end)]
  const half = (vertical ? box.width : box.height) / view.factor / 2
  const size = { em: em / view.factor, blobs: [], ...(reversed ? { reversed } : {}) }
  if (vertical !== view.turned) {
    const [centre, y0, y1] = [(a[0] + b[0]) / 2, Math.min(a[1], b[1]), Math.max(a[1], b[1])]
    return { x0: centre - half, x1: centre + half, y0, y1, area: 0, lean: 0, upright: true, ...size }
  }
  const length = Math.max(1, b[0] - a[0])
  return { x0: a[0], x1: a[0] + length, y0: a[1] - half, y1: a[1] + half, area: 0, lean: (b[1] - a[1]) / length, ...size }
}
