import { type Block, blockId, blockText, type Change, type CleanPage } from '@broadsheet/document'
import { countByRule, type Explanation, type Hunk, type Row, type Unexplained } from './explanation.ts'
import { hunksOfSegment, isNote } from './segment-hunks.ts'
import { type Claims, readClaims, type Segment } from './segments.ts'
import { markUnexplained } from './unexplained.ts'

/**
 * Every difference between the raw and the clean text of a page, with the change that made it, in reading order of the
 * clean text. Raw text and changes are put together anew, without `replay`, and held against what the clean page says:
 * what differs from that is `unexplained`. Flags, proposals and rejected changes stand as notes at their place.
 */
export function explain(clean: CleanPage): Explanation {
  const claims = readClaims(clean.page, clean.changes)
  const notes = clean.changes.filter(isNote)
  const unexplained: Unexplained[] = claims.misfits.map(({ change, message }) => ({
    place: `${change.region}@${change.from}`,
    raw: change.before,
    clean: '',
    message: `Change ${change.id}: ${message}`
  }))
  const heads = new Map(claims.segments.filter((segment) => !claims.joined.has(segment)).map((segment) => [idOf(segment), segment]))
  const rows = clean.blocks.map((block) => explainBlock(block, heads, claims, notes, unexplained))
  for (const [id, segment] of heads) if (segment.text !== '') rows.push(missingRow(id, segment, unexplained))
  reportOrder(clean.blocks, claims.segments, unexplained)
  return {
    title: clean.page.id,
    leftName: 'raw',
    rightName: 'clean',
    ...(clean.page.language === undefined ? {} : { language: clean.page.language }),
    rows: withGaps(rows, claims),
    changes: sortChanges(clean, claims),
    unexplained,
    summary: countByRule(clean.changes)
  }
}

const idOf = (segment: Segment): string => blockId({ region: segment.region, at: segment.from })

/** The row of a clean block. Takes its first segment out of `heads`: what is left there in the end is missing. */
function explainBlock(
  block: Block,
  heads: Map<string, Segment>,
  claims: Claims,
  notes: readonly Change[],
  unexplained: Unexplained[]
): Row {
  const head = heads.get(block.id)
  const text = blockText(block)
  if (!head) {
    unexplained.push({ place: block.id, raw: '', clean: text, message: 'No block begins here according to the changes.' })
    const hunk: Hunk = { kind: 'unexplained', raw: '', clean: text, changes: [], notes: [] }
    return { kind: 'block', id: block.id, role: block.role, changes: [], notes: [], hunks: [hunk] }
  }
  heads.delete(block.id)
  if (head.role !== block.role)
    unexplained.push({ place: block.id, raw: head.role, clean: block.role, message: 'The block has a role that no change gave it.' })
  const hunks = markUnexplained(chainHunks(head, claims, notes), text, block.id, unexplained)
  return {
    kind: 'block',
    id: block.id,
    role: block.role,
    ...(head.roleBefore === block.role ? {} : { roleBefore: head.roleBefore }),
    changes: head.changes,
    notes: notes.filter((note) => isAboutBlock(note) && note.region === head.region && note.from === head.from).map((note) => note.id),
    hunks
  }
}

function isAboutBlock(change: Change): boolean {
  return change.kind === 'label'
}

function chainHunks(head: Segment, claims: Claims, notes: readonly Change[]): Hunk[] {
  const inline = notes.filter((note) => !isAboutBlock(note))
  const hunks: Hunk[] = []
  let move: string | undefined
  for (let segment: Segment | undefined = head; segment; ) {
    hunks.push(...hunksOfSegment(segment, inline).map((hunk) => (move === undefined ? hunk : { ...hunk, move })))
    const link = claims.joins.get(segment)
    if (!link) break
    const { join, target } = link
    const displaced = target.order !== segment.order + 1
    move = displaced ? join.id : move
    const place = { region: join.region, from: join.from, to: join.to }
    hunks.push({
      kind: 'joined',
      raw: '\n',
      clean: join.glue,
      place,
      changes: [join.id],
      notes: [],
      ...(displaced ? { move: join.id } : {})
    })
    segment = target
  }
  return hunks
}

function missingRow(id: string, segment: Segment, unexplained: Unexplained[]): Row {
  unexplained.push({ place: id, raw: segment.text, clean: '', message: 'This raw text is missing from the clean text.' })
  const place = { region: segment.region, from: segment.from, to: segment.to }
  const hunk: Hunk = { kind: 'unexplained', raw: segment.text, clean: '', place, changes: [], notes: [] }
  return { kind: 'block', id, role: segment.role, changes: segment.changes, notes: [], hunks: [hunk] }
}

/** Blocks stand in raw reading order unless a join moves them. */
function reportOrder(blocks: readonly Block[], segments: readonly Segment[], unexplained: Unexplained[]): void {
  const orders = new Map(segments.map((segment) => [idOf(segment), segment.order]))
  let last = -1
  for (const block of blocks) {
    const order = orders.get(block.id) ?? last
    if (order < last)
      unexplained.push({
        place: block.id,
        raw: '',
        clean: blockText(block).slice(0, 40),
        message: 'The block stands before one that was read earlier.'
      })
    last = Math.max(last, order)
  }
}

/** Puts a row where each displaced passage was taken away, so that the left side can be read on in raw order. */
function withGaps(rows: readonly Row[], claims: Claims): Row[] {
  const orders = new Map(claims.segments.map((segment) => [idOf(segment), segment.order]))
  const gone = movedSegments(claims)
  const out: Row[] = []
  for (const row of rows) {
    const order = orders.get(row.id) ?? -1
    while (gone.length > 0 && gone[0]!.segment.order < order) out.push(gapRow(gone.shift()!))
    out.push(row)
  }
  return [...out, ...gone.map(gapRow)]
}

interface Gone {
  readonly segment: Segment
  readonly head: Segment
  readonly join: string
}

function movedSegments(claims: Claims): Gone[] {
  const gone: Gone[] = []
  for (const head of claims.segments) {
    if (claims.joined.has(head)) continue
    let join: string | undefined
    for (let at = head; ; ) {
      const link = claims.joins.get(at)
      if (!link) break
      if (link.target.order !== at.order + 1) join = link.join.id
      if (join !== undefined) gone.push({ segment: link.target, head, join })
      at = link.target
    }
  }
  return gone.sort((x, y) => x.segment.order - y.segment.order)
}

function gapRow({ segment, head, join }: Gone): Row {
  const place = { region: segment.region, from: segment.from, to: segment.to }
  const hunk: Hunk = { kind: 'moved', raw: segment.text, clean: '', place, changes: [join], notes: [], move: join }
  return { kind: 'moved-away', id: idOf(head), changes: [], notes: [], hunks: [hunk] }
}

function sortChanges(clean: CleanPage, claims: Claims): Change[] {
  const orders = new Map<string, number>()
  for (const segment of claims.segments) if (!orders.has(segment.region)) orders.set(segment.region, segment.order)
  return [...clean.changes].sort(
    (x, y) => (orders.get(x.region) ?? -1) - (orders.get(y.region) ?? -1) || x.from - y.from || x.to - y.to || (x.id < y.id ? -1 : 1)
  )
}
