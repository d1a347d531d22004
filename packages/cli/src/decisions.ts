import { join } from 'node:path'
import type { Decision } from '@broadsheet/document'
import { z } from 'zod'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { listFolder, readIfThere } from './files.ts'
import { plain } from './plain.ts'

const signed = { by: z.string().optional(), date: z.string().optional(), note: z.string().optional() }

const decision = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal(['accept', 'reject']),
    change: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
    ...signed
  }),
  z.object({
    verdict: z.literal('make'),
    make: z.looseObject({
      kind: z.enum(['replace', 'join', 'split', 'label', 'flag']),
      region: z.string(),
      from: z.int().min(0),
      to: z.int().min(0),
      before: z.string()
    }),
    ...signed
  })
])

const ending = '.decisions.jsonl'

/**
 * A reviewer's decisions of an issue, by page id: `<page-id>.decisions.jsonl` beside the scans, one JSON value a line.
 *
 * @throws Failure naming the file and the line.
 */
export async function readDecisions(folder: string): Promise<Record<string, Decision[]>> {
  const decisions: Record<string, Decision[]> = {}
  for (const name of await listFolder(folder)) {
    if (!name.endsWith(ending)) continue
    const path = join(folder, name)
    const text = (await readIfThere(path))!.toString('utf8')
    decisions[name.slice(0, -ending.length)] = text
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [parseDecision(line, `${plain(path)}:${index + 1}`)]))
  }
  return decisions
}

function parseDecision(line: string, place: string): Decision {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Failure(`${place}: not a line of JSON; correct or remove it`, exitCodes.invalidConfig)
  }
  const parsed = decision.safeParse(value)
  if (!parsed.success)
    throw new Failure(
      `${place}: ${plain(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))}`,
      exitCodes.invalidConfig
    )
  return parsed.data as Decision
}
