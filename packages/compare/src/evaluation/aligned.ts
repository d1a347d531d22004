import { type Page, rawText, textRegions } from '@broadsheet/document'
import { alignBlocks, mapOffsets, type Segment } from '../block-align.ts'
import { diffTexts } from '../diff.ts'
import { type Truth, truthText } from './truth.ts'

/** A page's raw text beside the truth. */
export interface Aligned {
  readonly raw: string
  readonly truth: string
  /** Where the raw text of each region begins in `raw`. */
  readonly starts: ReadonlyMap<string, number>
  /** For each offset of `raw` the offset of `truth`; -1 where the truth has nothing. */
  readonly map: Int32Array
  /** By UTF-16 unit of `raw`: 0 right, 1 wrong (or something is missing there), 2 not to be known. Blanks are never wrong. */
  readonly wrong: Uint8Array
  /** Where each block of the truth stands in `truth`. */
  readonly blocks: readonly (readonly [from: number, to: number])[]
}

export function alignTruth(page: Page, truth: Truth): Aligned {
  const starts = new Map<string, number>()
  let raw = ''
  for (const region of textRegions(page)) {
    starts.set(region.id, raw.length)
    raw += `${rawText(region)}\n`
  }
  const whole = truthText(truth)
  const segments = alignBlocks(raw, whole)
  return {
    raw,
    truth: whole,
    starts,
    map: mapOffsets(raw, whole, segments),
    wrong: markWrong(raw, whole, segments),
    blocks: placesOf(truth)
  }
}

function placesOf(truth: Truth): [number, number][] {
  let at = 0
  return truth.blocks.map(({ text }) => {
    const place: [number, number] = [at, at + text.length]
    at += text.length + 1
    return place
  })
}

function markWrong(raw: string, truth: string, segments: readonly Segment[]): Uint8Array {
  const wrong = new Uint8Array(raw.length).fill(2)
  for (const { aFrom, aTo, bFrom, bTo } of segments) {
    wrong.fill(0, aFrom, aTo)
    let before = ''
    for (const run of diffTexts(raw.slice(aFrom, aTo), truth.slice(bFrom, bTo), { minMove: 0 })) {
      const from = aFrom + run.a
      if (run.kind === 'removed' && run.text.trim() !== '') wrong.fill(1, from, from + run.text.length)
      // What stands there instead is the same error; only what is missing altogether is another.
      else if (run.kind === 'added' && before !== 'removed' && run.text.trim() !== '') wrong[Math.min(from, aTo - 1)] = 1
      before = run.kind
    }
  }
  return wrong
}

/** What the truth has at `[from, to)` of the raw text of a region; undefined where that cannot be told. */
export function truthAt(aligned: Aligned, region: string, from: number, to: number): string | undefined {
  const start = aligned.starts.get(region)
  if (start === undefined) return undefined
  const { map } = aligned
  const [first, last] = [start + from, start + to]
  const before = from > 0 && map[first - 1]! >= 0 ? map[first - 1]! + 1 : map[first]!
  const after = map[last]! >= 0 ? map[last]! : last > first && map[last - 1]! >= 0 ? map[last - 1]! + 1 : -1
  if (before < 0 || after < before || after - before > to - from + 8) return undefined
  return aligned.truth.slice(before, after).replace(/\n/g, '')
}
