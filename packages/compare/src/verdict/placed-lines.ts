import { type Line, lineSpans, type Page, rawText, type TextRegion, textRegions } from '@broadsheet/document'

export interface PlacedLine {
  readonly region: TextRegion
  readonly line: Line
  /** In the region's raw text. */
  readonly from: number
  readonly to: number
  /** Where the region begins in the text of all regions. */
  readonly start: number
}

export function placeLines(page: Page): PlacedLine[] {
  let start = 0
  return textRegions(page).flatMap((region) => {
    const here = start
    start += rawText(region).length + 1
    return lineSpans(region).map(({ line, from, to }) => ({ region, line, from, to, start: here }))
  })
}
