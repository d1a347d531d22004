import { type Block, blockId, type Piece } from './block.ts'
import type { Change, Join, Label, Replace, Split } from './change.ts'
import type { Page, TextRegion, TextRole } from './page.ts'
import { type RawPosition, rawText, textRegions } from './raw.ts'

/** A stretch of one region between two splits: what joins link and labels name. */
interface Segment {
  readonly region: string
  readonly from: number
  readonly to: number
  readonly role: TextRole
  readonly pieces: readonly Piece[]
}

/**
 * The clean text: the raw page with every applied change made, in reading order. A pure function of its two arguments,
 * whatever the order of `changes` (labels of one block follow each other by `roleBefore`).
 *
 * A block joined to an earlier one stands where the first of the chain stands.
 *
 * @throws Error when the record does not fit the page: text at the place is not `before`, two replacements overlap or
 *   cross a split, a join hangs in the air, joins meet or go round in a circle.
 */
export function replay(page: Page, changes: readonly Change[]): Block[] {
  const applied = changes.filter((change) => change.status === 'applied')
  const regions = new Map(textRegions(page).map((region) => [region.id, region]))
  const byRegion = groupByRegion(applied, regions)
  const segments = [...regions.values()].flatMap((region) => cutRegion(region, byRegion.get(region.id) ?? []))
  const roles = labelSegments(segments, ofKind<Label>(applied, 'label'))
  return linkSegments(segments, roles, ofKind<Join>(applied, 'join'))
}

function ofKind<T extends Change>(changes: readonly Change[], kind: T['kind']): T[] {
  return changes.filter((change): change is T => change.kind === kind)
}

function groupByRegion(changes: readonly Change[], regions: ReadonlyMap<string, TextRegion>): Map<string, Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const region = regions.get(change.region)
    if (!region) throw new Error(`Expected a text region ${change.region} but the page has none (change ${change.id})`)
    checkBefore(change, region)
    const group = groups.get(change.region)
    if (group) group.push(change)
    else groups.set(change.region, [change])
  }
  return groups
}

function checkBefore(change: Change, region: TextRegion): void {
  const text = rawText(region)
  if (change.from < 0 || change.to < change.from || change.to > text.length)
    throw new Error(
      `Expected offsets within 0…${text.length} of ${region.id} but received ${change.from}…${change.to} (change ${change.id})`
    )
  if (change.kind === 'label') return
  const found = text.slice(change.from, change.to)
  if (found !== change.before)
    throw new Error(`Expected “${change.before}” at ${region.id}@${change.from} but found “${found}” (change ${change.id})`)
}

function cutRegion(region: TextRegion, changes: readonly Change[]): Segment[] {
  const text = rawText(region)
  const splits = ofKind<Split>(changes, 'split').sort((a, b) => a.from - b.from)
  const edits = ofKind<Replace>(changes, 'replace').sort((a, b) => a.from - b.from || a.to - b.to)
  const segments: Segment[] = []
  let from = 0
  let role = region.role
  let next = 0
  for (const split of [...splits, undefined]) {
    const to = split ? split.from : text.length
    if (split && (to <= from || to >= text.length))
      throw new Error(`Expected a split inside a block but ${region.id}@${to} is an end of one (change ${split.id})`)
    const inside: Replace[] = []
    // An insertion at a cut belongs to the block before it.
    while (next < edits.length && (edits[next]!.from < to || edits[next]!.to <= to)) inside.push(edits[next++]!)
    segments.push({ region: region.id, from, to, role, pieces: editText(region.id, text, from, to, inside) })
    if (split) role = split.role
    from = to
  }
  return segments
}

function editText(region: string, text: string, from: number, to: number, edits: readonly Replace[]): Piece[] {
  const pieces: Piece[] = []
  let at = from
  for (const edit of edits) {
    if (edit.from < at)
      throw new Error(`Expected changes that do not overlap but ${region}@${edit.from} is changed twice (change ${edit.id})`)
    if (edit.to > to) throw new Error(`Expected a change inside one block but ${edit.id} crosses a split at ${region}@${to}`)
    if (edit.from > at) pieces.push({ text: text.slice(at, edit.from), region, at })
    if (edit.after !== '') pieces.push({ text: edit.after, change: edit.id })
    at = edit.to
  }
  if (at < to) pieces.push({ text: text.slice(at, to), region, at })
  return pieces
}

const keyOf = (position: RawPosition): string => `${position.region}@${position.at}`

function labelSegments(segments: readonly Segment[], labels: readonly Label[]): Map<Segment, TextRole> {
  const roles = new Map(segments.map((segment) => [segment, segment.role]))
  const starts = new Map(segments.map((segment) => [keyOf({ region: segment.region, at: segment.from }), segment]))
  const waiting = new Map<Segment, Label[]>()
  for (const label of labels) {
    const segment = starts.get(keyOf({ region: label.region, at: label.from }))
    if (!segment) throw new Error(`Expected a block that starts at ${label.region}@${label.from} but found none (change ${label.id})`)
    waiting.set(segment, [...(waiting.get(segment) ?? []), label])
  }
  for (const [segment, chain] of waiting) roles.set(segment, followLabels(segment.role, chain))
  return roles
}

/** Labels of one block form a chain by `roleBefore`, so their order in the list does not matter. */
function followLabels(start: TextRole, labels: readonly Label[]): TextRole {
  let role = start
  const left = [...labels]
  while (left.length > 0) {
    const next = left.findIndex((label) => label.roleBefore === role)
    if (next < 0)
      throw new Error(`Expected a label that starts from “${role}” but received “${left[0]!.roleBefore}” (change ${left[0]!.id})`)
    role = left.splice(next, 1)[0]!.role
  }
  return role
}

function linkSegments(segments: readonly Segment[], roles: ReadonlyMap<Segment, TextRole>, joins: readonly Join[]): Block[] {
  const starts = new Map(segments.map((segment) => [keyOf({ region: segment.region, at: segment.from }), segment]))
  const ends = new Map(segments.map((segment) => [keyOf({ region: segment.region, at: segment.to }), segment]))
  const follows = new Map<Segment, { join: Join; target: Segment }>()
  const joined = new Set<Segment>()
  for (const join of joins) {
    const tail = ends.get(keyOf({ region: join.region, at: join.to }))
    const target = starts.get(keyOf(join.target))
    if (!tail || !target)
      throw new Error(
        `Expected two blocks that meet at ${join.region}@${join.to} and ${keyOf(join.target)} but found none (change ${join.id})`
      )
    if (follows.has(tail) || joined.has(target)) throw new Error(`Expected one join an end but ${join.id} is a second`)
    follows.set(tail, { join, target })
    joined.add(target)
  }
  const heads = segments.filter((segment) => !joined.has(segment))
  const blocks = heads.map((head) => chainBlock(head, roles.get(head)!, follows))
  const used = heads.length + joined.size
  const reached = heads.reduce((count, head) => count + chainLength(head, follows), 0)
  if (reached !== used) throw new Error('Expected joins that lead forward but found some that go round in a circle')
  return blocks
}

function chainLength(head: Segment, follows: ReadonlyMap<Segment, { target: Segment }>): number {
  let count = 0
  for (let at: Segment | undefined = head; at; at = follows.get(at)?.target) count++
  return count
}

function chainBlock(head: Segment, role: TextRole, follows: ReadonlyMap<Segment, { join: Join; target: Segment }>): Block {
  const pieces: Piece[] = []
  let at: Segment = head
  for (;;) {
    // Not spread: a piece a character of a very long line would be more arguments than a call takes.
    for (const piece of at.pieces) pieces.push(piece)
    const next = follows.get(at)
    if (!next) break
    if (next.join.glue !== '') pieces.push({ text: next.join.glue, change: next.join.id })
    at = next.target
  }
  return { id: blockId({ region: head.region, at: head.from }), role, pieces }
}
