import type { LineCut } from './cut-line.ts'
import { valueAtShare } from './value-at-share.ts'

/** Least difference of paper and ink, in grey values, at which a rule can be told. */
const leastContrast = 30
/** Share of a crop's columns that a rule across it darkens: a mark or a character never reaches from edge to edge. */
const wholeWidth = 0.85
/** What of the contrast is still the rule's own blurred edge. */
const blur = 0.2

/**
 * The crop of a line that runs down, with what lies beyond a rule in the margin at either end painted as paper. Text in a box begins
 * right below its frame; in the crop a bit of the frame is left, as wide as a character and as flat as 一, and is read as one.
 */
export function withoutRulesAtEnds(cut: LineCut): LineCut {
  const { pixels, width, height, padY } = cut
  const own = pixels.subarray(padY * width, Math.max(padY + 1, height - padY) * width)
  const paper = valueAtShare(own, 0.75)
  const contrast = paper - valueAtShare(own, 0.05)
  if (contrast < leastContrast) return cut
  const isRule = (row: number): boolean => darkColumns(pixels, width, row, paper - contrast / 2) >= wholeWidth * width
  const isClear = (row: number): boolean => meanOfRow(pixels, width, row) > paper - blur * contrast
  const above = beyondRule(padY, (step) => padY - 1 - step, isRule, isClear)
  const below = beyondRule(padY, (step) => height - padY + step, isRule, isClear)
  if (above === undefined && below === undefined) return cut
  const painted = Uint8Array.from(pixels)
  if (above !== undefined) painted.fill(paper, 0, (padY - above) * width)
  if (below !== undefined) painted.fill(paper, (height - padY + below) * width)
  return { ...cut, pixels: painted }
}

/** Rows of the margin, counted from the line outwards, that are left before a rule begins; undefined where there is none. */
function beyondRule(
  margin: number,
  rowAt: (step: number) => number,
  isRule: (row: number) => boolean,
  isClear: (row: number) => boolean
): number | undefined {
  let step = 0
  while (step < margin && !isRule(rowAt(step))) step++
  if (step === margin) return undefined
  while (step > 0 && !isClear(rowAt(step - 1))) step--
  return step
}

function darkColumns(pixels: Uint8Array, width: number, row: number, level: number): number {
  let count = 0
  for (let at = row * width; at < (row + 1) * width; at++) if (pixels[at]! < level) count++
  return count
}

function meanOfRow(pixels: Uint8Array, width: number, row: number): number {
  let sum = 0
  for (let at = row * width; at < (row + 1) * width; at++) sum += pixels[at]!
  return sum / width
}
