import {
  type Block,
  blockText,
  type Change,
  type CleanPage,
  isReadPiece,
  memoize,
  type Replace,
  rawText,
  textRegions
} from '@broadsheet/document'

/** A stretch of a block's text with what was done to it: enough to show the raw text, the clean text, and what differs. */
export interface Stretch {
  /** `kept`: in both. `written`: only in the clean text. `removed`: only in the raw text. `joined`: nothing; here a join meets. */
  readonly kind: 'kept' | 'written' | 'removed' | 'joined'
  readonly text: string
  /** Offset in the clean text of the block where it stands, or, for what is removed, would stand. */
  readonly at: number
  readonly change?: string
  /** Proposals and doubts that lie over it, by id. */
  readonly marks: readonly string[]
}

/** A block as stretches, in the order of the clean text. */
export function markBlock(clean: CleanPage, block: Block): Stretch[] {
  const index = indexChanges(clean)
  const stretches: Stretch[] = []
  let at = 0
  let place = startOf(block)
  const push = (kind: Stretch['kind'], text: string, change?: string, marks: readonly string[] = []): void => {
    stretches.push({ kind, text, at, marks, ...(change !== undefined && { change }) })
    if (kind !== 'removed') at += text.length
  }
  const removeUpTo = (to: number): void => {
    for (const gone of index.removals.get(place.region) ?? [])
      if (gone.from >= place.at && gone.to <= to) push('removed', gone.before, gone.id)
    place = { region: place.region, at: Math.max(place.at, to) }
  }
  const meet = (join: string, target: { region: string; at: number }): void => {
    removeUpTo(endOf(clean, index, place))
    push('joined', '', join)
    place = { ...target }
  }
  for (const piece of block.pieces) {
    if (isReadPiece(piece)) {
      if (piece.region !== place.region || piece.at < place.at || piece.at >= endOf(clean, index, place)) {
        const join = index.joins.get(`${place.region}@${endOf(clean, index, place)}`)
        meet(join?.id ?? '', join?.target ?? { region: piece.region, at: piece.at })
      }
      removeUpTo(piece.at)
      for (const part of cutAtMarks(index, piece.region, piece.at, piece.text)) push('kept', part.text, undefined, part.marks)
      place = { region: piece.region, at: piece.at + piece.text.length }
      continue
    }
    const change = index.byId.get(piece.change)
    if (change?.kind === 'join') meet(change.id, change.target)
    if (change?.kind === 'replace') {
      if (change.region !== place.region || change.from < place.at || change.from > endOf(clean, index, place))
        meet('', { region: change.region, at: change.from })
      removeUpTo(change.from)
      if (change.before !== '') push('removed', change.before, change.id)
      place = { region: change.region, at: change.to }
    }
    push('written', piece.text, piece.change)
  }
  removeUpTo(endOf(clean, index, place))
  return stretches
}

/** The part of a block's stretches under `[from, to)` of its clean text; what is removed at the ends goes along. */
export function sliceStretches(stretches: readonly Stretch[], from: number, to: number): Stretch[] {
  return stretches.flatMap((stretch) => {
    const end = stretch.kind === 'removed' ? stretch.at : stretch.at + stretch.text.length
    if (stretch.text === '' || stretch.kind === 'removed') return stretch.at >= from && stretch.at <= to ? [stretch] : []
    if (end <= from || stretch.at >= to) return []
    const start = Math.max(stretch.at, from)
    return [{ ...stretch, at: start, text: stretch.text.slice(start - stretch.at, Math.min(end, to) - stretch.at) }]
  })
}

/** All changes of a page that touch a block, in the order they stand in the raw text of its regions. */
export function changesOf(clean: CleanPage, block: Block): Change[] {
  const stretches = markBlock(clean, block)
  const ids = new Set(stretches.flatMap((stretch) => [...(stretch.change ? [stretch.change] : []), ...stretch.marks]))
  return clean.changes.filter(
    (change) =>
      ids.has(change.id) ||
      (change.region + (change.from === 0 ? '' : `@${change.from}`) === block.id && change.kind === 'label' && change.status !== 'rejected')
  )
}

interface ChangeIndex {
  readonly byId: ReadonlyMap<string, Change>
  /** Applied replacements by nothing, by region, in order. */
  readonly removals: ReadonlyMap<string, readonly Replace[]>
  /** Applied joins by where the first part ends. */
  readonly joins: ReadonlyMap<string, Extract<Change, { kind: 'join' }>>
  readonly splits: ReadonlyMap<string, readonly number[]>
  readonly lengths: ReadonlyMap<string, number>
  /** Proposals and flags, by region. */
  readonly marks: ReadonlyMap<string, readonly Change[]>
}

const indexChanges = memoize((clean: CleanPage): ChangeIndex => {
  const applied = clean.changes.filter((change) => change.status === 'applied')
  const removals = applied.filter((change): change is Replace => change.kind === 'replace' && change.after === '')
  const marks = clean.changes.filter((change) => change.status !== 'rejected' && (change.kind === 'flag' || change.status === 'proposed'))
  const splits = applied.filter((change) => change.kind === 'split')
  return {
    byId: new Map(clean.changes.map((change) => [change.id, change])),
    removals: groupByRegion(removals.sort((a, b) => a.from - b.from)),
    joins: new Map(applied.flatMap((change) => (change.kind === 'join' ? [[`${change.region}@${change.to}`, change] as const] : []))),
    splits: new Map([...groupByRegion(splits)].map(([region, list]) => [region, list.map((split) => split.from).sort((a, b) => a - b)])),
    lengths: new Map(textRegions(clean.page).map((region) => [region.id, rawText(region).length])),
    marks: groupByRegion(marks.filter((change) => change.from < change.to))
  }
})

function groupByRegion<T extends Change>(changes: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const change of changes) {
    const group = groups.get(change.region)
    if (group) group.push(change)
    else groups.set(change.region, [change])
  }
  return groups
}

function startOf(block: Block): { region: string; at: number } {
  const match = /^(.*)@(\d+)$/s.exec(block.id)
  return match ? { region: match[1]!, at: Number(match[2]) } : { region: block.id, at: 0 }
}

/** Where the part of a region that holds `place` ends: at the next split, else with the region. */
function endOf(clean: CleanPage, index: ChangeIndex, place: { readonly region: string; readonly at: number }): number {
  const split = index.splits.get(place.region)?.find((at) => at > place.at)
  return split ?? index.lengths.get(place.region) ?? blockTextLength(clean)
}

function blockTextLength(clean: CleanPage): number {
  return Math.max(0, ...clean.blocks.map((block) => blockText(block).length))
}

function cutAtMarks(index: ChangeIndex, region: string, from: number, text: string): { text: string; marks: string[] }[] {
  const to = from + text.length
  const over = (index.marks.get(region) ?? []).filter((mark) => mark.from < to && mark.to > from)
  if (over.length === 0) return [{ text, marks: [] }]
  const cuts = [...new Set([from, to, ...over.flatMap((mark) => [mark.from, mark.to])])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b)
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at]!
    return {
      text: text.slice(start - from, end - from),
      marks: over.filter((mark) => mark.from < end && mark.to > start).map((mark) => mark.id)
    }
  })
}
