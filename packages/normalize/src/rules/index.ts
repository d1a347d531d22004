import { labelRules } from '../labels/index.ts'
import type { Rule } from '../rule.ts'
import { brokenDash } from './broken-dash.ts'
import { columnBreak } from './column-break.ts'
import { halfWidthPunctuation } from './half-width-punctuation.ts'
import { markupMark } from './markup-mark.ts'
import { straightQuote } from './straight-quote.ts'
import { wrappedSpace } from './wrapped-space.ts'

/** Every rule of the house, in the order they run within their phase. */
export const rules: readonly Rule[] = [
  ...labelRules,
  columnBreak,
  markupMark,
  halfWidthPunctuation,
  straightQuote,
  brokenDash,
  wrappedSpace
]
