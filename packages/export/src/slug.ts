import { createHash } from 'node:crypto'

const maxBytes = 120
const plain = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index|_index)(?:\.|$)/i

/**
 * A file or folder name for `name`: ASCII letters, figures, `.`, `_` and `-` only, at most 120 bytes, never a name that
 * Windows reserves, never `index`. A name that is so already stays as it is; any other keeps what can be kept and ends in
 * eight hex digits of its SHA-256, so that two different names do not meet.
 */
export function slug(name: string): string {
  if (plain.test(name) && name.length <= maxBytes && !reserved.test(name) && !name.endsWith('.')) return name
  return marked(name)
}

/**
 * A slug for every name, no two of which are equal on a file system that ignores case. The result for a name does not
 * depend on the order of the list: where names meet, all of them get their digest.
 */
export function slugs(names: Iterable<string>): Map<string, string> {
  const all = [...new Set(names)]
  const groups = new Map<string, string[]>()
  for (const name of all) {
    const key = slug(name).toLowerCase()
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return new Map(all.map((name) => [name, groups.get(slug(name).toLowerCase())!.length > 1 ? marked(name) : slug(name)]))
}

function marked(name: string): string {
  const stem = name
    .slice(0, 4 * maxBytes)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, maxBytes - 9)
    .replace(/[^A-Za-z0-9]+$/, '')
  const digest = createHash('sha256').update(name, 'utf16le').digest('hex').slice(0, 8)
  return stem === '' ? `x-${digest}` : `${stem}-${digest}`
}
