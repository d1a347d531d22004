/**
 * Text as the models see it: a run of digits is one symbol, a run of Latin letters another, marks are full width, blanks are nothing.
 * So a page with half-width marks is no more surprising than one without.
 */
export interface Symbols {
  /** UTF-16 code of every symbol (the high surrogate for characters beyond the basic plane). */
  readonly codes: readonly number[]
  /** Where in the text each symbol begins. */
  readonly at: readonly number[]
  readonly length: number
}

const digit = 0x30
const letter = 0x41

/** Half-width marks and straight quotes by their full-width forms. */
const wide = new Map(
  [...',，;；:：?？!！(（)）·•'].flatMap((char, index, all) =>
    index % 2 === 0 ? [[char.charCodeAt(0), all[index + 1]!.charCodeAt(0)]] : []
  )
)
const classes = new Uint8Array(0x10000)
const isDigit = 1
const isLetter = 2
const isBlank = 3
const isMark = 4
for (const code of wide.keys()) classes[code] = isMark
for (let code = 0x30; code <= 0x39; code++) classes[code] = classes[code + 0xfee0] = isDigit
for (let code = 0x41; code <= 0x5a; code++) for (const other of [code, code + 0x20]) classes[other] = classes[other + 0xfee0] = isLetter
for (let code = 0xc0; code <= 0x24f; code++) classes[code] = isLetter
for (const blank of '\t\n\v\f\r \u00a0\u3000\u200b\u200c\u200d\ufeff') classes[blank.charCodeAt(0)] = isBlank
for (let code = 0x2000; code <= 0x200a; code++) classes[code] = isBlank
for (let code = 0xdc00; code <= 0xdfff; code++) classes[code] = isBlank

/** Whether a run of digits goes on over the mark at `at`: 41.93, 1,000. */
function joinsDigits(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code === 0x2e || code === 0x2c || code === 0xff0e) && classes[text.charCodeAt(at + 1)] === isDigit
}

/** The code of the symbol that one UTF-16 unit is by itself, -1 where it is nothing. */
export function symbolOf(code: number): number {
  const kind = classes[code]!
  if (kind === 0) return code
  return kind === isBlank ? -1 : kind === isDigit ? digit : kind === isLetter ? letter : wide.get(code)!
}

export function symbolsOf(text: string): Symbols {
  const codes: number[] = []
  const at: number[] = []
  for (let index = 0; index < text.length; ) {
    const code = text.charCodeAt(index)
    const kind = classes[code]!
    if (kind === isBlank) {
      index++
      continue
    }
    at.push(index++)
    if (kind === isDigit) {
      codes.push(digit)
      while (index < text.length && (classes[text.charCodeAt(index)] === isDigit || joinsDigits(text, index))) index++
    } else if (kind === isLetter) {
      codes.push(letter)
      while (classes[text.charCodeAt(index)] === isLetter) index++
    } else codes.push(kind === isMark ? wide.get(code)! : code)
  }
  return { codes, at, length: codes.length }
}

/** The codes of the last `most` symbols of a text, without looking at all of it. */
export function lastSymbols(text: string, most: number): readonly number[] {
  // Han characters are symbols each; only figures and letters run together.
  for (let at = text.length - most; at < text.length; at++)
    if (at < 0 || classes[text.charCodeAt(at)] !== 0) return symbolsOf(text.slice(-64)).codes.slice(-most)
  const codes: number[] = []
  for (let at = text.length - most; at < text.length; at++) codes.push(text.charCodeAt(at))
  return codes
}
