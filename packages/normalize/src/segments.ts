import { type Block, blockId, type Change, type Page, type RawPosition, rawText, textRegions } from '@broadsheet/document'

/** A stretch of one region between two splits: what joins link. */
export interface Segment {
  readonly region: string
  readonly from: number
  readonly to: number
}

/** How the page hangs together under a list of changes: the segments of every block. */
export interface Structure {
  /** The segments of the block with this id, first to last. */
  chainOf(block: string): readonly Segment[]
  /** The segment that holds a raw position (at its end: the segment before a cut). */
  segmentAt(position: RawPosition): Segment | undefined
}

/** Reads the structure off the applied splits and joins; `blocks` is `replay(page, changes)`. */
export function structureOf(page: Page, blocks: readonly Block[], changes: readonly Change[]): Structure {
  const byRegion = cutPage(page, changes)
  const starts = new Map<string, Segment>()
  for (const segments of byRegion.values()) for (const segment of segments) starts.set(startKey(segment), segment)
  const next = new Map<string, Segment>()
  for (const change of changes) {
    if (change.kind !== 'join' || change.status !== 'applied') continue
    const target = starts.get(blockId(change.target))
    if (target) next.set(endKey(change.region, change.to), target)
  }
  const chains = new Map(blocks.map((block) => [block.id, followChain(starts.get(block.id), next)]))
  return {
    chainOf: (block) => chains.get(block) ?? [],
    segmentAt: ({ region, at }) => firstEndingFrom(byRegion.get(region) ?? [], at)
  }
}

/** The first segment that ends at `at` or behind it. */
function firstEndingFrom(segments: readonly Segment[], at: number): Segment | undefined {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (segments[middle]!.to < at) low = middle + 1
    else high = middle
  }
  return segments[low]
}

function append(lists: Map<string, number[]>, region: string, at: number): void {
  const list = lists.get(region)
  if (list) list.push(at)
  else lists.set(region, [at])
}

function cutPage(page: Page, changes: readonly Change[]): Map<string, Segment[]> {
  const cuts = new Map<string, number[]>()
  for (const change of changes) if (change.kind === 'split' && change.status === 'applied') append(cuts, change.region, change.from)
  const segments = new Map<string, Segment[]>()
  for (const region of textRegions(page)) {
    const edges = [...(cuts.get(region.id) ?? []).sort((a, b) => a - b), rawText(region).length]
    let from = 0
    segments.set(
      region.id,
      edges.map((to) => {
        const segment = { region: region.id, from, to }
        from = to
        return segment
      })
    )
  }
  return segments
}

function followChain(head: Segment | undefined, next: ReadonlyMap<string, Segment>): Segment[] {
  const chain: Segment[] = []
  for (let at = head; at; at = next.get(endKey(at.region, at.to))) chain.push(at)
  return chain
}

const startKey = (segment: Segment): string => blockId({ region: segment.region, at: segment.from })
const endKey = (region: string, at: number): string => `${region}@${at}`
