import { type Block, isReadPiece, type Line, lineSpans, type Page, type TextRegion, textRegions } from '@broadsheet/document'
import { diffTexts } from './diff.ts'

/**
 * How doubtful the engines were about each character of a block, 0 to 1 by UTF-16 unit: `confidence` from the glyphs (or the
 * line), `disagreement` where a second reading of the line has something else. Absent where nothing is known.
 */
export interface ReaderDoubts {
  readonly confidence?: Float64Array
  readonly disagreement?: Uint8Array
}

/** Doubts by raw region, for a whole page. */
export function readerDoubts(page: Page): ReadonlyMap<string, ReaderDoubts> {
  return new Map(textRegions(page).map((region) => [region.id, regionDoubts(region)]))
}

function regionDoubts(region: TextRegion): ReaderDoubts {
  const spans = lineSpans(region)
  const length = spans.at(-1)?.to ?? 0
  const sure = spans.some(({ line }) => line.confidence !== undefined || line.words) ? new Float64Array(length).fill(1) : undefined
  const differs = spans.some(({ line }) => line.readings?.length) ? new Uint8Array(length) : undefined
  for (const { line, from } of spans) {
    if (sure) writeConfidence(line, from, sure)
    for (const reading of line.readings ?? []) if (differs) writeDisagreement(line.text, reading.text, from, differs)
  }
  return { ...(sure ? { confidence: sure } : {}), ...(differs ? { disagreement: differs } : {}) }
}

function writeConfidence(line: Line, from: number, sure: Float64Array): void {
  if (line.confidence !== undefined) sure.fill(line.confidence, from, from + line.text.length)
  let at = 0
  for (const word of line.words ?? []) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0) continue
    at = start + word.text.length
    sure.fill(word.confidence, from + start, from + at)
    let glyphAt = start
    for (const glyph of word.glyphs ?? []) {
      sure.fill(glyph.confidence, from + glyphAt, from + Math.min(at, glyphAt + glyph.text.length))
      glyphAt += glyph.text.length
    }
  }
}

function writeDisagreement(text: string, other: string, from: number, differs: Uint8Array): void {
  for (const run of diffTexts(text, other, { minMove: 0 })) {
    if (run.kind === 'removed') differs.fill(1, from + run.a, from + run.a + run.text.length)
    else if (run.kind === 'added' && text.length > 0) differs[from + Math.min(run.a, text.length - 1)] = 1
  }
}

/** The doubts of a region, carried to the clean text of a block. */
export function blockDoubts(block: Block, doubts: ReadonlyMap<string, ReaderDoubts>): ReaderDoubts {
  const length = block.pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  const sure = new Float64Array(length).fill(1)
  const differs = new Uint8Array(length)
  let [at, known, compared] = [0, false, false]
  for (const piece of block.pieces) {
    if (isReadPiece(piece)) {
      const { confidence, disagreement } = doubts.get(piece.region) ?? {}
      if (confidence) sure.set(confidence.subarray(piece.at, piece.at + piece.text.length), at)
      if (disagreement) differs.set(disagreement.subarray(piece.at, piece.at + piece.text.length), at)
      known ||= confidence !== undefined
      compared ||= disagreement !== undefined
    }
    at += piece.text.length
  }
  return { ...(known ? { confidence: sure } : {}), ...(compared ? { disagreement: differs } : {}) }
}
