import type { Command } from 'commander'

/** Every command in the order of the help. Each is loaded when it is asked for: an archive's libraries take their time to load, `clean` needs none of them. */
export const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  run: async () => (await import('./run.ts')).addRun,
  ocr: async () => (await import('./ocr.ts')).addOcr,
  clean: async () => (await import('./clean.ts')).addClean,
  diff: async () => (await import('./diff.ts')).addDiff,
  reocr: async () => (await import('./reocr.ts')).addReocr,
  evaluate: async () => (await import('./evaluate.ts')).addEvaluate,
  articles: async () => (await import('./articles.ts')).addArticles,
  export: async () => (await import('./export.ts')).addExport,
  bundle: async () => (await import('./bundle.ts')).addBundle,
  versions: async () => (await import('./versions.ts')).addVersions,
  publish: async () => (await import('./publish.ts')).addPublish,
  verify: async () => (await import('./verify.ts')).addVerify,
  profile: async () => (await import('./profile.ts')).addProfile,
  language: async () => (await import('./language.ts')).addLanguage,
  rules: async () => (await import('./rules.ts')).addRules,
  doctor: async () => (await import('./doctor.ts')).addDoctor
}
