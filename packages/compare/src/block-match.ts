import { alignBlocks, type Segment } from './block-align.ts'
import { distance } from './distance.ts'
import { type ErrorRate, encodeUnits, rateOf } from './error-rate.ts'
import { type Folding, fold } from './fold.ts'
import type { Vocabulary } from './tokens.ts'

/** A block-matched error rate with what it rests on. */
export interface BlockErrorRate extends ErrorRate {
  /** Errors inside passages that were found in both texts. */
  readonly misread: number
  /** Units of the truth that were found nowhere, and units of the text that stand in no passage of the truth. */
  readonly missing: number
  readonly surplus: number
}

/**
 * The error rate when passages may stand in any order (after Clausner, Pletschacher and Antonacopoulos 2020, “flexible
 * character accuracy”): passages are brought together first, then counted one by one; of what is left on either side the
 * larger counts. Blanks at the edges of passages are not counted.
 */
export function blockErrorRate(truth: string, text: string, options: { readonly fold?: Folding } = {}): BlockErrorRate {
  const [wanted, found] = [truth, text].map((side) => (options.fold ? foldLines(side, options.fold) : side).normalize('NFC')) as [
    string,
    string
  ]
  const segments = alignBlocks(wanted, found)
  let misread = 0
  let exact = true
  for (const segment of segments) {
    const vocabulary: Vocabulary = new Map()
    const sides = [wanted.slice(segment.aFrom, segment.aTo), found.slice(segment.bFrom, segment.bTo)]
    const [left, right] = sides.map((side) => encodeUnits(joinLines(side), 'grapheme', vocabulary)) as [Int32Array, Int32Array]
    const result = distance(left, right)
    misread += result.edits
    exact &&= result.exact
  }
  const missing = countUnits(outside(wanted, segments, 'a'))
  const surplus = countUnits(outside(found, segments, 'b'))
  const length = countUnits(wanted)
  const errors = misread + Math.max(missing, surplus)
  return { errors, length, textLength: countUnits(found), rate: rateOf(errors, length), exact, misread, missing, surplus }
}

/** Line ends keep paragraphs apart while passages are sought: they must outlive the folding of blanks. */
function foldLines(text: string, folding: Folding): string {
  return text
    .split('\n')
    .map((line) => fold(line, folding))
    .join('\n')
}

function joinLines(text: string): string {
  return text.replace(/\s*\n\s*/g, '').trim()
}

function countUnits(text: string): number {
  return encodeUnits(joinLines(text), 'grapheme', new Map()).length
}

function outside(text: string, segments: readonly Segment[], side: 'a' | 'b'): string {
  const spans = segments.map((one) => (side === 'a' ? [one.aFrom, one.aTo] : [one.bFrom, one.bTo])).sort((x, y) => x[0]! - y[0]!)
  let [left, at] = ['', 0]
  for (const [from, to] of spans) {
    left += `${text.slice(at, from!)}\n`
    at = to!
  }
  return left + text.slice(at)
}
