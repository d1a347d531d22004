export { bagErrorRate } from './bag.ts'
export { alignBlocks, type Segment } from './block-align.ts'
export { type BlockErrorRate, blockErrorRate } from './block-match.ts'
export { type DiffOptions, type DiffRun, diffTexts } from './diff.ts'
export { type ErrorRate, type ErrorRateOptions, errorRate, rateOf } from './error-rate.ts'
export type { Interval } from './evaluation/bootstrap.ts'
export type { RuleScore, WrongCharacters } from './evaluation/changes.ts'
export {
  type Accuracy,
  accuracy,
  type EvaluateOptions,
  type Evaluation,
  evaluatePage,
  type Figure,
  type PageEvaluation,
  type Rate,
  summarizeEvaluations
} from './evaluation/evaluate.ts'
export type { JoinCounts, JoinScore } from './evaluation/joins.ts'
export type { GroupingScore, LabelScore } from './evaluation/labels.ts'
export { formatEvaluation, formatTable, percent, type Table, tablesOf } from './evaluation/table.ts'
export { type RoleDetail, type Truth, type TruthBlock, truthOfBlocks, truthOfMarkdown, truthOfPage, truthText } from './evaluation/truth.ts'
export { explain } from './explain.ts'
export { type ExplainTextsOptions, explainTexts } from './explain-texts.ts'
export {
  countByRule,
  type Explanation,
  type Hunk,
  type HunkKind,
  onlyBlocks,
  type Place,
  type Row,
  type RuleCount,
  type Unexplained
} from './explanation.ts'
export type { CharacterModel } from './features.ts'
export { type Folding, fold } from './fold.ts'
export { formatHtml, type HtmlOptions } from './html.ts'
export { formatJson } from './json.ts'
export { type GreyPicture, type Ink, measureInk } from './layout/ink.ts'
export { findLayoutErrors, type LayoutError } from './layout/layout-errors.ts'
export { type OrderScore, orderScore } from './order-score.ts'
export { formatPatch, leftText, type PatchOptions, patchTexts, rightText } from './patch.ts'
export {
  type BlockGrade,
  combineGrades,
  type GradeOptions,
  gradeOfScore,
  gradePage,
  type PageGrade,
  type QualityFinding,
  type Suspect,
  type TextGrade
} from './quality.ts'
export { comparePages, compareRules, type PageComparison, type RuleComparison, tablesOfRuns } from './runs.ts'
export { formatTerminal, type TerminalOptions } from './terminal.ts'
export { eachGrapheme, graphemes, lines, tokens, words } from './tokens.ts'
export { decideReadings } from './verdict/decide.ts'
export { type LineVerdict, type Verdict, type VerdictOptions, type VerdictSummary, verdictRule } from './verdict/verdict.ts'
export { visible } from './visible.ts'
export { type Disagreement, type LineVoice, type VoteOptions, voteLine } from './vote.ts'
