import type { CleanPage } from '@broadsheet/document'
import { readClaims, type Segment } from '../segments.ts'
import type { Aligned } from './aligned.ts'

/** How well blocks that are one paragraph were joined. */
export interface JoinCounts {
  /** Joins the truth has; joins made that are among them; joins made that are not. */
  readonly truth: number
  readonly found: number
  readonly wrong: number
}

/** The continuation is the next block of the raw order, or stands elsewhere. */
export interface JoinScore {
  readonly adjacent: JoinCounts
  readonly displaced: JoinCounts
}

/** How far from its edge a block is still known by its neighbours, and what may have been lost between two parts. */
const edge = 12
/** So close to the start of a paragraph a block begins it. */
const near = 2

interface Ends {
  readonly segment: Segment
  readonly first: number
  readonly last: number
}

/** Compares the applied joins of a page with the paragraphs of the truth. */
export function scoreJoins(clean: CleanPage, aligned: Aligned): JoinScore {
  const claims = readClaims(clean.page, clean.changes)
  const ends = claims.segments.flatMap((segment) => endsOf(segment, aligned))
  const known = new Set(ends.map((one) => one.segment))
  const truth = trueJoins(ends, aligned)
  const counts = { adjacent: { truth: 0, found: 0, wrong: 0 }, displaced: { truth: 0, found: 0, wrong: 0 } }
  const kindOf = (from: Segment, to: Segment): 'adjacent' | 'displaced' => (to.order === from.order + 1 ? 'adjacent' : 'displaced')
  for (const [to, from] of truth) counts[kindOf(from, to)].truth++
  for (const [from, { target }] of claims.joins) {
    if (truth.get(target) === from) counts[kindOf(from, target)].found++
    else if (known.has(from) && known.has(target)) counts[kindOf(from, target)].wrong++
  }
  return counts
}

function endsOf(segment: Segment, { starts, map }: Aligned): Ends[] {
  const start = starts.get(segment.region)
  if (start === undefined || segment.to === segment.from) return []
  let [first, last] = [-1, -1]
  for (let step = 0; step < Math.min(edge, segment.to - segment.from); step++) {
    const [front, back] = [start + segment.from + step, start + segment.to - 1 - step]
    if (first < 0 && map[front]! >= 0) first = Math.max(0, map[front]! - step)
    if (last < 0 && map[back]! >= 0) last = map[back]! + 1 + step
  }
  return first < 0 || last < 0 ? [] : [{ segment, first, last }]
}

/** From each block that goes on a paragraph to the block it goes on from. */
function trueJoins(ends: readonly Ends[], { blocks }: Aligned): Map<Segment, Segment> {
  const joins = new Map<Segment, Segment>()
  for (const [from, to] of blocks) {
    const inside = ends.filter((one) => one.last > from + near && one.last <= to + near)
    for (const next of ends) {
      if (next.first <= from + near || next.first >= to - near) continue
      const before = inside
        .filter((one) => one.segment !== next.segment && Math.abs(next.first - one.last) <= edge)
        .sort((a, b) => Math.abs(next.first - a.last) - Math.abs(next.first - b.last))[0]
      if (before) joins.set(next.segment, before.segment)
    }
  }
  return joins
}
