import type { Problem } from '@broadsheet/document'

/** A file that cannot be read as what it claims to be. The message is one line: what, where, what to do. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
}

export interface DecodedText {
  readonly text: string
  /** WHATWG name: `utf-8`, `gb18030`, … */
  readonly encoding: string
  readonly problems: readonly Problem[]
}

const marks: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' }
]

/**
 * Bytes to text. In this order: a byte order mark, the encoding the caller states, strict UTF-8, GB18030 or Big5 where the bytes are
 * those of Chinese text. Whatever was not certain is said in `problems`.
 *
 * @throws ReadError when the bytes are none of these; TypeError when the stated encoding is unknown.
 */
export function decodeText(bytes: Uint8Array, stated?: string): DecodedText {
  const mark = marks.find(({ bytes: start }) => start.every((byte, index) => bytes[index] === byte))
  if (mark) return withReplacements(bytes.subarray(mark.bytes.length), mark.encoding)
  const problems: Problem[] = []
  if (stated) {
    const encoding = encodingNamed(stated)
    const text = decodeStrictly(bytes, encoding)
    if (text !== undefined) return { text, encoding, problems }
    problems.push({ message: `The file is not ${encoding} as stated; it was read as what it looks like` })
  }
  const text = decodeStrictly(bytes, 'utf-8')
  if (text !== undefined) return { text, encoding: 'utf-8', problems }
  return withProblems(guess(bytes), problems)
}

function encodingNamed(name: string): string {
  try {
    return new TextDecoder(name).encoding
  } catch {
    throw new TypeError(`Expected the name of an encoding (utf-8, gb18030, big5, …) but received “${name}”`)
  }
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function withReplacements(bytes: Uint8Array, encoding: string): DecodedText {
  const strict = decodeStrictly(bytes, encoding)
  if (strict !== undefined) return { text: strict, encoding, problems: [] }
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
  return { text, encoding, problems: [{ message: `Some bytes are not ${encoding}; each stands as U+FFFD` }] }
}

function withProblems(decoded: DecodedText, problems: readonly Problem[]): DecodedText {
  return problems.length === 0 ? decoded : { ...decoded, problems: [...problems, ...decoded.problems] }
}

/** How many in a hundred bytes may be broken before a file is no longer called UTF-8. */
const brokenUtf8 = 0.01

function guess(bytes: Uint8Array): DecodedText {
  for (const { encoding, looksRight } of chineseEncodings) {
    const text = looksRight(pairs(bytes)) ? decodeStrictly(bytes, encoding) : undefined
    if (text !== undefined)
      return {
        text,
        encoding,
        problems: [{ message: `The file is not UTF-8; its bytes are those of Chinese in ${encoding}, and so it was read` }]
      }
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const broken = countReplacements(text)
  const at = firstBadByte(bytes)
  if (broken > 0 && broken <= bytes.length * brokenUtf8)
    return {
      text,
      encoding: 'utf-8',
      problems: [{ message: `${broken} places are not UTF-8, the first at byte ${at}; each stands as U+FFFD` }]
    }
  throw new ReadError(`The file is not UTF-8 (byte ${at}) and not Chinese in GB18030 or Big5: state its encoding`)
}

function countReplacements(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}

/** Offset of the first byte that strict UTF-8 refuses, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const decoder = new TextDecoder('utf-8', { fatal: true })
    try {
      decoder.decode(bytes.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  return good
}

interface BytePair {
  readonly lead: number
  readonly trail: number
}

/** The two-byte characters of a text in GBK or Big5. */
function pairs(bytes: Uint8Array): BytePair[] {
  const found: BytePair[] = []
  const end = Math.min(bytes.length, 200_000)
  for (let i = 0; i + 1 < end; i++) if (bytes[i]! >= 0x81) found.push({ lead: bytes[i]!, trail: bytes[++i]! })
  return found
}

const share = (all: readonly BytePair[], test: (pair: BytePair) => boolean): number => all.filter(test).length / Math.max(1, all.length)

/** By where everyday characters lie: GB 2312 level 1 and its marks; Big5 level 1 and its marks, half of them with a low second byte. */
const chineseEncodings: readonly { readonly encoding: string; readonly looksRight: (all: readonly BytePair[]) => boolean }[] = [
  {
    encoding: 'gb18030',
    looksRight: (all) => share(all, ({ lead, trail }) => trail >= 0xa1 && (lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xd7))) > 0.85
  },
  {
    encoding: 'big5',
    looksRight: (all) =>
      share(all, ({ lead }) => lead >= 0xa1 && lead <= 0xc6) > 0.85 && share(all, ({ trail }) => trail >= 0x40 && trail <= 0x7e) > 0.1
  }
]
