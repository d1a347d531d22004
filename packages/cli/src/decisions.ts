import type { Decision } from '@broadsheet/document'
import { z } from 'zod'
import { readPagesJsonLines } from './json-lines.ts'

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

/**
 * A reviewer's decisions of an issue, by page id: `<page-id>.decisions.jsonl` beside the scans, one JSON value a line.
 *
 * @throws Failure naming the file and the line.
 */
export async function readDecisions(folder: string): Promise<Record<string, Decision[]>> {
  return (await readPagesJsonLines(folder, '.decisions.jsonl', decision)) as Record<string, Decision[]>
}
