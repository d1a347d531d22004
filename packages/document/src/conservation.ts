import { type Block, isReadPiece } from './block.ts'
import type { Change } from './change.ts'
import type { Page } from './page.ts'
import { rawText, textRegions } from './raw.ts'

/** A place where raw text, changes and clean text do not add up. */
export interface Imbalance {
  readonly place: string
  readonly message: string
}

/**
 * The account of a page: every raw character must stand in the clean text once, unchanged, or be covered by one applied
 * replacement; every character of the clean text must be one of the two. Shares no code with `replay`, on purpose.
 *
 * Empty when the page balances.
 */
export function checkConservation(page: Page, blocks: readonly Block[], changes: readonly Change[]): Imbalance[] {
  const applied = new Map(changes.filter((change) => change.status === 'applied').map((change) => [change.id, change]))
  const raw = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  const seen = new Map([...raw].map(([id, text]) => [id, new Uint8Array(text.length)]))
  const imbalances: Imbalance[] = []
  const report = (place: string, message: string): void => {
    imbalances.push({ place, message })
  }
  if (applied.size !== changes.reduce((count, change) => count + (change.status === 'applied' ? 1 : 0), 0))
    report('changes', 'Two changes share an id.')
  countKept(blocks, raw, seen, report)
  countReplaced(applied, seen, report)
  checkWritten(blocks, applied, report)
  for (const [id, marks] of seen) {
    const lost = marks.indexOf(0)
    if (lost >= 0) report(`${id}@${lost}`, `“${raw.get(id)!.slice(lost, lost + 8)}” is neither kept nor changed.`)
  }
  return imbalances
}

type Report = (place: string, message: string) => void

function countKept(
  blocks: readonly Block[],
  raw: ReadonlyMap<string, string>,
  seen: ReadonlyMap<string, Uint8Array>,
  report: Report
): void {
  for (const block of blocks)
    for (const piece of block.pieces) {
      if (!isReadPiece(piece)) continue
      const place = `${piece.region}@${piece.at}`
      const text = raw.get(piece.region)
      if (text === undefined || text.slice(piece.at, piece.at + piece.text.length) !== piece.text)
        report(place, `“${piece.text}” was not read there.`)
      else mark(seen.get(piece.region)!, piece.at, piece.at + piece.text.length, place, report)
    }
}

function countReplaced(applied: ReadonlyMap<string, Change>, seen: ReadonlyMap<string, Uint8Array>, report: Report): void {
  for (const change of applied.values()) {
    if (change.kind !== 'replace') continue
    const marks = seen.get(change.region)
    if (marks) mark(marks, change.from, change.to, change.id, report)
    else report(change.id, `There is no region ${change.region}.`)
  }
}

function mark(marks: Uint8Array, from: number, to: number, place: string, report: Report): void {
  for (let at = from; at < to; at++) {
    if (marks[at]) {
      report(place, 'A character is accounted for twice.')
      return
    }
    marks[at] = 1
  }
}

function checkWritten(blocks: readonly Block[], applied: ReadonlyMap<string, Change>, report: Report): void {
  const due = new Map<string, string>()
  for (const change of applied.values()) {
    if (change.kind === 'replace' && change.after !== '') due.set(change.id, change.after)
    if (change.kind === 'join' && change.glue !== '') due.set(change.id, change.glue)
  }
  for (const block of blocks)
    for (const piece of block.pieces) {
      if (isReadPiece(piece)) continue
      if (due.get(piece.change) !== piece.text) report(block.id, `“${piece.text}” is written by no applied change.`)
      due.delete(piece.change)
    }
  for (const [id, text] of due) report(id, `“${text}” should have been written and was not.`)
}
