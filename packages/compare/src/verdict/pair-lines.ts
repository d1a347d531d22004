import { type Line, type Page, rawText, type TextRegion, textRegions } from '@broadsheet/document'
import { alignBlocks, mapOffsets } from '../block-align.ts'
import { readerDoubts } from '../reader-doubts.ts'
import type { LineVoice } from '../vote.ts'
import { placeLines } from './placed-lines.ts'
import { claimSpans, closeGaps, fillHoles, freeRuns, isLike, matchStrays } from './spans.ts'

export interface Pair {
  readonly region: TextRegion
  readonly line: Line
  readonly old: string
  readonly new: LineVoice
  readonly oldConfidence?: ArrayLike<number>
  readonly before: string
  readonly after: string
}

export interface Left {
  readonly text: string
  /** The new region whose old counterpart stands before it; undefined at the top. */
  readonly after: string | undefined
  readonly region: string
  /** A whole region of the old page, not a part of one. */
  readonly whole: boolean
}

/** The old text of every new line, and the old text that no line has. */
export function pairLines(oldPage: Page, newPage: Page): { lines: Pair[]; left: Left[] } {
  const oldRegions = textRegions(oldPage)
  const oldText = oldRegions.map(rawText).join('\n')
  const lines = placeLines(newPage)
  const newText = textRegions(newPage).map(rawText).join('\n')
  const map = mapOffsets(newText, oldText, alignBlocks(newText, oldText))
  const claimed = closeGaps(fillHoles(lines, claimSpans(lines, map, oldText), oldText), oldText)
  const alike = claimed.map((span, index) => (isLike(lines[index]!.line.text, oldText.slice(span[0], span[1])) ? span : ([0, 0] as const)))
  const spans = matchStrays(lines, alike, oldText)
  const used = new Uint8Array(oldText.length)
  for (const [from, to] of spans) used.fill(1, from, to)
  const doubts = readerDoubts(newPage)
  const oldDoubts = joinDoubts(oldPage)
  const homes = spans.flatMap(([from, to], index) => (to > from ? [{ at: from, region: lines[index]!.region.id }] : []))
  return {
    lines: lines.map(({ region, line, from, to, start }, index) => {
      const [oldFrom, oldTo] = spans[index]!
      const old = oldText.slice(oldFrom, oldTo)
      const sure = doubts.get(region.id)?.confidence
      return {
        region,
        line,
        old: old.replace(/\n/g, ''),
        new: { text: line.text, ...(sure ? { confidence: sure.subarray(from, to) } : {}) },
        ...(oldDoubts && !old.includes('\n') ? { oldConfidence: oldDoubts.subarray(oldFrom, oldTo) } : {}),
        before: newText.slice(Math.max(0, start + from - 12), start + from).replace(/\n/g, ''),
        after: newText.slice(start + to, start + to + 12).replace(/\n/g, '')
      }
    }),
    left: unused(oldRegions, used, homes)
  }
}

function joinDoubts(page: Page): Float64Array | undefined {
  const doubts = readerDoubts(page)
  if (![...doubts.values()].some((one) => one.confidence)) return undefined
  const parts = textRegions(page).flatMap((region) => [
    ...(doubts.get(region.id)?.confidence ?? new Float64Array(rawText(region).length).fill(1)),
    1
  ])
  return Float64Array.from(parts)
}

function unused(regions: readonly TextRegion[], used: Uint8Array, homes: readonly { at: number; region: string }[]): Left[] {
  const sorted = [...homes].sort((x, y) => x.at - y.at)
  const left: Left[] = []
  let start = 0
  for (const region of regions) {
    const text = rawText(region)
    for (const [from, to] of freeRuns(used, start, start + text.length)) {
      const piece = text.slice(from - start, to - start)
      if (piece.trim() === '') continue
      left.push({
        text: piece.trim(),
        after: sorted.findLast((home) => home.at < from)?.region,
        region: region.id,
        whole: piece.trim() === text.trim()
      })
    }
    start += text.length + 1
  }
  return left
}
