import type { Glyph, Line } from '@broadsheet/document'

/** How surely the engine read the last two characters of a line, 0 to 1: the least of them; the line's own where it told no glyphs. */
export function tailConfidence(line: Line): number {
  return least(line, glyphsOf(line).slice(-2))
}

/** As `tailConfidence`, of the first two characters. */
export function headConfidence(line: Line): number {
  return least(line, glyphsOf(line).slice(0, 2))
}

function glyphsOf(line: Line): Glyph[] {
  return (line.words ?? []).flatMap(({ glyphs }) => glyphs ?? [])
}

function least(line: Line, glyphs: readonly Glyph[]): number {
  const sure = glyphs.flatMap(({ confidence }) => confidence ?? [])
  return sure.length > 0 ? Math.min(...sure) : (line.confidence ?? 1)
}
