import { type Confusion, readConfusion } from './confusion.ts'
import type { Profile } from './profile.ts'

const lists = ['names', 'mastheads', 'sections', 'slogans', 'kickers', 'bylines', 'datelines', 'folios'] as const

/** Longest list and longest entry that are read: a profile is written by hand, and holds a house's own lines. */
const limits = { entries: 20_000, characters: 200 } as const

/**
 * A house profile from the parsed value of its YAML file. Lists hold strings, or what `broadsheet profile` proposes:
 * `{ text, count, examples }`, of which the text counts.
 *
 * @throws Error that says which field is wrong and what it should be.
 */
export function readProfile(value: unknown): Profile {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Error(`Expected a profile to be a map of fields but received ${kindOf(value)}`)
  const fields = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(fields))
    if (!isField(name))
      throw new Error(`Expected one of title, columns, confusions, ${lists.join(', ')} in a profile but received “${name.slice(0, 40)}”`)
  const profile: Record<string, unknown> = {}
  for (const name of lists) if (fields[name] !== undefined && fields[name] !== null) profile[name] = readList(name, fields[name])
  if (fields.confusions !== undefined && fields.confusions !== null)
    profile.confusions = readList('confusions', fields.confusions).map((text, index) => confusionOf(text, `confusions[${index}]`))
  if (fields.title !== undefined && fields.title !== null) profile.title = readTitle(fields.title)
  if (fields.columns !== undefined && fields.columns !== null) profile.columns = readColumns(fields.columns)
  return profile as Profile
}

function isField(name: string): boolean {
  return name === 'title' || name === 'columns' || name === 'confusions' || (lists as readonly string[]).includes(name)
}

function readList(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw new Error(`Expected “${name}” in a profile to be a list but received ${kindOf(value)}`)
  if (value.length > limits.entries)
    throw new Error(`Expected at most ${limits.entries} entries of “${name}” in a profile but received ${value.length}`)
  return value.map((entry: unknown, index) => readEntry(entry, `${name}[${index}]`))
}

function readEntry(entry: unknown, place: string): string {
  const text = typeof entry === 'object' && entry !== null && 'text' in entry ? (entry as { text: unknown }).text : entry
  if (typeof text !== 'string' || text.trim() === '')
    throw new Error(`Expected “${place}” in a profile to be a text but received ${kindOf(text)}`)
  if (text.length > limits.characters)
    throw new Error(`Expected “${place}” in a profile to have at most ${limits.characters} characters but received ${text.length}`)
  return text.trim()
}

function confusionOf(text: string, place: string): Confusion {
  const confusion = readConfusion(text)
  if (!confusion)
    throw new Error(`Expected “${place}” in a profile to be a confusion such as “区具委 → 区县委” but received “${text.slice(0, 40)}”`)
  return confusion
}

function readTitle(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`Expected “title” in a profile to be a text but received ${kindOf(value)}`)
  return value
}

function readColumns(value: unknown): number {
  const columns = typeof value === 'object' && value !== null && 'value' in value ? (value as { value: unknown }).value : value
  if (typeof columns !== 'number' || !Number.isInteger(columns) || columns < 1 || columns > 20)
    throw new Error(`Expected “columns” in a profile to be a whole number from 1 to 20 but received ${String(columns).slice(0, 40)}`)
  return columns
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : `${typeof value} “${String(value).slice(0, 40)}”`
}
