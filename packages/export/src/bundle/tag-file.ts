/** One line of a manifest: a checksum and a path. */
export interface ManifestLine {
  readonly checksum: string
  /** Decoded. */
  readonly path: string
  /** As it stands in the file, where it differs. */
  readonly written?: string
  /** `md5sum -b` puts a `*` before the name. */
  readonly starred?: boolean
}

/** RFC 8493 §2.1.3: CR, LF and % are percent-encoded, nothing else is. */
export function writeManifest(lines: readonly { readonly checksum: string; readonly path: string }[]): string {
  return lines.map(({ checksum, path }) => `${checksum}  ${encodePath(path)}\n`).join('')
}

function encodePath(path: string): string {
  return path.replace(/[%\r\n]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** The lines of a manifest; lines that are none come back in `faults` with their numbers. */
export function readManifest(text: string, version: number): { lines: ManifestLine[]; faults: string[] } {
  const lines: ManifestLine[] = []
  const faults: string[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue
    const match = /^\s*([0-9A-Fa-f]+)[ \t]+(\*?)(.+)$/.exec(line)
    if (!match) {
      faults.push(`line ${index + 1} is no checksum and path`)
      continue
    }
    const written = match[3]!
    const path = decodePath(written, version).replace(/^(?:\.\/)+/, '')
    lines.push({
      checksum: match[1]!.toLowerCase(),
      path,
      ...(path === written ? {} : { written }),
      ...(match[2] ? { starred: true } : {})
    })
  }
  return { lines, faults }
}

/** Before 1.0 a `%` was only itself, but line ends were encoded all the same. */
function decodePath(path: string, version: number): string {
  const coded = version >= 1 ? /%(0A|0D|25)/gi : /%(0A|0D)/gi
  return path.replace(coded, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** `Label: value` lines, in order; a line that begins with a blank goes on with the value before. */
export function readTags(text: string): { label: string; value: string }[] {
  const tags: { label: string; value: string }[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^[ \t]/.test(line) && tags.length > 0) {
      const last = tags.at(-1)!
      tags[tags.length - 1] = { label: last.label, value: `${last.value} ${line.trim()}`.trim() }
      continue
    }
    const colon = line.indexOf(':')
    if (colon > 0) tags.push({ label: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() })
  }
  return tags
}

/** Values may go over several lines; the label must not hold a colon. */
export function writeTags(tags: readonly (readonly [label: string, value: string])[]): string {
  return tags.map(([label, value]) => `${label}: ${value.trim().replace(/\s*[\r\n]+\s*/g, '\n  ')}\n`).join('')
}

export function writeFetch(lines: readonly { readonly url: string; readonly size: number; readonly path: string }[]): string {
  return lines.map(({ url, size, path }) => `${url} ${size} ${encodePath(path)}\n`).join('')
}

/** `url length path` lines of fetch.txt. Read, never followed. */
export function readFetch(text: string, version: number): { lines: { url: string; path: string }[]; faults: string[] } {
  const lines: { url: string; path: string }[] = []
  const faults: string[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue
    const match = /^(\S+)[ \t]+(\d+|-)[ \t]+(.+)$/.exec(line)
    if (match) lines.push({ url: match[1]!, path: decodePath(match[3]!, version).replace(/^(?:\.\/)+/, '') })
    else faults.push(`line ${index + 1} is no address, length and path`)
  }
  return { lines, faults }
}
