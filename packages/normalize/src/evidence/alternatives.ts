import { type Line, lineSpans, memoize, type TextRegion } from '@broadsheet/document'

/** What else was read for one character: by the engine itself, or by another. */
export interface Alternative {
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  /** How sure the engine was of what it read instead, 0 to 1. */
  readonly against: number
  readonly source: 'variant' | 'reading'
}

/** Other readings of single characters of a region, by their place in its raw text. */
export const alternativesOf: (region: TextRegion) => ReadonlyMap<number, readonly Alternative[]> = memoize((region) => {
  const found = new Map<number, Alternative[]>()
  for (const { line, from } of lineSpans(region)) {
    if (line.words) addVariants(line, from, found)
    for (const reading of line.readings ?? []) addReading(line, reading, from, found)
  }
  return found
})

function add(found: Map<number, Alternative[]>, at: number, alternative: Alternative): void {
  const list = found.get(at)
  if (list) list.push(alternative)
  else found.set(at, [alternative])
}

function addVariants(line: Line, from: number, found: Map<number, Alternative[]>): void {
  let at = 0
  for (const word of line.words!) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0) return
    at = start
    for (const glyph of word.glyphs ?? []) {
      for (const { text, confidence } of glyph.variants ?? [])
        if (text !== glyph.text && text.length === glyph.text.length)
          add(found, from + at, { text, confidence, against: glyph.confidence, source: 'variant' })
      at += glyph.text.length
    }
    at = start + word.text.length
  }
}

/** A second reading is set beside the first where both are of one length between what they share at their ends. */
function addReading(
  line: Line,
  reading: { readonly text: string; readonly confidence: number },
  from: number,
  found: Map<number, Alternative[]>
): void {
  const a = line.text
  const b = reading.text
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  if (a.length !== b.length && a.length - head - tail !== b.length - head - tail) return
  for (let at = head; at < a.length - tail; at++)
    if (a[at] !== b[at])
      add(found, from + at, { text: b[at]!, confidence: reading.confidence, against: line.confidence ?? 1, source: 'reading' })
}
