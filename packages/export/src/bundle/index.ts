export { type BagInfo, type BagOptions, type BagSummary, bagProfileIdentifier, type WrittenFile, writeBag } from './bag.ts'
export type { BundleEntry } from './entry.ts'
export type { Finding, VerifyReport } from './finding.ts'
export { createFolderSink, type SinkOptions } from './folder-sink.ts'
export { type IssueState, writeIssueVersions } from './issue-versions.ts'
export {
  diffOcflVersions,
  listOcflVersions,
  type OcflChange,
  type OcflOptions,
  ocflState,
  readOcflVersion,
  writeOcflVersion
} from './ocfl.ts'
export { type RoCrateOptions, roCrate } from './ro-crate.ts'
export type { BundleSink } from './sink.ts'
export { type ArchiveSinkOptions, createTarSink } from './tar-sink.ts'
export { verifyBundle } from './verify.ts'
export type { VerifyOptions } from './verify-bag.ts'
export { createZipSink } from './zip-sink.ts'
