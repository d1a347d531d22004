import { type Block, type Change, type CleanPage, type Flag, memoize, type Replace } from '@broadsheet/document'
import { type Cell, cellsOf } from './cells.ts'

/** What stands at one place of a paragraph of a TEI text. */
export type TeiRun =
  | { readonly kind: 'text'; readonly text: string; readonly flag?: Flag }
  /** A new printed line begins. */
  | { readonly kind: 'line'; readonly region: string; readonly line: string; readonly column?: number }
  | { readonly kind: 'choice'; readonly change: Replace; readonly text: string; readonly flag?: Flag }

/** The text of a block as runs: printed lines, corrections (also those that only took something away), doubts. */
export function teiRuns(clean: CleanPage, block: Block): TeiRun[] {
  const known = indexChanges(clean.changes)
  const runs: TeiRun[] = []
  let lastLine: Cell['line'] | undefined
  let end: { region: string; at: number } | undefined
  for (const group of groupCells(cellsOf(clean.page, block), known.flags)) {
    const first = group.cells[0]!
    for (const change of known.deletionsBetween(end, { region: first.region.id, at: first.from }))
      runs.push({ kind: 'choice', change, text: '' })
    if (first.line !== lastLine) runs.push(lineRun(first))
    lastLine = first.line
    runs.push(...textRuns(group, known.replaces))
    const last = group.cells.at(-1)!
    end = { region: last.region.id, at: last.to }
  }
  for (const change of known.deletionsBetween(end, undefined)) runs.push({ kind: 'choice', change, text: '' })
  return hasCells(runs) ? runs : [{ kind: 'text', text: block.pieces.map((piece) => piece.text).join('') }]
}

const hasCells = (runs: readonly TeiRun[]): boolean => runs.some((run) => run.kind !== 'line')

function lineRun(cell: Cell): TeiRun {
  const { column } = cell.region
  return { kind: 'line', region: cell.region.id, line: cell.line.id, ...(column === undefined ? {} : { column }) }
}

interface Group {
  readonly cells: Cell[]
  readonly flag: Flag | undefined
}

function groupCells(cells: readonly Cell[], flagAt: (region: string, at: number) => Flag | undefined): Group[] {
  const groups: Group[] = []
  for (const cell of cells) {
    const flag = flagAt(cell.region.id, cell.from)
    const last = groups.at(-1)
    const before = last?.cells.at(-1)
    const together =
      last &&
      before &&
      before.line === cell.line &&
      before.change === cell.change &&
      last.flag === flag &&
      (cell.change !== undefined || before.to === cell.from)
    if (together) last.cells.push(cell)
    else groups.push({ cells: [cell], flag })
  }
  return groups
}

function textRuns({ cells, flag }: Group, replaces: ReadonlyMap<string, Replace>): TeiRun[] {
  const text = cells.map((cell) => cell.char).join('')
  const change = cells[0]!.change === undefined ? undefined : replaces.get(cells[0]!.change)
  const doubt = flag ? { flag } : {}
  return [change ? { kind: 'choice', change, text, ...doubt } : { kind: 'text', text, ...doubt }]
}

interface KnownChanges {
  readonly replaces: ReadonlyMap<string, Replace>
  readonly flags: (region: string, at: number) => Flag | undefined
  /** Applied deletions that start at or after `from` and end at or before `to`, of the region they share. */
  readonly deletionsBetween: (from: { region: string; at: number } | undefined, to: { region: string; at: number } | undefined) => Replace[]
}

const indexChanges = memoize((changes: readonly Change[]): KnownChanges => {
  const replaces = changes.filter((change): change is Replace => change.kind === 'replace' && change.status === 'applied')
  const flags = group(changes.filter((change): change is Flag => change.kind === 'flag' && change.status !== 'rejected'))
  const deletions = group(replaces.filter((change) => change.after === ''))
  return {
    replaces: new Map(replaces.map((change) => [change.id, change])),
    flags: (region, at) => flags.get(region)?.find((flag) => at >= flag.from && at < Math.max(flag.to, flag.from + 1)),
    deletionsBetween: (from, to) => {
      const region = from?.region ?? to?.region
      const all = region === undefined ? [] : (deletions.get(region) ?? [])
      if (from && to && from.region === to.region) return all.filter((change) => change.from >= from.at && change.to <= to.at)
      // At the end of a stretch, or before its beginning: those that touch it.
      if (from) return touching(all, from.at, 'after')
      return to ? touching(all, to.at, 'before') : []
    }
  }
})

function group<T extends Change>(changes: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const change of [...changes].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const list = groups.get(change.region)
    if (list) list.push(change)
    else groups.set(change.region, [change])
  }
  return groups
}

function touching(changes: readonly Replace[], at: number, side: 'before' | 'after'): Replace[] {
  const found: Replace[] = []
  let edge = at
  const ordered = side === 'after' ? changes : [...changes].reverse()
  for (const change of ordered) {
    if (side === 'after' ? change.from !== edge : change.to !== edge) continue
    found.push(change)
    edge = side === 'after' ? change.to : change.from
  }
  return side === 'after' ? found : found.reverse()
}
