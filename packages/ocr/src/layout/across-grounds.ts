import { heightOf, joinGroups, membersOf, newGroups, shared } from './blob.ts'
import { type TextLine, toLine } from './text-line.ts'
import { closeGap } from './white-gutters.ts'

/** How far two parts of one row may differ in the size of their type, and how much of their height they share. */
const sameSize = 1.4
const level = 0.7

/**
 * Joins the parts of rows that run from one ground into another: a stain or a shadow begins in the middle of a row, and each ground's
 * lines are found by themselves. Only what stands as close as neighbours do is joined.
 *
 * @param grounds dark lines of each ground
 */
export function joinAcrossGrounds(grounds: readonly (readonly TextLine[])[], em: number): TextLine[] {
  const lines = grounds.flat()
  const groundOf = new Map(grounds.flatMap((on, index) => on.map((line): [TextLine, number] => [line, index])))
  const groups = newGroups(lines.length)
  const sorted = [...lines.keys()].sort((a, b) => lines[a]!.x0 - lines[b]!.x0)
  for (const [rank, index] of sorted.entries()) {
    const line = lines[index]!
    for (const other of sorted.slice(rank + 1)) {
      if (lines[other]!.x0 - line.x1 > closeGap * Math.max(em, line.em)) break
      if (groundOf.get(line) !== groundOf.get(lines[other]!) && isOneRow(line, lines[other]!)) joinGroups(groups, index, other)
    }
  }
  return membersOf(groups, lines).flatMap((row) =>
    row.length === 1
      ? row
      : [
          toLine(
            row.flatMap((line) => [...line.blobs]),
            em
          )
        ]
  )
}

function isOneRow(a: TextLine, b: TextLine): boolean {
  if (a.upright || b.upright || Math.max(a.em, b.em) > sameSize * Math.min(a.em, b.em)) return false
  const gap = b.x0 - a.x1
  if (gap < -0.2 * a.em || gap > closeGap * Math.min(a.em, b.em)) return false
  return shared(a.y0, a.y1, b.y0, b.y1) > level * Math.max(heightOf(a), heightOf(b))
}
