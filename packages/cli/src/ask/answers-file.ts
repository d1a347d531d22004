import type { Answer } from '@broadsheet/normalize'
import { z } from 'zod'
import { readJsonLines, readPagesJsonLines } from '../json-lines.ts'

const answer = z.object({ before: z.string(), place: z.string().min(1), after: z.string(), text: z.string(), model: z.string() })

/** Recorded answers of a page that lie beside its scan: `<page-id>.answers.jsonl`, as the archive keeps them in the page's folder. */
export const answersEnding = '.answers.jsonl'

/** By page id. @throws Failure naming the file and the line. */
export function readAnswers(folder: string): Promise<Record<string, Answer[]>> {
  return readPagesJsonLines(folder, answersEnding, answer)
}

/** Recorded answers, none where the file is not there yet. @throws Failure naming the line. */
export function readAnswersFile(path: string): Promise<Answer[]> {
  return readJsonLines(path, answer)
}
