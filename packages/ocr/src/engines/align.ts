import type { LineGlyph } from '../engine.ts'

/** Glyphs of two readings that stand at one place; one of them is absent where only the other engine saw a character. */
export interface GlyphPair {
  readonly first?: LineGlyph
  readonly second?: LineGlyph
}

const gapCost = 0.65
/** How much worse a pair is for each glyph width that its two sides lie apart. */
const distanceCost = 0.35

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
    const here = cost[i * columns + j]!
    if (i > 0 && j > 0 && here === cost[(i - 1) * columns + j - 1]! + pairCost(i - 1, j - 1)) pairs.push({ first: first[--i]!, second: second[--j]! })
    else if (i > 0 && here === cost[(i - 1) * columns + j]! + gapCost) pairs.push({ first: first[--i]! })
    else pairs.push({ second: second[--j]! })
  }
  return pairs.reverse()
}

function placed(key: (text: string) => string): (glyph: LineGlyph) => { key: string; middle: number } {
  return (glyph) => ({ key: key(glyph.text), middle: (glyph.from + glyph.to) / 2 })
}
