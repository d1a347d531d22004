import { labelRules } from '../labels/index.ts'
import type { Rule } from '../rule.ts'
import { askModel } from './ask-model.ts'
import { brokenDash } from './broken-dash.ts'
import { brokenParagraph } from './broken-paragraph.ts'
import { brokenWord } from './broken-word.ts'
import { columnBreak } from './column-break.ts'
import { compatibilityForm } from './compatibility-form.ts'
import { foreignVariant } from './foreign-variant.ts'
import { garble } from './garble.ts'
import { halfWidthPunctuation } from './half-width-punctuation.ts'
import { knownConfusion } from './known-confusion.ts'
import { ligature } from './ligature.ts'
import { lineEndHyphen } from './line-end-hyphen.ts'
import { longS } from './long-s.ts'
import { lookAlike } from './look-alike.ts'
import { markupMark } from './markup-mark.ts'
import { missingFinalMark } from './missing-final-mark.ts'
import { repeatedRun } from './repeated-run.ts'
import { splitCharacter } from './split-character.ts'
import { straightQuote } from './straight-quote.ts'
import { strayGlyph } from './stray-glyph.ts'
import { unbalancedQuote } from './unbalanced-quote.ts'
import { verticalPoster } from './vertical-poster.ts'
import { wrappedSpace } from './wrapped-space.ts'

/** Every rule of the house, in the order they run within their phase. */
export const rules: readonly Rule[] = [
  ...labelRules,
  columnBreak,
  brokenParagraph,
  markupMark,
  compatibilityForm,
  ligature,
  longS,
  lineEndHyphen,
  brokenWord,
  foreignVariant,
  halfWidthPunctuation,
  straightQuote,
  brokenDash,
  verticalPoster,
  wrappedSpace,
  splitCharacter,
  knownConfusion,
  lookAlike,
  repeatedRun,
  unbalancedQuote,
  missingFinalMark,
  strayGlyph,
  garble,
  askModel
]
