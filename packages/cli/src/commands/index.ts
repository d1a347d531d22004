import type { Command } from 'commander'
import { addArticles } from './articles.ts'
import { addBundle } from './bundle.ts'
import { addClean } from './clean.ts'
import { addDiff } from './diff.ts'
import { addDoctor } from './doctor.ts'
import { addExport } from './export.ts'
import { addOcr } from './ocr.ts'
import { addProfile } from './profile.ts'
import { addPublish } from './publish.ts'
import { addRules } from './rules.ts'
import { addRun } from './run.ts'
import { addVerify } from './verify.ts'

/** Every command, in the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [
  addRun,
  addOcr,
  addClean,
  addDiff,
  addArticles,
  addExport,
  addBundle,
  addPublish,
  addVerify,
  addProfile,
  addRules,
  addDoctor
]
