const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** How many UTF-16 units the segmenter sees at once: on Node 20 each segment it yields holds a copy of its whole input. */
const windowUnits = 256

/**
 * Visits the extended grapheme clusters of a text (UAX #29) as `[from, to)` in UTF-16 units: what a reader calls characters,
 * the unit of every error rate here. Linear whatever the text; a lone surrogate is a cluster of its own.
 */
export function eachGrapheme(text: string, visit: (from: number, to: number) => void): void {
  let at = 0
  while (at < text.length) {
    const end = simpleEnd(text, at)
    // The last simple character may be the base of the mark behind it.
    const safe = end < text.length && end > at ? end - 1 : end
    for (; at < safe; at++) visit(at, at + 1)
    if (end < text.length) at = visitComplex(text, at, visit)
  }
}

/** The extended grapheme clusters of a text. */
export function graphemes(text: string): string[] {
  const clusters: string[] = []
  eachGrapheme(text, (from, to) => clusters.push(text.slice(from, to)))
  return clusters
}

function simpleEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && isSimple(text.charCodeAt(at))) at++
  return at
}

/** One window of text that may hold marks, joiners or surrogates; returns where the next begins. */
function visitComplex(text: string, from: number, visit: (from: number, to: number) => void): number {
  for (let units = windowUnits; ; units *= 2) {
    const end = complexEnd(text, from, units)
    const starts = [...segmenter.segment(text.slice(from, end))].map((segment) => from + segment.index)
    // The last cluster may go on behind the window: it is left for the next one, or seen through a wider window.
    if (end < text.length && starts.length === 1) continue
    const last = end < text.length ? starts.length - 1 : starts.length
    for (let index = 0; index < last; index++) visit(starts[index]!, starts[index + 1] ?? end)
    return last < starts.length ? starts[last]! : end
  }
}

/** Two simple characters end a complex stretch: the first may belong to it, the second shows that it does not go on. */
function complexEnd(text: string, from: number, units: number): number {
  const limit = Math.min(text.length, from + units)
  let at = from + 1
  while (at < limit && !isSimple(text.charCodeAt(at))) at++
  return Math.min(limit, at + 2)
}

/** Ranges of UTF-16 units that never join a neighbour of these ranges; the most frequent first. */
const simpleRanges: readonly (readonly [number, number])[] = [
  [0x4e00, 0x9fff],
  [0x3000, 0x3029],
  [0x20, 0x2ff],
  [0xff01, 0xff9d],
  [0x2010, 0x2027],
  [0x3400, 0x4dbf],
  [0x3041, 0x3096],
  [0x30a1, 0x30fe],
  [0x0a, 0x0a],
  [0x09, 0x09]
]

function isSimple(code: number): boolean {
  for (const [first, last] of simpleRanges) if (code >= first && code <= last) return true
  return false
}

/** Characters set solid: each is a word by itself, as UAX #29 has it without a dictionary. */
const solid = '\\p{Ideographic}\\p{Script=Hiragana}'
const letter = `[[\\p{Alphabetic}\\p{N}_]--[${solid}]][\\p{M}\\p{Cf}]*`
const inner = `[[\\p{L}\\p{M}]--[${solid}]]`
const word = new RegExp(`[${solid}]\\p{M}*|${letter}(?:${letter}|(?<=${inner})[:·.'’‧․](?=${inner})|(?<=\\p{N})[,;.'](?=\\p{N}))*`, 'gv')

/** The words of a text for a word error rate: `don’t` and `3.14` are one, each Han or hiragana character is one; no blanks, no marks. */
export function words(text: string): string[] {
  return text.match(word) ?? []
}

const token = new RegExp(`[${solid}]\\p{M}*|(?:${letter})+|[\\p{Zs}\\t]+|\\r?\\n|\\P{M}\\p{M}*|\\p{M}+`, 'gv')

/** What a text is made of when it is shown: words, Han characters, marks, blanks, line ends. Put together they are the text again. */
export function tokens(text: string): string[] {
  return text.match(token) ?? []
}

/** The lines of a text, each with its line end. */
export function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** How a text is cut before it is compared. */
export type Unit = 'grapheme' | 'word' | 'line' | 'clause'

/** A text as numbers: equal numbers are equal pieces. `starts` has one more entry, the end of the text. */
export interface Encoded {
  readonly ids: Int32Array
  readonly starts: Int32Array
}

/** Numbers for pieces, the same for every text that is to be compared. */
export type Vocabulary = Map<string, number>

const cutters: Readonly<Record<Unit, (text: string, visit: (from: number, to: number) => void) => void>> = {
  grapheme: eachGrapheme,
  word: (text, visit) => visitPieces(tokens(text), visit),
  line: (text, visit) => visitPieces(lines(text), visit),
  clause: eachClause
}

/** Pieces that end behind a mark or a line end, or after 64 units: for texts too long to be compared by characters at once. */
function eachClause(text: string, visit: (from: number, to: number) => void): void {
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (at - from < 63 && code !== 0x0a && code !== 0x3002 && code !== 0xff0c && code !== 0x2e) continue
    visit(from, at + 1)
    from = at + 1
  }
  if (from < text.length) visit(from, text.length)
}

function visitPieces(pieces: readonly string[], visit: (from: number, to: number) => void): void {
  let at = 0
  for (const piece of pieces) {
    visit(at, at + piece.length)
    at += piece.length
  }
}

/** Single units stand for themselves; longer pieces are numbered behind them. */
export function encode(text: string, unit: Unit, vocabulary: Vocabulary): Encoded {
  let ids = new Int32Array(Math.min(text.length, 1024) + 1)
  let starts = new Int32Array(ids.length + 1)
  let count = 0
  cutters[unit](text, (from, to) => {
    if (count + 1 >= ids.length) {
      ids = grow(ids)
      starts = grow(starts)
    }
    ids[count] = to === from + 1 ? text.charCodeAt(from) : numberOf(text.slice(from, to), vocabulary)
    starts[count++] = from
  })
  starts[count] = text.length
  return { ids: ids.subarray(0, count), starts: starts.subarray(0, count + 1) }
}

function numberOf(piece: string, vocabulary: Vocabulary): number {
  const known = vocabulary.get(piece)
  if (known !== undefined) return known
  const number = 0x10000 + vocabulary.size
  vocabulary.set(piece, number)
  return number
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2)
  wider.set(array)
  return wider
}
