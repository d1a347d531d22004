import type { LineGlyph } from '../engine.ts'

/** Glyphs of two readings that stand at one place; one of them is absent where only the other engine saw a character. */
export interface GlyphPair {
  readonly first?: LineGlyph
  readonly second?: LineGlyph
}

const gapCost = 0.9
/** How much worse a pair is for each glyph width that its two sides lie apart. */
const distanceCost = 0.2

/**
 * Aligns two readings of one line by what was read and where: Needleman–Wunsch, equal characters free, unequal ones 1,
 * and both dearer the further apart they stand.
 *
 * @param key what makes two characters equal
 */
export function alignGlyphs(
  first: readonly LineGlyph[],
  second: readonly LineGlyph[],
  em: number,
  key: (text: string) => string
): GlyphPair[] {
  const a = first.map(placed(key))
  const b = second.map(placed(key))
  const columns = b.length + 1
  const cost = new Float64Array((a.length + 1) * columns)
  for (let j = 1; j <= b.length; j++) cost[j] = j * gapCost
  const pairCost = (i: number, j: number): number =>
    (a[i]!.key === b[j]!.key ? 0 : 1) + Math.min(2, Math.abs(a[i]!.middle - b[j]!.middle) / em) * distanceCost
  for (let i = 1; i <= a.length; i++) {
    cost[i * columns] = i * gapCost
    for (let j = 1; j <= b.length; j++)
      cost[i * columns + j] = Math.min(
        cost[(i - 1) * columns + j - 1]! + pairCost(i - 1, j - 1),
        cost[(i - 1) * columns + j]! + gapCost,
        cost[i * columns + j - 1]! + gapCost
      )
  }
  const pairs: GlyphPair[] = []
  let i = a.length
  let j = b.length
  while (i > 0 || j > 0) {
    const across = i > 0 && j > 0 ? cost[(i - 1) * columns + j - 1]! + pairCost(i - 1, j - 1) : Number.POSITIVE_INFINITY
    const up = i > 0 ? cost[(i - 1) * columns + j]! + gapCost : Number.POSITIVE_INFINITY
    const left = j > 0 ? cost[i * columns + j - 1]! + gapCost : Number.POSITIVE_INFINITY
    if (across <= up && across <= left) pairs.push({ first: first[--i]!, second: second[--j]! })
    else if (up <= left) pairs.push({ first: first[--i]! })
    else pairs.push({ second: second[--j]! })
  }
  return pairs.reverse()
}

function placed(key: (text: string) => string): (glyph: LineGlyph) => { key: string; middle: number } {
  return (glyph) => ({ key: key(glyph.text), middle: (glyph.from + glyph.to) / 2 })
}
