import type { Decision } from '@broadsheet/document'
import type { Answer as ModelAnswer } from '@broadsheet/normalize'
import type { AskChoice } from './ask/choice.ts'
import type { ExitCode } from './exit-codes.ts'
import type { LanguageFile } from './language-file.ts'
import type { PlannedFile } from './plan.ts'

/** What a worker process is asked: read one file (or find it read already) and clean its pages. A plain value: it crosses a process border. */
export interface Task {
  readonly file: PlannedFile
  readonly language: string
  /** Of a text file, where the issue states it. */
  readonly encoding?: string
  readonly engine: EngineChoice
  readonly rules: Readonly<Record<string, 'off' | 'propose' | 'apply'>>
  /** By page id. */
  readonly decisions: Readonly<Record<string, readonly Decision[]>>
  /** A parsed profile, where the issue names one. */
  readonly profile?: unknown
  /** What the archive taught, where the issue names it. */
  readonly languageModel?: LanguageFile
  /** Whom to ask about flagged places, where the user named somebody. */
  readonly ask?: AskChoice
  /** Answers recorded earlier, by page id. */
  readonly answers: Readonly<Record<string, readonly ModelAnswer[]>>
  /** Folder of the run store. */
  readonly store: string
  readonly threads: number
  /** Read again although it was read before. */
  readonly fresh: boolean
}

export interface EngineChoice {
  readonly name: 'auto' | 'paddle' | 'tesseract' | 'native' | 'both' | 'recorded' | 'silent'
  /** Answers for `recorded`. */
  readonly recording?: string
}

export interface TaskResult {
  /** Store key of the file's reading, a `FileReading`; that of a scan without its name (`withNames`). */
  readonly reading: string
  /** Store keys of the cleanings, `{ changes, notes, answers }`, one for each page of the reading, in its order. */
  readonly cleanings: readonly string[]
  /** Whether recognition was done now, or found done. */
  readonly read: boolean
  readonly cleaned: boolean
  readonly notes: readonly string[]
  /** One line where somebody was to be asked and did not answer. */
  readonly unanswered?: string
  readonly seconds: number
  readonly peakMemoryMb: number
}

export type Answer =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly result: TaskResult }
  | { readonly type: 'failed'; readonly message: string; readonly exitCode: ExitCode; readonly errno?: string }
