import { memoize } from './memoize.ts'
import type { Line, Page, TextRegion } from './page.ts'
import { isEastAsian, lineGlue } from './script.ts'

/** A position in the raw reading: UTF-16 offset `at` into `rawText` of the region. It never moves. */
export interface RawPosition {
  readonly region: string
  readonly at: number
}

/** Where a printed line stands in its region's raw text: `[from, to)`, UTF-16 offsets. */
export interface LineSpan {
  readonly line: Line
  readonly from: number
  readonly to: number
}

const readRegion = memoize((region: TextRegion): { text: string; lines: readonly LineSpan[] } => {
  const solid = isSetSolid(region)
  const parts: string[] = []
  const lines: LineSpan[] = []
  let length = 0
  // The end is kept beside: to ask a text for its last letter while it grows would copy all of it, line by line.
  let end = ''
  for (const line of region.lines) {
    const glue = line.text === '' ? '' : lineGlue(end, line.text, solid)
    const from = length + glue.length
    length = from + line.text.length
    lines.push({ line, from, to: length })
    parts.push(glue, line.text)
    end = (end + glue + line.text).slice(-2)
  }
  return { text: parts.join(''), lines }
})

/** A region is set solid when at least a fifth of its letters are East Asian. */
function isSetSolid(region: TextRegion): boolean {
  let solid = 0
  let all = 0
  for (const line of region.lines)
    for (const char of line.text) {
      if (isEastAsian(char)) solid++
      if (char !== ' ') all++
    }
  return solid * 5 >= all
}

/**
 * The raw text of a region: its lines in order, written as one (see `lineGlue`). This text is what every offset of
 * every change counts in; it depends on nothing but the region.
 */
export function rawText(region: TextRegion): string {
  return readRegion(region).text
}

/** The printed lines of a region with their places in its raw text. */
export function lineSpans(region: TextRegion): readonly LineSpan[] {
  return readRegion(region).lines
}

/** The text regions of a page in reading order. */
export function textRegions(page: Page): TextRegion[] {
  return page.regions.filter((region): region is TextRegion => region.type === 'text')
}

/** The whole page as plain text: a line for every region, a blank line between. */
export function rawPageText(page: Page): string {
  return textRegions(page)
    .map((region) => `${rawText(region)}\n`)
    .join('\n')
}
