import type { Change } from '@broadsheet/document'
import type { Hunk, HunkKind } from './explanation.ts'
import type { Segment } from './segments.ts'

/** Whether a change says something without altering the text: a flag, a proposal, one that a person rejected. */
export function isNote(change: Change): boolean {
  return change.kind === 'flag' || change.status !== 'applied'
}

/** A segment as hunks: text kept, cut where notes begin and end, and text replaced. */
export function hunksOfSegment(segment: Segment, notes: readonly Change[]): Hunk[] {
  const here = notes.filter((note) => touches(note, segment)).sort((x, y) => x.from - y.from || x.to - y.to)
  const hunks: Hunk[] = []
  let at = segment.from
  for (const replace of segment.replaces) {
    hunks.push(...keptHunks(segment, at, Math.max(at, replace.from), here))
    hunks.push({
      kind: kindOf(replace.before, replace.after),
      raw: replace.before,
      clean: replace.after,
      place: { region: segment.region, from: replace.from, to: replace.to },
      changes: [replace.id],
      notes: here.filter((note) => note.from < replace.to && note.to > replace.from).map((note) => note.id)
    })
    at = Math.max(at, replace.to)
  }
  return [...hunks, ...keptHunks(segment, at, segment.to, here), ...pointNotes(segment, segment.to, here)]
}

function touches(note: Change, segment: Segment): boolean {
  if (note.region !== segment.region) return false
  if (note.from === note.to) return note.from >= segment.from && note.from <= segment.to && (note.from > segment.from || segment.from === 0)
  return note.from < segment.to && note.to > segment.from
}

function kindOf(before: string, after: string): HunkKind {
  if (before === '') return 'inserted'
  return after === '' ? 'deleted' : 'replaced'
}

function keptHunks(segment: Segment, from: number, to: number, notes: readonly Change[]): Hunk[] {
  const cuts = new Set([from])
  for (const note of notes) for (const edge of [note.from, note.to]) if (edge > from && edge < to) cuts.add(edge)
  const bounds = [...cuts].sort((x, y) => x - y)
  if (from >= to) return []
  return bounds.flatMap((start, index) => {
    const end = bounds[index + 1] ?? to
    const text = segment.text.slice(start - segment.from, end - segment.from)
    const covering = notes.filter((note) => note.from < end && note.to > start).map((note) => note.id)
    const place = { region: segment.region, from: start, to: end }
    return [...pointNotes(segment, start, notes), { kind: 'same', raw: text, clean: text, place, changes: [], notes: covering } as const]
  })
}

/** Notes on a place between two characters: insertions, joins and splits that were proposed. */
function pointNotes(segment: Segment, at: number, notes: readonly Change[]): Hunk[] {
  const here = notes.filter((note) => note.from === at && note.to === at)
  if (here.length === 0) return []
  return [
    {
      kind: 'note',
      raw: '',
      clean: '',
      place: { region: segment.region, from: at, to: at },
      changes: [],
      notes: here.map((note) => note.id)
    }
  ]
}
