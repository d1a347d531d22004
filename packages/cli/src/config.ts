import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { type AskConfig, addressOf } from './ask/choice.ts'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { readIfThere } from './files.ts'
import { plain } from './plain.ts'

const date = z.iso.date('expected a calendar date such as 2024-03-05')
const ruleSetting = z.enum(['off', 'propose', 'apply'])

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

/** `broadsheet.yaml` of an issue: what the paper is. Everything but the title may be left out. */
const issueConfig = z.strictObject({
  /** Folder name and first part of all ids in the output; the issue's folder name where it is left out. */
  id: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u, 'expected letters, figures and . _ - only, 80 characters at most')
    .refine((id) => !id.includes('..'), 'must not contain ..')
    .optional(),
  title: z.string().min(1).max(500),
  date: date.optional(),
  edition: z.string().max(200).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as zh-Hans, en or de')
    .default('zh-Hans'),
  /** Of text pages that are not UTF-8, UTF-16, GB18030 or Big5. */
  encoding: z.string().refine(isEncoding, 'expected the name of an encoding such as windows-1252 or shift_jis').optional(),
  publisher: z.string().max(500).optional(),
  rights: z.string().max(2000).optional(),
  /** Name of a profile in `profiles/<name>.yaml` beside the scans folder. */
  profile: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'expected a plain name')
    .optional(),
  /** Name of what `broadsheet language train` wrote, `profiles/<name>.blm` beside the scans folder. */
  languageModel: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'expected a plain name')
    .optional(),
  engine: z.enum(['auto', 'paddle', 'tesseract', 'native', 'both']).optional(),
  /** Whether sheets scanned across their fold are taken apart into two pages. */
  split: z.enum(['auto', 'never']).optional(),
  /** A language model that is asked about flagged places: nobody unless it is named. */
  ask: z
    .strictObject({
      address: z.string().refine((text) => addressOf(text) !== undefined, 'expected an address such as http://127.0.0.1:8080/v1'),
      model: z.string().min(1).max(200).optional(),
      most: z.int().min(1).max(1000).optional(),
      timeout: z.int().min(1).max(3600).optional()
    })
    .optional(),
  rules: z.record(z.string(), ruleSetting).optional()
})

export interface IssueConfig {
  readonly id?: string
  readonly title: string
  readonly date?: string
  readonly edition?: string
  readonly language: string
  readonly encoding?: string
  readonly publisher?: string
  readonly rights?: string
  readonly profile?: string
  readonly languageModel?: string
  readonly engine?: 'auto' | 'paddle' | 'tesseract' | 'native' | 'both'
  readonly split?: 'auto' | 'never'
  readonly ask?: AskConfig
  readonly rules?: Record<string, 'off' | 'propose' | 'apply'>
}

// A hostile YAML file can exhaust the stack of the parser in a way no program can catch.
const maxBytes = 64 * 1024
const maxDepth = 50

/** Reads `broadsheet.yaml`; undefined when the folder has none. */
export async function readIssueConfig(folder: string): Promise<IssueConfig | undefined> {
  const path = join(folder, 'broadsheet.yaml')
  const bytes = await readIfThere(path)
  if (!bytes) return undefined
  return parseIssueConfig(bytes.toString('utf8'), path)
}

/** @throws Failure naming the file, the field and what was expected. */
export function parseIssueConfig(text: string, path: string): IssueConfig {
  const parsed = issueConfig.safeParse(readYaml(text, path))
  if (parsed.success) return parsed.data as IssueConfig
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${describe(issue)}`)
  throw new Failure(`${plain(path)}: ${plain(faults.join('; '))}`, exitCodes.invalidConfig)
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `unknown ${issue.keys.map((key) => `“${key}”`).join(', ')}; known are ${Object.keys(issueConfig.shape).join(', ')}`
  return issue.message
}

/** A YAML value, with dates left as text. Size and nesting are bounded before the parser sees it. */
export function readYaml(text: string, path: string): unknown {
  const fail = (what: string): never => {
    throw new Failure(`${plain(path)}: ${what}`, exitCodes.invalidConfig)
  }
  if (text.length > maxBytes) fail(`longer than ${maxBytes / 1024} KB; it should hold a few lines about the issue`)
  if (depthOf(text) > maxDepth) fail('nested too deeply')
  const document = parseDocument(text, { schema: 'core', stringKeys: true })
  const error = document.errors[0]
  if (error) fail(`not valid YAML: ${plain(error.message.split('\n')[0]!)}`)
  return document.toJS({ maxAliasCount: 20 }) ?? {}
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const char of text) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth)
    if (char === ']' || char === '}') depth--
  }
  const indents = text.split('\n').map((line) => /^[ -]*/.exec(line)![0].length)
  return Math.max(deepest, ...indents.map((indent) => indent / 2))
}
