import type { Hunk, HunkKind, Row } from './explanation.ts'

/** How a stretch is to be shown, whatever the medium. */
export type Look = 'plain' | 'removed' | 'added' | 'moved' | 'joined' | 'note' | 'unexplained' | 'elided'

export interface Span {
  readonly text: string
  readonly look: Look
}

const looks: Readonly<Record<HunkKind, readonly [raw: Look, clean: Look]>> = {
  same: ['plain', 'plain'],
  replaced: ['removed', 'added'],
  inserted: ['removed', 'added'],
  deleted: ['removed', 'added'],
  joined: ['joined', 'joined'],
  moved: ['moved', 'moved'],
  unexplained: ['unexplained', 'unexplained'],
  note: ['note', 'note']
}

/** The look of a hunk's raw and clean side. Kept text looks different when it was displaced or is in doubt. */
export function looksOf(hunk: Hunk): readonly [raw: Look, clean: Look] {
  if (hunk.kind !== 'same') return looks[hunk.kind]
  if (hunk.notes.length > 0) return ['note', 'note']
  return hunk.move === undefined ? looks.same : ['moved', 'moved']
}

/** Whether anything is to be said about a hunk. */
export function isDifferent(hunk: Hunk): boolean {
  return hunk.kind !== 'same' || hunk.notes.length > 0
}

/** Whether anything is to be said about a row. */
export function isChangedRow(row: Row): boolean {
  return row.kind === 'moved-away' || row.changes.length > 0 || row.notes.length > 0 || row.hunks.some(isDifferent)
}

/** Ids of all changes and notes of a row, each once, in order. */
export function changesOfRow(row: Row): string[] {
  return [...new Set([...row.changes, ...row.notes, ...row.hunks.flatMap((hunk) => [...hunk.changes, ...hunk.notes])])]
}
