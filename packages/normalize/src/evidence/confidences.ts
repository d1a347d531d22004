import { type Line, lineSpans, memoize, rawText, type TextRegion } from '@broadsheet/document'

/**
 * How sure the engine was of each character of a region's raw text, 0 to 1, one number for every UTF-16 unit; NaN where it does not say
 * character by character. Undefined for a region without any such number.
 */
export const confidencesOf: (region: TextRegion) => Float64Array | undefined = memoize((region) => {
  if (!region.lines.some((line) => line.words?.some(({ glyphs }) => glyphs))) return undefined
  const confidences = new Float64Array(rawText(region).length).fill(Number.NaN)
  for (const { line, from } of lineSpans(region)) fillLine(line, from, confidences)
  return confidences
})

function fillLine(line: Line, from: number, confidences: Float64Array): void {
  let at = 0
  for (const word of line.words ?? []) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0) return
    at = start
    for (const { text, confidence } of word.glyphs ?? []) {
      confidences.fill(confidence, from + at, from + at + text.length)
      at += text.length
    }
    at = start + word.text.length
  }
}
