import type { Peak } from './ctc.ts'

/**
 * What the network, which has only read rows, calls marks of lines that run down: a comma in the middle of its cell a stop, an opening
 * bracket of a title, which lies on its side there, an angle. Counted on made pages: 17 of 17 and 12 of 13.
 */
const misnamed: ReadonlyMap<string, string> = new Map([
  ['．', '，'],
  ['>', '《']
])
/** The last cell of a line is cut at its ink, and a comma in the middle of it looks like a point. */
const misnamedAtEnd: ReadonlyMap<string, string> = new Map([['·', '，']])

/** The peaks of a strip of a vertical line with their marks as what they are there. @param isEnd whether the strip ends its line */
export function nameUprightMarks<P extends Peak>(peaks: readonly P[], isEnd: boolean): P[] {
  return peaks.map((peak, index) => {
    const name = misnamed.get(peak.text) ?? (isEnd && index === peaks.length - 1 ? misnamedAtEnd.get(peak.text) : undefined)
    return name === undefined ? peak : renamed(peak, name)
  })
}

/** What was said of the mark under both names. */
function renamed<P extends Peak>(peak: P, text: string): P {
  const names = [peak.text, text]
  const said = peak.variants.filter((variant) => misnamed.get(variant.text) === text || variant.text === text)
  const confidence = Math.min(
    1,
    said.reduce((sum, variant) => sum + variant.confidence, peak.confidence)
  )
  return {
    ...peak,
    text,
    confidence,
    variants: peak.variants.filter((variant) => !said.includes(variant) && !names.includes(variant.text))
  }
}
