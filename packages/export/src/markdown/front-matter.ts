import { isMap, parseDocument, stringify } from 'yaml'
import { portable } from '../portable.ts'

export type FrontMatterValue = string | number | boolean | readonly FrontMatterValue[] | { readonly [key: string]: FrontMatterValue }
export type FrontMatter = { readonly [key: string]: FrontMatterValue | undefined }

const maxLength = 256 * 1024

// Raw in a JSON string, but a line end, or forbidden, to YAML 1.1.
const notYaml11 = /[\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]/g

/**
 * The YAML between the two `---` lines. Every string is written in double quotes with JSON's escapes, so that YAML 1.1
 * (Jekyll, PyYAML) and 1.2 read the same: `no`, `12:30`, `2024-03-05` stay strings. Entries without a value are left out.
 */
export function writeFrontMatter(fields: FrontMatter): string {
  const yaml = stringify(portableValue(fields), {
    version: '1.1',
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    doubleQuotedAsJSON: true
  })
  return yaml.trimEnd().replace(notYaml11, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function portableValue(value: unknown): unknown {
  if (typeof value === 'string') return portable(value)
  if (Array.isArray(value)) return value.map(portableValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, portableValue(inner)])
  )
}

/**
 * The fields of a front matter block as plain data; undefined when it is not a YAML map, longer than 256 KiB or nested
 * deeper than 50 (a deep document can abort the process).
 */
export function readFrontMatter(yaml: string): Readonly<Record<string, unknown>> | undefined {
  if (yaml.length > maxLength || depth(yaml) > 50) return undefined
  const document = parseDocument(yaml, { version: '1.1', schema: 'yaml-1.1' })
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  return document.toJS({ maxAliasCount: 0 }) as Readonly<Record<string, unknown>>
}

/** An upper bound of the nesting: brackets on one line, or indent, or `- - -`. */
function depth(yaml: string): number {
  let deepest = 0
  for (const line of yaml.split('\n')) {
    const start = line.slice(0, 2000)
    const indent = start.length - start.trimStart().length
    const opening = line.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[[{]|- /g)?.length ?? 0
    deepest = Math.max(deepest, indent / 2 + opening)
  }
  return deepest
}
