import type { GreyImage } from '../image/grey.ts'
import type { Layout } from './types.ts'

/** What layout may know beforehand. */
export interface LayoutOptions {
  readonly dpi?: number
  /** BCP 47. */
  readonly language?: string
}

/** Finds the lines, regions and reading order of an upright page. */
export function analyseLayout(page: GreyImage, _options?: LayoutOptions): Layout {
  return {
    direction: 'horizontal-lr',
    em: Math.max(8, page.width / 80),
    skewDegrees: 0,
    regions: [],
    pictures: [],
    separators: [],
    uncovered: []
  }
}
