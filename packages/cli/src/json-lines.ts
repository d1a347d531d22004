import { join } from 'node:path'
import type { z } from 'zod'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { listFolder, readIfThere } from './files.ts'
import { plain } from './plain.ts'

/** One JSON value a line. */
export function toJsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

/**
 * The values of a file of JSON lines in their order, blank lines passed over; none where the file is not there.
 *
 * @throws Failure naming the file and the line that is no JSON or not of the shape.
 */
export async function readJsonLines<Value>(path: string, shape: z.ZodType<Value>): Promise<Value[]> {
  const bytes = await readIfThere(path)
  const lines = bytes?.toString('utf8').split('\n') ?? []
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, shape, `${plain(path)}:${index + 1}`)]))
}

/** The JSON lines of every `<page-id><ending>` in a folder, by page id. @throws Failure naming the file and the line. */
export async function readPagesJsonLines<Value>(folder: string, ending: string, shape: z.ZodType<Value>): Promise<Record<string, Value[]>> {
  const pages: Record<string, Value[]> = {}
  for (const name of await listFolder(folder))
    if (name.endsWith(ending)) pages[name.slice(0, -ending.length)] = await readJsonLines(join(folder, name), shape)
  return pages
}

function parseLine<Value>(line: string, shape: z.ZodType<Value>, place: string): Value {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Failure(`${place}: not a line of JSON; correct or remove it`, exitCodes.invalidConfig)
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Failure(`${place}: ${plain(faults.join('; '))}`, exitCodes.invalidConfig)
}
