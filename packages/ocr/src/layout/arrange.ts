import type { Blob } from './blob.ts'
import { buildRegions, otherLineOrders, type TextRegionFound } from './regions.ts'
import type { Rule } from './rules.ts'
import type { TextLine } from './text-line.ts'
import type { FoundLine, FoundRegion } from './types.ts'
import { pagePoint, toTextLine, type View } from './view.ts'

/** The straight picture on which lines are put together to regions and in order: what parts them there, and where the lines lie. */
export interface Plane {
  readonly view: View
  readonly latin: boolean
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
  /** Lines of the page found on this picture. Others are laid on it by their boxes. */
  readonly lines: ReadonlyMap<FoundLine, TextLine>
}

/**
 * Puts lines together to regions, in reading order. Lines found later, or fewer because some turned out to be no text, come out as
 * they would have had layout found just these at once.
 */
export function arrange(plane: Plane, lines: readonly FoundLine[]): FoundRegion[] {
  const { ground, context, pageLines } = layOut(plane, lines)
  return buildRegions(ground, context).map((region) => onPage(plane.view, region, pageLines))
}

/** Lines in an order that was plausible too. */
export interface OtherArrangement {
  readonly lines: readonly FoundLine[]
  /** 0 to 1. */
  readonly confidence: number
}

/** The same lines in orders that were plausible too, the most plausible first. */
export function otherArrangements(plane: Plane, lines: readonly FoundLine[]): OtherArrangement[] {
  const { ground, context, pageLines } = layOut(plane, lines)
  return otherLineOrders(ground, context).map((other) => ({ ...other, lines: other.lines.map((line) => pageLines.get(line)!) }))
}

interface LaidOut {
  readonly ground: Parameters<typeof buildRegions>[0]
  readonly context: Parameters<typeof buildRegions>[1]
  readonly pageLines: ReadonlyMap<TextLine, FoundLine>
}

function layOut({ view, latin, rules, pictures, lines: known }: Plane, lines: readonly FoundLine[]): LaidOut {
  const pageLines = new Map(lines.map((line) => [known.get(line) ?? toTextLine(view, line), line]))
  return { ground: { lines: [...pageLines.keys()], rules, pictures }, context: { em: view.em, latin, turned: view.turned }, pageLines }
}

function onPage(view: View, region: TextRegionFound, pageLines: ReadonlyMap<TextLine, FoundLine>): FoundRegion {
  const lines = region.lines.map((line) => pageLines.get(line)!)
  const [x, y] = pagePoint(view, region.edge, region.lines[0]!.y0)
  return {
    role: region.role,
    lines,
    ...(region.column !== undefined ? { column: region.column } : {}),
    edge: lines[0]!.direction === 'horizontal-lr' ? x : y,
    orderConfidence: region.orderConfidence
  }
}
