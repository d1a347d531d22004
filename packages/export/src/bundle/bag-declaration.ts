import { error, type Finding, warning } from './finding.ts'

export interface Declaration {
  readonly name: string
  readonly version: number
  readonly encoding: string
}

export const knownVersions: readonly string[] = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0']

/** bagit.txt: exactly two lines; 1.0 allows no blank before the colon, and no version a byte order mark. */
export function readDeclaration(bytes: Uint8Array | undefined, findings: Finding[]): Declaration | undefined {
  const say = (message: string): undefined => {
    findings.push(error('format', message, 'bagit.txt'))
  }
  if (!bytes) {
    findings.push(error('missing', 'There is no bagit.txt: this is no bag.', 'bagit.txt'))
    return undefined
  }
  if (bytes.length > 4096) return say('It is no declaration of a bag.')
  const text = Buffer.from(bytes).toString('utf8')
  if (text.startsWith('\ufeff')) return say('It begins with a byte order mark.')
  const lines = text.replace(/(?:\r\n|\r|\n)+$/, '').split(/\r\n|\r|\n/)
  const version = /^BagIt-Version[ \t]*:[ \t]*(\d+\.\d+)[ \t]*$/.exec(lines[0] ?? '')
  const encoding = /^Tag-File-Character-Encoding[ \t]*:[ \t]*(\S+)[ \t]*$/.exec(lines[1] ?? '')
  if (!version) return say('Its first line is not “BagIt-Version: M.N”.')
  if (!encoding) return say('Its second line is not “Tag-File-Character-Encoding: …”.')
  if (lines.length > 2) say('It has more than two lines.')
  if (!knownVersions.includes(version[1]!)) say(`BagIt version ${version[1]} is not known.`)
  const declaration = { name: version[1]!, version: Number(version[1]), encoding: encoding[1]! }
  const strict = lines[0] === `BagIt-Version: ${version[1]}` && lines[1] === `Tag-File-Character-Encoding: ${encoding[1]}`
  if (!strict && declaration.version >= 1) say('It has blanks where BagIt 1.0 allows none.')
  else if (!strict) findings.push(warning('It has unusual blanks.', 'bagit.txt'))
  return declaration
}

/** The text of a tag file in the declared encoding; undefined when it is absent or not in that encoding. */
export function decodeTagFile(path: string, bytes: Uint8Array | undefined, encoding: string, findings: Finding[]): string | undefined {
  if (!bytes) return undefined
  try {
    return new TextDecoder(byteOrder(bytes, encoding), { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = cause instanceof RangeError ? `The encoding ${encoding} is not known here.` : `It is not ${encoding}.`
    findings.push(error('format', message, path))
    return undefined
  }
}

/** UTF-16 without an order: by its mark, else big-endian (RFC 2781). */
function byteOrder(bytes: Uint8Array, encoding: string): string {
  if (!/^utf-?16$/i.test(encoding)) return encoding
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be'
}
