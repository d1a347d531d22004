export type { Article, ArticlePart, BlockRef, CleanPage, Credit, Jump } from './article.ts'
export {
  type Block,
  blockId,
  blockText,
  isReadPiece,
  offsetOf,
  type Piece,
  type RawSpan,
  type ReadPiece,
  rawPositionAt,
  rawSpans,
  type WrittenPiece
} from './block.ts'
export { type Box, boxAgreement, boxArea, intersectBoxes, unionBoxes } from './box.ts'
export type { Candidate, Change, ChangeBase, Decision, Evidence, Flag, Join, Label, Replace, Split, Status } from './change.ts'
export { checkConservation, type Imbalance } from './conservation.ts'
export { articleId, type Grade, type Issue, type IssuePage, type PageState } from './issue.ts'
export { type Location, locate, locateSpan } from './locate.ts'
export { memoize } from './memoize.ts'
export {
  furnitureRoles,
  type Glyph,
  type Line,
  type OtherRegion,
  type Page,
  type PageImage,
  type Point,
  type Problem,
  type Reading,
  type ReadingOrder,
  type Region,
  type TextRegion,
  type TextRole,
  textRoles,
  type Variant,
  type Word
} from './page.ts'
export type { ProcessingStep } from './processing.ts'
export { type LineSpan, lineSpans, type RawPosition, rawPageText, rawText, textRegions } from './raw.ts'
export { replay } from './replay.ts'
export { firstChar, isEastAsian, isHan, lastChar, lineGlue } from './script.ts'
export { type Orientation, orientationOf, uprightPage } from './upright.ts'
