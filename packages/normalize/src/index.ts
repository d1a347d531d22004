export * from './articles/index.ts'
export * from './ask/index.ts'
export { type DamagedPlace, rankDamage } from './damage.ts'
export * from './labels/index.ts'
export { type ArchiveLanguage, layerArchive, packArchive, trainArchive, unpackArchive } from './language/archive.ts'
export type { Dictionary, LanguageModel } from './language/language-model.ts'
export { loadLanguageModel } from './language/load.ts'
export { readTraditional } from './language/traditional.ts'
export type { Setting } from './ledger.ts'
export { applyRules, type Normalized, type NormalizeOptions, normalize } from './normalize.ts'
export * from './profile/index.ts'
export {
  type Certainty,
  type Context,
  defineRule,
  type Example,
  type ExampleBlock,
  type Finding,
  type FindingBase,
  type FlagFinding,
  type JoinFinding,
  type LabelFinding,
  type Phase,
  phases,
  type ReplaceFinding,
  type Rule,
  type SplitFinding,
  type Writing
} from './rule.ts'
export { describeRules } from './rules/describe-rules.ts'
export { rules } from './rules/index.ts'
