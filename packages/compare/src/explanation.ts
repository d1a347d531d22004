import type { Change, TextRole } from '@broadsheet/document'

/**
 * Two versions of a text, every difference beside its reason. A plain JSON value: all presentations are made of it.
 * The clean sides of all block rows in order, a line each, are the clean text.
 */
export interface Explanation {
  /** Page id, or what the two texts are. */
  readonly title: string
  /** What stands on the left: `raw`, a file name, a run. */
  readonly leftName: string
  readonly rightName: string
  /** BCP 47, where known. */
  readonly language?: string
  /** In reading order of the clean text. */
  readonly rows: readonly Row[]
  /** Every change that a row or hunk names, applied or not, in order of its place. */
  readonly changes: readonly Change[]
  /** Differences that no change accounts for: empty when raw + changes = clean. */
  readonly unexplained: readonly Unexplained[]
  readonly summary: readonly RuleCount[]
}

/** A clean block with the raw text it came from, or (`moved-away`) the place a displaced passage was taken from. */
export interface Row {
  readonly kind: 'block' | 'moved-away'
  /** Block id; for `moved-away` the block the passage went to. */
  readonly id: string
  readonly role?: TextRole
  /** What the block was taken for before its labels were changed. */
  readonly roleBefore?: TextRole
  /** Changes and notes about the block as a whole: labels, the split it begins with. */
  readonly changes: readonly string[]
  readonly notes: readonly string[]
  readonly hunks: readonly Hunk[]
}

export type HunkKind = 'same' | 'replaced' | 'inserted' | 'deleted' | 'joined' | 'moved' | 'unexplained' | 'note'

/** A stretch of a row. The left sides of its hunks in order are the raw text of the row, the right sides the clean text. */
export interface Hunk {
  readonly kind: HunkKind
  /** As it was read; for `joined` the line end between the two blocks. */
  readonly raw: string
  /** As it stands now; '' when nothing is left of it. */
  readonly clean: string
  /** Where the left side stands in the raw reading. */
  readonly place?: Place
  /** Ids of the changes that made the difference. */
  readonly changes: readonly string[]
  /** Ids of flags, proposals and rejected changes that touch this place. */
  readonly notes: readonly string[]
  /** Displaced text: the id of the join that brought it here, or the number of the move. */
  readonly move?: string
}

/** Raw region and UTF-16 offsets into its raw text. */
export interface Place {
  readonly region: string
  readonly from: number
  readonly to: number
}

export interface Unexplained {
  /** `r7@12`, or the id of a block. */
  readonly place: string
  readonly raw: string
  readonly clean: string
  /** One sentence. */
  readonly message: string
}

export interface RuleCount {
  readonly rule: string
  readonly applied: number
  readonly proposed: number
  readonly rejected: number
  /** Doubts, whatever their status. */
  readonly flagged: number
}

/** The part of an explanation that concerns some blocks: an article's on its page. */
export function onlyBlocks(explanation: Explanation, blocks: ReadonlySet<string>): Explanation {
  const rows = explanation.rows.filter((row) => blocks.has(row.id))
  const named = new Set(
    rows.flatMap((row) => [...row.changes, ...row.notes, ...row.hunks.flatMap((hunk) => [...hunk.changes, ...hunk.notes])])
  )
  const changes = explanation.changes.filter((change) => named.has(change.id))
  return { ...explanation, rows, changes, summary: countByRule(changes) }
}

/** Changes counted by rule, the busiest first. */
export function countByRule(changes: readonly Change[]): RuleCount[] {
  const counts = new Map<string, { rule: string; applied: number; proposed: number; rejected: number; flagged: number }>()
  for (const change of changes) {
    const count = counts.get(change.rule) ?? { rule: change.rule, applied: 0, proposed: 0, rejected: 0, flagged: 0 }
    count[change.kind === 'flag' ? 'flagged' : change.status]++
    counts.set(change.rule, count)
  }
  const total = (count: RuleCount): number => count.applied + count.proposed + count.rejected + count.flagged
  return [...counts.values()].sort((a, b) => total(b) - total(a) || (a.rule < b.rule ? -1 : 1))
}
