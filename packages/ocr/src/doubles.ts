import type { Box } from '@broadsheet/document'
import { cutGeometry, stretchBox } from './image/cut-line.ts'
import { type FoundLine, lineBounds } from './layout/types.ts'
import type { LineResult } from './page-line.ts'

interface Placed {
  readonly line: FoundLine
  readonly glyphs: readonly { readonly text: string; readonly box: Box }[]
}

/**
 * Lines that say nothing of their own: each of their characters is read at its place in another line too, as when one was found
 * down two rows, or half a row twice.
 *
 *     连胜，以十四胜
 *     积分榜首位。      with 胜分 found as a line that runs down: 胜分 is a double
 */
export function doubledLines(lines: readonly FoundLine[], results: ReadonlyMap<FoundLine, LineResult>): Set<FoundLine> {
  const placed = lines.map((line): Placed => ({ line, glyphs: glyphsOf(line, results.get(line)!) }))
  const shortest = placed.filter(({ glyphs }) => glyphs.length > 0).sort((a, b) => a.glyphs.length - b.glyphs.length)
  const doubled = new Set<FoundLine>()
  for (const { line, glyphs } of shortest) {
    const witnesses = placed.filter(
      (other) => other.line !== line && !doubled.has(other.line) && meet(lineBounds(line), lineBounds(other.line))
    )
    if (glyphs.every((glyph) => witnesses.some((other) => other.glyphs.some((each) => isSame(glyph, each))))) doubled.add(line)
  }
  return doubled
}

function glyphsOf(line: FoundLine, { reading }: LineResult): Placed['glyphs'] {
  const cut = cutGeometry(line)
  return reading.glyphs.map(({ text, from, to }) => ({ text, box: stretchBox(line, cut, from, to) }))
}

function isSame(a: Placed['glyphs'][number], b: Placed['glyphs'][number]): boolean {
  const x = a.box.x + a.box.width / 2
  const y = a.box.y + a.box.height / 2
  return a.text === b.text && x >= b.box.x && x <= b.box.x + b.box.width && y >= b.box.y && y <= b.box.y + b.box.height
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
