import { join } from 'node:path'
import type { Answer } from '@broadsheet/normalize'
import { z } from 'zod'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { listFolder, readIfThere } from '../files.ts'
import { plain } from '../plain.ts'

const answer = z.object({ before: z.string(), place: z.string().min(1), after: z.string(), text: z.string(), model: z.string() })

/** Recorded answers of a page that lie beside its scan: `<page-id>.answers.jsonl`, as the archive keeps them in the page's folder. */
export const answersEnding = '.answers.jsonl'

/** By page id. @throws Failure naming the file and the line. */
export async function readAnswers(folder: string): Promise<Record<string, Answer[]>> {
  const answers: Record<string, Answer[]> = {}
  for (const name of await listFolder(folder))
    if (name.endsWith(answersEnding)) answers[name.slice(0, -answersEnding.length)] = await readAnswersFile(join(folder, name))
  return answers
}

/** Recorded answers, none where the file is not there yet. */
export async function readAnswersFile(path: string): Promise<Answer[]> {
  const bytes = await readIfThere(path)
  const lines = bytes?.toString('utf8').split('\n') ?? []
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseAnswer(line, `${plain(path)}:${index + 1}`)]))
}

function parseAnswer(line: string, place: string): Answer {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Failure(`${place}: not a line of JSON; correct or remove it`, exitCodes.invalidConfig)
  }
  const parsed = answer.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Failure(`${place}: ${plain(faults.join('; '))}`, exitCodes.invalidConfig)
}
