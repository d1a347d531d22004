import { type Grey, paperOf, resize } from '../resample.ts'
import { alongProfile, inkSpan, typeSize } from '../type-size.ts'
import { cornerBracketIn } from './corner-bracket.ts'
import { markAsInRows } from './corner-mark.ts'
import { isFlatStroke, isSquat } from './flat-stroke.ts'
import { inputHeight } from './runtime.ts'
import { crop, type Shape, type Strip, widthStep } from './strip.ts'

/**
 * A vertical line set out as a horizontal one. The network has only read rows, so the line is cut between its characters
 * and the cells are laid side by side, the characters upright:
 *
 *     天
 *     氣   becomes   天氣晴
 *     晴
 */
export function verticalStrips(image: Grey, narrow: number): Strip[] {
  const cells = cutCells(image)
  const strips: Strip[] = []
  for (let first = 0; first < cells.length; first += cellsPerStrip) strips.push(layOut(image, cells, first, narrow))
  return strips
}

const cellsPerStrip = 24
/** Blank around a cell, in parts of its size: the distance of type set solid. */
const cellMargin = 0.06

interface Cell {
  readonly from: number
  readonly to: number
}

/** Pitches that were ever set, in widths of the ink: from solid to wide. */
const pitches: readonly number[] = Array.from({ length: 20 }, (_, index) => 0.95 + index * 0.035)

/**
 * Cuts where the rows are lightest and the pitch stays even: the cheapest sequence of cuts (Viterbi over rows), where a cut costs
 * its ink and a cell what it departs from the pitch. The pitch is the one whose cuts are cheapest.
 */
export function cutCells(image: Grey): Cell[] {
  const rows = alongProfile(image, true)
  const [top, bottom] = inkSpan(rows)
  const em = typeSize(image, true)
  if (bottom - top <= em * 1.2) return [{ from: top, to: bottom }]
  const darkest = rows.reduce((a, b) => Math.max(a, b))
  const ink = rows.map((value) => value / Math.max(1, darkest))
  let best: { cost: number; cells: Cell[] } | undefined
  for (const pitch of pitches) {
    const found = cutAt(ink, top, bottom, em * pitch)
    // Higher than a character is wide is a character with its stop.
    if (found?.cells.length === 1) continue
    if (found && (!best || found.cost < best.cost)) best = found
  }
  return best?.cells ?? [{ from: top, to: bottom }]
}

function cutAt(ink: Float64Array, top: number, bottom: number, pitch: number): { cost: number; cells: Cell[] } | undefined {
  const cost = new Float64Array(bottom + 1).fill(Number.POSITIVE_INFINITY)
  const previous = new Int32Array(bottom + 1).fill(-1)
  cost[top] = 0
  const shortest = Math.max(2, Math.round(pitch * shortestCell))
  const shortestEnd = Math.max(2, Math.round(pitch * shortestAtEnd))
  const longest = Math.round(pitch * 1.5)
  for (let y = top + shortestEnd; y <= bottom; y++) {
    const cut = y === bottom ? 0 : ink[y]! * inkCost
    for (let from = Math.max(top, y - longest); from <= y - shortestEnd; from++) {
      const ends = from === top || y === bottom
      if (!ends && y - from < shortest) continue
      const total = cost[from]! + cut + shapeCost((y - from) / pitch, ends)
      if (total < cost[y]!) {
        cost[y] = total
        previous[y] = from
      }
    }
  }
  if (previous[bottom] === -1) return undefined
  const cells: Cell[] = []
  for (let y = bottom; y > top; y = previous[y]!) cells.push({ from: previous[y]!, to: y })
  return { cost: cost[bottom]! / cells.length, cells: cells.reverse() }
}

const inkCost = 1.5

/** In pitches: the shortest cell, and the shortest at an end of the line, which is cut at the ink of its stop or comma. */
const shortestCell = 0.4
const shortestAtEnd = 0.2

/** Cells at the ends are cut at their ink: they may be shorter than the pitch, 一, or a mark, but not longer. */
function shapeCost(pitches: number, end: boolean): number {
  const off = (pitches - 1) ** 2
  if (!end) return off * 6
  if (pitches < shortestCell) return markAtEndCost
  return off * (pitches < 1 ? 0.5 : 12)
}

const markAtEndCost = 0.05

/** A strip of the cells from `first` on. */
function layOut(image: Grey, line: readonly Cell[], first: number, narrow: number): Strip {
  const cells = line.slice(first, first + cellsPerStrip)
  const side = Math.max(image.width, ...cells.map((cell) => cell.to - cell.from))
  const scale = inputHeight / (side * (1 + 2 * cellMargin))
  const pitch = Math.round((inputHeight * narrow) / widthStep) * widthStep
  const width = cells.length * pitch
  const pixels = new Float32Array(width * inputHeight).fill(paperOf(image))
  const shapes: (Shape['text'] | undefined)[] = []
  cells.forEach((cell, index) => {
    const cut = crop(image, 0, cell.from, image.width, cell.to - cell.from)
    shapes.push(cornerBracketIn(cut, side) ?? (isFlatStroke(cut, side) ? '一' : isSquat(cut, side) ? '曰' : undefined))
    const part = shapes[index] ? cut : markAsInRows(cut, side)
    const w = Math.max(1, Math.round((part.width * scale * pitch) / inputHeight))
    const h = Math.max(1, Math.round(part.height * scale))
    const scaled = resize(part, w, h)
    const x = index * pitch + Math.floor((pitch - w) / 2)
    const y = Math.floor((inputHeight - h) / 2)
    for (let row = 0; row < h; row++) pixels.set(scaled.subarray(row * w, (row + 1) * w), (y + row) * width + x)
  })
  const inked = inkedCells(image, cells)
  const columnsOf = (index: number): { from: number; to: number } => ({ from: index * pitch, to: (index + 1) * pitch })
  return {
    pixels,
    width,
    cells: [...cells.keys()].filter((index) => inked[index]).map(columnsOf),
    shapes: shapes.flatMap((text, index) =>
      text ? [{ ...columnsOf(index), text, end: first + index === 0 || first + index === line.length - 1 }] : []
    ),
    isLast: first + cells.length === line.length,
    along(column) {
      const index = Math.min(cells.length - 1, Math.max(0, Math.floor(column / pitch)))
      const cell = cells[index]!
      return cell.from + ((column - index * pitch) / pitch) * (cell.to - cell.from)
    }
  }
}

/** Ink of a cell, in parts of that of the cell in the middle by ink: a mark has more, bare paper less. */
const leastInk = 0.08

function inkedCells(image: Grey, cells: readonly Cell[]): boolean[] {
  const rows = alongProfile(image, true)
  const ink = cells.map(({ from, to }) => rows.subarray(from, to).reduce((sum, value) => sum + value, 0))
  const usual = ink.toSorted((a, b) => a - b)[ink.length >> 1]!
  return ink.map((each) => each > leastInk * usual)
}
