export { type DiffOptions, type DiffRun, diffTexts } from './diff.ts'
export { explain } from './explain.ts'
export {
  countByRule,
  type Explanation,
  type Hunk,
  type HunkKind,
  type Place,
  type Row,
  type RuleCount,
  type Unexplained
} from './explanation.ts'
export { formatHtml, type HtmlOptions } from './html.ts'
export { formatJson } from './json.ts'
export { formatTerminal, type TerminalOptions } from './terminal.ts'
export { eachGrapheme, graphemes, lines, tokens, words } from './tokens.ts'
export { visible } from './visible.ts'
